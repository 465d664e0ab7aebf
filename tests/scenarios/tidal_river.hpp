// A river above a tide, through a weir and round a loop that the levels share.
#pragma once

#include <cmath>

#include "model/bed.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid::testing {

inline Series tide(double mean, double amplitude) {
  std::vector<double> times, values;
  for (int q = 0; q <= 4 * 24 * 8; ++q) {
    times.push_back(900.0 * q);
    values.push_back(mean + amplitude * std::sin(2 * M_PI * q * 900 / 44714));
  }
  return {times, values, Interpolation::linear};
}

// Head - weir - loop - estuary, flat enough for the tide to reach the loop. sea: salt of the water that comes
// in; below 0: as what stands in the last cell.
inline SmallRiver tidal_river(double sea) {
  SmallRiver river;
  Basin& basin = river.basin;
  for (const char* id : {"tracer", "salt"}) {
    basin.constituents.emplace_back();
    basin.constituents.back().id = id;
  }
  std::vector<Node> nodes(5);
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  std::vector<Reach> reaches = {small_reach("upper", 0, 1, 5000), small_reach("middle", 1, 2, 3000),
                                small_reach("main", 2, 3, 4000), small_reach("loop", 2, 3, 6000),
                                small_reach("estuary", 3, 4, 5000)};
  for (std::size_t r = 1; r < reaches.size(); ++r) reaches[r].slope = 2e-5;
  reaches[3].split.kind = SplitKind::levels;
  Channel channel;
  channel.bottom_width = 20;
  Problems problems;
  basin.network = build_network(nodes, reaches, {channel}, {}, 500, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  Structure weir;
  weir.node = 1;
  weir.crest_level = node_beds(basin.network)[1] + 1.5;
  weir.width = 12;
  weir.coefficient = usual_coefficient(weir.kind);
  basin.network.structures = {weir};
  Outlet outlet;
  outlet.node = 4;
  outlet.kind = OutletKind::stage;
  outlet.stage = tide(2.5, 1);
  if (sea >= 0) outlet.concentration = {Series::constant(1), Series::constant(sea)};
  basin.network.outlets = {outlet};
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  basin.climates = {Climate{"all", Series::constant(16), Series::constant(1)}};
  basin.reach_climate.assign(basin.network.reaches.size(), 0);
  basin.sources.push_back(small_source("head", SourceKind::boundary, 0, flood(2, 20), {1, 0}));
  river.options.grid = {Time{}, Time{std::chrono::hours(24 * 6)}, 300, std::chrono::seconds{0}};
  river.options.initial = InitialKind::spin_up;
  river.options.spin_up = {0, 0};
  river.options.initial_concentration = {1, 0};
  return river;
}

}  // namespace limpid::testing
