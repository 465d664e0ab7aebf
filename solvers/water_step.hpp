// What a hydraulic scheme gives for one step. Per cell, to round-off and for every scheme:
//   volume1 = volume0 + face[upper] - face[lower] + lateral_in - evaporated - seeped,   volumes >= 0
// (of a lake's layer: volume1 = volume0 + lake_change(); model/lake.hpp says where its faces lead), and per
// junction: chain ends in + junction_in = chain ends out + junction_out + outlet.
#pragma once

#include <vector>

#include "model/hydropower.hpp"
#include "model/network.hpp"

namespace limpid {

// What a reach loses over a step, m/s over the width of its water surface.
struct LossInput {
  double evaporation = 0, seepage = 0;
  double rate() const { return evaporation + seepage; }
};

// What a reach's channel has become: all widths times a factor, and its roughness.
struct ChannelInput {
  double width_factor = 1;
  double manning_n = 0;  // 0 = the reach's own
  bool operator==(const ChannelInput&) const = default;
};

// A gate that opens by the level above it (solvers/gate_levels.hpp).
struct GateInput {
  int structure = 0;
  double opening = 0;         // m, wanted from the level `full` on
  double from = 0, full = 0;  // m above datum, from < full
  double strength = 1;        // 0..1
};

// Water that the forcing asks for over a step, per source.
struct WaterInput {
  double dt = 0;
  std::vector<double> volume;                // m3 over the step, >= 0; for an abstraction the wanted volume
  std::vector<double> rate;                  // m3/s at the end of the step
  std::vector<LakeInput> lakes{};            // per lake; empty = none of them asks for anything
  std::vector<DiversionInput> diversions{};  // per station; empty = the reaches' own rules count
  std::vector<OutletInput> outlets{};        // per Network::outlets; empty = their series at time 0
  std::vector<double> openings{};            // m, per Network::structures; empty = the same
  std::vector<GateInput> gates{};            // what then moves `openings`
  std::vector<LossInput> losses{};           // per reach; empty = none
  std::vector<ChannelInput> channels{};      // per reach; empty = all as the network has them
  bool hold_levels = false;                  // lakes let out what flows in, as long as the run is not begun
};

struct WaterStep {
  double dt = 0;
  std::vector<double> volume0, volume1;  // [cell] m3
  std::vector<double> face;              // [face] m3 over the step, positive downstream (Network::first_face)
  std::vector<double> lateral_in;        // [cell] m3 of diffuse inflow, >= 0
  std::vector<double> junction_in;       // [junction] m3 from boundaries and point sources
  std::vector<double> junction_out;      // [junction] m3 abstracted (what was there, at most what was asked)
  std::vector<double> abstracted;        // [source] m3; 0 for other kinds
  std::vector<double> evaporated;        // [cell] m3, >= 0; takes no matter with it
  std::vector<double> seeped;            // [cell] m3, >= 0, of reaches; takes what the water carries
  std::vector<double> spilled;  // [lake] m3 of its lower face that come from the surface, >= 0; the rest
                                // comes from the release layer
  // Geometry at the end of the step, per cell.
  std::vector<double> area;   // wetted cross-section, m2
  std::vector<double> depth;  // mean hydraulic depth area / top width, m
  std::vector<double>
      velocity;  // m/s, of uniform flow at that area; = discharge / area where the flow is steady
  std::vector<double> discharge;  // m3/s, mean over the step of the cell's two faces

  WaterStep() = default;
  WaterStep(const Network& network, int sources);
};

// What a layer's faces bring less what they take, and what evaporates [m3].
double lake_change(const Lake& lake, int first_cell, int first_face, int layer, const WaterStep& step);

}  // namespace limpid
