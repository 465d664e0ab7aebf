#include "model/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace limpid;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

std::string numbered(char letter, std::size_t number) {
  return std::string(1, letter).append(std::to_string(number));
}

// Reaches as pairs of node numbers; r0, r1, ... of 1 km each.
struct Draft {
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Cut> cuts;
  Problems problems;

  explicit Draft(const std::vector<std::pair<int, int>>& pairs) {
    for (const auto& [from, to] : pairs) {
      Reach reach;
      reach.id = numbered('r', reaches.size());
      reach.from = from;
      reach.to = to;
      reach.length = 1000;
      reach.slope = 1e-3;
      reach.place = {"reaches.csv", static_cast<int>(reaches.size()) + 2, 1};
      reaches.push_back(reach);
      while (static_cast<int>(nodes.size()) <= std::max(from, to))
        nodes.push_back({numbered('n', nodes.size()), 0, 0, {}});
    }
  }
  Network build(double cell_length = 300, bool schematic = false) {
    Channel channel;
    channel.bottom_width = 5;
    return build_network(nodes, reaches, {channel}, cuts, cell_length, schematic, "", problems);
  }
  // Codes with their arguments, in the user's order.
  std::vector<std::string> found() {
    std::vector<std::string> list;
    for (const Problem& p : problems.sorted()) {
      std::string line = info(p.code).id;
      for (const std::string& arg : p.args) line += " " + arg;
      list.push_back(line);
    }
    return list;
  }
};

using Lines = std::vector<std::string>;

TEST(NetworkChecks, CycleNamesItsReachesInFlowOrder) {
  Draft draft({{0, 1}, {1, 2}, {3, 1}, {2, 3}, {2, 4}});
  draft.reaches[4].split = {SplitKind::fraction, 0.5, 0, 0};
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1401 r1 -> r3 -> r2 -> r1"}));
}

TEST(NetworkChecks, EveryCycleIsReported) {
  Draft draft({{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}, {3, 4}, {5, 5}, {5, 4}});
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1401 r0 -> r1 -> r0", "E1406 n1 2", "E1401 r3 -> r4 -> r3", "E1406 n3 2",
                                  "E1401 r6 -> r6", "E1406 n5 2"}));
}

TEST(NetworkChecks, ReachesThatLeadIntoAClosedCycleHaveNoWayOut) {
  Draft draft({{0, 1}, {1, 2}, {2, 3}, {3, 2}, {4, 5}});
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1402 r0", "E1402 r1", "E1401 r2 -> r3 -> r2"}));
}

TEST(NetworkChecks, LengthsAndSlopes) {
  Draft draft({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}});
  draft.reaches[0].length = 0;
  draft.reaches[1].length = -5;
  draft.reaches[2].length = std::numeric_limits<double>::quiet_NaN();
  draft.reaches[3].slope = std::numeric_limits<double>::quiet_NaN();
  draft.reaches[4].manning_n = 0;
  draft.build();
  EXPECT_EQ(draft.found(),
            (Lines{"E1403 r0 0", "E1403 r1 -5", "E1403 r2 nan", "E1404 r3 nan any 任一", "E1405 r4 0"}));
}

TEST(NetworkChecks, ReferencesToNothing) {
  Draft draft({{0, 1}, {1, 2}, {2, 3}});
  draft.reaches[0].to = 17;
  draft.reaches[1].from = -1;
  draft.reaches[2].channel = 1;
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1409 r0", "E1409 r1", "E1409 r2"}));
  draft = Draft({{0, 1}});
  draft.nodes.clear();
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1409 r0"}));
}

TEST(NetworkChecks, SplitRules) {
  Draft draft({{0, 1}, {0, 2}, {3, 4}, {3, 5}, {3, 6}, {7, 8}});
  draft.reaches[2].split = {SplitKind::fraction, 0.7, 0, 0};
  draft.reaches[3].split = {SplitKind::fraction, 0.4, 0, 0};
  draft.reaches[5].split = {SplitKind::diversion, 0, -1, 0};
  draft.build();
  EXPECT_EQ(draft.found(), (Lines{"E1406 n0 2", "E1408 n3 1.1", "E1406 n7 0", "E1407 r5"}));
  draft.reaches[3].split.fraction = 0.3;  // 0.7 + 0.3 is not above 1
  draft.reaches[1].split = {SplitKind::diversion, 0, 2, 1};
  draft.reaches[5].split = {};
  draft.problems = {};
  draft.build();
  EXPECT_TRUE(draft.found().empty());
}

