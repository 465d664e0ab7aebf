// The ready set `river` with each of its beds, under the default integrator: order against CVODE, closure of
// the elements, positivity.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "model/oxygen.hpp"
#include "solvers/kinetics.hpp"
#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/river_set.hpp"

namespace limpid {
namespace {

using kinetics_case::at_cell;
using kinetics_case::between;
using kinetics_case::uniform;
using namespace river_case;

struct River {
  Basin basin;
  std::vector<double> volume;
  State carried, attached;
  Ledger ledger;
  Kinetics kinetics;

  River(const Basin& the_basin, const Environment& env, const std::vector<double>& c)
      : basin(the_basin),
        volume(env[Env::depth].size(), 1000.0),
        carried(static_cast<int>(volume.size()), Rows(basin.carried_count(), 1)),
        attached(static_cast<int>(volume.size()), Rows(kinds() - basin.carried_count(), 1)),
        ledger(Rows(kinds(), 1)),
        kinetics(basin, 1, ledger) {
    for (int cell = 0; cell < carried.cells(); ++cell)
      for (int i = 0; i < kinds(); ++i)
        at(cell, i) = c[static_cast<std::size_t>(i)] * volume[static_cast<std::size_t>(cell)];
    kinetics.prepare(env);
  }
  int kinds() const { return static_cast<int>(basin.constituents.size()); }
  double& at(int cell, int i) {
    const int behind = i - basin.carried_count();
    return behind < 0 ? carried.row(cell)[carried.rows.index(i, 0)]
                      : attached.row(cell)[attached.rows.index(behind, 0)];
  }
  double total(int i) const {
    const int behind = i - basin.carried_count();
    return behind < 0 ? carried.total(i, 0) : attached.total(behind, 0);
  }
  void advance(double dt) { kinetics.advance(dt, volume, carried, &attached, ledger); }
};

struct Worst {
  double error = 0;
  const char* of = "";
};
Worst march_error(const Basin& basin, const Environment& env, double dt, double duration,
                  const std::vector<double>& start, const std::vector<double>& reference) {
  Basin single = basin;
  single.schemes.kinetics_sub_steps = 1;
  River river(single, env, start);
  for (int n = 0; n < std::lround(duration / dt); ++n) river.advance(dt);
  Worst worst;
  for (int i = 0; i < river.kinds(); ++i) {
    const double c = river.at(0, i) / river.volume[0], exact = reference[static_cast<std::size_t>(i)];
    const double error = std::fabs(c - exact) / (0.01 + std::fabs(exact));
    if (error > worst.error) worst = {error, basin.constituents[static_cast<std::size_t>(i)].id.c_str()};
  }
  return worst;
}

// Errors after six hours, |c - CVODE| / (0.01 + CVODE), largest over the constituents. The start is out of
// balance: 40 g/m3 of algae take phosphate with a time of 45 min, nitrogen of 3 h. So the order shows from 5
// min down.
TEST(RiverSet, IsSecondOrderAgainstCvode) {
  for (const Bed bed : {Bed::settling, Bed::flux, Bed::stores}) {
    const Basin basin = river_set(1, bed);
    Environment env = day(1);
    env[Env::temperature][0] = 22, env[Env::depth][0] = 0.8;
    const auto reference = cvode_solve(basin, at_cell(env, 0), usual(bed), 6 * 3600, 1e-11);
    std::vector<double> errors;
    std::printf("river set with %s:", name_of(bed));
    for (const double minutes : {60.0, 15.0, 5.0, 1.0, 0.25}) {
      const Worst worst = march_error(basin, env, 60 * minutes, 6 * 3600, usual(bed), reference);
      errors.push_back(worst.error);
      std::printf(" %g min %.1e (%s)", minutes, worst.error, worst.of);
    }
    std::printf("\n");
    EXPECT_GE(std::log(errors[2] / errors[3]) / std::log(5), 1.85) << name_of(bed);
    EXPECT_GE(std::log(errors[3] / errors[4]) / std::log(4), 1.95) << name_of(bed);
    EXPECT_LT(errors[1], 6e-2) << name_of(bed);
    EXPECT_LT(errors[2], 1e-2) << name_of(bed);
  }
}

TEST(RiverSet, ClosesNitrogenPhosphorusAndCarbon) {
  for (const Bed bed : {Bed::settling, Bed::flux, Bed::stores}) {
    River river(river_set(200, bed), day(200), usual(bed));
    std::vector<double> before;
    for (int i = 0; i < river.kinds(); ++i) before.push_back(river.total(i));
    for (int n = 0; n < 288; ++n) river.advance(300);
    for (int i = 0; i < river.kinds(); ++i)
      EXPECT_LT(river.ledger.closure(i, 0, before[static_cast<std::size_t>(i)], river.total(i)), 1e-12)
          << river.basin.constituents[static_cast<std::size_t>(i)].id;
    for (double Composition::*part :
         {&Composition::nitrogen, &Composition::phosphorus, &Composition::carbon}) {
      double made = 0, turned = 0, change = 0, outside = 0, stock = 0;
      for (int i = 0; i < river.kinds(); ++i) {
        const double holds = river.basin.constituents[static_cast<std::size_t>(i)].composition.*part;
        change += holds * (river.total(i) - before[static_cast<std::size_t>(i)]);
        stock += holds * before[static_cast<std::size_t>(i)];
        for (std::size_t a = 0; a < river.ledger.accounts().size(); ++a) {
          const bool within = river.ledger.accounts()[a].rfind("process:", 0) == 0;
          (within ? made : outside) += holds * river.ledger.net(static_cast<int>(a), i, 0);
          turned += holds * river.ledger.gross(static_cast<int>(a), i, 0);
        }
      }
      EXPECT_GT(turned, 0);
      EXPECT_LT(std::fabs(made), 1e-12 * (stock + turned));
      EXPECT_LT(std::fabs(change - outside), 1e-12 * (stock + turned));
    }
  }
}

// 2 1/d by the current and 0.48643 1/d by wind of 5 m/s over 2 m (Banks & Herrera): after a day the deficit
// is exp(-2.48643) of what it was, and carbon dioxide goes 2.48643/2 times as fast as without wind.
TEST(RiverSet, WindAddsToTheCurrentInOxygenAndCarbonDioxide) {
  double lost[2];
  for (const bool windy : {false, true}) {
    Basin basin = kinetics_case::cells_only(1, {"DO", "alkalinity", "DIC"});
    kinetics_case::use(basin, "reaeration", "reaeration", {}, {{"k_a_given", 2}});
    for (const char* id : {"carbonate_system", "co2_exchange"}) kinetics_case::use(basin, id, id, {}, {});
    if (windy) kinetics_case::use(basin, "wind_reaeration", "wind_reaeration", {}, {});
    Environment env = day(1);
    env[Env::temperature][0] = 20, env[Env::depth][0] = 2, env[Env::wind][0] = 5, env[Env::elevation][0] = 0;
    River river(basin, env, {0, 100, 60});
    river.advance(1);
    lost[windy] = 60 - river.at(0, 2) / river.volume[0];
    for (int n = 0; n < 1440; ++n) river.advance(n == 0 ? 59 : 60);
    const double saturation = oxygen_saturation(20), rate = windy ? 2.48643 : 2.0;
    EXPECT_NEAR(1 - river.at(0, 0) / river.volume[0] / saturation, std::exp(-rate), 2e-6) << windy;
  }
  EXPECT_GT(lost[0], 0);
  EXPECT_NEAR(lost[1] / lost[0], 2.48643 / 2, 2e-4);
}

// Random states and steps; LIMPID_LONG_TESTS=1 asks for a million.
TEST(RiverSet, NeverGoesBelowZero) {
  std::mt19937_64 random(17);
  const bool complete = std::getenv("LIMPID_LONG_TESTS") != nullptr;
  const int rounds = complete ? 1100 : 12, cells = 160;
  long long points = 0, limited = 0;
  for (int round = 0; round < rounds; ++round) {
    const Bed bed = static_cast<Bed>(round % 3);
    Basin basin = river_set(cells, bed);
    for (ProcessUse& use : basin.processes)
      for (std::size_t p = 0; p < use.parameters.size(); ++p)
        if (use.process->info().parameters[p].unit.text == std::string("1/d"))
          use.parameters[p].value *= std::pow(10.0, between(random, -1, 2));
    Environment env = day(cells);
    for (double& depth : env[Env::depth]) depth = std::pow(10.0, between(random, -2, 1));
    for (double& sun : env[Env::solar]) sun = 1000 * uniform(random);
    basin.schemes.kinetics_sub_steps = 1 + round / 3 % 3;
    const std::vector<double> middle = usual(bed);
    River river(basin, env, middle);
    for (int cell = 0; cell < cells; ++cell)
      for (int i = 0; i < river.kinds(); ++i) {
        const double kind = uniform(random);
        const double scale =
            kind < 0.05 ? 0.0 : std::pow(10.0, kind < 0.2 ? between(random, -9, -5) : between(random, -2, 1));
        river.at(cell, i) = scale * middle[static_cast<std::size_t>(i)] * 1000;
      }
    for (const double dt : {60.0, 900.0, 3600.0}) river.advance(dt);
    for (int cell = 0; cell < cells; ++cell)
      for (int i = 0; i < river.kinds(); ++i)
        ASSERT_TRUE(river.at(cell, i) >= 0) << river.basin.constituents[static_cast<std::size_t>(i)].id;
    points += river.kinetics.counts().points;
    for (const long long n : river.kinetics.counts().limited) limited += n;
  }
  std::printf("river set: %lld point-steps, limiter %lld process-point-steps\n", points, limited);
  EXPECT_GE(points, complete ? 1000000 : 10000);
}

}  // namespace
}  // namespace limpid
