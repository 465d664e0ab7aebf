// The run: water first, then loads, transport, kinetics, step by step (second-order Strang splitting).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "solvers/dispersion_by_lane.hpp"
#include "solvers/forcing.hpp"
#include "solvers/gate_levels.hpp"
#include "solvers/hydraulics.hpp"
#include "solvers/kinetics.hpp"
#include "solvers/lake_exchange.hpp"
#include "solvers/ledger.hpp"
#include "solvers/observer.hpp"
#include "solvers/returned_water.hpp"
#include "solvers/run_options.hpp"
#include "solvers/storage.hpp"
#include "solvers/transport.hpp"

namespace limpid {

// A lane that left the finite numbers; the other lanes go on.
struct LaneFailure {
  int lane = 0;
  int cell = 0;
  int constituent = 0;
  double time = 0;  // seconds since 1970, end of the step in which it was caught
  RateFault cause;  // cell and constituent are where it began, if a process made it
};

class Simulation {
 public:
  // basin, forcing and options must outlive the simulation.
  Simulation(const Basin& basin, Forcing& forcing, const RunOptions& options);

  // Asked after every step with the number of steps done (progress, signals); false stops the run there.
  using KeepGoing = std::function<bool(std::int64_t)>;

  // Water and amounts at the begin of the run (RunOptions::initial); books nothing. Returns false if it was
  // stopped on the way; run() then finishes it first.
  bool initialise(const KeepGoing& keep_going = {});
  // Replaces the amounts by concentrations [cell][constituent][lane] in the row shape of rows(), in the water
  // of the channel and of the dead zones alike; of what is attached, by its amount per m2 of water surface.
  void set_concentrations(const std::vector<double>& rows);
  // Runs to the end from where it stands. Returns true when the end was reached. Observers see the begin of
  // the run once.
  bool run(const std::vector<Observer*>& observers, const KeepGoing& keep_going = {});

  // Writes or reads where the run stands, forcing included (solvers/checkpoint.hpp): a new simulation of the
  // same basin, forcing and options that has read it goes on with the same bits. Not of the observers.
  void checkpoint(Checkpoint& file);

  const Basin& basin() const { return basin_; }
  const Rows& rows() const { return rows_; }  // all constituents x lanes, as the ledger has them
  const Stores& stores() const { return stores_; }
  const State& state() const { return stores_.water; }
  const WaterStep& water() const { return water_; }
  const Environment& environment() const { return environment_; }
  double plan_area(int cell) const;        // m2 of water surface; 0 where the cell is dry
  double storage_volume(int cell) const {  // m3 of dead zones
    return exchange_.volume()[static_cast<std::size_t>(cell)];
  }
  double lake_level(const Lake& lake) const;  // m above datum
  const Ledger& ledger() const { return ledger_; }
  const Ledger& water_ledger() const { return water_ledger_; }
  Kinetics::Counts kinetics_counts() const;  // of all compartments
  const Hydraulics& hydraulics() const { return *hydraulics_; }
  const std::vector<LaneFailure>& failures() const { return failures_; }
  std::int64_t steps_done() const { return step_; }
  // The river in one lane as it stands, at a time when the run is synchronised (its begin, its end, every
  // hour).
  RiverState river_state(int lane, Time time) const;
  // The amounts of all stores behind one another (water, attached, storage), rows of their shapes; to be read
  // and replaced when the run is synchronised.
  std::vector<double> amounts() const;
  void set_amounts(const std::vector<double>& amounts);
  // Back to the first step with the river as it stands; the balance starts afresh.
  void restart();

  // Closure of a constituent in a lane, with stocks summed afresh; of the water for constituent = -1.
  double closure(int constituent, int lane) const;
  double stock_begin(int constituent, int lane) const;  // -1: water, m3

 private:
  // One step over [t0, t1); the border accounts and the kinetics book what they move.
  void step(double t0, double t1, bool synchronise);
  void place_loads(double t0, double t1);
  void place_diffuse_loads();
  void start_water();  // simulation_returns.cpp
  void load_returns(double t0, double t1);
  void disperse(const std::vector<double>& volume);
  void predict_dispersion();
  double manning_n(std::size_t reach) const;
  void set_lane_dispersion(double t0, double t1);
  void exchange(const std::vector<double>& volume);
  void let_in();  // simulation_outlets.cpp
  void let_in(int outlet, int cell, double volume);
  void take_inflow_back();
  void react(double dt);
  void set_content(int cell, int constituent, int lane, double value);
  void update_environment(double t0, double t1);
  void set_lane_temperature();
  void book_borders();
  void book_evaporation();
  void declare_losses();  // simulation_losses.cpp
  void book_losses();
  void catch_failures(double t1);
  void catch_failures(const State& store, int first_constituent, double t1);
  LaneFailure with_cause(LaneFailure failure) const;
  bool has_failed(int lane) const;
  void mix_initial_concentrations();
  double initial_concentration(int constituent) const;
  void take_up(const RiverState& start);
  bool begin(const KeepGoing& keep_going);
  bool spin_up(const KeepGoing& keep_going);
  std::int64_t spin_up_steps() const;
  void derive();
  void set_kinetics();
  void restart_accounts();
  void observe(const std::vector<Observer*>& observers, double time) const;

  const Basin& basin_;
  Forcing& forcing_;
  const RunOptions& options_;

  Rows rows_;
  Ledger ledger_, water_ledger_;
  Stores stores_;
  WaterInput water_input_;
  WaterStep water_;
  Environment environment_;
  std::unique_ptr<Hydraulics> hydraulics_;
  Advection advection_;
  DispersionByLane dispersion_;
  StorageExchange exchange_;
  LakeExchange lake_exchange_;
  ReturnedWater returns_;
  GateLevels gates_;
  Kinetics kinetics_, storage_kinetics_;
  TransportRows amounts_;

  std::vector<double> source_load_, diffuse_load_, dispersion_coefficient_, cell_area_;
  std::vector<LaneParameter> lane_parameters_;
  std::vector<LaneDispersion> lane_dispersion_;
  std::vector<int> source_account_, outlet_account_, abstraction_account_;  // of ledger_; -1 = none
  std::vector<int> evaporation_account_;                                    // of ledger_, per lake
  std::vector<int> source_water_, outlet_water_, evaporation_water_;        // of water_ledger_
  // Of both ledgers, per reach that loses water.
  struct LossAccounts {
    int evaporated = -1, seeped = -1, water_evaporated = -1, water_seeped = -1;
  };
  std::vector<LossAccounts> losses_;
  // What comes in through an outlet over a step, and the load that its junction had without it.
  struct OutletInflow {
    int junction = 0;
    std::vector<double> load, amount;  // [width]
  };
  std::vector<OutletInflow> inflows_;
  std::vector<double> stock_begin_;
  double water_begin_ = 0;
  std::vector<LaneFailure> failures_;
  std::vector<double> sick_;  // [width] of catch_failures: not 0 where a row left the finite numbers
  std::int64_t step_ = 0, steps_per_sync_ = 1;
  std::int64_t spun_ = 0;        // steps of the spin-up that are done
  bool begun_ = true;            // false: inside initialise()
  double environment_time_ = 0;  // at which the environment and the lanes' parameters stand
  bool synchronised_ = true;     // false: half a kinetics step is ahead of the transport
  bool predicts_dispersion_ = false;
  bool hold_levels_ = false;  // of lakes, before the run
  int temperature_ = -1;      // the constituent, where the run simulates it
};

}  // namespace limpid
