#include "solvers/kinetics.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

// A state of given concentrations, the same in every cell and lane.
State filled(const Rows& rows, const std::vector<double>& volume, const std::vector<double>& c) {
  State state(static_cast<int>(volume.size()), rows);
  for (int cell = 0; cell < state.cells(); ++cell)
    for (int i = 0; i < rows.constituents; ++i)
      for (int l = 0; l < rows.lanes; ++l)
        state.row(cell)[rows.index(i, l)] =
            c[static_cast<std::size_t>(i)] * volume[static_cast<std::size_t>(cell)];
  return state;
}

// Concentrations of one cell after `duration`, by steps of dt with one sub-step each.
std::vector<double> march(Basin basin, const Environment& env, const std::vector<double>& c0, double duration,
                          double dt) {
  basin.schemes.kinetics_sub_steps = 1;
  const Rows rows(static_cast<int>(basin.constituents.size()), 1);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows, ledger);
  const std::vector<double> volume(env[Env::depth].size(), 1000.0);
  State state = filled(rows, volume, c0);
  kinetics.prepare(env);
  for (int n = 0; n < static_cast<int>(duration / dt + 0.5); ++n) kinetics.advance(dt, volume, state, ledger);
  std::vector<double> c;
  for (int i = 0; i < rows.constituents; ++i) c.push_back(concentration(state.row(0)[i], volume[0]));
  return c;
}

double largest_error(const std::vector<double>& c, const std::vector<double>& reference) {
  double error = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    error = std::max(error, std::fabs(c[i] - reference[i]) / (0.01 + std::fabs(reference[i])));
  return error;
}

TEST(Kinetics, IsSecondOrderOnTheFullSet) {
  const Basin basin = river(1);
  Environment env = surroundings(1);
  env[Env::temperature][0] = 24;
  const auto reference = cvode_solve(basin, at_cell(env, 0), clean_river(), 86400, 1e-11);
  std::vector<double> errors;
  for (const double minutes : {60.0, 30.0, 15.0, 7.5})
    errors.push_back(largest_error(march(basin, env, clean_river(), 86400, minutes * 60), reference));
  for (std::size_t n = 1; n < errors.size(); ++n)
    EXPECT_GE(std::log2(errors[n - 1] / errors[n]), 1.9) << errors[n];
  EXPECT_LT(errors[2], 1e-4);
}

// A sub-step of the case is the same as a step.
TEST(Kinetics, SubStepsAreSteps) {
  Basin basin = river(1);
  const Environment env = surroundings(1);
  const Rows rows(10, 1);
  const std::vector<double> volume = {1024.0};
  Ledger ledger(rows);
  const auto by_steps = [&](int steps, double dt, int sub_steps) {
    basin.schemes.kinetics_sub_steps = sub_steps;
    Kinetics kinetics(basin, rows, ledger);
    State state = filled(rows, volume, clean_river());
    kinetics.prepare(env);
    for (int n = 0; n < steps; ++n) kinetics.advance(dt, volume, state, ledger);
    EXPECT_EQ(kinetics.counts().points, steps * (sub_steps ? sub_steps : 4));
    return state.amount;
  };
  EXPECT_EQ(by_steps(4, 900, 1), by_steps(1, 3600, 4));
  EXPECT_EQ(by_steps(4, 900, 1), by_steps(1, 3600, 0));  // at most 15 min
  EXPECT_NE(by_steps(4, 900, 1), by_steps(1, 3600, 1));
}

// c / (1 + z + z^2/2 + z^3/6 + z^4/24): Pade(0,4) of exp(-z).
TEST(Kinetics, DecaysExactlyToPade) {
  Basin basin = cells_only(1, {"tracer"});
  use(basin, "first_order_decay", "decay", {"tracer"}, {{"k", 2.4}});
  Environment env = surroundings(1);
  env[Env::temperature][0] = 20;
  for (const double dt : {60.0, 900.0, 3600.0, 86400.0}) {
    const double z = 2.4 / 86400 * dt, pade = 1 / (1 + z + z * z / 2 + z * z * z / 6 + z * z * z * z / 24);
    EXPECT_NEAR(march(basin, env, {5.0}, dt, dt)[0] / (5 * pade), 1, 1e-14);
  }
  EXPECT_NEAR(march(basin, env, {5.0}, 3600, 900)[0], 5 * std::exp(-0.1), 1e-8);
}

// Reaeration alone towards saturation, exact at any step.
TEST(Kinetics, ReaeratesExactlyToPade) {
  Basin basin = cells_only(1, {"DO"});
  use(basin, "reaeration", "reaeration", {}, {{"k_a_given", 50}});
  Environment env = surroundings(1);
  env[Env::temperature][0] = 20;
  env[Env::elevation][0] = 0;
  const double saturated = 9.092426;
  EXPECT_NEAR(march(basin, env, {0.0}, 3600, 900)[0], saturated * (1 - std::exp(-50.0 / 24)), 1e-3);
  EXPECT_NEAR(march(basin, env, {0.0}, 86400 * 10, 86400)[0], saturated, 1e-5);
}

