// A Y of three reaches with nine cells, one cut and two sections, and a made-up record of it: what the output
// tests write.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <random>
#include <string>

#include "io/balance.hpp"
#include "io/results_netcdf.hpp"
#include "io/sha256.hpp"
#include "model/basin.hpp"
#include "solvers/record.hpp"
#include "solvers/run_options.hpp"
#include "tests/paths.hpp"

namespace limpid::tiny {

inline Reach reach(const char* id, const char* zh, int from, int to, double length) {
  Reach r;
  r.id = id;
  r.name_zh = zh;
  r.name_en = std::string(id) + " river";
  r.from = from;
  r.to = to;
  r.length = length;
  r.slope = 0.001;
  return r;
}

inline void add_chain(Network& network, int reach_index, int cells, int upstream, int downstream,
                      double begin) {
  Chain chain{reach_index, network.cell_count(), cells, upstream, downstream, begin, begin + 1000.0 * cells};
  for (int j = 0; j < cells; ++j) {
    network.cell_reach.push_back(reach_index);
    network.cell_chain.push_back(static_cast<int>(network.chains.size()));
    network.cell_length.push_back(1000.0);
    network.cell_chainage.push_back(begin + 1000.0 * j + 500.0);
  }
  network.junctions[static_cast<std::size_t>(upstream)].out.push_back(
      static_cast<int>(network.chains.size()));
  network.junctions[static_cast<std::size_t>(downstream)].in.push_back(
      static_cast<int>(network.chains.size()));
  network.chains.push_back(chain);
}

// A and B flow to C, C to D; a source stands at 2 km of the last reach.
inline Network network() {
  Network n;
  n.nodes = {{"A", 100.0, 30.0, {}}, {"B", 100.2, 30.1, {}}, {"C", 100.1, 29.9, {}}, {"D", 100.3, 29.7, {}}};
  n.reaches = {reach("r1", "清溪", 0, 2, 2000), reach("r2", "白河", 1, 2, 3000),
               reach("r3", "青河", 2, 3, 4000)};
  n.channels.resize(1);
  n.crs = "EPSG:4490";
  n.junctions.resize(5);
  for (int j = 0; j < 4; ++j) n.junctions[static_cast<std::size_t>(j)].node = j;
  add_chain(n, 0, 2, 0, 2, 0);
  add_chain(n, 1, 3, 1, 2, 0);
  add_chain(n, 2, 2, 2, 4, 0);
  add_chain(n, 2, 2, 4, 3, 2000);
  return n;
}

inline Basin basin() {
  Basin b;
  b.id = "tiny";
  b.name_zh = "小流域";
  b.name_en = "Tiny basin";
  b.network = network();
  b.constituents.resize(2);
  b.constituents[0].id = "DO";
  b.constituents[1].id = "NH3_N";
  b.sections.resize(2);
  Section& out = b.sections[0];
  out.id = "S1";
  out.name_zh = "青河口";
  out.name_en = "Qinghe mouth";
  out.level = "国考";
  out.river = "青河";
  out.county = "东县";
  out.reach = 2;
  out.chainage = 3500;
  out.target = WaterClass::III;
  out.limit_date = parse_time("2025-12-31");
  out.indicators = {"DO", "NH3_N"};
  Section& up = b.sections[1];
  up.id = "S,2";  // a comma: tables must quote it
  up.name_en = "Upper \"Qing\"";
  up.reach = 0;
  up.chainage = 250;
  up.river = "白河";
  up.county = "东县";
  return b;
}

inline RunOptions options() {
  RunOptions o;
  o.grid.begin = *parse_time("2025-09-01");
  o.grid.end = *parse_time("2025-09-04");
  return o;
}

inline double number(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53 * 12.0;
}

// Three days, hourly at the sections and daily maps; one value in eight is undefined.
inline Record record(const Basin& b) {
  const RunOptions o = options();
  std::mt19937_64 random(7);
  const auto value = [&random] {
    return random() % 8 == 0 ? std::numeric_limits<double>::quiet_NaN() : number(random);
  };
  Record r;
  r.quantities = {{"TP", "总磷", "total phosphorus", "g m-3", ""},
                  {"NH3_N", "氨氮", "ammonia nitrogen", "g m-3", ""},
                  {"discharge", "流量", "discharge", "m3 s-1", "water_volume_transport_in_river_channel"}};
  r.sections = static_cast<int>(b.sections.size());
  r.cells = b.network.cell_count();
  for (int n = 0; n <= 72; ++n) r.section_times.push_back(o.grid.time(0) + 3600.0 * n);
  for (int n = 0; n <= 3; ++n) r.map_times.push_back(o.grid.time(0) + 86400.0 * n);
  r.section_values.resize(r.section_times.size() * static_cast<std::size_t>(r.sections) *
                          r.quantities.size());
  r.map_values.resize(r.map_times.size() * static_cast<std::size_t>(r.cells) * r.quantities.size());
  for (double& v : r.section_values) v = value();
  for (double& v : r.map_values) v = value();
  return r;
}

inline Balance balance() {
  Balance x;
  x.quantities = {"DO", "NH3_N", "water"};
  x.units = {"g", "g", "m3"};
  x.accounts = {"source:wwtp", "outlet:D", "process:nitrification", "boundary:A"};
  x.stock_begin = {100.0, 10.0, 1e5};
  x.stock_end = {89.5, 11.0, 1e5};
  x.closure = {0, 1e-16, 0};
  x.net = {0, 3.0, 2e4, -10.0, -1.0, -2e4, -0.5, -1.0, 0, 0, 0, 0};
  return x;
}

inline std::vector<FileHash> inputs() {
  return {{"case.toml", sha256_hex("a")}, {"plans/a.toml", sha256_hex("b")}};
}

// Not one of the defaults.
inline AssessmentBasis basis() {
  AssessmentBasis b{"GB3838-2002", {}, "2025 <- 2021"};
  b.rules.statistic = MonthlyStatistic::sample_day;
  b.rules.rounding = Rounding::standard;
  b.rules.sample_day = 12;
  b.rules.min_months = 9;
  b.rules.offset = std::chrono::seconds(6 * 3600 + 1800);
  b.rules.criteria = {"Japan-rivers:A", "EU-EQS-2013:hardness_3"};
  CarriedItem copper{1, "Cu", {}};
  for (std::size_t m = 0; m < 12; ++m) copper.months[m] = 0.001 * static_cast<double>(m);
  copper.months[5] = std::numeric_limits<double>::quiet_NaN();
  b.rules.carried = {copper, {0, "pH", {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}}};
  return b;
}

// A fresh folder of the running test alone: CTest runs the tests of one file beside each other.
inline std::filesystem::path folder(const std::string& name) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string own = std::string(test->test_suite_name()) + "." + test->name();
  std::replace(own.begin(), own.end(), '/', '.');
  std::filesystem::path path = std::filesystem::path(binary_dir()) / "test_output" / own / name;
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path);
  return path;
}

inline bool same_bits(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace limpid::tiny
