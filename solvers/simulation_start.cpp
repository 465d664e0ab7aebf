// How a Simulation gets its first state.
#include <algorithm>
#include <cmath>

#include "solvers/float_mode.hpp"
#include "solvers/simulation.hpp"

namespace limpid {

void Simulation::initialise() {
  const FlushDenormals flush;
  const double t0 = options_.grid.time(0);
  forcing_.water(t0, options_.grid.time(1), water_input_);
  hydraulics_->initialise(water_input_, water_);
  water_.dt = options_.grid.step;
  mix_initial_concentrations();
  update_environment(t0, t0);
  synchronised_ = true;
  if (options_.initial != InitialKind::file) spin_up();
  step_ = 0;
  failures_.clear();
  restart_accounts();
}

void Simulation::mix_initial_concentrations() {
  std::fill(state_.amount.begin(), state_.amount.end(), 0.0);
  for (int i = 0; i < state_.cells(); ++i)
    for (std::size_t c = 0; c < options_.initial_concentration.size(); ++c)
      for (int l = 0; l < rows().lanes; ++l)
        state_.row(i)[rows().index(static_cast<int>(c), l)] =
            options_.initial_concentration[c] * water_.volume1[static_cast<std::size_t>(i)];
}

void Simulation::set_concentrations(const std::vector<double>& concentrations) {
  for (int i = 0; i < state_.cells(); ++i)
    for (int j = 0; j < rows().width; ++j)
      state_.row(i)[j] = concentrations[rows().at(i) + static_cast<std::size_t>(j)] *
                         water_.volume1[static_cast<std::size_t>(i)];
  restart_accounts();
}

// steady: the first step's inputs again and again; spin_up: the run's first inputs once, before the run
// itself.
void Simulation::spin_up() {
  const TimeGrid& grid = options_.grid;
  const Time until = add(grid.begin, options_.spin_up, grid.offset);
  const bool steady = options_.initial == InitialKind::steady;
  std::int64_t count = std::lround((seconds_of(until) - seconds_of(grid.begin)) / grid.step);
  if (!steady) count = std::min(count, grid.steps());
  for (std::int64_t n = 0; n < count; ++n) {
    const std::int64_t at = steady ? 0 : n;
    step(grid.time(at), grid.time(at + 1), n + 1 == count);
  }
  update_environment(grid.time(0), grid.time(0));
}

}  // namespace limpid
