#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "solvers/team.hpp"
#include "solvers/transport.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using namespace limpid::chain_network;

constexpr double kLength = 10000;           // m, of the order tests
constexpr double kArea = 10;                // m2, mean
constexpr double kRiver = kLength * kArea;  // m3

// Exact mean over [a, b] of a Gaussian of unit height.
double gaussian_mean(double a, double b, double centre, double sigma) {
  const double s = sigma * std::sqrt(2.0);
  return 0.5 * std::sqrt(2 * M_PI) * sigma * (std::erf((b - centre) / s) - std::erf((a - centre) / s)) /
         (b - a);
}

struct OrderCase {
  double courant;   // of the mean cell
  int run;          // cells between cuts, 0 = none
  double waviness;  // of the cells' volumes along the river
  TransportScheme scheme;
};

// Water above each face of the river [m3]: cell volumes 1 + waviness * sine.
std::vector<double> faces_in_volume(int cells, double waviness) {
  std::vector<double> w(at(cells) + 1);
  for (int i = 0; i <= cells; ++i) {
    const double x = static_cast<double>(i) / cells;
    w[at(i)] = kRiver * (x + waviness * (1 - std::cos(6 * M_PI * x)) / (6 * M_PI));
  }
  return w;
}

// L1 error (mean over the river's water, height 1) of a Gaussian that has moved over 0.4 of the river's
// water.
double gaussian_error(int cells, const OrderCase& c) {
  const Network network = river(cells, c.run > 0 ? c.run : cells, kLength / cells);
  const std::vector<double> w = faces_in_volume(cells, c.waviness);
  const double through = c.courant * kRiver / cells, start = 0.3 * kRiver, sigma = 0.08 * kRiver;
  WaterStep step = uniform_flow(network, 1, through);
  for (int i = 0; i < cells; ++i) step.volume0[at(i)] = w[at(i) + 1] - w[at(i)];
  step.volume1 = step.volume0;
  const Rows rows(1, 1);
  State state(cells, rows);
  TransportRows amounts(network, rows);
  const auto amount = [&](double a, double b, double centre) {
    return (b - a) * gaussian_mean(a, b, centre, sigma);
  };
  for (int i = 0; i < cells; ++i) state.row(i)[0] = amount(w[at(i)], w[at(i) + 1], start);
  Advection advection(network, rows, c.scheme);
  const int steps = static_cast<int>(std::lround(0.4 * kRiver / through));
  for (int n = 0; n < steps; ++n) {
    amounts.junction_load[0] =
        amount(-(n + 1) * through, -n * through, start);  // the tail that enters at the head
    advection.advance(step, amounts, state);
  }
  double error = 0;
  for (int i = 0; i < cells; ++i) {
    error += std::abs(state.row(i)[0] - amount(w[at(i)], w[at(i) + 1], start + steps * through));
  }
  return error / kRiver;
}

class AdvectionOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(AdvectionOrder, IsTwoInL1OnAGaussian) {
  double errors[3];
  for (int g = 0; g < 3; ++g) errors[g] = gaussian_error(100 << g, GetParam());  // sigma = 8, 16, 32 cells
  const double first = std::log2(errors[0] / errors[1]), last = std::log2(errors[1] / errors[2]);
  RecordProperty("orders", std::to_string(first) + " " + std::to_string(last));
  if (GetParam().courant == 1.0 && GetParam().waviness == 0) {
    EXPECT_LT(errors[0], 1e-15);  // whole cells move: exact
    return;
  }
  EXPECT_GE(first, 1.8);  // still on its way to the asymptotic order at 8 cells a sigma
  EXPECT_GE(last, 1.9);
  EXPECT_LT(errors[2], 1e-4);
}

constexpr auto kMonotone = TransportScheme::monotone;
constexpr auto kLinear = TransportScheme::linear;

