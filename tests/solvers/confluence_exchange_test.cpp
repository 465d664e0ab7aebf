#include "solvers/confluence_exchange.hpp"

#include <gtest/gtest.h>

#include <omp.h>

#include <array>
#include <cmath>
#include <vector>

#include "solvers/dispersion_by_lane.hpp"
#include "solvers/team.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using namespace limpid::chain_network;

constexpr int kArm = 200, kBelow = 300, kCells = 2 * kArm + kBelow;
constexpr double kLength = 10, kVolume = 1000, kShare = 0.6;  // m; m3 in a cell below; of the first arm

// Two arms meet at junction 2; all waters run `courant` cells a step, and D / u is `layer` cells.
struct Confluence {
  Confluence(double courant, double layer, Rows shape = {1, 1},
             TransportScheme scheme = TransportScheme::monotone, std::vector<int> tag_of = {})
      : rows(shape), tags(std::move(tag_of)), transport(scheme), step(still_water(network, kVolume)) {
    network.first_chain = {0, 1, 2};
    step.dt = 100 * courant;
    coefficient.assign(kCells, layer * kLength * kLength / 100);
    for (int k = 0; k < 3; ++k) {
      const Chain& chain = network.chains[at(k)];
      for (int i = 0; i < chain.cells; ++i) step.volume0[at(chain.first_cell + i)] = share_of(k) * kVolume;
      for (int f = 0; f <= chain.cells; ++f)
        step.face[at(network.first_face(k) + f)] = share_of(k) * courant * kVolume;
    }
    step.volume1 = step.volume0;
    step.junction_in = {kShare * courant * kVolume, (1 - kShare) * courant * kVolume, 0, 0};
    for (double v : step.volume0) area.push_back(v / kLength);
  }
  static double share_of(int chain) { return chain == 0 ? kShare : chain == 1 ? 1 - kShare : 1.0; }
  ConfluenceExchange::CellRow amounts() const {
    return [this](int cell) { return state.row(cell); };
  }
  double concentration_at(int cell) const { return state.row(cell)[0] / step.volume0[at(cell)]; }
  // Bell curves come down the arms, each with its own peak.
  void start(double first, double second) {
    const double peaks[] = {first, second, kShare * first + (1 - kShare) * second};
    for (int i = 0; i < kCells; ++i) {
      const int k = network.cell_chain[at(i)];
      const double way = (i % kArm + (i >= 3 * kArm ? 2 : k == 2 ? 1 : 0) * kArm + 0.5 - 140) / 15;
      state.row(i)[0] = step.volume0[at(i)] * peaks[k] * std::exp(-0.5 * way * way);
    }
  }
  // Dispersion in steps so short that its own error does not count.
  void disperse(int parts) {
    std::vector<Deposit> deposits = exchange.deposits();
    for (Deposit& deposit : deposits) deposit.share /= parts;
    for (int n = 0; n < parts; ++n)
      dispersion.advance(0.5 * step.dt / parts, coefficient, area, step.volume0, state, deposits);
  }
  void give(double factor = 1) {
    exchange.exchange(amounts(), [&](int cell, double weight, const double* row) {
      for (int j = 0; j < rows.width; ++j) state.row(cell)[j] += factor * weight * row[j];
    });
  }
  void advance(bool exchanges, int parts = 1) {
    if (exchanges) exchange.find(step, coefficient, amounts());
    exchange.bound(amounts());
    disperse(parts);
    give();
    advection.advance(step, loads, state);
    exchange.bound(amounts());
    give();
    disperse(parts);
  }

  Network network = make(4, {{0, 2, kArm, kLength}, {1, 2, kArm, kLength}, {2, 3, kBelow, kLength}});
  Rows rows;
  std::vector<int> tags;
  TransportScheme transport;
  WaterStep step;
  std::vector<double> coefficient, area;
  TransportRows loads{network, rows};
  State state{kCells, rows};
  Advection advection{network, rows, transport, tags};
  Dispersion dispersion{network, rows, transport};
  ConfluenceExchange exchange{network, rows, transport, tags};
};

