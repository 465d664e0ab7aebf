// A lake or reservoir: water that stands level and mixes, in one layer or several.
//
// In the network it is a reach of its own between the node where the user set it (what flows in) and a node
// below it (what flows out). The reach is one chain whose cells are the layers, the surface first. The
// chain's upper face leads into the inflow layer, its lower face comes from the surface (spillway) and from
// the release layer, and the faces between are those between neighbouring layers, positive downwards.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/series.hpp"

namespace limpid {

// Level [m above datum] against area [m2], volume [m3] and, if given, outflow [m3/s]: straight between rows.
// Above the last row the area stays and the outflow goes on as between the last two rows; nothing lies below
// the first row, whose volume is 0.
struct StorageCurve {
  std::vector<double> level, area, volume;
  std::vector<double> outflow;  // of all that the level alone opens; empty = none

  double level_at(double at_volume) const;
  double volume_at(double at_level) const;
  double area_at(double at_level) const;
  double outflow_at(double at_level) const;
};

// What leaves over the crest: Q = coefficient * width * h^(3/2), h the level above the crest. 1.705 m^0.5/s
// is that of critical depth on a broad crest, (2/3)^(3/2) g^(1/2).
struct Spillway {
  double crest = std::numeric_limits<double>::infinity();  // m above datum; infinite = there is none
  double width = 0;                                        // m
  double coefficient = 1.7;                                // m^0.5/s
  double outflow(double level) const;                      // m3/s
};

struct Lake {
  std::string id, name_zh, name_en;
  int number = -1;    // index into Network::lakes
  int node = 0;       // where it stands: what flows to the node flows in
  int reach = -1;     // its own reach (insert_lake)
  int chain = -1;     // that reach's chain (build_network)
  double length = 0;  // m, along the flow: of its velocity and its drawing only
  StorageCurve curve;
  double initial_level = 0;  // m above datum
  Spillway spillway;
  // Release through the dam while the level is above lowest_level: the larger of a flow and a share of the
  // inflow, and what is abstracted below the lake.
  Series release;  // m3/s
  double inflow_share = 0;
  double lowest_level = -std::numeric_limits<double>::infinity();  // m above datum
  Series evaporation;                                              // m/s
  // Levels between the layers, from above to below, and the speed at which water changes places through each
  // (vertical diffusivity over the distance of the layers' middles). None = one layer.
  std::vector<double> boundaries;  // m above datum
  std::vector<Series> exchange;    // m/s
  int inflow_layer = 0, release_layer = 0;
  Place place;

  int layers() const { return static_cast<int>(boundaries.size()) + 1; }
  // Volumes of the layers [m3], surface first, of all the lake's water: the surface takes what the others
  // cannot hold.
  void share_volume(double volume, double* layer) const;
  // Area of the layer's upper side [m2] where the lake holds `volume` in all.
  double layer_area(int layer, double volume) const;
};

// A lake's own forcing over a step.
struct LakeInput {
  double release = 0;            // m3/s
  double evaporation = 0;        // m/s
  std::vector<double> exchange;  // m/s, per boundary
};
// Means of the lake's series over [t0, t1] of their own time.
LakeInput lake_input(const Lake& lake, double t0, double t1);

}  // namespace limpid