// Peak to peak of the concentrations below a load without water in steady flow, long after its begin, in
// units of the rise.
double swing_below_a_load(double courant) {
  constexpr int kCells = 30, kLoaded = 10, kSteps = 6000, kWatched = 200;
  const Network network = river(kCells, kCells, 100);
  WaterStep step = uniform_flow(network, 1, courant);
  for (double* volume : {step.volume0.data(), step.volume1.data()}) std::fill_n(volume, kCells, 1.0);
  const Rows rows(1, 1);
  State state(kCells, rows);
  TransportRows amounts(network, rows);
  amounts.lateral_load[rows.at(kLoaded)] = courant;
  Advection advection(network, rows, kMonotone);
  std::vector<double> low(kCells, 1e9), high(kCells, 0.0);
  for (int n = 0; n < kSteps; ++n) {
    advection.advance(step, amounts, state);
    if (n < kSteps - kWatched) continue;
    for (int i = 0; i < kCells; ++i) {
      low[at(i)] = std::min(low[at(i)], state.row(i)[0]);
      high[at(i)] = std::max(high[at(i)], state.row(i)[0]);
    }
  }
  EXPECT_NEAR(high.back(), 1, 0.05);
  double swing = 0;
  for (int i = 0; i < kCells; ++i) swing = std::max(swing, high[at(i)] - low[at(i)]);
  return swing;
}

// With slopes of up to twice the steps to the neighbours it is 0.23 at Courant 0.05.
TEST(AdvectionAtRest, TheFootOfALoadHardlySwings) {
  double worst = 0;
  for (const double courant : {0.02, 0.05, 0.1, 0.2, 0.3, 0.5})
    worst = std::max(worst, swing_below_a_load(courant));
  RecordProperty("swing", std::to_string(worst));
  EXPECT_LT(worst, 0.045);
}

std::string order_name(const testing::TestParamInfo<OrderCase>& item) {
  const OrderCase& c = item.param;
  return std::to_string(item.index) + "_courant_" + std::to_string(std::lround(10 * c.courant)) +
         "_tenths_run_" + std::to_string(c.run) + (c.waviness > 0 ? "_wavy" : "") +
         (c.scheme == kLinear ? "_linear" : "");
}

INSTANTIATE_TEST_SUITE_P(Grids, AdvectionOrder,
                         testing::Values(OrderCase{0.4, 0, 0, kMonotone}, OrderCase{1.0, 0, 0, kMonotone},
                                         OrderCase{3.7, 0, 0, kMonotone}, OrderCase{0.4, 5, 0, kMonotone},
                                         OrderCase{1.0, 5, 0, kMonotone}, OrderCase{3.7, 5, 0, kMonotone},
                                         OrderCase{0.4, 1, 0, kMonotone}, OrderCase{3.7, 1, 0, kMonotone},
                                         OrderCase{0.4, 5, 0.3, kMonotone}, OrderCase{1.0, 5, 0.3, kMonotone},
                                         OrderCase{3.7, 5, 0.3, kMonotone}, OrderCase{0.4, 5, 0, kLinear},
                                         OrderCase{1.0, 5, 0.3, kLinear}, OrderCase{3.7, 5, 0, kLinear}),
                         order_name);

TEST(Advection, SquareWaveKeepsItsBounds) {
  for (double courant : {0.3, 0.9, 2.5, 7.0}) {
    for (int run : {200, 5, 1}) {
      const int cells = 200;
      const double volume = 1000, low = 2, high = 7;
      const Network network = river(cells, run, 100);
      const Rows rows(1, 1);
      State state(cells, rows);
      TransportRows amounts(network, rows);
      for (int i = 0; i < cells; ++i) state.row(i)[0] = volume * (i >= 20 && i < 60 ? high : low);
      const WaterStep step = uniform_flow(network, volume, courant * volume);
      amounts.junction_load[0] = low * courant * volume;
      Advection advection(network, rows, kMonotone);
      const int steps = static_cast<int>(100 / courant);
      for (int n = 0; n < steps; ++n) {
        advection.advance(step, amounts, state);
        for (int i = 0; i < cells; ++i) {
          const double c = state.row(i)[0] / volume;
          ASSERT_GE(c, low - 1e-12 * (high - low))
              << "Courant " << courant << " run " << run << " cell " << i;
          ASSERT_LE(c, high + 1e-12 * (high - low))
              << "Courant " << courant << " run " << run << " cell " << i;
        }
      }
    }
  }
}