TEST(NetworkChecks, TooManyCells) {
  Draft draft({{0, 1}});
  draft.reaches[0].length = 1e12;
  draft.build(1.0);
  EXPECT_EQ(draft.found(), (Lines{"E1410 1000000000000 100000000"}));
}

TEST(NetworkCells, EqualCellsOfAtMostTheWantedLength) {
  Draft draft({{0, 1}, {1, 2}, {2, 3}});
  draft.reaches[1].cell_length = 1000.0 / 7;
  draft.reaches[2].length = 1;
  const Network network = draft.build(300);
  ASSERT_EQ(network.chains.size(), 3u);
  EXPECT_EQ(network.chains[0].cells, 4);
  EXPECT_EQ(network.chains[1].cells, 7);
  EXPECT_EQ(network.chains[2].cells, 1);
  EXPECT_EQ(network.cell_length[0], 250);
  EXPECT_EQ(network.cell_chainage[1], 375);
  EXPECT_EQ(network.cell_length[11], 1);
}

TEST(NetworkCells, CutsShareJunctionsWithNeighboursAndNodes) {
  Draft draft({{0, 1}, {1, 2}});
  draft.cuts = {{0, 600}, {0, 250}, {0, 600.0005}, {0, 0}, {0, 1000}, {1, 0.0004}, {0, 250}};
  const Network network = draft.build(300);
  EXPECT_EQ(network.junctions.size(), 5u);
  EXPECT_EQ(network.cut_junction(0), network.cut_junction(2));
  EXPECT_EQ(network.cut_junction(1), network.cut_junction(6));
  EXPECT_EQ(network.cut_junction(3), 0);
  EXPECT_EQ(network.cut_junction(4), 1);
  EXPECT_EQ(network.cut_junction(5), 1);
  ASSERT_EQ(network.chains.size(), 4u);
  EXPECT_EQ(network.chains[1].upstream, network.cut_junction(1));
  EXPECT_EQ(network.chains[1].downstream, network.cut_junction(0));
  EXPECT_EQ(network.chains[1].begin_chainage, 250);
  EXPECT_EQ(network.chains[1].end_chainage, 600);
  EXPECT_EQ(network.junctions[at(network.cut_junction(0))].node, -1);
  EXPECT_EQ(network.junctions[1].node, 1);
}

TEST(NetworkCells, LocateInterpolatesBetweenCentres) {
  Draft draft({{0, 1}, {1, 2}});
  draft.cuts = {{1, 400}};
  const Network network = draft.build(250);  // r0: 4 cells of 250; r1: 2 of 200, 3 of 200
  Network::Location l = network.locate(0, 500);
  EXPECT_EQ(l.cell_a, 1);
  EXPECT_EQ(l.cell_b, 2);
  EXPECT_NEAR(l.weight_b, 0.5, 1e-15);
  l = network.locate(0, 30);  // above the first centre
  EXPECT_EQ(l.cell_a, 0);
  EXPECT_EQ(l.weight_b, 0);
  l = network.locate(0, 1000);
  EXPECT_EQ(l.cell_a, 3);
  EXPECT_EQ(l.cell_b, 3);
  l = network.locate(1, 390);  // never across the cut
  EXPECT_EQ(l.cell_a, 5);
  EXPECT_EQ(l.cell_b, 5);
  EXPECT_EQ(network.locate(1, 400).cell_a, 6);  // at the cut: below it
}

// Position = chainage wherever a linear field is interpolated inside a chain.
TEST(NetworkCells, LocateReproducesALinearField) {
  Draft draft({{0, 1}});
  draft.cuts = {{0, 333}, {0, 777}};
  const Network network = draft.build(40);
  for (double s = 0; s <= 1000; s += 0.7) {
    const auto l = network.locate(0, s);
    const Chain& chain = network.chains[at(network.cell_chain[at(l.cell_a)])];
    EXPECT_EQ(network.cell_chain[at(l.cell_b)], network.cell_chain[at(l.cell_a)]);
    const double half = 0.5 * network.cell_length[at(l.cell_a)];
    const double expected = std::clamp(s, chain.begin_chainage + half, chain.end_chainage - half);
    const double x = (1 - l.weight_b) * network.cell_chainage[at(l.cell_a)] +
                     l.weight_b * network.cell_chainage[at(l.cell_b)];
    EXPECT_NEAR(x, expected, 1e-9);
  }
}

