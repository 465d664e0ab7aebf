// What drives a run: the water of the sources (shared by all lanes) and their amounts (per lane).
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/kinetics.hpp"
#include "solvers/rows.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class Checkpoint;

// Dispersion of one lane in one reach, other than the river's own D (given, or predicted from the flow):
// (1 - share) D + share value, with `factor` (1 - share) D + share value D. Several for a reach act one after
// the other.
struct LaneDispersion {
  int reach = 0, lane = 0;
  double share = 0;  // 0..1
  double value = 0;  // m2/s, or a factor
  bool factor = false;
};

// Times are seconds since 1970; a step covers [t0, t1). Implementations may keep what they computed for the
// last step.
class Forcing {
 public:
  virtual ~Forcing() = default;
  virtual int lanes() const = 0;
  virtual void water(double t0, double t1, WaterInput& out) = 0;
  // out: [source][width], amounts over the step (exact integrals); abstractions stay 0.
  // Returns false when `out` already held the same values (from the last call with the same vector).
  virtual bool loads(double t0, double t1, const Rows& rows, std::vector<double>& out) = 0;
  // Prescribed environment (temperature, wind) at t1, the end of the step that began at t0 (t0 = t1: at the
  // begin of the run); other entries are left alone.
  virtual void environment(double t0, double t1, Environment& out) = 0;
  // Process parameters that measures have moved, at time t.
  virtual void parameters(double t, std::vector<LaneParameter>& out) = 0;
  // Appends the dispersion that measures have moved, over [t0, t1).
  virtual void dispersion(double /*t0*/, double /*t1*/, std::vector<LaneDispersion>& /*out*/) {}
  // Water that comes back from an abstraction (Source::is_return): `row` [width] has what `volume` m3 of it
  // carried when it was taken; on return what it carries into the river.
  virtual void returned(double /*t0*/, double /*t1*/, int /*source*/, double /*volume*/, const Rows& /*rows*/,
                        double* /*row*/) {}
  // Whether WaterInput::channels ever says anything.
  virtual bool changes_channels() const { return false; }
  // Inputs that never change, for a steady state: lakes let out what flows in instead of following their
  // rules, and the transport takes the limiter under which a river settles.
  virtual bool is_steady() const { return false; }
  // Writes or reads what was computed for the last step and is kept (solvers/checkpoint.hpp). After reading,
  // the next loads() returns true.
  virtual void checkpoint(Checkpoint&) {}
};

}  // namespace limpid