// With a constant point source in the middle of a river the steady concentration is flat on either side.
TEST(Advection, PointSourceGivesNoComb) {
  for (double courant : {0.5, 2.5, 6.0, 11.0}) {
    const double volume = 1000, through = courant * volume, load = 123;
    const Network network = make(3, {{0, 1, 40}, {1, 2, 40}});
    const Rows rows(1, 1);
    State state(80, rows);
    TransportRows amounts(network, rows);
    amounts.junction_load[rows.at(1)] = load;
    Advection advection(network, rows, kMonotone);
    const WaterStep step = uniform_flow(network, volume, through);
    for (int n = 0; n < 300; ++n) advection.advance(step, amounts, state);
    for (int i = 0; i < 80; ++i) {
      const double exact = i < 40 ? 0 : load / through;
      EXPECT_NEAR(state.row(i)[0] / volume, exact, 1e-14 * load / through)
          << "Courant " << courant << " cell " << i;
    }
    EXPECT_NEAR(amounts.outlet[rows.at(2)], load, 1e-13 * load);
  }
}

// L1 error of the steady concentration of a river of 12 reaches to which diffuse inflow of concentration 5
// adds 80 % of its water along the way; exact: c(x) = 5 * 0.8 x / (1 + 0.8 x).
double diffuse_error(int cells, double courant) {
  const double volume = 60000.0 / cells, in = courant * volume, lateral = 0.8 * in / cells;
  const int run = cells / 12;
  const Network network = river(cells, run, 1);
  const Rows rows(1, 1);
  State state(cells, rows);
  TransportRows amounts(network, rows);
  WaterStep step = uniform_flow(network, volume, in);
  std::fill(step.lateral_in.begin(), step.lateral_in.end(), lateral);
  for (int k = 0; k < 12; ++k) balance_chain(network, k, in + k * run * lateral, step);
  for (int i = 0; i < cells; ++i) amounts.lateral_load[rows.at(i)] = 5 * lateral;
  Advection advection(network, rows, kMonotone);
  for (int n = 0; n < 4 * cells / courant; ++n) advection.advance(step, amounts, state);
  EXPECT_NEAR(amounts.outlet[rows.at(12)], 5 * cells * lateral, 1e-10 * cells * lateral);
  const auto integral = [](double x) { return 5 * (x - std::log(1 + 0.8 * x) / 0.8); };
  double error = 0;
  for (int i = 0; i < cells; ++i) {
    const double exact = cells * (integral((i + 1.0) / cells) - integral(static_cast<double>(i) / cells));
    error += std::abs(state.row(i)[0] / volume - exact);
  }
  return error / cells;
}

// Above Courant 1 the cascade spreads a parcel over the cells it crosses in a step as a geometric series
// instead of evenly, which shows in the first cells of every chain: there the order falls towards 1.
TEST(Advection, DiffuseInflowIsOfSecondOrderToCourantOne) {
  for (double courant : {0.4, 1.0, 3.7}) {
    const double order = courant > 1 ? 1.0 : 1.9;
    const double coarse = diffuse_error(240, courant), middle = diffuse_error(480, courant),
                 fine = diffuse_error(960, courant);
    EXPECT_GE(std::log2(coarse / middle), order) << "Courant " << courant;
    EXPECT_GE(std::log2(middle / fine), order) << "Courant " << courant;
    EXPECT_LT(fine, courant > 1 ? 2e-3 : 2e-5) << "Courant " << courant;
  }
}

