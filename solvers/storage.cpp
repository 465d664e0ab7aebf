#include "solvers/storage.hpp"

#include "model/elementary.hpp"

namespace limpid {

StorageExchange::StorageExchange(const Network& network) {
  for (std::size_t i = 0; i < network.cell_reach.size(); ++i) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    volume_.push_back(reach.storage_area * network.cell_length[i]);
    rate_.push_back(reach.storage_exchange);
  }
}

// Each side gives a share of its amount, at most all of it, so that nothing becomes negative.
void StorageExchange::advance(double dt, const std::vector<double>& channel_volume, State& channel,
                              State& storage) const {
#pragma omp parallel for schedule(static) if (storage.amount.size() >= 1 << 18)
  for (std::size_t i = 0; i < volume_.size(); ++i) {
    const double v = channel_volume[i], vs = volume_[i];
    if (vs <= kDryVolume || v <= kDryVolume) continue;
    const double mixed = 1 - elementary::exp(-rate_[i] * dt * (1 + v / vs));
    const double given = vs / (v + vs) * mixed, returned = v / (v + vs) * mixed;
    double* m = channel.row(static_cast<int>(i));
    double* ms = storage.row(static_cast<int>(i));
    for (int j = 0; j < channel.rows.width; ++j) {
      const double crossing = m[j] * given - ms[j] * returned;
      m[j] -= crossing;
      ms[j] += crossing;
    }
  }
}

}  // namespace limpid
