// What advection saves itself changes no bit: chains moved within their own rows, diffuse loads without rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "solvers/remap.hpp"
#include "solvers/transport.hpp"
#include "tests/solvers/chain_network.hpp"

namespace limpid {
namespace {

using chain_network::at;
using chain_network::Random;

// A chain of cells with random volumes and flows at its ends; what is left of the water goes into the last
// cell.
struct RandomChain {
  std::vector<double> volume0, volume1;
  ChainWater water;
  RandomChain(Random& random, int cells, double courant) : volume0(at(cells)), volume1(at(cells)) {
    double content = 0;
    for (double& v : volume0) content += v = random() < 0.05 ? 0.0 : random.between(500, 1500);
    const double through = courant * 1000;
    for (double& v : volume1) v = content / cells;
    water.cells = cells;
    water.volume0 = volume0.data();
    water.volume1 = volume1.data();
    water.upper = water.lower = through;
    water.upper_bins = water.lower_bins = 1 + static_cast<int>(random.between(0, 3));
  }
};

// The rows of all receivers after a move: cells, then bins; `inside`: cells are their own receivers.
std::vector<double> moved(const RemapTable& table, const ChainWater& w, int columns, bool inside) {
  const auto width = at(columns);
  std::vector<double> cells(width * at(w.cells)), bins(width * 16), out(width * (at(w.cells) + 8));
  Random random(17);
  for (auto* rows : {&cells, &bins})
    for (double& m : *rows) m = random.between(0, 1000);
  std::vector<const double*> donors{bins.data()};
  std::vector<double*> receivers;
  if (w.upper > 0)
    for (int b = 0; b < w.upper_bins; ++b) donors.push_back(bins.data() + at(1 + b) * width);
  if (w.upper < 0)
    for (int b = 0; b < w.upper_bins; ++b) receivers.push_back(out.data() + at(w.cells + b) * width);
  for (int i = 0; i < w.cells; ++i) {
    donors.push_back(cells.data() + at(i) * width);
    receivers.push_back((inside ? cells : out).data() + at(i) * width);
  }
  if (w.lower < 0)
    for (int b = 0; b < w.lower_bins; ++b) donors.push_back(bins.data() + at(6 + b) * width);
  if (w.lower > 0)
    for (int b = 0; b < w.lower_bins; ++b) receivers.push_back(out.data() + at(w.cells + 4 + b) * width);
  donors.push_back(bins.data() + 15 * width);
  table.move(0, donors.data() + 1, receivers.data(), columns, Limiter::monotone);
  if (inside) std::copy(cells.begin(), cells.end(), out.begin());
  return out;
}

TEST(InPlace, AChainMovedWithinItsRowsHasTheSameBits) {
  Random random(5);
  int within = 0, not_within = 0;
  for (int n = 0; n < 600; ++n) {
    const RandomChain chain(random, 1 + n % 23, random.between(-4, 4));
    RemapTable table;
    table.layout({chain.water});
    table.build(0, chain.water);
    if (!table.in_place(0)) {
      ++not_within;
      continue;
    }
    ++within;
    ASSERT_EQ(moved(table, chain.water, 12, true), moved(table, chain.water, 12, false)) << n;
  }
  EXPECT_GT(within, 200);
  EXPECT_GT(not_within, 50);
}

// A river in which three sources enter some cells each, two of them the same ones.
struct LoadedRiver {
  static constexpr int kCells = 40, kSources = 3;
  Basin basin;
  Rows rows{5, 3};
  std::vector<double> source_rows;
  LoadedRiver() : source_rows(rows.at(kSources)) {
    basin.network = chain_network::river(kCells, 8, 100);
    Random random(3);
    for (int i = 4; i < 20; ++i) basin.diffuse_shares.push_back({0, i, random()});
    for (int i = 30; i < 35; ++i) basin.diffuse_shares.push_back({1, i, random()});
    for (int i = 10; i < 20; ++i) basin.diffuse_shares.push_back({2, i, random()});
  }
  std::vector<double> dense() const {
    std::vector<double> load(rows.at(kCells), 0.0);
    for (const DiffuseShare& s : basin.diffuse_shares)
      for (int j = 0; j < rows.used(); ++j)
        load[rows.at(s.cell) + at(j)] += s.share * source_rows[rows.at(s.source) + at(j)];
    return load;
  }
  // Amounts and outflow after steps whose loads change every second time.
  std::vector<double> run(bool by_shares, double through) {
    State state(kCells, rows);
    Random random(11);
    for (int i = 0; i < kCells; ++i)
      for (int j = 0; j < rows.used(); ++j) state.row(i)[j] = random.between(0, 1000);
    TransportRows amounts = by_shares ? TransportRows(basin.network, rows, LateralShares(basin))
                                      : TransportRows(basin.network, rows);
    Advection advection(basin.network, rows, TransportScheme::monotone);
    WaterStep step = chain_network::uniform_flow(basin.network, 1000, through);
    if (through < 0) {
      step.junction_in.front() = 0;
      step.junction_out.front() = -through;
      step.junction_in.back() = -through;
    }
    for (int n = 0; n < 8; ++n) {
      amounts.same_laterals = by_shares && n % 2 == 1;
      if (n % 2 == 0)
        for (int s = 0; s < kSources; ++s)
          for (int j = 0; j < rows.used(); ++j)
            source_rows[rows.at(s) + at(j)] = s == n / 2 % kSources ? 0.0 : random.between(0, 50);
      if (by_shares)
        amounts.laterals.source_rows = source_rows.data();
      else
        amounts.lateral_load = dense();
      advection.advance(step, amounts, state);
    }
    std::vector<double> all = state.amount;
    all.insert(all.end(), amounts.outlet.begin(), amounts.outlet.end());
    all.insert(all.end(), amounts.abstracted.begin(), amounts.abstracted.end());
    return all;
  }
};

TEST(LateralShares, GiveTheBitsOfRowsForAllCells) {
  LoadedRiver river;
  for (const double through : {400.0, 1700.0, 2600.0, -400.0})
    EXPECT_EQ(river.run(true, through), river.run(false, through));
  EXPECT_NE(river.run(true, 400), river.run(true, 1700));
}

}  // namespace
}  // namespace limpid
