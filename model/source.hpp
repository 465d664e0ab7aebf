// What enters or leaves the river: boundary inflow, point and diffuse sources, abstractions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/series.hpp"

namespace limpid {

enum class SourceKind : std::uint8_t { boundary, point, diffuse, abstraction };

// What a source gives of one constituent: a concentration in its flow, or a load.
struct SourceLoad {
  enum class Kind : std::uint8_t { none, concentration, load };
  Kind kind = Kind::none;
  Series series;  // g m-3, or g s-1
};

struct Source {
  std::string id, name_zh, name_en;
  SourceKind kind = SourceKind::point;
  std::string sector, county, permit;  // sector: wwtp, industry, village, livestock, cropland, urban, ...
  // Place: a node (boundary), or a reach from chainage to end_chainage (equal for a point).
  int node = -1;
  int reach = -1;
  double chainage = 0, end_chainage = 0;
  int junction = -1;  // where a boundary, point source or abstraction meets the network; -1 for diffuse
  Series flow;        // m3/s, >= 0; taken out for an abstraction
  std::vector<SourceLoad> loads;  // per constituent
  int tag_group = -1;             // into Basin::tag_groups; -1 = the group of the rest
  // Water that an abstraction took and that comes back here, a step later: `return_share` of what it got,
  // with what that carried less the removed share of each constituent. `loads` then give a concentration in
  // place of the taken one, or a load beside it; `flow` is not read.
  int return_of = -1;           // an abstraction among Basin::sources; -1 = none of it
  double return_share = 0;      // 0..1
  std::vector<double> removal;  // per constituent, 0..1; may be empty
  bool is_return() const { return return_of >= 0; }
  // Whether measures that change its flow change the river's water (else they act on load only).
  bool carries_water = true;
  Place place;
};

}  // namespace limpid
