#include "solvers/chunk_sums.hpp"

#include "solvers/compensated_sum.hpp"

namespace limpid {

void ChunkSums::close(std::size_t chunk, const Partial& partial) {
  for (std::size_t k = 0; k < sums_; ++k) {
    const double* sum = partial.data() + k * lanes_ * kPartialSums;
    for (std::size_t l = 0; l < lanes_; ++l) {
      double total = 0;
      for (std::size_t s = 0; s < kPartialSums; ++s) total += sum[s * lanes_ + l];
      chunk_sums_[(chunk * sums_ + k) * lanes_ + l] = total;
    }
  }
}

std::vector<double> ChunkSums::totals(std::size_t chunks) const {
  std::vector<double> totals(sums_ * lanes_);
  for (std::size_t i = 0; i < totals.size(); ++i) {
    CompensatedSum sum;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) sum.add(chunk_sums_[chunk * totals.size() + i]);
    totals[i] = sum.value();
  }
  return totals;
}

}  // namespace limpid