struct Harsh {
  Basin basin;
  Environment env;
  State state;
  std::vector<double> volume;
};

// Random states and rates far outside what a river does; a fifth of the contents tiny, some exactly 0.
Harsh harsh(std::mt19937_64& random, int cells) {
  Harsh h{river(cells), surroundings(cells), State(cells, Rows(10, 1)), {}};
  const auto set = [&](const char* id, std::size_t k, double low, double high) {
    for (ProcessUse& use : h.basin.processes)
      if (use.id == id) use.parameters[k].value = low * std::pow(high / low, uniform(random));
  };
  set("nitrification", 0, 1e-6, 1e-3);
  set("cbod_oxidation", 0, 1e-6, 1e-3);
  set("sediment_oxygen_demand", 0, 1e-6, 1e-3);
  if (random() % 2) set("sediment_oxygen_demand", 1, 1e-300, 1e-3);
  set("reaeration", 3, 0.01, 100);
  set("hydrolysis_n", 0, 1e-6, 1e-3);
  set("settling_tss", 0, 1e-6, 1e-2);
  for (int c = 0; c < cells; ++c) {
    h.volume.push_back(std::pow(10.0, between(random, -5, 6)));
    h.env[Env::depth][static_cast<std::size_t>(c)] = std::pow(10.0, between(random, -3, 1));
    for (int i = 0; i < 10; ++i) {
      const double kind = uniform(random);
      const double content =
          kind < 0.03
              ? 0.0
              : (kind < 0.06 ? std::pow(10.0, between(random, -320, -190))
                             : std::pow(10.0, kind < 0.2 ? between(random, -9, -5) : between(random, -2, 2)));
      h.state.row(c)[i] = content * h.volume.back();
    }
  }
  return h;
}

TEST(Kinetics, NeverGoesBelowZero) {
  std::mt19937_64 random(7);
  long long points = 0, limited = 0;
  for (int round = 0; round < 40; ++round) {
    Harsh h = harsh(random, 640);
    for (const int sub_steps : {1, 3, 0}) {
      h.basin.schemes.kinetics_sub_steps = sub_steps;
      State state = h.state;
      Ledger ledger(state.rows);
      Kinetics kinetics(h.basin, state.rows, ledger);
      kinetics.prepare(h.env);
      for (const double dt : {60.0, 3600.0}) kinetics.advance(dt, h.volume, state, ledger);
      for (const double amount : state.amount) ASSERT_TRUE(amount >= 0.0) << amount;
      points += kinetics.counts().points;
      for (const long long n : kinetics.counts().limited) limited += n;
    }
  }
  EXPECT_GE(points, 100000);
  EXPECT_GT(limited, 0);  // else the limiter was not tried
}

TEST(Kinetics, BooksWhatItMovesAndConservesNitrogen) {
  std::mt19937_64 random(11);
  Harsh h = harsh(random, 300);
  h.basin.schemes.kinetics_sub_steps = 2;
  State state = h.state;
  Ledger ledger(state.rows);
  Kinetics kinetics(h.basin, state.rows, ledger);
  kinetics.prepare(h.env);
  std::vector<double> before;
  for (int i = 0; i < 10; ++i) before.push_back(state.total(i, 0));
  for (int n = 0; n < 200; ++n) kinetics.advance(600, h.volume, state, ledger);
  for (int i = 0; i < 10; ++i) {
    const double moved = std::fabs(state.total(i, 0) - before[static_cast<std::size_t>(i)]);
    EXPECT_LT(ledger.closure(i, 0, before[static_cast<std::size_t>(i)], state.total(i, 0)), 1e-12) << i;
    EXPECT_GT(moved, 0);
  }
  double nitrogen = 0, turned = 0, outside = 0, change = 0, stock = 0;
  for (const char* id : {"NH3_N", "NO3_N", "ORGN"}) {
    const int i = constituent(h.basin, id);
    change += state.total(i, 0) - before[static_cast<std::size_t>(i)];
    stock += before[static_cast<std::size_t>(i)];
    for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
      const bool within = ledger.accounts()[a].rfind("process:", 0) == 0;
      (within ? nitrogen : outside) += ledger.net(static_cast<int>(a), i, 0);
      if (within) turned += ledger.gross(static_cast<int>(a), i, 0);
    }
  }
  EXPECT_GT(turned, 0);
  EXPECT_LT(std::fabs(nitrogen), 1e-12 * turned);
  EXPECT_LT(std::fabs(change - outside), 1e-12 * (stock + turned));
}

TEST(Kinetics, BooksByKindOfExchange) {
  Basin basin = river(3);
  const Rows rows(10, 1);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows, ledger);
  const std::vector<double> volume(3, 500.0);
  State state = filled(rows, volume, clean_river());
  kinetics.prepare(surroundings(3));
  kinetics.advance(600, volume, state, ledger);
  const auto net = [&](const char* account, const char* id) {
    return ledger.net(ledger.account(account), constituent(basin, id), 0);
  };
  EXPECT_GT(net("atmosphere", "DO"), 0);
  EXPECT_LT(net("bed", "DO"), 0);
  EXPECT_LT(net("bed", "TSS"), 0);
  EXPECT_GT(net("bed", "PO4_P"), 0);
  EXPECT_NEAR(net("process:nitrification", "DO"), 4.57 * net("process:nitrification", "NH3_N"), 1e-12);
  EXPECT_EQ(net("process:nitrification", "NO3_N"), -net("process:nitrification", "NH3_N"));
}

