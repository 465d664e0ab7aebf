// Scenarios that share their water, riding as lanes of one run: the solvers' Forcing.
//
// How measures compose at one source and constituent, in this order whatever order they are written in:
//   1. existing load: flow x concentration, or the load itself
//   2. set_load replaces it (two at one time are refused when the plan is read)
//   3. remove_fraction: the fractions multiply, (1 - r1)(1 - r2)
//   4. scale_flow, add_flow, cap_flow: volume = existing x prod(1 + e) + sum(q dt), never below 0, at most
//   the
//      lowest cap; a load that is given as a concentration follows the volume, one given as a load does not,
//      and water that is added with a concentration of its own brings that
//   5. cap_concentration last: load <= cap x volume (the lowest of several, if the plan allows several)
// Each effect enters with its mean strength over the step; set_load and cap fade in as
// (1 - strength) x without + strength x with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"
#include "solvers/forcing.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

// Indices of the sources a measure acts on: every one of its targets must hold.
std::vector<int> measure_sources(const Basin& basin, const Measure& measure);

// Indices of the reaches on which a measure sets a parameter (conditions reach and stretch; all reaches
// without any).
std::vector<int> measure_reaches(const Basin& basin, const Measure& measure);
// Whether it sets the dispersion, not a parameter of a process.
bool sets_dispersion(const Measure& measure);

// What of a plan changes the water (flow actions on sources that carry water, measures on stations, channels
// and structures), as text: plans with equal keys share it.
std::string water_key(const Basin& basin, const Plan& plan);

// Groups what has equal keys (by index), none larger than `most`: groups in order of first appearance,
// members ascending.
std::vector<std::vector<std::size_t>> pack(const std::vector<std::string>& keys, std::size_t most);

// A parameter of a process of the case that a scenario takes at `factor` times its value, everywhere.
struct ParameterFactor {
  std::string process, parameter;
  double factor = 1;
};

// What all sources of a sector bring, of every constituent but oxygen, heat and age, at `factor` times,
// before any measure; the sector "" is all of them.
struct LoadFactor {
  std::string sector;
  double factor = 1;
};

// What a scenario assumes of the river beside its plan.
struct Assumptions {
  std::vector<ParameterFactor> parameters;
  std::vector<LoadFactor> loads;
  // Factor on the flow of every source that carries water; a load given as a concentration follows it, before
  // any measure. Abstractions take what they took.
  double flow = 1;
  // degC added to the temperature of the water (prescribed, or that of the sources where it is simulated;
  // not below 0), to the air's (its relative humidity stays) and to the equilibrium temperature.
  double temperature = 0;
  std::optional<ForcingYears> years;  // instead of the run's own
};

// The same for a plan on assumptions: flow, temperature and years are the water's too.
std::string water_key(const Basin& basin, const Plan& plan, const Assumptions& assumptions);
// The options of a run with the assumption's own years, if it has any.
RunOptions run_options(const RunOptions& options, const Assumptions& assumptions);

class Batch : public Forcing {
 public:
  // One lane a plan, with its assumptions if any are given; all have the same water_key. The options are
  // those of run_options(). All arguments must outlive the batch.
  Batch(const Basin& basin, const RunOptions& options, std::vector<const Plan*> plans,
        std::vector<const Assumptions*> assumptions = {});

  int lanes() const override { return static_cast<int>(plans_.size()); }
  void water(double t0, double t1, WaterInput& out) override;
  bool loads(double t0, double t1, const Rows& rows, std::vector<double>& out) override;
  void environment(double t0, double t1, Environment& out) override;
  void parameters(double t, std::vector<LaneParameter>& out) override;
  void dispersion(double t0, double t1, std::vector<LaneDispersion>& out) override;
  void returned(double t0, double t1, int source, double volume, const Rows& rows, double* row) override;
  bool changes_channels() const override { return !restoring_.empty(); }
  void checkpoint(Checkpoint& file) override;

 private:
  struct Acting {  // one measure at one source in one lane
    const Measure* measure;
    std::size_t index;  // into measures_ and strength_
    int lane;
  };
  struct Dispersing {  // one measure that sets the dispersion in one lane
    const Measure* measure;
    int lane;
    std::vector<int> reaches;
  };
  struct ActingOn {  // one measure of the first lane on reaches or structures
    const Measure* measure;
    std::size_t index;
    std::vector<int> on;
  };
  struct Brought {  // m3 over the step, and the amount in it
    double volume = 0, load = 0;
  };
  bool update_base(double t0, double t1);  // true when anything changed
  void move_climate(std::size_t source);
  bool update_strengths(double t0, double t1);
  void compose(std::size_t source, const Rows& rows, double* row) const;
  double tag_or_load(std::size_t source, int constituent, const Rows& rows, int lane, double volume,
                     const double* row) const;
  double lane_volume(std::size_t source, int lane) const;
  double river_volume(std::size_t source) const;
  double moved_volume(std::size_t source, int lane, bool of_river) const;
  double lane_load(std::size_t source, int constituent, int lane, double volume) const;
  Brought brought_by(std::size_t source, int constituent, int lane) const;
  double measured_load(std::size_t source, int constituent, int lane, double load, double scale, double added,
                       double volume) const;
  void move_channels(WaterInput& out) const;
  void move_openings(double t0, double t1, WaterInput& out) const;
  DiversionInput diversion(std::size_t station, double t0, double t1, double record_begin) const;
  double factor(int lane, const ProcessUse& use, const char* parameter) const;
  void assume(int lane, std::vector<LaneParameter>& out) const;
  void assume_loads();
  void move_parameter(const Measure& m, int lane, double t, std::vector<LaneParameter>& out) const;

  const Basin& basin_;
  const RunOptions& options_;
  std::vector<const Plan*> plans_;
  std::vector<const Assumptions*> assumptions_;   // per lane, or none
  double flow_ = 1, warming_ = 0;                 // Assumptions of all lanes
  std::vector<double> load_factor_;               // [source][lane]
  std::vector<bool> pollutes_;                    // [constituent]: whether load factors move it
  std::vector<const Measure*> measures_;          // all, plan by plan
  std::vector<double> strength_;                  // of measures_, over the current step
  std::vector<std::vector<Acting>> acting_;       // per source
  std::vector<std::vector<Acting>> at_stations_;  // per station, of the first lane: all have the same water
  std::vector<Dispersing> dispersing_;
  std::vector<ActingOn> restoring_, opening_;  // of channels, of structures
  bool loses_ = false;                         // whether some reach loses water

  // Existing volume [source] and load [source][constituent] of a step of base_dt_, valid in [base_from_,
  // base_until_) of record time; strengths valid in [strength_from_, strength_until_) of model time.
  std::vector<double> base_volume_, base_load_;
  double base_dt_ = 0, base_from_ = 0, base_until_ = 0, strength_from_ = 0, strength_until_ = 0;
  bool composed_ = false;
};

}  // namespace limpid
