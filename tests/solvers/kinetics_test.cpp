#include "solvers/kinetics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

// Concentrations of one cell after `duration`, by steps of dt with one sub-step each.
std::vector<double> march(Basin basin, const Environment& env, const std::vector<double>& c0, double duration,
                          double dt, long long* limited = nullptr) {
  basin.schemes.kinetics_sub_steps = 1;
  const Rows rows(static_cast<int>(basin.constituents.size()), 1);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
  const std::vector<double> volume(env[Env::depth].size(), 1000.0);
  State state = filled(rows, volume, c0);
  kinetics.prepare(env);
  for (int n = 0; n < std::lround(duration / dt); ++n) kinetics.advance(dt, volume, state, ledger);
  if (limited)
    for (const long long n : kinetics.counts().limited) *limited += n;
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

struct Regime {
  const char* name;
  double k_a, sod, k_n, k_d;  // 1/d, g/m2/d at 1 m, 1/d, 1/d
  std::vector<double> start;
  double worst_15, worst_60;  // largest error of an hour, at steps of 15 and 60 min
};

// Stiff and starved regimes: there the quotients carry the accuracy, and the limiter must not have to act.
// The bounds are about half as much again as measured; errors are |c - reference| / (0.01 + reference). The
// first hour after an anoxic shock is poor at steps of 60 min, which is why a sub-step is at most 15 min by
// default.
TEST(Kinetics, StaysAccurateAndUnlimitedWhereItIsStiff) {
  const std::vector<Regime> regimes = {
      {"clean", 2, 1, 0.3, 0.3, clean_river(), 2e-6, 3e-5},
      {"fast exchange", 100, 40, 0.5, 0.5, {2, 6, 4, 1, 1.5, 2, 0.1, 0.08, 30, 1e4}, 1e-3, 3e-2},
      {"anoxic", 5, 20, 0.5, 2, {0.01, 60, 20, 5, 8, 1, 0.5, 0.5, 80, 1e5}, 2e-3, 2.0},
      {"fast nitrification", 10, 2, 60, 0.5, {6, 6, 4, 1, 1.5, 2, 0.1, 0.08, 30, 1e4}, 2e-2, 0.3},
      {"starved", 2, 1, 5, 1, std::vector<double>(10, 1e-9), 1.5e-3, 1.5e-2}};
  for (const Regime& regime : regimes) {
    Basin basin = river(1);
    const auto set = [&](std::size_t process, std::size_t k, double value) {
      basin.processes[process].parameters[k].value = value / 86400;
    };
    set(0, 1, regime.k_a), set(1, 0, regime.sod), set(4, 0, regime.k_n), set(2, 0, regime.k_d);
    Environment env = surroundings(1);
    env[Env::temperature][0] = 20, env[Env::depth][0] = 1;
    for (const double dt : {900.0, 3600.0}) {
      double worst = 0;
      long long limited = 0;
      std::vector<double> c = regime.start, reference = regime.start;
      for (int hour = 0; hour < 6; ++hour) {
        c = march(basin, env, c, 3600, dt, &limited);
        reference = cvode_solve(basin, at_cell(env, 0), reference, 3600, 1e-10);
        worst = std::max(worst, largest_error(c, reference));
      }
      EXPECT_LT(worst, dt < 1000 ? regime.worst_15 : regime.worst_60) << regime.name << " " << dt;
      EXPECT_EQ(limited, 0) << regime.name << " " << dt;
    }
  }
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
    Kinetics kinetics(basin, rows.lanes, ledger);
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
      Kinetics kinetics(h.basin, state.rows.lanes, ledger);
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
  Kinetics kinetics(h.basin, state.rows.lanes, ledger);
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

TEST(Kinetics, SeldomLimitsAnOrdinaryRiver) {
  Basin basin = river(200);
  const Rows rows(10, 1);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
  const std::vector<double> volume(200, 500.0);
  State state = filled(rows, volume, clean_river());
  kinetics.prepare(surroundings(200));
  for (int n = 0; n < 144; ++n) kinetics.advance(600, volume, state, ledger);
  EXPECT_EQ(kinetics.counts().points, 144 * 200);
  for (const long long n : kinetics.counts().limited) EXPECT_EQ(n, 0);
}

TEST(Kinetics, BooksByKindOfExchange) {
  Basin basin = river(3);
  const Rows rows(10, 1);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
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

class KineticsDry : public testing::TestWithParam<int> {};  // lanes

TEST_P(KineticsDry, LeavesDryCellsAlone) {
  const Rows rows(10, GetParam());
  Basin basin = river(21);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
  std::vector<double> volume(21, 500.0);
  State state = filled(rows, volume, clean_river());
  Environment env = surroundings(21);
  volume[4] = 0.0;
  volume[20] = 1e-7;
  for (const std::size_t c : {4u, 20u})
    for (auto& values : env.values) values[c] = std::nan("");
  const State before = state;
  kinetics.prepare(env);
  kinetics.advance(600, volume, state, ledger);
  for (int c = 0; c < 21; ++c) {
    // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): bits are what is asked
    const bool same =
        std::memcmp(state.row(c), before.row(c), static_cast<std::size_t>(rows.used()) * sizeof(double)) == 0;
    EXPECT_EQ(same, c == 4 || c == 20) << c;
  }
  EXPECT_EQ(kinetics.counts().points, 19 * rows.lanes);
  const int lane = rows.lanes - 1;
  for (int i = 0; i < 10; ++i)
    EXPECT_LT(ledger.closure(i, lane, before.total(i, lane), state.total(i, lane)), 1e-13);
}

INSTANTIATE_TEST_SUITE_P(Lanes, KineticsDry, testing::Values(1, 3, 4, 8));

TEST(Kinetics, TakesStretchesAndLaneParametersAndDropsThem) {
  Basin basin = cells_only(4, {"tracer"});
  use(basin, "first_order_decay", "decay", {"tracer"}, {{"k", 1.0}});
  basin.processes[0].parameters[0].stretches = {{"lower", 2.0 / 86400}};
  basin.processes[0].parameters[0].theta = 1.0;
  const Rows rows(1, 2);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
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
  EXPECT_THROW(Kinetics(basin, rows.lanes, ledger), std::logic_error);
}

}  // namespace
}  // namespace limpid
