#include "solvers/water_step.hpp"

namespace limpid {

WaterStep::WaterStep(const Network& network, int sources) {
  const auto cells = static_cast<std::size_t>(network.cell_count());
  for (auto* per_cell :
       {&volume0, &volume1, &lateral_in, &area, &depth, &velocity, &discharge, &evaporated, &seeped})
    per_cell->assign(cells, 0.0);
  face.assign(static_cast<std::size_t>(network.face_count()), 0.0);
  junction_in.assign(network.junctions.size(), 0.0);
  junction_out.assign(network.junctions.size(), 0.0);
  abstracted.assign(static_cast<std::size_t>(sources), 0.0);
  spilled.assign(network.lakes.size(), 0.0);
}

double lake_change(const Lake& lake, int first_cell, int first_face, int layer, const WaterStep& step) {
  const auto cell = static_cast<std::size_t>(first_cell + layer), face = static_cast<std::size_t>(first_face);
  const auto k = static_cast<std::size_t>(layer), n = static_cast<std::size_t>(lake.layers());
  const double spilled = step.spilled[static_cast<std::size_t>(lake.number)];
  double change = step.lateral_in[cell] - step.evaporated[cell];
  if (k > 0) change += step.face[face + k];
  if (k + 1 < n) change -= step.face[face + k + 1];
  if (layer == lake.inflow_layer) change += step.face[face];
  if (layer == 0) change -= spilled;
  if (layer == lake.release_layer) change -= step.face[face + n] - spilled;
  return change;
}

}  // namespace limpid