TEST(Kinetics, LeavesDryCellsAlone) {
  Basin basin = river(20);
  const Rows rows(10, 3);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows, ledger);
  std::vector<double> volume(20, 500.0);
  State state = filled(rows, volume, clean_river());
  Environment env = surroundings(20);
  volume[4] = 0.0;
  volume[19] = 1e-7;
  for (const std::size_t c : {4, 19})
    for (auto& values : env.values) values[c] = std::nan("");
  const State before = state;
  kinetics.prepare(env);
  kinetics.advance(600, volume, state, ledger);
  for (int c = 0; c < 20; ++c) {
    const bool same = std::memcmp(state.row(c), before.row(c), 30 * sizeof(double)) == 0;
    EXPECT_EQ(same, c == 4 || c == 19) << c;
  }
  EXPECT_EQ(kinetics.counts().points, 18 * 3);
  for (int i = 0; i < 10; ++i) EXPECT_LT(ledger.closure(i, 1, before.total(i, 1), state.total(i, 1)), 1e-13);
}

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
    Kinetics kinetics(basin, rows, ledger);
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

TEST(Kinetics, ALaneIsTheSameAloneAndInAnyBatch) {
  const auto three = Lanes::run({4, 5, 6}), eight = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7}),
             sixteen = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}),
             thirteen = Lanes::run({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  for (const int lane : {4, 5, 6}) {
    const auto at = static_cast<std::size_t>(lane);
    const auto alone = Lanes::run({lane});
    EXPECT_TRUE(identical(alone, Lanes::part(three, 3, at - 4))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(eight, 8, at))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(thirteen, 13, at))) << lane;
    EXPECT_TRUE(identical(alone, Lanes::part(sixteen, 16, at))) << lane;
  }
  EXPECT_FALSE(identical(Lanes::part(eight, 8, 4), Lanes::part(eight, 8, 5)));
}

TEST(Kinetics, IsTheSameOnAnyNumberOfThreads) {
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

TEST(Kinetics, KeepsASickLaneToItself) {
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

// A parameter that is not a number makes every constituent it touches not a number, in its lane only.
TEST(Kinetics, ShowsAParameterThatIsNotANumber) {
  Basin basin = river(9);
  const Rows rows(10, 2);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows, ledger);
  const std::vector<double> volume(9, 500.0);
  for (int p = 0; p < static_cast<int>(basin.processes.size()); ++p) {
    const auto& info = basin.processes[static_cast<std::size_t>(p)].process->info();
    for (int k = 0; k < static_cast<int>(info.parameters.size()); ++k) {
      if (info.id == std::string("reaeration") && k < 3)
        continue;  // choices: they are compared, not multiplied
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

TEST(Kinetics, TakesStretchesAndLaneParametersAndDropsThem) {
  Basin basin = cells_only(4, {"tracer"});
  use(basin, "first_order_decay", "decay", {"tracer"}, {{"k", 1.0}});
  basin.processes[0].parameters[0].stretches = {{"lower", 2.0 / 86400}};
  basin.processes[0].parameters[0].theta = 1.0;
  const Rows rows(1, 2);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows, ledger);
  const std::vector<double> volume(4, 1.0);
  const auto loss = [&](int cell, int lane) {
    State state = filled(rows, volume, {1.0});
    kinetics.prepare(surroundings(4));
    kinetics.advance(864, volume, state, ledger);
    return -std::log(state.row(cell)[lane]) * 100;
  };
  EXPECT_NEAR(loss(0, 0), 1.0, 1e-6);
  EXPECT_NEAR(loss(3, 1), 2.0, 1e-6);
  kinetics.set_lane_parameters({{0, 0, "lower", 1, 5.0 / 86400}, {0, 0, "", 1, 4.0 / 86400}});
  EXPECT_NEAR(loss(3, 0), 2.0, 1e-6);
  EXPECT_NEAR(loss(0, 1), 4.0, 1e-6);
  EXPECT_NEAR(loss(3, 1), 5.0, 1e-6);
  kinetics.set_lane_parameters({});
  EXPECT_NEAR(loss(0, 1), 1.0, 1e-6);
}

TEST(Kinetics, RefusesAnUnboundRole) {
  Basin basin = cells_only(1, {"tracer"});
  use(basin, "first_order_decay", "decay", {"tracer"}, {{"k", 1.0}});
  basin.processes[0].constituents[0] = -1;
  const Rows rows(1, 1);
  Ledger ledger(rows);
  EXPECT_THROW(Kinetics(basin, rows, ledger), std::logic_error);
}

}  // namespace
}  // namespace limpid
