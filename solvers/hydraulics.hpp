// Water through the network: one interface, several schemes.
#pragma once

#include <memory>

#include "model/basin.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class Checkpoint;

class Hydraulics {
 public:
  virtual ~Hydraulics() = default;
  // Steady flow for constant inputs: sets volume0 = volume1 and the geometry.
  virtual void initialise(const WaterInput& input, WaterStep& step) = 0;
  // One step of input.dt: on entry step.volume1 is the last step's result. Throws Failure (exit 3) naming
  // reach and reason when it cannot.
  virtual void advance(const WaterInput& input, WaterStep& step) = 0;
  // Sets an earlier run's water instead: volume1 is given, face_rate [face] are the rates at that instant
  // [m3/s].
  virtual void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) = 0;
  // The network's channels are others than in the last step; the volumes stay.
  virtual void take_channels(WaterStep& /*step*/) {}
  // Rates through the faces at the end of the last step [m3/s]; its means where a scheme knows no others.
  virtual std::vector<double> face_rates(const WaterStep& step) const;
  // Writes or reads all that the scheme remembers from step to step (solvers/checkpoint.hpp): after reading
  // into a new object, advance() gives the bits that the old one would have given.
  virtual void checkpoint(Checkpoint& file) = 0;
  // Counts for the user, over cells and steps: outflow that had to be limited, iterations that ended at the
  // cap.
  struct Counts {
    long long limited = 0, capped = 0;
    long long retried = 0;  // steps (or parts of them) that were taken again in halves
  };
  virtual Counts counts() const { return {}; }
};

// changes_channels: WaterInput::channels counts.
std::unique_ptr<Hydraulics> make_hydraulics(const Basin& basin, bool changes_channels = false);

// Discharge that leaves a junction into each of its outgoing chains, by the reaches' split rules and the
// stations'. total: flow available [m3/s]; out: per outgoing chain, sums to total (the remainder takes the
// rest).
void split_flow(const Network& network, int junction, double total, double* out,
                const std::vector<DiversionInput>& stations = {});

// What a split rule gives of `flow`; the rule of the reach's station where there is one. In flows, or in
// volumes that pass in `seconds`.
double ruled_share(const Split& split, double flow, double seconds,
                   const std::vector<DiversionInput>& stations);

}  // namespace limpid