// A random network that can rejoin: every node flows to one or two nodes of higher number.
Draft random_network(std::uint64_t seed, int nodes) {
  std::mt19937_64 engine(seed);
  std::vector<std::pair<int, int>> pairs;
  for (int i = 0; i + 1 < nodes; ++i) {
    const int to =
        i + 1 + static_cast<int>(engine() % static_cast<std::uint64_t>(std::min(6, nodes - 1 - i)));
    pairs.emplace_back(i, to);
    if (engine() % 4 == 0 && i + 2 < nodes) pairs.emplace_back(i, nodes - 1);
  }
  std::vector<int> name(at(nodes));  // shuffled numbers, so that the order is not given away
  for (int i = 0; i < nodes; ++i) name[at(i)] = i;
  for (std::size_t i = name.size(); i-- > 1;) std::swap(name[i], name[engine() % (i + 1)]);
  for (auto& [from, to] : pairs) from = name[at(from)], to = name[at(to)];
  Draft draft(pairs);
  std::vector<bool> has_remainder(at(nodes), false);
  for (Reach& reach : draft.reaches) {
    if (has_remainder[at(reach.from)]) reach.split = {SplitKind::fraction, 0.2, 0, 0};
    has_remainder[at(reach.from)] = true;
    reach.length = 1 + static_cast<double>(engine() % 3000);
    for (int c = 0; c < static_cast<int>(engine() % 3); ++c)
      draft.cuts.push_back({static_cast<int>(&reach - draft.reaches.data()),
                            reach.length * static_cast<double>(engine() % 101) / 100});
  }
  return draft;
}

TEST(NetworkOrder, ChainsFollowWhatFeedsThem) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Draft draft = random_network(seed, 5 + static_cast<int>(seed) * 7);
    const Network network = draft.build(200, true);
    ASSERT_TRUE(draft.found().empty()) << draft.found().front();
    std::vector<int> rank(network.junctions.size(), -1);
    for (std::size_t i = 0; i < network.junction_order.size(); ++i)
      rank[at(network.junction_order[i])] = static_cast<int>(i);
    EXPECT_EQ(network.junction_order.size(), network.junctions.size());
    EXPECT_EQ(std::count(rank.begin(), rank.end(), -1), 0);
    int cells = 0;
    for (std::size_t k = 0; k < network.chains.size(); ++k) {
      const Chain& chain = network.chains[k];
      EXPECT_LT(rank[at(chain.upstream)], rank[at(chain.downstream)]);
      EXPECT_EQ(chain.first_cell, cells);
      cells += chain.cells;
      for (int feeder : network.junctions[at(chain.upstream)].in) {
        EXPECT_LT(feeder, static_cast<int>(k));
        EXPECT_LT(network.chain_level[at(feeder)], network.chain_level[k]);
      }
    }
    EXPECT_EQ(cells, network.cell_count());
    double length = 0, expected = 0;
    for (double l : network.cell_length) length += l;
    for (const Reach& r : network.reaches) expected += r.length;
    EXPECT_NEAR(length, expected, 1e-9 * expected);
    for (const Reach& r : network.reaches)  // the layout runs from left to right
      EXPECT_LT(network.nodes[at(r.from)].x, network.nodes[at(r.to)].x);
  }
}

double build_seconds(Draft& draft, double cell_length) {
  const auto start = std::chrono::steady_clock::now();
  const Network network = draft.build(cell_length, true);
  EXPECT_TRUE(draft.found().empty());
  for (std::size_t r = 0; r < network.reaches.size(); ++r) network.locate(static_cast<int>(r), 0.5);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// A generous bound that a quadratic algorithm still misses by far (1e10 steps).
TEST(NetworkOrder, HundredThousandReachesAreFast) {
  Draft tree = random_network(7, 90000);
  EXPECT_LT(build_seconds(tree, 1000), 5.0);
  std::vector<std::pair<int, int>> pairs;
  for (int i = 0; i < 100000; ++i) pairs.emplace_back(i, i + 1);
  Draft line(pairs);
  EXPECT_LT(build_seconds(line, 1000), 5.0);
  line.reaches.back().to = 0;  // one cycle of everything
  line.build();
  EXPECT_EQ(line.found().size(), 1u);
}

TEST(NetworkLayout, RiversRunToTheRightAndTributariesHaveTheirOwnLine) {
  Draft draft({{0, 2}, {1, 2}, {2, 3}});
  draft.reaches[1].length = 400;
  const Network network = draft.build(300, true);
  EXPECT_EQ(network.nodes[3].x, 0);
  EXPECT_EQ(network.nodes[2].x, -1000);
  EXPECT_EQ(network.nodes[0].x, -2000);
  EXPECT_EQ(network.nodes[1].x, -1400);
  EXPECT_EQ(network.nodes[0].y, network.nodes[3].y);  // the longer way is the main stem
  EXPECT_NE(network.nodes[1].y, network.nodes[0].y);
}

}  // namespace
