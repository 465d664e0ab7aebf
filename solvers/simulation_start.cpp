// How a Simulation gets its first state.
#include <algorithm>
#include <cmath>

#include "solvers/float_mode.hpp"
#include "solvers/simulation.hpp"

namespace limpid {

bool Simulation::initialise(const KeepGoing& keep_going) {
  const FlushDenormals flush;
  const double t0 = options_.grid.time(0);
  forcing_.water(t0, options_.grid.time(1), water_input_);
  start_water();
  water_.dt = options_.grid.step;
  if (options_.initial_state)
    take_up(*options_.initial_state);
  else
    mix_initial_concentrations();
  returns_.fill(stores_.water, water_.volume1);
  predict_dispersion();
  update_environment(t0, t0);
  synchronised_ = true;
  step_ = spun_ = 0;
  begun_ = false;
  return begin(keep_going);
}

bool Simulation::begin(const KeepGoing& keep_going) {
  if (options_.initial != InitialKind::file && !spin_up(keep_going)) return false;
  failures_.clear();
  restart_accounts();
  begun_ = true;
  return true;
}

void Simulation::mix_initial_concentrations() {
  for (State* store : {&stores_.water, &stores_.storage, &stores_.attached})
    std::fill(store->amount.begin(), store->amount.end(), 0.0);
  for (int i = 0; i < stores_.water.cells(); ++i)
    for (int c = 0; c < rows_.constituents; ++c)
      for (int l = 0; l < rows_.lanes; ++l) set_content(i, c, l, initial_concentration(c));
}

// What stands in the river at the begin is tagged as of the rest.
double Simulation::initial_concentration(int constituent) const {
  const Constituent& c = basin_.constituents[static_cast<std::size_t>(constituent)];
  const int rest = static_cast<int>(basin_.tag_groups.size()) - 1;
  if (c.is_tag() && c.tag_group != rest) return 0;
  const auto from = static_cast<std::size_t>(c.is_tag() ? c.tag_of : constituent);
  return from < options_.initial_concentration.size() ? options_.initial_concentration[from] : 0;
}

double Simulation::plan_area(int cell) const {
  const auto i = static_cast<std::size_t>(cell);
  return water_.depth[i] > 0 ? water_.volume1[i] / water_.depth[i] : 0;
}

double Simulation::lake_level(const Lake& lake) const {
  const Chain& chain = basin_.network.chains[static_cast<std::size_t>(lake.chain)];
  double volume = 0;
  for (int i = 0; i < chain.cells; ++i)
    volume += water_.volume1[static_cast<std::size_t>(chain.first_cell + i)];
  return lake.curve.level_at(volume);
}

// value: a concentration, in the channel's and the dead zones' water alike; of what is attached, per m2.
void Simulation::set_content(int cell, int constituent, int lane, double value) {
  const int carried = stores_.water.rows.constituents, row = rows_.index(constituent, lane);
  if (constituent >= carried) {
    stores_.attached.row(cell)[rows_.index(constituent - carried, lane)] = value * plan_area(cell);
    return;
  }
  stores_.water.row(cell)[row] = value * water_.volume1[static_cast<std::size_t>(cell)];
  if (stores_.storage.cells() > 0)
    stores_.storage.row(cell)[row] = value * exchange_.volume()[static_cast<std::size_t>(cell)];
}

// Dead zones of which the state says nothing hold what their channel holds.
void Simulation::take_up(const RiverState& start) {
  water_.volume1 = start.volume;
  hydraulics_->resume(water_input_, face_rates(basin_.network, start), water_);
  const int all = rows_.constituents, carried = stores_.water.rows.constituents;
  const bool has_storage = stores_.storage.cells() > 0;
  for (int i = 0; i < stores_.water.cells(); ++i)
    for (int c = 0; c < all; ++c) {
      const std::size_t from = static_cast<std::size_t>(i * all + c);
      const double volume = start.volume[static_cast<std::size_t>(i)], amount = start.amount[from];
      const double stored = start.storage_amount.empty() ? concentration(amount, volume) * storage_volume(i)
                                                         : start.storage_amount[from];
      for (int l = 0; l < rows_.lanes; ++l) {
        if (c >= carried) {
          stores_.attached.row(i)[rows_.index(c - carried, l)] = amount;
          continue;
        }
        stores_.water.row(i)[rows_.index(c, l)] = amount;
        if (has_storage) stores_.storage.row(i)[rows_.index(c, l)] = stored;
      }
    }
}

RiverState Simulation::river_state(int lane, Time time) const {
  RiverState state;
  state.time = time;
  state.volume = water_.volume1;
  set_face_rates(basin_.network, hydraulics_->face_rates(water_), state);
  const int carried = stores_.water.rows.constituents;
  const bool has_storage = stores_.storage.cells() > 0;
  if (has_storage) state.storage_volume = exchange_.volume();
  for (int i = 0; i < stores_.water.cells(); ++i)
    for (int c = 0; c < rows_.constituents; ++c) {
      state.amount.push_back(stores_.amount(i, c, lane));
      if (has_storage)
        state.storage_amount.push_back(c < carried ? stores_.storage.row(i)[rows_.index(c, lane)] : 0.0);
    }
  return state;
}

void Simulation::set_concentrations(const std::vector<double>& concentrations) {
  for (int i = 0; i < stores_.water.cells(); ++i)
    for (int c = 0; c < rows_.constituents; ++c)
      for (int l = 0; l < rows_.lanes; ++l)
        set_content(i, c, l, concentrations[rows_.at(i) + static_cast<std::size_t>(rows_.index(c, l))]);
  returns_.fill(stores_.water, water_.volume1);
  restart_accounts();
}

std::vector<double> Simulation::amounts() const {
  std::vector<double> all;
  for (const State* store : {&stores_.water, &stores_.attached, &stores_.storage})
    all.insert(all.end(), store->amount.begin(), store->amount.end());
  return all;
}

void Simulation::set_amounts(const std::vector<double>& amounts) {
  auto from = amounts.begin();
  for (State* store : {&stores_.water, &stores_.attached, &stores_.storage}) {
    const auto size = static_cast<std::ptrdiff_t>(store->amount.size());
    std::copy(from, from + size, store->amount.begin());
    from += size;
  }
}

void Simulation::restart() {
  const FlushDenormals flush;
  step_ = 0;
  synchronised_ = true;
  const double t0 = options_.grid.time(0);
  update_environment(t0, t0);
  restart_accounts();
}

std::int64_t Simulation::spin_up_steps() const {
  const TimeGrid& grid = options_.grid;
  const Time until = add(grid.begin, options_.spin_up, grid.offset);
  const std::int64_t count = std::lround((seconds_of(until) - seconds_of(grid.begin)) / grid.step);
  return options_.initial == InitialKind::steady ? count : std::min(count, grid.steps());
}

// steady: the first step's inputs again and again; spin_up: the run's first inputs once, before the run
// itself. Goes on where it stands.
bool Simulation::spin_up(const KeepGoing& keep_going) {
  const TimeGrid& grid = options_.grid;
  const std::int64_t count = spin_up_steps();
  hold_levels_ = true;  // the run begins at the levels that the case gives
  while (spun_ < count) {
    const std::int64_t at = options_.initial == InitialKind::steady ? 0 : spun_;
    step(grid.time(at), grid.time(at + 1), ++spun_ == count);
    if (keep_going && !keep_going(0)) return false;
  }
  hold_levels_ = false;
  update_environment(grid.time(0), grid.time(0));
  return true;
}

}  // namespace limpid