TEST(Advection, LoadWithoutWaterIsNotLost) {
  const Network network = make(4, {{0, 1, 3}, {1, 2, 4}, {3, 1, 2}});
  const Rows rows(1, 1);
  State state(9, rows);
  TransportRows amounts(network, rows);
  for (int j = 0; j < 4; ++j) amounts.junction_load[rows.at(j)] = j + 1;
  for (int i = 0; i < 9; ++i) amounts.lateral_load[rows.at(i)] = 10;
  Advection advection(network, rows, kMonotone);
  advection.advance(still_water(network, 100), amounts, state);
  EXPECT_EQ(state.row(0)[0], 10 + 1);  // first cell of the first outgoing chain
  EXPECT_EQ(state.row(3)[0], 10 + 2);
  EXPECT_EQ(state.row(6)[0], 10 + 3);  // the outlet has none: last cell of its incoming chain
  EXPECT_EQ(state.row(7)[0], 10 + 4);
  EXPECT_EQ(amounts.outlet[rows.at(2)], 0);
}

// Dry cells keep what they hold until water takes it away.
TEST(Advection, DryBedKeepsAmountsUntilWaterComes) {
  const Network network = river(6, 3, 100);
  const Rows rows(1, 1);
  State state(6, rows);
  TransportRows amounts(network, rows);
  for (int i = 0; i < 6; ++i) state.row(i)[0] = i + 1;
  Advection advection(network, rows, kMonotone);
  advection.advance(still_water(network, 0), amounts, state);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(state.row(i)[0], i + 1);
  WaterStep flush = uniform_flow(network, 0, 500);
  advection.advance(flush, amounts, state);
  EXPECT_EQ(amounts.outlet[rows.at(2)], 21);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(state.row(i)[0], 0);
}

TEST(Advection, UnbreakableLoopNamesItsChains) {
  const Network network = make(4, {{0, 1, 1}, {1, 2, 1}, {1, 2, 1}, {2, 3, 1}});
  const Rows rows(1, 1);
  State state(4, rows);
  TransportRows amounts(network, rows);
  WaterStep step = still_water(network, 100);
  balance_chain(network, 1, 90, step);
  balance_chain(network, 2, -90, step);
  Advection advection(network, rows, kMonotone);
  try {
    advection.advance(step, amounts, state);
    FAIL() << "a circle of one-cell chains cannot be ordered";
  } catch (const std::runtime_error& e) {
    EXPECT_THAT(e.what(), testing::AllOf(testing::HasSubstr("1 from 0 m"), testing::HasSubstr("2 from 0 m")));
  }
}

// Water of the torture test: head - bifurcation - two branches - rejoining - outlet, volumes drawn anew each
// step (2 % dry or nearly so), flows that reverse, point and diffuse inflow, abstraction.
class WildWater {
 public:
  explicit WildWater(std::uint64_t seed)
      : network(make(4, {{0, 1, 12}, {1, 2, 9}, {1, 2, 17}, {2, 3, 14}})),
        step(still_water(network, 300)),
        random_(seed) {}

  const WaterStep& next() {
    next_volumes(step, random_, 1500, 0.02);
    for (double& v : step.lateral_in) v = random_() < 0.5 ? random_.between(0, 40) : 0.0;
    std::fill(step.junction_in.begin(), step.junction_in.end(), 0.0);
    std::fill(step.junction_out.begin(), step.junction_out.end(), 0.0);
    const bool strong = random_() < 0.3;
    balance_chain(network, 0, (strong ? 4000 : 600) * random_.between(-0.4, 1), step);
    settle(0);
    step.junction_in[1] = random_() < 0.5 ? random_.between(0, 200) : 0;
    // the two branches: a drawn share, which may send water round the loop
    const double arriving = last_face(0) + step.junction_in[1], share = random_.between(-0.3, 1.3);
    balance_chain(network, 1, arriving * share, step);
    balance_chain(network, 2, arriving - arriving * share, step);
    const double meeting = last_face(1) + last_face(2);
    step.junction_out[2] = std::max(0.0, meeting) * random_.between(0, 0.3);
    balance_chain(network, 3, meeting - step.junction_out[2], step);
    settle(3);
    return step;
  }

  double last_face(int chain) const {
    return step.face[at(network.first_face(chain) + network.chains[at(chain)].cells)];
  }

  Network network;
  WaterStep step;

