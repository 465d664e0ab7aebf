// A lane is the same alone, in any batch and on any number of threads, bit for bit; and it fails alone.
#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "solvers/kinetics.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

// One river whose lanes differ in amounts and parameters (by value, by stretch, and a yield).
struct Lanes {
  static constexpr int kCells = 401;  // more than one chunk, and no whole number of blocks
  static double start(int cell, int i, int lane) {
    return clean_river()[static_cast<std::size_t>(i)] * (1 + 0.01 * ((cell * 7 + i * 3 + lane * 11) % 50));
  }
  static std::vector<LaneParameter> parameters(int lane, int as) {
    std::vector<LaneParameter> list = {{2, 0, "", as, 5e-6 * (1 + lane)}, {4, 2, "", as, 4.0 + 0.05 * lane}};
    if (lane % 2) list.push_back({0, 3, "lower", as, 1.0 + 0.1 * lane});
    if (lane == 4) list.push_back({8, 0, "upper", as, 3e-5});
    return list;
  }
  // Amounts [cell][constituent][lane] and the ledger's sums after some steps of the lanes given.
  static std::vector<double> run(const std::vector<int>& lanes, double sick = 0.0, int sick_lane = -1) {
    Basin basin = river(kCells);
    basin.processes[4].parameters[0].stretches = {{"lower", 9e-6}};
    const Rows rows(10, static_cast<int>(lanes.size()));
    Ledger ledger(rows);
    Kinetics kinetics(basin, rows.lanes, ledger);
    State state(kCells, rows);
    std::vector<double> volume;
    std::vector<LaneParameter> all;
    for (std::size_t l = 0; l < lanes.size(); ++l)
      for (const auto& p : parameters(lanes[l], static_cast<int>(l))) all.push_back(p);
    for (int c = 0; c < kCells; ++c) {
      volume.push_back(c == 200 ? 0.0 : 800.0 + c);
      for (int i = 0; i < 10; ++i)
        for (std::size_t l = 0; l < lanes.size(); ++l)
          state.row(c)[rows.index(i, static_cast<int>(l))] = start(c, i, lanes[l]) * volume.back();
    }
    for (std::size_t l = 0; l < lanes.size(); ++l)
      if (lanes[l] == sick_lane) state.row(150)[rows.index(4, static_cast<int>(l))] = sick;
    Environment env = surroundings(kCells);
    kinetics.set_lane_parameters(all);
    for (int n = 0; n < 5; ++n) {
      env[Env::temperature][3] += 0.5;
      kinetics.prepare(env);
      kinetics.advance(1800, volume, state, ledger);
    }
    return collect(state, ledger);
  }
  static std::vector<double> collect(const State& state, const Ledger& ledger) {
    std::vector<double> out;
    for (int l = 0; l < state.rows.lanes; ++l) {
      for (int c = 0; c < kCells; ++c)
        for (int i = 0; i < 10; ++i) out.push_back(state.row(c)[state.rows.index(i, l)]);
      for (std::size_t a = 0; a < ledger.accounts().size(); ++a)
        for (int i = 0; i < 10; ++i) out.push_back(ledger.net(static_cast<int>(a), i, l));
    }
    return out;
  }
  // The part of lane number `at` of a run with `lanes` lanes.
  static std::vector<double> part(const std::vector<double>& all, std::size_t lanes, std::size_t at) {
    const auto size = static_cast<std::ptrdiff_t>(all.size() / lanes),
               begin = size * static_cast<std::ptrdiff_t>(at);
    return {all.begin() + begin, all.begin() + begin + size};
  }
};

// Bit for bit, NaN included.
bool identical(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

TEST(KineticsIdentity, ALaneIsTheSameAloneAndInAnyBatch) {
  const auto three = Lanes::run({4, 5, 6}), eight = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7}),
             sixteen = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}),
             thirteen = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
             four = Lanes::run({4, 5, 6, 7}),  // go in runs of four, as eight and twelve do
      twelve = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  for (const int lane : {4, 5, 6}) {
    const auto at = static_cast<std::size_t>(lane);
    const auto alone = Lanes::run({lane});
    EXPECT_TRUE(identical(alone, Lanes::part(three, 3, at - 4))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(eight, 8, at))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(four, 4, at - 4))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(twelve, 12, at))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(thirteen, 13, at))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(sixteen, 16, at))) << lane;
  }
  EXPECT_FALSE(identical(Lanes::part(eight, 8, 4), Lanes::part(eight, 8, 5)));
}

