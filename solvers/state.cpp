#include "solvers/state.hpp"

#include "solvers/compensated_sum.hpp"

namespace limpid {

double State::total(int constituent, int lane) const {
  const auto index = static_cast<std::size_t>(rows.index(constituent, lane));
  CompensatedSum sum;
  for (int cell = 0; cell < cells(); ++cell) sum.add(row(cell)[index]);
  return sum.value();
}

Stores::Stores(int cells, int carried, int attached_constituents, int lanes, bool has_storage)
    : water(cells, Rows(carried, lanes)),
      attached(cells, Rows(attached_constituents, lanes)),
      storage(has_storage ? cells : 0, Rows(carried, lanes)) {}

double Stores::amount(int cell, int constituent, int lane) const {
  const int carried = water.rows.constituents;
  return constituent < carried ? water.row(cell)[water.rows.index(constituent, lane)]
                               : attached.row(cell)[attached.rows.index(constituent - carried, lane)];
}

double Stores::total(int constituent, int lane) const {
  const int carried = water.rows.constituents;
  return constituent < carried ? water.total(constituent, lane) + storage.total(constituent, lane)
                               : attached.total(constituent - carried, lane);
}

}  // namespace limpid