 private:
  // At the head and at the outlet, water that the chain draws comes from outside, what it pushes out is
  // abstracted (head) or leaves (outlet).
  void settle(int chain) {
    if (chain == 0) {
      const double in = step.face[0];
      (in > 0 ? step.junction_in[0] : step.junction_out[0]) = std::abs(in);
    } else if (last_face(chain) < 0) {
      step.junction_in[3] = -last_face(chain);
    }
  }
  Random random_;
};

// Amounts that enter with every inflow of a step at concentration c.
void load_all(const WildWater& wild, const Rows& rows, int row, double c, TransportRows& amounts) {
  for (std::size_t j = 0; j < wild.step.junction_in.size(); ++j) {
    amounts.junction_load[rows.at(static_cast<int>(j)) + at(row)] = c * wild.step.junction_in[j];
  }
  for (std::size_t i = 0; i < wild.step.lateral_in.size(); ++i) {
    amounts.lateral_load[rows.at(static_cast<int>(i)) + at(row)] = c * wild.step.lateral_in[i];
  }
}

double sum_row(const std::vector<double>& values, const Rows& rows, int row) {
  double sum = 0;
  for (std::size_t i = at(row); i < values.size(); i += at(rows.width)) sum += values[i];
  return sum;
}

TEST(AdvectionTorture, ConservesStaysPositiveAndUniform) {
  WildWater wild(7);
  const Rows rows(3, 1);  // 0: uniform, 1: random loads, 2: pure water in, starts as 1
  const int cells = wild.network.cell_count(), steps = 20000;
  State state(cells, rows);
  TransportRows amounts(wild.network, rows);
  Advection advection(wild.network, rows, kMonotone);
  Random random(11);
  for (int i = 0; i < cells; ++i) {
    for (int r = 0; r < 3; ++r) state.row(i)[r] = wild.step.volume0[at(i)];
  }
  double booked = sum_row(state.amount, rows, 1), turnover = booked, smallest = 1, largest = 0,
         worst_uniform = 0;
  int reversed = 0, circles = 0;
  for (int n = 1; n <= steps; ++n) {
    try {
      wild.next();
      load_all(wild, rows, 0, 1, amounts);
      load_all(wild, rows, 1, random() < 0.5 ? random() : 0, amounts);
      load_all(wild, rows, 2, 0, amounts);
      const double in = sum_row(amounts.junction_load, rows, 1) + sum_row(amounts.lateral_load, rows, 1);
      advection.advance(wild.step, amounts, state);
      const double out = sum_row(amounts.outlet, rows, 1) + sum_row(amounts.abstracted, rows, 1);
      booked += in - out;
      turnover += in + out;
    } catch (const std::runtime_error& e) {
      FAIL() << "step " << n << ": " << e.what();
    }
    for (double f : wild.step.face) reversed += f < 0;
    circles += wild.last_face(1) * wild.last_face(2) < 0;
    for (int i = 0; i < cells; ++i) {
      const double v = wild.step.volume1[at(i)];
      for (int r = 0; r < 3; ++r) smallest = std::min(smallest, state.row(i)[r]);
      if (v <= 1) continue;
      const double uniform = std::abs(state.row(i)[0] / v - 1) / std::sqrt(n);
      worst_uniform = std::max(worst_uniform, uniform);
      largest = std::max({largest, state.row(i)[1] / v, state.row(i)[2] / v});
    }
  }
  const double residual = std::abs(sum_row(state.amount, rows, 1) - booked) / turnover;
  EXPECT_LE(residual, 1e-13);
  EXPECT_EQ(smallest, 0);
  EXPECT_LE(largest, 1 + 1e-11);
  EXPECT_LE(worst_uniform, 1e-13);
  EXPECT_GT(reversed, 10000);
  EXPECT_GT(circles, 1000);
}

