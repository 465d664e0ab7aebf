#include "solvers/river_state.hpp"

namespace limpid {

std::vector<double> face_rates(const Network& network, const RiverState& state) {
  std::vector<double> rates(static_cast<std::size_t>(network.face_count()));
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    auto face = static_cast<std::size_t>(network.first_face(static_cast<int>(k)));
    auto cell = static_cast<std::size_t>(network.chains[k].first_cell);
    rates[face] = state.inflow[cell];
    for (int i = 0; i < network.chains[k].cells; ++i) rates[++face] = state.outflow[cell++];
  }
  return rates;
}

void set_face_rates(const Network& network, const std::vector<double>& rates, RiverState& state) {
  state.inflow.resize(static_cast<std::size_t>(network.cell_count()));
  state.outflow.resize(state.inflow.size());
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    auto face = static_cast<std::size_t>(network.first_face(static_cast<int>(k)));
    auto cell = static_cast<std::size_t>(network.chains[k].first_cell);
    for (int i = 0; i < network.chains[k].cells; ++i, ++cell) {
      state.inflow[cell] = rates[face];
      state.outflow[cell] = rates[++face];
    }
  }
}

}  // namespace limpid
