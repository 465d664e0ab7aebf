#include "solvers/state.hpp"

#include "solvers/compensated_sum.hpp"

namespace limpid {

double State::total(int constituent, int lane) const {
  const auto index = static_cast<std::size_t>(rows.index(constituent, lane));
  CompensatedSum sum;
  for (int cell = 0; cell < cells(); ++cell) sum.add(row(cell)[index]);
  return sum.value();
}

}  // namespace limpid