// What is given to advection is taken from dispersion, and what one arm gets the other gives.
TEST(ConfluenceExchange, GivesWhatItTakes) {
  Confluence r(4, 20);
  r.start(10, 4);
  for (int n = 0; n < 20; ++n) r.advance(false);
  r.exchange.find(r.step, r.coefficient, r.amounts());
  const State before = r.state;
  double sum = 0, largest = 0;
  std::vector<double> given(kCells, 0.0);
  r.exchange.exchange(r.amounts(), [&](int cell, double weight, const double* row) {
    given[at(cell)] = weight * row[0];
    sum += given[at(cell)];
    largest = std::max(largest, std::fabs(given[at(cell)]));
  });
  ASSERT_EQ(r.exchange.deposits().size(), 80u);  // 2 D / u in each arm
  EXPECT_GT(largest, 1e-3 * r.state.total(0, 0) / kCells);
  EXPECT_LE(std::fabs(sum), 1e-15 * largest * 80);
  for (const Deposit& deposit : r.exchange.deposits()) {
    EXPECT_EQ(deposit.share * deposit.row[0], -given[at(deposit.cell)]);
    EXPECT_LT(deposit.cell, 2 * kArm) << "below the confluence";
  }
}

// Of equal waters it moves what their profiles differ by: in arms of other volume than the river below, remap
// gives their last cells slopes that differ a little. Of uniform water nothing.
TEST(ConfluenceExchange, MovesNothingBetweenEqualWaters) {
  const auto largest = [](Confluence& r) {
    double most = 0;
    for (int n = 0; n < 20; ++n) {
      r.advance(true);
      for (const Deposit& deposit : r.exchange.deposits())
        most = std::max(most, std::fabs(deposit.share * deposit.row[0]));
    }
    return most;
  };
  Confluence equal(4, 20), different(4, 20), uniform(4, 20);
  equal.start(10, 10);
  different.start(10, 4);
  for (int i = 0; i < kCells; ++i) uniform.state.row(i)[0] = 10 * uniform.step.volume0[at(i)];
  EXPECT_LE(largest(equal), 1e-4 * largest(different));
  uniform.exchange.find(uniform.step, uniform.coefficient, uniform.amounts());
  for (const Deposit& deposit : uniform.exchange.deposits())
    EXPECT_LE(std::fabs(deposit.share * deposit.row[0]), 1e-12 * kVolume);
}

TEST(ConfluenceExchange, StopsWhereNothingDispersesOrFlowsIn) {
  Confluence r(4, 20);
  r.start(10, 4);
  const auto parts = [&] {
    r.exchange.find(r.step, r.coefficient, r.amounts());
    return r.exchange.deposits().size();
  };
  EXPECT_GT(parts(), 0u);
  std::vector<double> all = r.coefficient;
  for (int i = kArm; i < 2 * kArm; ++i) r.coefficient[at(i)] = 0;
  EXPECT_EQ(parts(), 0u);
  r.coefficient = all;
  for (double& f : r.step.face) f = -f;  // one river parts
  EXPECT_EQ(parts(), 0u);
}

// L1 distances between runs at Courant numbers 4 and 2, 2 and 1, in grams.
std::array<double, 2> distances(double first, double second, bool exchanges) {
  const auto end = [&](int courant) {
    Confluence r(courant, 16, {1, 1}, TransportScheme::linear);
    r.start(first, second);
    for (int n = 0; n < 64 / courant; ++n) r.advance(exchanges, 16 * courant);
    return r.state;
  };
  const auto between = [](const State& a, const State& b) {
    double sum = 0;
    for (int i = 0; i < kCells; ++i) sum += std::fabs(a.row(i)[0] - b.row(i)[0]);
    return sum;
  };
  const State middle = end(2);
  return {between(end(4), middle), between(middle, end(1))};
}

// Where equal waters of one speed meet, splitting errs next to nothing; elsewhere it is of order 1.5 alone.
TEST(ConfluenceExchange, RestoresTheSecondOrderOfTheSplitting) {
  const auto equal = distances(10, 10, false), alone = distances(10, 2, false),
             exchanged = distances(10, 2, true);
  EXPECT_LT(equal[0], 2e-3 * alone[0]);
  EXPECT_NEAR(std::log2(alone[0] / alone[1]), 1.5, 0.2);
  EXPECT_NEAR(std::log2(exchanged[0] / exchanged[1]), 2, 0.1);
  EXPECT_LT(exchanged[1], 0.25 * alone[1]);
}

