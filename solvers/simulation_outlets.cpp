// Simulation's outlets where the flow turns: what the water that comes in carries.
#include <algorithm>
#include <cmath>

#include "solvers/simulation.hpp"

namespace limpid {

// What comes in with water through the outlets rides on the loads of their junctions during advection.
void Simulation::let_in() {
  inflows_.clear();
  const Network& network = basin_.network;
  const std::vector<Outlet>& outlets = network.outlets;
  for (std::size_t o = 0; o < outlets.size(); ++o) {
    const Junction& junction = network.junctions[static_cast<std::size_t>(outlets[o].node)];
    for (const int k : junction.in) {
      const Chain& chain = network.chains[static_cast<std::size_t>(k)];
      const double face = water_.face[static_cast<std::size_t>(network.first_face(k) + chain.cells)];
      if (face < 0) let_in(static_cast<int>(o), chain.first_cell + chain.cells - 1, -face);
    }
  }
}

void Simulation::let_in(int outlet, int cell, double volume) {
  const Rows& rows = stores_.water.rows;
  const int junction = basin_.network.outlets[static_cast<std::size_t>(outlet)].node;
  double* load = amounts_.junction_load.data() + rows.at(junction);
  OutletInflow inflow{junction, {load, load + rows.width}, std::vector<double>(rows.at(1), 0.0)};
  const std::vector<double> none,
      &given = water_input_.outlets.empty()
                   ? none
                   : water_input_.outlets[static_cast<std::size_t>(outlet)].concentration;
  const int rest = static_cast<int>(basin_.tag_groups.size()) - 1;
  for (int c = 0; c < rows.constituents; ++c) {
    const Constituent& constituent = basin_.constituents[static_cast<std::size_t>(c)];
    const auto of = static_cast<std::size_t>(constituent.is_tag() ? constituent.tag_of : c);
    const bool is_given = of < given.size() && !std::isnan(given[of]);
    const bool of_others = constituent.is_tag() && constituent.tag_group != rest;
    for (int l = 0; l < rows.lanes; ++l) {
      const auto at = static_cast<std::size_t>(rows.index(c, l));
      const double standing =
          concentration(stores_.water.row(cell)[at], water_.volume0[static_cast<std::size_t>(cell)]);
      inflow.amount[at] = volume * (is_given ? (of_others ? 0.0 : given[of]) : standing);
      load[at] += inflow.amount[at];
    }
  }
  inflows_.push_back(std::move(inflow));
}

void Simulation::take_inflow_back() {
  for (auto inflow = inflows_.rbegin(); inflow != inflows_.rend(); ++inflow)
    std::copy(inflow->load.begin(), inflow->load.end(),
              amounts_.junction_load.begin() +
                  static_cast<std::ptrdiff_t>(stores_.water.rows.at(inflow->junction)));
}

}  // namespace limpid
