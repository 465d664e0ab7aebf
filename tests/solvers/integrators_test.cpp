// What every integrator of the kinetics must hold: extents that close the balance, contents that stay
// positive, lanes that do not know each other; and how exact each is.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

constexpr int kKinds = 10;

// A river of plain cells, lanes differing in their contents.
struct River {
  Basin basin;
  std::vector<double> volume;
  State state;
  Ledger ledger;
  Kinetics kinetics;

  River(KineticsIntegrator integrator, int cells, int lanes)
      : basin(with(integrator, cells)),
        volume(static_cast<std::size_t>(cells), 1000.0),
        state(filled(Rows(kKinds, lanes), volume, clean_river())),
        ledger(state.rows),
        kinetics(basin, lanes, ledger) {
    kinetics.prepare(surroundings(cells));
  }
  static Basin with(KineticsIntegrator integrator, int cells) {
    Basin basin = river(cells);
    basin.schemes.integrator = integrator;
    basin.schemes.kinetics_sub_steps = 1;
    return basin;
  }
  double& at(int cell, int i, int lane) { return state.row(cell)[state.rows.index(i, lane)]; }
  void advance(double dt) { kinetics.advance(dt, volume, state, ledger); }
};

class Integrators : public testing::TestWithParam<KineticsIntegrator> {};

TEST_P(Integrators, CloseTheBalanceAndConserveNitrogen) {
  River river(GetParam(), 20, 3);
  const State before = river.state;
  for (int n = 0; n < 6; ++n) river.advance(600);
  double nitrogen = 0, turned = 0;
  for (int i = 0; i < kKinds; ++i) {
    EXPECT_LT(river.ledger.closure(i, 1, before.total(i, 1), river.state.total(i, 1)), 1e-13) << i;
    for (std::size_t a = 0; a < river.ledger.accounts().size(); ++a) {
      const double holds = river.basin.constituents[static_cast<std::size_t>(i)].composition.nitrogen;
      const bool within = river.ledger.accounts()[a].rfind("process:", 0) == 0;
      if (within) nitrogen += holds * river.ledger.net(static_cast<int>(a), i, 1);
      turned += holds * river.ledger.gross(static_cast<int>(a), i, 1);
    }
  }
  EXPECT_GT(turned, 0);
  EXPECT_LT(std::fabs(nitrogen), 1e-12 * turned);
}

TEST_P(Integrators, StayPositiveOnRandomStates) {
  const int cells = 40;
  std::mt19937_64 random(3);
  for (const double dt : {60.0, 900.0, 3600.0}) {
    River river(GetParam(), cells, 1);
    for (int cell = 0; cell < cells; ++cell)
      for (int i = 0; i < kKinds; ++i)
        river.at(cell, i, 0) *= uniform(random) < 0.1 ? 0.0 : std::pow(10.0, between(random, -6, 1));
    for (int n = 0; n < 3; ++n) river.advance(dt);
    for (int cell = 0; cell < cells; ++cell)
      for (int i = 0; i < kKinds; ++i) ASSERT_GE(river.at(cell, i, 0), 0.0) << cell << ' ' << i;
  }
}

TEST_P(Integrators, KeepLanesToThemselves) {
  const int cells = 7;  // no whole block
  River alone(GetParam(), cells, 1), batch(GetParam(), cells, 3);
  for (int cell = 0; cell < cells; ++cell)
    for (int i = 0; i < kKinds; ++i) {
      batch.at(cell, i, 0) *= 2.5;
      batch.at(cell, i, 2) = i == 4 ? std::numeric_limits<double>::quiet_NaN() : 0.0;
    }
  for (int n = 0; n < 4; ++n) alone.advance(900), batch.advance(900);
  for (int cell = 0; cell < cells; ++cell)
    for (int i = 0; i < kKinds; ++i)
      EXPECT_EQ(std::bit_cast<std::uint64_t>(alone.at(cell, i, 0)),
                std::bit_cast<std::uint64_t>(batch.at(cell, i, 1)))
          << cell << ' ' << i;
  EXPECT_TRUE(std::isnan(batch.at(3, 4, 2)));
}

INSTANTIATE_TEST_SUITE_P(All, Integrators,
                         testing::Values(KineticsIntegrator::mean_state, KineticsIntegrator::two_stage,
                                         KineticsIntegrator::cvode));

// Largest error of a constituent in one cell after six hours in steps of dt, over a hundredth of its start
// and its content.
double error_of(KineticsIntegrator integrator, double dt) {
  const int cells = 3;
  River river(integrator, cells, 1);
  for (int n = 0; n < std::lround(6 * 3600 / dt); ++n) river.advance(dt);
  double worst = 0;
  for (int cell = 0; cell < cells; ++cell) {
    const auto exact = cvode_solve(river.basin, at_cell(surroundings(cells), static_cast<std::size_t>(cell)),
                                   clean_river(), 6 * 3600, 1e-11);
    for (int i = 0; i < kKinds; ++i) {
      const auto k = static_cast<std::size_t>(i);
      worst = std::max(
          worst, std::fabs(river.at(cell, i, 0) / 1000 - exact[k]) / (exact[k] + 0.01 * clean_river()[k]));
    }
  }
  return worst;
}

TEST(IntegratorOrder, CvodeAnswersToItsToleranceWhateverTheStep) {
  for (const double dt : {300.0, 3600.0}) EXPECT_LT(error_of(KineticsIntegrator::cvode, dt), 1e-6) << dt;
}

TEST(IntegratorOrder, BothOthersAreOfSecondOrder) {
  for (const auto integrator : {KineticsIntegrator::mean_state, KineticsIntegrator::two_stage}) {
    const double coarse = error_of(integrator, 900), fine = error_of(integrator, 300);
    EXPECT_NEAR(std::log(coarse / fine) / std::log(3), 2, 0.15) << static_cast<int>(integrator);
    EXPECT_LT(fine, 1e-4);
  }
}

// A shallow stream takes up oxygen at 200 1/d, in steps of an hour: the explicit scheme is positive,
// conservative, and stays without oxygen.
double oxygen_after_six_hours(KineticsIntegrator integrator) {
  Basin basin = cells_only(1, {"DO"});
  use(basin, "reaeration", "reaeration", {}, {{"k_a_given", 200.0}});
  basin.schemes.integrator = integrator;
  basin.schemes.kinetics_sub_steps = 1;
  Ledger ledger(Rows(1, 1));
  Kinetics kinetics(basin, 1, ledger);
  Environment env = surroundings(1);
  env[Env::temperature][0] = 20;
  kinetics.prepare(env);
  State state(1, Rows(1, 1));
  state.row(0)[0] = 4;
  for (int n = 0; n < 6; ++n) kinetics.advance(3600, {1.0}, state, ledger);
  return state.row(0)[0];
}

TEST(IntegratorOrder, OnlyTheExplicitOneFailsWhereItIsStiff) {
  const double exact = oxygen_after_six_hours(KineticsIntegrator::cvode);
  EXPECT_NEAR(exact, 7.53, 0.2);  // saturation at 1,500 m
  EXPECT_NEAR(oxygen_after_six_hours(KineticsIntegrator::mean_state), exact, 0.01 * exact);
  EXPECT_LT(oxygen_after_six_hours(KineticsIntegrator::two_stage), 0.1 * exact);
}

}  // namespace
}  // namespace limpid
