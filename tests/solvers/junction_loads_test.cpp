#include "solvers/junction_loads.hpp"

#include <gtest/gtest.h>

#include <omp.h>

#include <cmath>
#include <vector>

#include "solvers/team.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using namespace limpid::chain_network;

constexpr double kLoad = 7, kVolume = 1000, kLength = 100, kCoefficient = 20;
constexpr double kArea = kVolume / kLength;

JunctionLoads::CellRow rows_of(const State& state) {
  return [&state](int cell) { return state.row(cell); };
}

// A river of two chains of 20 cells with a load at the junction between them (junction 1), in two lanes. What
// comes at its head is left out.
struct LoadedRiver {
  explicit LoadedRiver(double through) : step(uniform_flow(network, kVolume, through)) {
    step.junction_in[0] = step.junction_in[1] = 0;
    amounts.junction_load[rows.at(1)] = kLoad;
    amounts.junction_load[rows.at(1) + 1] = 2 * kLoad;
    loads.find(amounts);
  }
  void divide() { loads.divide(step, coefficient, rows_of(state), amounts); }
  double left(int lane) const { return amounts.junction_load[rows.at(1) + at(lane)]; }
  double dispersed(int lane) const {
    double sum = 0;
    for (const Deposit& deposit : loads.deposits()) sum += 2 * deposit.share * deposit.row[lane];
    return sum;
  }

  Network network = river(40, 20, kLength);
  Rows rows{1, 2};
  WaterStep step;
  TransportRows amounts{network, rows};
  JunctionLoads loads{network, rows};
  State state{40, rows};
  std::vector<double> coefficient = std::vector<double>(40, kCoefficient);
};

TEST(JunctionLoads, DivideAsTheJunctionsOutflowsAndLoseNothing) {
  LoadedRiver r(300);
  r.divide();
  const double half_cells = 2 * 2 * kCoefficient * kArea / kLength * r.step.dt;  // two half cells, m3
  for (int lane : {0, 1}) {
    const double whole = kLoad * (lane + 1);
    EXPECT_NEAR(r.dispersed(lane), whole * half_cells / (half_cells + 300), 1e-13);
    EXPECT_NEAR(r.dispersed(lane) + r.left(lane), whole, 1e-13);
  }
  r.loads.restore(r.amounts);
  EXPECT_EQ(r.left(0), kLoad);
  EXPECT_EQ(r.left(1), 2 * kLoad);
}

TEST(JunctionLoads, StayWithAdvectionWhereThereIsNoDispersion) {
  LoadedRiver r(300);
  r.coefficient.assign(40, 0.0);
  r.divide();
  EXPECT_TRUE(r.loads.deposits().empty());
  EXPECT_EQ(r.left(0), kLoad);
}

TEST(JunctionLoads, StayInTheWaterTheyCameWith) {
  LoadedRiver r(300);
  r.step.junction_in[1] = 1e-3;
  r.divide();
  EXPECT_TRUE(r.loads.deposits().empty());
  EXPECT_EQ(r.left(0), kLoad);
}

TEST(JunctionLoads, StayWithAdvectionAtAHead) {
  LoadedRiver r(300);
  r.amounts.junction_load.assign(r.amounts.junction_load.size(), 0.0);
  r.amounts.junction_load[0] = kLoad;
  r.loads.find(r.amounts);
  r.divide();
  EXPECT_TRUE(r.loads.deposits().empty());
}

// A river whose head brings water; nothing at the junction in its middle.
struct River : LoadedRiver {
  explicit River(double through, double fourier = 0.24) : LoadedRiver(through) {
    step.junction_in[0] = through;
    amounts.junction_load.assign(amounts.junction_load.size(), 0.0);
    coefficient.assign(40, fourier * kLength * kLength / step.dt);
    loads.find(amounts);
  }
  void advance() {
    const std::vector<double> area(40, kArea);
    divide();
    dispersion.advance(0.5 * step.dt, coefficient, area, step.volume0, state, loads.deposits());
    advection.advance(step, amounts, state);
    dispersion.advance(0.5 * step.dt, coefficient, area, step.volume1, state, loads.deposits());
    loads.restore(amounts);
  }

  Advection advection{network, rows, TransportScheme::monotone};
  Dispersion dispersion{network, rows};
};

// What crosses a closed end by the half cell's conductance G below it: G / (Q + G) (W - Q c).
TEST(JunctionLoads, LetThroughAHeadWhatItsProfileAsksFor) {
  River r(300);
  const double half_cell = 2 * 0.24 * kVolume, in_cell = 2 * kVolume;  // m3; 2 g/m3
  r.state.row(0)[0] = r.state.row(0)[1] = in_cell;
  r.amounts.junction_load[1] = 3 * 300;  // lane 1 gets 3 g/m3, lane 0 clean water
  r.divide();
  const double crossing = 300 * half_cell / (300 + half_cell);
  EXPECT_NEAR(r.dispersed(0), crossing * -2, 1e-12);
  EXPECT_NEAR(r.dispersed(1), crossing * (3 - 2), 1e-12);
  EXPECT_NEAR(r.amounts.junction_load[0], crossing * 2, 1e-12);
  EXPECT_NEAR(r.amounts.junction_load[1], 3 * 300 - crossing, 1e-12);
  r.loads.restore(r.amounts);
  EXPECT_EQ(r.amounts.junction_load[0], 0);
  EXPECT_EQ(r.amounts.junction_load[1], 3 * 300);
}

