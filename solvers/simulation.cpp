#include "solvers/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "model/dispersion_formula.hpp"
#include "model/tags.hpp"
#include "solvers/float_mode.hpp"

namespace limpid {

namespace {

// Heat and age are the water's own: they go where it goes, also into the air.
std::vector<char> of_water(const Basin& basin) {
  std::vector<char> flags;
  for (const Constituent& c : basin.constituents)
    flags.push_back(c.basis == AmountBasis::heat || c.basis == AmountBasis::age);
  return flags;
}

bool has_dispersion(const Basin& basin) {
  const auto disperses = [](const Reach& reach) {
    return reach.dispersion_formula >= 0 || reach.dispersion > 0;
  };
  const std::vector<Reach>& reaches = basin.network.reaches;
  return basin.schemes.dispersion && std::any_of(reaches.begin(), reaches.end(), disperses);
}

}  // namespace

Simulation::Simulation(const Basin& basin, Forcing& forcing, const RunOptions& options)
    : basin_(basin),
      forcing_(forcing),
      options_(options),
      rows_(static_cast<int>(basin.constituents.size()), forcing.lanes()),
      ledger_(rows_),
      water_ledger_(Rows(1, 1)),
      stores_(basin.network.cell_count(), basin.carried_count(), rows_.constituents - basin.carried_count(),
              rows_.lanes, basin.has_storage()),
      water_(basin.network, static_cast<int>(basin.sources.size())),
      hydraulics_(make_hydraulics(basin, forcing.changes_channels())),
      advection_(basin.network, stores_.water.rows, basin.schemes.transport, tag_totals(basin),
                 of_water(basin)),
      dispersion_(basin.network, stores_.water.rows, basin.schemes.transport, has_dispersion(basin),
                  tag_totals(basin)),
      exchange_(basin.network),
      lake_exchange_(basin.network),
      returns_(basin, stores_.water.rows),
      gates_(basin.network),
      kinetics_(basin, rows_.lanes, ledger_),
      storage_kinetics_(basin, rows_.lanes, ledger_, Compartment::storage),
      amounts_(basin.network, stores_.water.rows, LateralShares(basin)) {
  const auto cells = static_cast<std::size_t>(basin.network.cell_count());
  for (auto& values : environment_.values) values.assign(cells, 0.0);
  cell_area_.assign(cells, 0.0);
  dispersion_coefficient_.resize(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const Reach& reach = basin.network.reaches[static_cast<std::size_t>(basin.network.cell_reach[i])];
    dispersion_coefficient_[i] = reach.dispersion;
    environment_[Env::slope][i] = std::max(reach.slope, 0.0);  // formulas take none that rises
    environment_[Env::elevation][i] = reach.elevation;
    predicts_dispersion_ = predicts_dispersion_ || reach.dispersion_formula >= 0;
  }
  dispersion_.set_own(dispersion_coefficient_);
  temperature_ = basin.constituent("temperature");
  if (forcing.is_steady()) advection_.take_smooth_limiter();
  steps_per_sync_ = std::max<std::int64_t>(1, std::lround(3600.0 / options.grid.step));
  restart_accounts();
}

bool Simulation::run(const std::vector<Observer*>& observers, const KeepGoing& keep_going) {
  const FlushDenormals flush;
  const TimeGrid& grid = options_.grid;
  if (!begun_ && !begin(keep_going)) return false;
  if (step_ == 0) observe(observers, grid.time(0));
  const std::int64_t steps = grid.steps();
  while (step_ < steps) {
    const bool synchronise = (step_ + 1) % steps_per_sync_ == 0 || step_ + 1 == steps;
    step(grid.time(step_), grid.time(step_ + 1), synchronise);
    for (Observer* observer : observers) observer->see_step(*this, grid.time(step_), grid.time(step_ + 1));
    ++step_;
    if (synchronise) observe(observers, grid.time(step_));
    if (keep_going && !keep_going(step_)) return false;
  }
  return true;
}

// Strang splitting K/2 (X/2 D/2 A D/2 X/2) K/2, X the exchange with dead zones and between a lake's layers;
// at confluences part of D goes with A (ConfluenceExchange).
// Two neighbouring half steps of kinetics are taken as one whole step, except where the run is synchronised
// (every hour): there the state stands at one time and may be observed.
void Simulation::step(double t0, double t1, bool synchronise) {
  const double dt = t1 - t0;
  if (synchronised_) react(0.5 * dt);
  forcing_.water(t0, t1, water_input_);
  water_input_.hold_levels = hold_levels_ || forcing_.is_steady();
  returns_.ask(water_input_);
  if (basin_.schemes.hydraulics != HydraulicScheme::steady) gates_.open(water_, water_input_);
  hydraulics_->advance(water_input_, water_);
  place_loads(t0, t1);
  set_lane_dispersion(t0, t1);
  exchange(water_.volume0);
  dispersion_.divide(water_, stores_.water, amounts_);
  disperse(water_.volume0);
  dispersion_.exchange_before(stores_.water);
  let_in();
  advection_.advance(water_, amounts_, stores_.water);
  take_inflow_back();
  dispersion_.exchange_after(stores_.water);
  returns_.take(water_, amounts_);
  predict_dispersion();
  disperse(water_.volume1);
  dispersion_.restore(amounts_);
  exchange(water_.volume1);
  book_borders();
  update_environment(t0, t1);
  react(synchronise ? 0.5 * dt : dt);
  synchronised_ = synchronise;
  catch_failures(t1);
}

void Simulation::react(double dt) {
  kinetics_.advance(dt, water_.volume1, stores_.water, &stores_.attached, ledger_);
  if (!storage_kinetics_.idle()) storage_kinetics_.advance(dt, exchange_.volume(), stores_.storage, ledger_);
}

void Simulation::exchange(const std::vector<double>& volume) {
  if (stores_.storage.cells() > 0) exchange_.advance(0.5 * water_.dt, volume, stores_.water, stores_.storage);
  if (!water_input_.lakes.empty())
    lake_exchange_.advance(0.5 * water_.dt, water_input_.lakes, volume, stores_.water);
}

void Simulation::disperse(const std::vector<double>& volume) {
  if (dispersion_.idle()) return;
  for (std::size_t i = 0; i < cell_area_.size(); ++i)
    cell_area_[i] = volume[i] / basin_.network.cell_length[i];
  dispersion_.advance(0.5 * water_.dt, cell_area_, volume, stores_.water);
}

// Lanes keep theirs, the mean over the step, in both of its halves.
void Simulation::set_lane_dispersion(double t0, double t1) {
  if (!basin_.schemes.dispersion) return;
  lane_dispersion_.clear();
  forcing_.dispersion(t0, t1, lane_dispersion_);
  dispersion_.set_lanes(lane_dispersion_);
}

// As measures have made it.
double Simulation::manning_n(std::size_t reach) const {
  const std::vector<ChannelInput>& channels = water_input_.channels;
  if (!channels.empty() && channels[reach].manning_n > 0) return channels[reach].manning_n;
  return basin_.network.reaches[reach].manning_n;
}

// From the flow at the end of the step: the next step's first half sees the same.
void Simulation::predict_dispersion() {
  if (!predicts_dispersion_) return;
  const Network& network = basin_.network;
  for (std::size_t i = 0; i < cell_area_.size(); ++i) {
    const auto cell_reach = static_cast<std::size_t>(network.cell_reach[i]);
    const Reach& reach = network.reaches[cell_reach];
    if (reach.dispersion_formula < 0) continue;
    const double depth = water_.depth[i], velocity = std::fabs(water_.velocity[i]);
    const bool flows = depth > 0 && velocity > 0;
    const FlowSection section{velocity, depth, flows ? water_.area[i] / depth : 0,
                              flows ? shear_velocity(velocity, depth, manning_n(cell_reach)) : 0};
    const auto& formula = dispersion_formulas()[static_cast<std::size_t>(reach.dispersion_formula)];
    dispersion_coefficient_[i] = flows ? formula.value(section) : 0;
  }
  dispersion_.set_own(dispersion_coefficient_);
}

// Amounts of the sources to the junction or the cells where they enter.
void Simulation::place_loads(double t0, double t1) {
  const Rows& rows = stores_.water.rows;
  amounts_.same_laterals = true;
  if (!forcing_.loads(t0, t1, rows, source_load_) && !returns_.any()) return;
  load_returns(t0, t1);
  std::fill(amounts_.junction_load.begin(), amounts_.junction_load.end(), 0.0);
  const int width = rows.width;
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    if (basin_.sources[s].junction < 0) continue;
    double* to = amounts_.junction_load.data() + rows.at(basin_.sources[s].junction);
    const double* from = source_load_.data() + rows.at(static_cast<int>(s));
    for (int j = 0; j < width; ++j) to[j] += from[j];
  }
  place_diffuse_loads();
  dispersion_.find();
}