// The same scenario alone and among others; lanes differ in loads and starting amounts.
std::vector<double> scenario_in_batch(int lanes, int lane, TransportScheme scheme) {
  WildWater wild(3);
  const Rows rows(2, lanes);
  State state(wild.network.cell_count(), rows);
  TransportRows amounts(wild.network, rows);
  Advection advection(wild.network, rows, scheme);
  const auto scenario = [&](int l) { return lanes == 1 ? 5 : l; };  // alone: number 5
  for (int i = 0; i < state.cells(); ++i) {
    for (int l = 0; l < lanes; ++l) {
      for (int k = 0; k < 2; ++k) state.row(i)[rows.index(k, l)] = (k + 1) * (100 + 7 * scenario(l) + i % 5);
    }
  }
  std::vector<double> history;
  for (int n = 0; n < 300; ++n) {
    wild.next();
    for (int l = 0; l < lanes; ++l) {
      for (int k = 0; k < 2; ++k) {
        load_all(wild, rows, rows.index(k, l), 0.1 * (scenario(l) + 1) * (k + n % 3), amounts);
      }
    }
    advection.advance(wild.step, amounts, state);
    for (int k = 0; k < 2; ++k) {
      for (int i = 0; i < state.cells(); ++i) history.push_back(state.row(i)[rows.index(k, lane)]);
      for (int j = 0; j < 4; ++j) history.push_back(amounts.outlet[rows.at(j) + at(rows.index(k, lane))]);
      for (int j = 0; j < 4; ++j) history.push_back(amounts.abstracted[rows.at(j) + at(rows.index(k, lane))]);
    }
  }
  return history;
}

// Three tags of a total and two of another, over three lanes: more columns than a chunk. Through everything
// that the wild water does they add up cell by cell to round-off of what is there, and are never negative.
TEST(AdvectionTags, AddUpThroughWildWater) {
  WildWater wild(23);
  const std::vector<int> tag_of{-1, -1, -1, 0, 0, 0, 1, 1};  // constituent 2 has no tags
  const Rows rows(static_cast<int>(tag_of.size()), 3);
  const int cells = wild.network.cell_count();
  State state(cells, rows);
  TransportRows amounts(wild.network, rows);
  Advection advection(wild.network, rows, kMonotone, tag_of);
  Random random(5);
  double worst = 0, smallest = 1;
  for (int n = 0; n < 5000; ++n) {
    wild.next();
    for (auto* load : {&amounts.junction_load, &amounts.lateral_load})
      for (std::size_t row = 0; row < load->size(); row += at(rows.width)) {
        const double in = load == &amounts.junction_load ? wild.step.junction_in[row / at(rows.width)]
                                                         : wild.step.lateral_in[row / at(rows.width)];
        double* of = load->data() + row;
        std::fill_n(of, rows.width, 0.0);
        for (int tag = 3; tag < rows.constituents; ++tag)
          for (int lane = 0; lane < rows.lanes; ++lane) {
            const double part = random() < 0.3 ? in * random() : 0;
            of[rows.index(tag, lane)] = part;
            of[rows.index(tag_of[at(tag)], lane)] += part;
          }
      }
    advection.advance(wild.step, amounts, state);
    for (int i = 0; i < cells; ++i)
      for (int total = 0; total < 2; ++total)
        for (int lane = 0; lane < rows.lanes; ++lane) {
          double sum = 0;
          for (int tag = 3; tag < rows.constituents; ++tag)
            if (tag_of[at(tag)] == total) {
              const double part = state.row(i)[rows.index(tag, lane)];
              smallest = std::min(smallest, part);
              sum += part;
            }
          const double whole = state.row(i)[rows.index(total, lane)];
          if (whole > 0) worst = std::max(worst, std::abs(sum - whole) / whole);
          if (whole == 0) {
            EXPECT_EQ(sum, 0);
          }
        }
  }
  EXPECT_LE(worst, 1e-12);
  EXPECT_EQ(smallest, 0);
}

TEST(AdvectionIdentity, LaneAloneEqualsLaneInABatch) {
  const std::vector<double> alone = scenario_in_batch(1, 0, kMonotone);
  for (int lanes : {6, 8, 13}) {
    const std::vector<double> among = scenario_in_batch(lanes, 5, kMonotone);
    ASSERT_EQ(alone.size(), among.size());
    for (std::size_t i = 0; i < alone.size(); ++i)
      ASSERT_EQ(alone[i], among[i]) << lanes << " lanes, entry " << i;
  }
}

