#include "solvers/water_step.hpp"

namespace limpid {

WaterStep::WaterStep(const Network& network, int sources) {
  const auto cells = static_cast<std::size_t>(network.cell_count());
  for (auto* per_cell : {&volume0, &volume1, &lateral_in, &area, &depth, &velocity, &discharge})
    per_cell->assign(cells, 0.0);
  face.assign(static_cast<std::size_t>(network.face_count()), 0.0);
  junction_in.assign(network.junctions.size(), 0.0);
  junction_out.assign(network.junctions.size(), 0.0);
  abstracted.assign(static_cast<std::size_t>(sources), 0.0);
}

}  // namespace limpid