// Sharp fronts in one arm, the other clean; a tag has part of it in some cells only.
TEST(ConfluenceExchange, TakesNoMoreThanThereIsAndKeepsTagsWhole) {
  for (double layer : {0.2, 3.0, 40.0})
    for (double courant : {0.3, 1.0, 4.0}) {
      Confluence r(courant, layer, {3, 1}, TransportScheme::monotone, {-1, 0, 0});
      for (int i = kArm - 9; i < kArm; ++i) {
        r.state.row(i)[0] = i % 4 == 0 ? 0 : 1;
        r.state.row(i)[1 + i % 2] = r.state.row(i)[0];
      }
      const double whole = r.state.total(0, 0);
      double out = 0, gap = 0;
      for (int n = 0; n < 60; ++n) {
        r.advance(true);
        out += r.loads.outlet[r.rows.at(3)];
        for (int i = 0; i < kCells; ++i) {
          const double* m = r.state.row(i);
          for (int j = 0; j < 3; ++j)
            ASSERT_GE(m[j], 0) << "layer " << layer << " Courant " << courant << " step " << n;
          gap = std::max(gap, std::fabs(m[0] - m[1] - m[2]));
        }
      }
      EXPECT_NEAR(r.state.total(0, 0) + out, whole, 1e-13);
      EXPECT_LE(gap, 1e-13) << "layer " << layer << " Courant " << courant;
    }
}

// Three lanes, the second with its own dispersion, and each of them alone.
TEST(ConfluenceExchange, GivesALaneTheBitsItHasAlone) {
  const auto run = [](const std::vector<int>& lanes) {
    const Rows rows(2, static_cast<int>(lanes.size()));
    Confluence r(4, 20, rows);
    DispersionByLane dispersion(r.network, rows, r.transport, true);
    dispersion.set_own(r.coefficient);
    std::vector<LaneDispersion> changes;
    for (int l = 0; l < rows.lanes; ++l) {
      for (int i = 0; i < kCells; ++i)
        for (int c = 0; c < 2; ++c)
          r.state.row(i)[rows.index(c, l)] = (i * (c + 2) + 7 * lanes[at(l)]) % 50 * (i < kArm ? 3 : 1);
      for (int reach = 0; reach < 3 && lanes[at(l)] == 1; ++reach)
        changes.push_back({reach, l, 1.0, 2.0, true});
    }
    dispersion.set_lanes(changes);
    for (int n = 0; n < 10; ++n) {
      dispersion.divide(r.step, r.state, r.loads);
      dispersion.advance(0.5 * r.step.dt, r.area, r.step.volume0, r.state);
      dispersion.exchange_before(r.state);
      r.advection.advance(r.step, r.loads, r.state);
      dispersion.exchange_after(r.state);
      dispersion.advance(0.5 * r.step.dt, r.area, r.step.volume1, r.state);
      dispersion.restore(r.loads);
    }
    return r.state;
  };
  const State all = run({0, 1, 2});
  for (int lane : {0, 1, 2}) {
    const State alone = run({lane});
    for (int i = 0; i < kCells; ++i)
      for (int c = 0; c < 2; ++c)
        ASSERT_EQ(alone.row(i)[alone.rows.index(c, 0)], all.row(i)[all.rows.index(c, lane)])
            << "lane " << lane << " cell " << i;
  }
}

// Enough entries for a team of threads.
TEST(ConfluenceExchange, IsTheSameBitsAtAnyNumberOfThreads) {
  const int threads = omp_get_max_threads();
  std::vector<State> ends;
  for (int n : {1, 3}) {
    omp_set_num_threads(n);
    Confluence r(4, 20, {5, 40});
    ASSERT_GE(r.state.amount.size(), kParallelEntries);
    for (int i = 0; i < kCells; ++i)
      for (int j = 0; j < r.rows.used(); ++j) r.state.row(i)[j] = (i * (j + 2)) % 50 * (i < kArm ? 3 : 1);
    for (int k = 0; k < 5; ++k) r.advance(true);
    ends.push_back(r.state);
  }
  omp_set_num_threads(threads);
  for (std::size_t k = 0; k < ends[0].amount.size(); ++k)
    ASSERT_EQ(ends[0].amount[k], ends[1].amount[k]) << "entry " << k;
}

}  // namespace