// A comb of tributaries on a main stem, large enough to be shared among threads, with flow that reverses in
// places.
std::vector<double> run_with_threads(int threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  std::vector<ChainSpec> specs;
  const int stems = 40;
  for (int k = 0; k < stems; ++k) {
    specs.push_back({stems + 1 + k, k, 9});
    specs.push_back({k, k + 1, 7});
  }
  const Network network = make(2 * stems + 1, specs);
  const Rows rows(10, 16);
  EXPECT_GE(rows.at(network.cell_count()), kParallelEntries);
  WaterStep step = still_water(network, 500);
  TransportRows amounts(network, rows);
  State state(network.cell_count(), rows);
  Random random(5);
  for (double& m : state.amount) m = random.between(0, 1000);
  Advection advection(network, rows, kMonotone);
  for (int n = 0; n < 4; ++n) {
    next_volumes(step, random, 1500, 0.02);
    double main = 0;
    std::fill(step.junction_in.begin(), step.junction_in.end(), 0.0);
    std::fill(step.junction_out.begin(), step.junction_out.end(), 0.0);
    for (int k = 0; k < stems; ++k) {
      balance_chain(network, 2 * k, random.between(-200, 1500), step);
      const auto end = [&](int chain) {
        return step.face[at(network.first_face(chain) + network.chains[at(chain)].cells)];
      };
      const double head = step.face[at(network.first_face(2 * k))];
      (head > 0 ? step.junction_in : step.junction_out)[at(stems + 1 + k)] = std::abs(head);
      balance_chain(network, 2 * k + 1, main + end(2 * k), step);
      main = end(2 * k + 1);
    }
    if (main < 0) step.junction_in[at(stems)] = -main;
    for (double& m : amounts.junction_load) m = random.between(0, 50);
    for (double& m : amounts.lateral_load) m = random() < 0.5 ? random() : 0;
    advection.advance(step, amounts, state);
  }
  omp_set_num_threads(before);
  std::vector<double> all = state.amount;
  all.insert(all.end(), amounts.outlet.begin(), amounts.outlet.end());
  all.insert(all.end(), amounts.abstracted.begin(), amounts.abstracted.end());
  return all;
}

TEST(AdvectionIdentity, AnyThreadCountGivesTheSameBits) {
  const std::vector<double> one = run_with_threads(1);
  for (int threads : {2, 3}) {
    const std::vector<double> many = run_with_threads(threads);
    for (std::size_t i = 0; i < one.size(); ++i)
      ASSERT_EQ(one[i], many[i]) << threads << " threads, entry " << i;
  }
}

TEST(AdvectionLinear, Superposes) {
  WildWater wild(9);
  const Rows rows(3, 1);  // 2 = 0 + 1
  State state(wild.network.cell_count(), rows);
  TransportRows amounts(wild.network, rows);
  Advection advection(wild.network, rows, kLinear);
  Random random(2);
  for (int i = 0; i < state.cells(); ++i) {
    double* m = state.row(i);
    m[0] = random.between(0, 500);
    m[1] = random.between(0, 500);
    m[2] = m[0] + m[1];
  }
  double least = 0;
  for (int n = 0; n < 500; ++n) {
    wild.next();
    const double a = random(), b = random();
    load_all(wild, rows, 0, a, amounts);
    load_all(wild, rows, 1, b, amounts);
    load_all(wild, rows, 2, a + b, amounts);
    advection.advance(wild.step, amounts, state);
    double scale = 0;
    for (int i = 0; i < state.cells(); ++i) scale = std::max(scale, std::abs(state.row(i)[2]));
    for (int i = 0; i < state.cells(); ++i) {
      const double* m = state.row(i);
      ASSERT_NEAR(m[2], m[0] + m[1], 1e-12 * scale) << "step " << n << " cell " << i;
      least = std::min(least, m[0]);
    }
  }
  EXPECT_LT(least, 0);  // no bound acts in this scheme, which the sum needs
}

}  // namespace