TEST(JunctionLoads, LeaveAUniformRiverUniform) {
  River r(700, 3);
  for (int i = 0; i < 40; ++i) r.state.row(i)[0] = 5 * kVolume;
  r.amounts.junction_load[0] = 5 * 700;
  for (int n = 0; n < 50; ++n) r.advance();
  for (int i = 0; i < 40; ++i) EXPECT_NEAR(r.state.row(i)[0], 5 * kVolume, 1e-9) << "cell " << i;
}

// Clean water enters, and all there is lies in the first cell.
TEST(JunctionLoads, NeverTakeMoreThanThereIs) {
  for (double fourier : {0.5, 2.0, 8.0, 60.0})
    for (double courant : {0.3, 1.0, 2.5}) {
      River r(courant * kVolume, fourier);
      r.state.row(0)[0] = 1;
      double out = 0;
      for (int n = 0; n < 30; ++n) {
        r.advance();
        out += r.amounts.outlet[r.rows.at(2)];
        for (int i = 0; i < 40; ++i)
          ASSERT_GE(r.state.row(i)[0], 0) << "Fourier " << fourier << " Courant " << courant << " step " << n;
      }
      EXPECT_NEAR(r.state.total(0, 0) + out, 1, 1e-13);
    }
}

// In water at rest all of the load disperses, equally to both sides, at any Fourier number.
TEST(JunctionLoads, SpreadEvenlyInWaterAtRest) {
  for (double fourier : {0.5, 3.0, 40.0}) {
    LoadedRiver r(0);
    r.coefficient.assign(40, fourier * kLength * kLength / r.step.dt);
    State& state = r.state;
    Dispersion dispersion(r.network, r.rows);
    const std::vector<double> area(40, kArea);
    for (int n = 0; n < 10; ++n) {
      r.divide();
      for (int half = 0; half < 2; ++half)
        dispersion.advance(0.5 * r.step.dt, r.coefficient, area, r.step.volume0, state, r.loads.deposits());
      r.loads.restore(r.amounts);
    }
    EXPECT_NEAR(state.total(0, 0), 10 * kLoad, 1e-12);
    for (int i = 0; i < 20; ++i) {
      EXPECT_NEAR(state.row(i)[0], state.row(39 - i)[0], 1e-12) << "Fourier " << fourier;
      EXPECT_GE(state.row(i)[0], 0);
      EXPECT_NEAR(state.row(i)[1], 2 * state.row(i)[0], 1e-12);
    }
  }
}

// Enough entries for a team of threads.
TEST(JunctionLoads, AreTheSameBitsAtAnyNumberOfThreads) {
  const int threads = omp_get_max_threads();
  std::vector<std::vector<double>> amounts;
  for (int n : {1, 3}) {
    omp_set_num_threads(n);
    const Network network = river(1000, 500, kLength);
    const Rows rows(5, 24);
    const WaterStep step = still_water(network, kVolume);
    TransportRows in(network, rows);
    for (int j = 0; j < rows.used(); ++j) in.junction_load[rows.at(1) + at(j)] = 0.1 * j;
    JunctionLoads loads(network, rows);
    loads.find(in);
    State state(1000, rows);
    loads.divide(step, std::vector<double>(1000, kCoefficient), rows_of(state), in);
    ASSERT_GE(state.amount.size(), kParallelEntries);
    Dispersion dispersion(network, rows);
    for (int half = 0; half < 2; ++half)
      dispersion.advance(300, std::vector<double>(1000, kCoefficient), std::vector<double>(1000, kArea),
                         step.volume0, state, loads.deposits());
    amounts.emplace_back(state.amount.begin(), state.amount.end());
  }
  omp_set_num_threads(threads);
  EXPECT_EQ(amounts[0], amounts[1]);
}

// What a constant load W makes of clean water at rest after t: W/A sqrt(t/(pi D)) at the junction (Carslaw &
// Jaeger 1959, 2.9, half of the flux to each side), of second order in the cells.
TEST(JunctionLoads, MeetTheContinuousSourceAtTheJunction) {
  std::vector<double> errors;
  for (int n : {1, 2, 4}) {
    const int cells = 40 * n;
    const double length = kLength / n, dt = 200.0 / n, seconds = 10000;
    const Network network = river(cells, cells / 2, length);
    const Rows rows(1, 1);
    WaterStep step = still_water(network, kArea * length);
    step.dt = dt;
    TransportRows amounts(network, rows);
    amounts.junction_load[rows.at(1)] = kLoad * dt;
    JunctionLoads loads(network, rows);
    loads.find(amounts);
    State state(cells, rows);
    loads.divide(step, std::vector<double>(at(cells), kCoefficient), rows_of(state), amounts);
    Dispersion dispersion(network, rows);
    for (int k = 0; k < 2 * std::lround(seconds / dt); ++k)
      dispersion.advance(0.5 * dt, std::vector<double>(at(cells), kCoefficient),
                         std::vector<double>(at(cells), kArea), step.volume0, state, loads.deposits());
    const auto c = [&](int cell) { return state.row(cell)[0] / (kArea * length); };
    const double exact = kLoad / kArea * std::sqrt(seconds / (3.14159265358979323846 * kCoefficient));
    errors.push_back(
        std::fabs((15 * c(cells / 2) - 10 * c(cells / 2 + 1) + 3 * c(cells / 2 + 2)) / 8 / exact - 1));
  }
  EXPECT_LT(errors[0], 0.02);
  EXPECT_GE(std::log2(errors[0] / errors[1]), 1.7);
  EXPECT_GE(std::log2(errors[1] / errors[2]), 1.7);
}

}  // namespace
