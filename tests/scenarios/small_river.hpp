// A small river with everything: two headwaters, a confluence, a diversion that rejoins, a point source, a
// diffuse load, an abstraction, unsteady flow, oxygen, ammonia, nitrate and a tracer.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/batch.hpp"
#include "solvers/simulation.hpp"

namespace limpid::testing {

struct SmallRiver {
  Basin basin;
  RunOptions options;
};

inline Reach small_reach(const char* id, int from, int to, double length) {
  Reach reach;
  reach.id = id;
  reach.from = from;
  reach.to = to;
  reach.length = length;
  reach.slope = 0.001;
  reach.dispersion = 15;
  reach.stretch = from < 2 ? "upper" : "lower";
  return reach;
}

inline Network small_network() {
  std::vector<Node> nodes(5);
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  std::vector<Reach> reaches = {small_reach("main-1", 0, 2, 8000), small_reach("branch", 1, 2, 6000),
                                small_reach("bypassed", 2, 3, 4000), small_reach("canal", 2, 3, 3000),
                                small_reach("main-2", 3, 4, 9000)};
  reaches[3].split = {SplitKind::diversion, 0, 4.0, 0.5};
  Channel channel;
  channel.shape = ChannelShape::trapezoidal;
  channel.bottom_width = 12;
  channel.side_slope = 2;
  Problems problems;
  Network network = build_network(nodes, reaches, {channel}, {{4, 2500}, {4, 6000}}, 500, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  return network;
}

// A flood between two dry spells, every hour for a month.
inline Series flood(double low, double high) {
  std::vector<double> times, values;
  for (int h = 0; h <= 24 * 31; ++h) {
    const double day = h / 24.0;
    times.push_back(3600.0 * h);
    values.push_back(day > 3 && day < 4 ? high : low + 0.2 * low * (h % 24) / 24.0);
  }
  return {times, values, Interpolation::linear};
}

inline Source small_source(const char* id, SourceKind kind, int junction, Series flow,
                           const std::vector<double>& concentrations) {
  Source source;
  source.id = id;
  source.kind = kind;
  source.junction = junction;
  source.flow = std::move(flow);
  for (double c : concentrations)
    source.loads.push_back({SourceLoad::Kind::concentration, Series::constant(c)});
  return source;
}

inline SmallRiver small_river(bool with_processes = true) {
  SmallRiver river;
  Basin& basin = river.basin;
  for (const char* id : {"DO", "NH3_N", "NO3_N", "tracer"}) {
    basin.constituents.emplace_back();
    basin.constituents.back().id = id;
  }
  basin.network = small_network();
  basin.climates = {Climate{"all", Series::constant(16), Series::constant(1)}};
  basin.reach_climate.assign(basin.network.reaches.size(), 0);
  basin.sources.push_back(small_source("head-main", SourceKind::boundary, 0, flood(3, 60), {9, 0.1, 0.5, 1}));
  basin.sources.push_back(
      small_source("head-branch", SourceKind::boundary, 1, flood(1, 25), {9, 0.1, 0.5, 1}));
  basin.sources.push_back(small_source("works", SourceKind::point, basin.network.cut_junction(0),
                                       Series::constant(0.3), {2, 12, 8, 1}));
  basin.sources.push_back(small_source("intake", SourceKind::abstraction, basin.network.cut_junction(1),
                                       Series::constant(0.8), {}));
  basin.sources.push_back(
      small_source("bank", SourceKind::diffuse, -1, Series::constant(0.4), {8, 0.6, 3, 1}));
  basin.sources.back().reach = 0;
  basin.sources.back().end_chainage = 8000;
  basin.diffuse_shares = diffuse_shares(basin.network, basin.sources.back(), 4);
  if (with_processes) {
    add_process(basin, "nitrification");
    add_process(basin, "reaeration");
    add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", 0.5}});
  }
  river.options.grid = {Time{}, Time{std::chrono::hours(24 * 6)}, 600, std::chrono::seconds{0}};
  river.options.spin_up = {0, 86400};
  river.options.initial_concentration = {8, 0.2, 1, 1};
  return river;
}

// The small river with dead zones in its upper stretch, a sorbed tracer, and decay in the dead zones.
inline SmallRiver stored_river() {
  SmallRiver river = small_river();
  Basin& basin = river.basin;
  for (Reach& reach : basin.network.reaches) {
    if (reach.stretch != "upper") continue;
    reach.storage_area = 2;
    reach.storage_exchange = 1e-4;
  }
  basin.constituents.emplace_back();
  basin.constituents.back().id = "tracer_sorbed";
  basin.constituents.back().phase = Phase::attached;
  for (Source& source : basin.sources)
    if (!source.loads.empty()) source.loads.emplace_back();
  add_process(basin, "kinetic_sorption", {{"dissolved", "tracer"}, {"sorbed", "tracer_sorbed"}},
              {{"lambda", 5}, {"rho", 2e4}, {"K_d", 7e-5}});
  add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", 3}}).where =
      Compartment::storage;
  river.options.initial_concentration.push_back(0.5);
  return river;
}

inline Plan removal(const char* source, double fraction, int constituents = 4) {
  Plan plan;
  plan.id = source + std::to_string(fraction);
  Measure measure;
  measure.id = "cut";
  measure.at = {{"source", source}};
  measure.start = Time{std::chrono::hours(24)};
  measure.ramp = {0, 86400};
  for (int c = 0; c < constituents; ++c) measure.effects.push_back({c, fraction});
  plan.measures = {measure};
  return plan;
}

}  // namespace limpid::testing