// They seldom change when the loads of some other source do.
void Simulation::place_diffuse_loads() {
  const Rows& rows = stores_.water.rows;
  const auto width = static_cast<std::size_t>(rows.width);
  diffuse_load_.resize(basin_.sources.size() * width);
  amounts_.laterals.source_rows = source_load_.data();
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    if (basin_.sources[s].junction >= 0) continue;
    const double* load = source_load_.data() + rows.at(static_cast<int>(s));
    double* placed = diffuse_load_.data() + s * width;
    amounts_.same_laterals = amounts_.same_laterals && std::equal(load, load + width, placed);
    std::copy_n(load, width, placed);
  }
}

void Simulation::update_environment(double t0, double t1) {
  environment_[Env::depth] = water_.depth;
  environment_[Env::velocity] = water_.velocity;
  environment_[Env::discharge] = water_.discharge;
  forcing_.environment(t0, t1, environment_);
  environment_time_ = t1;
  set_lane_temperature();
  set_kinetics();
}

void Simulation::set_kinetics() {
  lane_parameters_.clear();
  forcing_.parameters(environment_time_, lane_parameters_);
  for (Kinetics* kinetics : {&kinetics_, &storage_kinetics_}) {
    if (kinetics->idle()) continue;
    kinetics->set_lane_parameters(lane_parameters_);
    kinetics->prepare(environment_);
  }
}

// Of the channel's water; a dry cell keeps what it had.
void Simulation::set_lane_temperature() {
  if (temperature_ < 0) return;
  const auto lanes = static_cast<std::size_t>(rows_.lanes);
  environment_.lane_temperature.resize(cell_area_.size() * lanes, 20.0);
  for (std::size_t i = 0; i < cell_area_.size(); ++i) {
    if (water_.volume1[i] <= kDryVolume) continue;
    const double* heat = stores_.water.row(static_cast<int>(i)) + rows_.index(temperature_, 0);
    for (std::size_t l = 0; l < lanes; ++l)
      environment_.lane_temperature[i * lanes + l] = concentration(heat[l], water_.volume1[i]);
  }
}

void Simulation::observe(const std::vector<Observer*>& observers, double time) const {
  for (Observer* observer : observers) observer->observe(*this, time);
}

}  // namespace limpid
