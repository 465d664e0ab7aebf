#include "model/basin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

namespace limpid {
namespace {

void add_chain(Network& network, int reach, double begin, const std::vector<double>& lengths) {
  const int chain = static_cast<int>(network.chains.size());
  double chainage = begin;
  const int first = network.cell_count();
  for (const double length : lengths) {
    network.cell_reach.push_back(reach);
    network.cell_chain.push_back(chain);
    network.cell_length.push_back(length);
    network.cell_chainage.push_back(chainage + 0.5 * length);
    chainage += length;
  }
  network.chains.push_back({reach, first, static_cast<int>(lengths.size()), 0, 0, begin, chainage});
  if (begin == 0) network.first_chain.push_back(chain);
}

// Reach 0 in two chains (0..300 m, 300..1000 m), then reach 1 (400 m).
Network three_chains() {
  Network network;
  add_chain(network, 0, 0, {100, 100, 100});
  add_chain(network, 0, 300, {350, 350});
  add_chain(network, 1, 0, {200, 200});
  return network;
}

Source stretch(int reach, double begin, double end) {
  Source source;
  source.kind = SourceKind::diffuse;
  source.reach = reach;
  source.chainage = begin;
  source.end_chainage = end;
  return source;
}

TEST(DiffuseShares, FollowTheOverlap) {
  const auto shares = diffuse_shares(three_chains(), stretch(0, 150, 650), 4);
  ASSERT_EQ(shares.size(), 3u);
  const int cells[] = {1, 2, 3};
  const double expected[] = {50.0 / 500, 100.0 / 500, 350.0 / 500};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(shares[i].source, 4);
    EXPECT_EQ(shares[i].cell, cells[i]);
    EXPECT_NEAR(shares[i].share, expected[i], 1e-15);
  }
}

TEST(DiffuseShares, StayInTheirReach) {
  const auto shares = diffuse_shares(three_chains(), stretch(1, 0, 400), 0);
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(shares[0].cell, 5);
  EXPECT_EQ(shares[1].cell, 6);
  EXPECT_EQ(shares[0].share, 0.5);
}

TEST(DiffuseShares, AStretchWithoutLengthEntersOneCell) {
  const Network network = three_chains();
  const auto only_cell = [&](double chainage) {
    const auto shares = diffuse_shares(network, stretch(0, chainage, chainage), 0);
    EXPECT_EQ(shares.size(), 1u);
    EXPECT_EQ(shares.front().share, 1.0);
    return shares.front().cell;
  };
  EXPECT_EQ(only_cell(0), 0);
  EXPECT_EQ(only_cell(250), 2);
  EXPECT_EQ(only_cell(300), 3);
  EXPECT_EQ(only_cell(1000), 4);
}

TEST(DiffuseShares, SumToOne) {
  std::mt19937_64 random(3);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int trial = 0; trial < 300; ++trial) {
    Network network;
    std::vector<double> lengths(1 + random() % 80);
    double total = 0;
    for (double& length : lengths) total += length = 0.5 + 900 * uniform();
    add_chain(network, 0, 0, lengths);
    const double begin = total * uniform(), end = begin + (total - begin) * uniform();
    double sum = 0;
    for (const DiffuseShare& share : diffuse_shares(network, stretch(0, begin, end), 0)) {
      EXPECT_GT(share.share, 0.0);
      sum += share.share;
    }
    EXPECT_NEAR(sum, 1.0, 1e-15 * static_cast<double>(lengths.size() + 2));
  }
}

TEST(DiffuseShares, RefuseAReachWithoutCells) {
  EXPECT_THROW(diffuse_shares(three_chains(), stretch(2, 0, 1), 0), std::invalid_argument);
}

TEST(BasinTest, BindsAProcessByName) {
  Basin basin;
  for (const char* id : {"DO", "NH3_N", "NO3_N", "TP"}) basin.constituents.emplace_back().id = id;
  const ProcessUse first = add_process(basin, "settling", {{"constituent", "TP"}}, {{"v_s", 0.5}});
  EXPECT_EQ(first.id, "settling");
  EXPECT_EQ(first.constituents, std::vector<int>{3});
  EXPECT_DOUBLE_EQ(first.parameters[0].value, 0.5 / 86400);
  EXPECT_EQ(add_process(basin, "settling", {{"constituent", "DO"}}).id, "settling_2");
  EXPECT_EQ(add_process(basin, "nitrification").constituents.size(), 4u);
  EXPECT_THROW(add_process(basin, "nitrificaton"), std::invalid_argument);
  EXPECT_THROW(add_process(basin, "settling"), std::invalid_argument);
  EXPECT_THROW(add_process(basin, "settling", {{"constituent", "TSS"}}), std::invalid_argument);
  EXPECT_THROW(add_process(basin, "settling", {{"constituents", "TP"}}), std::invalid_argument);
  EXPECT_THROW(add_process(basin, "settling", {{"constituent", "TP"}}, {{"speed", 1.0}}),
               std::invalid_argument);
  EXPECT_EQ(basin.processes.size(), 3u);
}

TEST(BasinTest, FindsConstituentsById) {
  Basin basin;
  basin.constituents.resize(2);
  basin.constituents[0].id = "DO";
  basin.constituents[1].id = "NH3_N";
  EXPECT_EQ(basin.constituent("DO"), 0);
  EXPECT_EQ(basin.constituent("NH3_N"), 1);
  EXPECT_EQ(basin.constituent("nh3_n"), -1);
  EXPECT_EQ(basin.constituent(""), -1);
}

}  // namespace
}  // namespace limpid