TEST(KineticsIdentity, IsTheSameOnAnyNumberOfThreads) {
  ASSERT_GT(Lanes::kCells * 8, 2048);  // the parallel path, with more chunks than one
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const auto one = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7});
  for (const int threads : {2, 3, 4}) {
    omp_set_num_threads(threads);
    EXPECT_TRUE(identical(one, Lanes::run({0, 1, 2, 3, 4, 5, 6, 7}))) << threads;
  }
  omp_set_num_threads(before);
}

TEST(KineticsIdentity, KeepsASickLaneToItself) {
  for (const std::vector<int>& lanes :
       {std::vector<int>{0, 1, 2}, std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}}) {
    const auto healthy = Lanes::run(lanes);
    for (const double sick :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      const auto result = Lanes::run(lanes, sick, 1);
      for (std::size_t l = 0; l < lanes.size(); ++l) {
        const auto part = Lanes::part(result, lanes.size(), l);
        if (lanes[l] == 1) {
          EXPECT_FALSE(std::isfinite(part[150 * 10 + 4]));
          EXPECT_TRUE(std::isfinite(part[149 * 10 + 4]));
        } else {
          EXPECT_TRUE(identical(part, Lanes::part(healthy, lanes.size(), l))) << l;
        }
      }
    }
  }
}

// Where the water is equally warm all over, parameters are corrected once for all cells: with the same bits.
TEST(KineticsIdentity, EquallyWarmWaterIsNoSpecialCase) {
  constexpr int kCells = 40;
  const auto run = [](double last) {
    Basin basin = river(kCells);
    basin.processes[4].parameters[0].stretches = {{"lower", 9e-6}};
    const Rows rows(10, 3);
    Ledger ledger(rows);
    Kinetics kinetics(basin, rows.lanes, ledger);
    kinetics.set_lane_parameters({{2, 0, "", 1, 5e-6}, {2, 1, "upper", 2, 5e-4}});
    const std::vector<double> volume(kCells, 500.0);
    State state = filled(rows, volume, clean_river());
    Environment env = surroundings(kCells);
    for (const double warm : {11.0, 17.5, 17.5, 4.0}) {
      std::fill(env[Env::temperature].begin(), env[Env::temperature].end(), warm);
      env[Env::temperature].back() += last;
      kinetics.prepare(env);
      kinetics.advance(600, volume, state, ledger);
    }
    state.amount.resize(rows.at(kCells - 1));
    return state.amount;
  };
  EXPECT_TRUE(identical(run(0), run(1)));
}

// A parameter that is not a number makes every constituent it touches not a number, in its lane only. (The
// set `river`: nan_parameter_test.cpp.)
TEST(KineticsIdentity, ShowsAParameterThatIsNotANumber) {
  Basin basin = river(9);
  const Rows rows(10, 2);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
  const std::vector<double> volume(9, 500.0);
  for (int p = 0; p < static_cast<int>(basin.processes.size()); ++p) {
    const auto& info = basin.processes[static_cast<std::size_t>(p)].process->info();
    for (int k = 0; k < static_cast<int>(info.parameters.size()); ++k) {
      const std::string id = info.parameters[static_cast<std::size_t>(k)].id;
      if (info.parameters[static_cast<std::size_t>(k)].possible.whole)
        continue;                  // choices: they are compared, not multiplied
      if (id == "r_co") continue;  // of a role that stays open here
      State state = filled(rows, volume, clean_river());
      kinetics.set_lane_parameters({{p, k, "", 1, std::nan("")}});
      kinetics.prepare(surroundings(9));
      kinetics.advance(600, volume, state, ledger);
      int sick = 0;
      for (int c = 0; c < 9; ++c)
        for (int i = 0; i < 10; ++i) {
          EXPECT_TRUE(std::isfinite(state.row(c)[rows.index(i, 0)]));
          sick += !std::isfinite(state.row(c)[rows.index(i, 1)]);
        }
      EXPECT_GE(sick, 9) << info.id << " " << info.parameters[static_cast<std::size_t>(k)].id;
    }
  }
}

}  // namespace
}  // namespace limpid
