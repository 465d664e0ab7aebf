// Tags through reactions alone, in cells that nothing flows through.
#include "solvers/tag_shares.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "model/tags.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

constexpr int kCells = 21, kLanes = 3;

std::vector<int> all_of(const Basin& basin) {
  std::vector<int> list;
  for (std::size_t c = 0; c < basin.constituents.size(); ++c) list.push_back(static_cast<int>(c));
  return list;
}

// Every cell's totals as they are, their tags drawn; in some cells a group has all or nothing is there.
void draw_tags(const Basin& basin, std::mt19937_64& random, State& state) {
  const std::size_t groups = basin.tag_groups.size();
  for (int cell = 0; cell < state.cells(); ++cell)
    for (std::size_t t = 0; t < basin.constituents.size(); ++t) {
      const Constituent& tag = basin.constituents[t];
      if (!tag.is_tag() || tag.tag_group != 0) continue;
      for (int l = 0; l < state.rows.lanes; ++l) {
        double* row = state.row(cell);
        double& total = row[state.rows.index(tag.tag_of, l)];
        if (uniform(random) < 0.1) total = 0;
        double rest = total;
        for (std::size_t g = 0; g + 1 < groups; ++g) {
          const double part = uniform(random) < 0.2 ? 0 : rest * uniform(random);
          row[state.rows.index(static_cast<int>(t + g), l)] = part;
          rest -= part;
        }
        row[state.rows.index(static_cast<int>(t + groups - 1), l)] = rest;
      }
    }
}

// All processes, the limiter at work: steps of six hours in water that holds too little of much.
TEST(TagShares, AddUpStayPositiveAndClose) {
  Basin basin = river(kCells);
  basin.schemes.kinetics_sub_steps = 2;
  add_tags(basin, all_of(basin), {"a", "b", "c"});
  const Rows rows(static_cast<int>(basin.constituents.size()), kLanes);
  const std::vector<double> volume(kCells, 700);
  std::vector<double> c = clean_river();
  c[0] = 0.4;
  c.resize(basin.constituents.size(), 0.0);
  State state = filled(rows, volume, c);
  std::mt19937_64 random(3);
  draw_tags(basin, random, state);
  Ledger ledger(rows);
  Kinetics kinetics(basin, kLanes, ledger);
  kinetics.prepare(surroundings(kCells));
  const State begin = state;
  double gap = 0, lowest = 0;
  for (int n = 0; n < 400; ++n) {
    kinetics.advance(21600, volume, state, ledger);
    for (int cell = 0; cell < kCells; ++cell)
      for (std::size_t t = 0; t < basin.constituents.size(); ++t) {
        const Constituent& tag = basin.constituents[t];
        if (!tag.is_tag() || tag.tag_group != 0) continue;
        for (int l = 0; l < kLanes; ++l) {
          const double total = state.row(cell)[rows.index(tag.tag_of, l)];
          double sum = 0;
          for (int g = 0; g < 4; ++g) {
            const double part = state.row(cell)[rows.index(static_cast<int>(t) + g, l)];
            lowest = std::min(lowest, part);
            sum += part;
          }
          if (total > 0) gap = std::max(gap, std::fabs(sum - total) / total);
        }
      }
  }
  EXPECT_LE(gap, 1e-12);
  EXPECT_EQ(lowest, 0);
  for (int i = 0; i < rows.constituents; ++i)
    for (int l = 0; l < kLanes; ++l)
      EXPECT_LE(ledger.closure(i, l, begin.total(i, l), state.total(i, l)), 1e-12)
          << basin.constituents[static_cast<std::size_t>(i)].id;
}

// Several chunks of cells and more points than one thread takes alone.
TEST(TagShares, ThreadsChangeNoBit) {
  constexpr int kMany = 400, kWide = 48;
  Basin basin = river(kMany);
  add_tags(basin, all_of(basin), {"a", "b"});
  const Rows rows(static_cast<int>(basin.constituents.size()), kWide);
  const std::vector<double> volume(kMany, 700);
  std::vector<double> c = clean_river();
  c.resize(basin.constituents.size(), 0.0);
  const auto run = [&](int threads) {
    const int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    std::mt19937_64 random(8);
    State state = filled(rows, volume, c);
    draw_tags(basin, random, state);
    Ledger ledger(rows);
    Kinetics kinetics(basin, kWide, ledger);
    kinetics.prepare(surroundings(kMany));
    for (int n = 0; n < 3; ++n) kinetics.advance(3600, volume, state, ledger);
    omp_set_num_threads(before);
    std::vector<double> all = state.amount;
    for (std::size_t k = 0; k < ledger.accounts().size(); ++k)
      for (int i = 0; i < rows.constituents; ++i)
        for (int l = 0; l < kWide; ++l) all.push_back(ledger.net(static_cast<int>(k), i, l));
    return all;
  };
  EXPECT_EQ(run(1), run(3));
}

