// Simulation's water that comes back from abstractions.
#include <algorithm>

#include "solvers/simulation.hpp"

namespace limpid {

// The first water with what comes back of it, which may be taken again where it enters above its intake.
void Simulation::start_water() {
  constexpr int kMostPasses = 8;
  returns_.ask(water_input_);
  hydraulics_->initialise(water_input_, water_);
  for (int n = 0; n < kMostPasses && returns_.take_water(water_); ++n) {
    returns_.ask(water_input_);
    hydraulics_->initialise(water_input_, water_);
  }
}

// Loads of the returns: what they took, as the forcing treats it.
void Simulation::load_returns(double t0, double t1) {
  const Rows& rows = stores_.water.rows;
  for (std::size_t n = 0; n < returns_.sources().size(); ++n) {
    const int source = returns_.sources()[n];
    double* row = source_load_.data() + rows.at(source);
    std::copy_n(returns_.carried(static_cast<int>(n)), rows.width, row);
    forcing_.returned(t0, t1, source, water_input_.volume[static_cast<std::size_t>(source)], rows, row);
  }
}

}  // namespace limpid