// Organic nitrogen to ammonia to nitrate, all of first order; loss: whether ammonia goes on to nitrate.
Basin chain(bool loss) {
  Basin basin = cells_only(1, {"ORGN", "NH3_N", "NO3_N"});
  use(basin, "transformation", "first", {"ORGN", "NH3_N"}, {{"k", 2.0}});
  if (loss) use(basin, "transformation", "second", {"NH3_N", "NO3_N"}, {{"k", 3.0}});
  return basin;
}

// Largest difference, after a day, between a tag and a run with its group alone, over the run's total.
double against_alone(bool loss, int sub_steps) {
  const double c0[3][2] = {{1.5, 0.2}, {0.1, 2.0}, {0.3, 0.4}};  // constituent, group
  Basin basin = chain(loss), alone = chain(loss);
  for (Basin* b : {&basin, &alone}) b->schemes.kinetics_sub_steps = sub_steps;
  add_tags(basin, all_of(basin), {"a"});
  const std::vector<double> volume{900};
  std::vector<double> c(9);
  for (std::size_t i = 0; i < 3; ++i) {
    c[i] = c0[i][0] + c0[i][1];
    c[3 + 2 * i] = c0[i][0];
    c[4 + 2 * i] = c0[i][1];
  }
  const auto run = [&](const Basin& b, const std::vector<double>& start) {
    const Rows rows(static_cast<int>(b.constituents.size()), 1);
    State state = filled(rows, volume, start);
    Ledger ledger(rows);
    Kinetics kinetics(b, 1, ledger);
    kinetics.prepare(surroundings(1));
    kinetics.advance(86400, volume, state, ledger);
    return state;
  };
  const State all = run(basin, c);
  double worst = 0;
  for (int g = 0; g < 2; ++g) {
    const State single = run(alone, {c0[0][g], c0[1][g], c0[2][g]});
    for (int i = 0; i < 3; ++i)
      worst = std::max(worst, std::fabs(all.row(0)[3 + 2 * i + g] - single.row(0)[i]) / all.row(0)[i]);
  }
  return worst;
}

TEST(TagShares, AreRunsOfTheirGroupAloneInLinearReactions) {
  EXPECT_LE(against_alone(false, 24), 1e-13);  // nothing makes what is lost
}

// Where a product is lost again its share of the loss depends on when it was made: second order.
TEST(TagShares, ConvergeToRunsOfTheirGroupInChains) {
  const double coarse = against_alone(true, 24), fine = against_alone(true, 48),
               finest = against_alone(true, 96);
  EXPECT_LE(coarse, 1e-3);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.2);
  EXPECT_NEAR(std::log2(fine / finest), 2, 0.2);
}

// Oxygen, the other reactant, holds no nitrogen; ammonia without tags counts for the rest.
TEST(TagShares, NitrateComesFromTheAmmonia) {
  Basin basin = cells_only(1, {"DO", "NH3_N", "NO3_N"});
  use(basin, "nitrification", "nitrification", {}, {{"k_n", 0.5}});
  add_tags(basin, {1, 2}, {"a"});
  Ledger ledger(Rows(7, 1));
  const Stoichiometry stoichiometry(basin, std::vector<int>(1, 0), Compartment::channel);
  const TagRules rules(basin, stoichiometry, std::vector<int>(1, 0), ledger);
  ASSERT_EQ(rules.tagged.size(), 2u);
  for (const TagRules::Term& term : rules.terms) {
    if (term.consumes) continue;
    EXPECT_EQ(term.tagged, 1u);  // nitrate, from ammonia: oxygen holds no nitrogen
    ASSERT_EQ(term.last_donor - term.first_donor, 1u);
    EXPECT_EQ(rules.donors[term.first_donor].tagged, 0);
  }
  Basin untagged = cells_only(1, {"DO", "NH3_N", "NO3_N"});
  use(untagged, "nitrification", "nitrification", {}, {{"k_n", 0.5}});
  add_tags(untagged, {2}, {"a"});
  const TagRules open(untagged, Stoichiometry(untagged, std::vector<int>(1, 0), Compartment::channel),
                      std::vector<int>(1, 0), ledger);
  ASSERT_EQ(open.terms.size(), 1u);
  EXPECT_EQ(open.donors.at(0).tagged, -1);
}

}  // namespace
}  // namespace limpid
