#include <gtest/gtest.h>
#include <omp.h>

#include <Eigen/Dense>
#include <cmath>
#include <string>
#include <vector>

#include "solvers/team.hpp"
#include "solvers/transport.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using namespace limpid::chain_network;

constexpr double kArea = 10;  // m2

std::vector<double> everywhere(const Network& network, double value) {
  return std::vector<double>(at(network.cell_count()), value);
}

std::vector<double> full_volumes(const Network& network) {
  std::vector<double> volume = network.cell_length;
  for (double& v : volume) v *= kArea;
  return volume;
}

double total(const State& state, int row) {
  double sum = 0;
  for (int i = 0; i < state.cells(); ++i) sum += state.row(i)[row];
  return sum;
}

// Two confluences, a bifurcation with its own outlet, cut reaches, arms longer than a segment.
Network branched() {
  return make(10, {{0, 2, 20, 50},
                   {1, 2, 90, 50},
                   {2, 3, 7, 80},
                   {3, 5, 11, 100},
                   {4, 5, 5, 30},
                   {5, 6, 70, 100},
                   {5, 7, 6, 100},
                   {7, 8, 6, 100},
                   {6, 9, 3, 100}});
}

// Loops side by side and inside one another, one that comes back after a single cell, one without any end.
Network looped() {
  return make(10, {{0, 1, 4, 50},
                   {1, 2, 5},
                   {1, 2, 6},
                   {2, 3, 70},
                   {2, 3, 1},
                   {3, 4, 3},
                   {4, 5, 9},
                   {3, 5, 2},
                   {1, 5, 20},
                   {5, 6, 5},
                   {7, 8, 3},
                   {7, 8, 4},
                   {8, 9, 2},
                   {9, 7, 2}});
}

TEST(Dispersion, SpikeIsNeverNegative) {
  for (double fourier : {0.5, 2.0, 8.0, 50.0, 1e6}) {
    const double dx = 100, dt = 600;
    const Network network = river(60, 20, dx);
    const Rows rows(1, 1);
    State state(60, rows);
    state.row(30)[0] = 1;
    std::vector<double> volume = full_volumes(network);
    volume[10] = 0;
    volume[45] = 1e-3;
    Dispersion dispersion(network, rows);
    for (int n = 0; n < 20; ++n) {
      dispersion.advance(dt, everywhere(network, fourier * dx * dx / dt), everywhere(network, kArea), volume,
                         state);
      for (int i = 0; i < 60; ++i)
        ASSERT_GE(state.row(i)[0], 0) << "Fourier " << fourier << " step " << n << " cell " << i;
    }
    EXPECT_NEAR(total(state, 0), 1, 1e-14 * 20);
  }
}

double gaussian_mean(double a, double b, double centre, double sigma) {
  const double s = sigma * std::sqrt(2.0);
  return 0.5 * (std::erf((b - centre) / s) - std::erf((a - centre) / s)) / (b - a);
}

// L1 error, relative to the mass, of a Gaussian spreading from 400 m to 700 m in a river cut every 25 cells;
// the Fourier number of the finest grid is given, coarser grids have less: time step and cell length shrink
// together.
double spreading_error(int cells, double finest_fourier, int finest_cells) {
  const double length = 10000, dx = length / cells, sigma0 = 400, sigma1 = 700, coefficient = 20;
  const double seconds = (sigma1 * sigma1 - sigma0 * sigma0) / (2 * coefficient);
  const double fourier = finest_fourier * cells / finest_cells;
  const int steps = static_cast<int>(std::lround(seconds * coefficient / (fourier * dx * dx)));
  const Network network = river(cells, 25, dx);
  const Rows rows(1, 1);
  State state(cells, rows);
  const std::vector<double> volume = full_volumes(network);
  for (int i = 0; i < cells; ++i)
    state.row(i)[0] = dx * gaussian_mean(i * dx, (i + 1) * dx, length / 2, sigma0);
  Dispersion dispersion(network, rows);
  for (int n = 0; n < steps; ++n) {
    dispersion.advance(seconds / steps, everywhere(network, coefficient), everywhere(network, kArea), volume,
                       state);
  }
  double error = 0;
  for (int i = 0; i < cells; ++i) {
    error += std::abs(state.row(i)[0] - dx * gaussian_mean(i * dx, (i + 1) * dx, length / 2, sigma1));
  }
  return error;
}

TEST(Dispersion, OrderIsTwoWhereCrankNicolsonActs) {
  for (double finest : {1.0, 4.0}) {  // sub-steps from Fourier 1 on
    const double coarse = spreading_error(100, finest, 400), middle = spreading_error(200, finest, 400),
                 fine = spreading_error(400, finest, 400);
    const double first = std::log2(coarse / middle), last = std::log2(middle / fine);
    RecordProperty("orders_" + std::to_string(finest), std::to_string(first) + " " + std::to_string(last));
    EXPECT_GE(first, 1.9) << "Fourier to " << finest;
    EXPECT_GE(last, 1.9) << "Fourier to " << finest;
    EXPECT_LT(fine, 1e-3);
  }
}

TEST(Dispersion, BooksEveryFluxTwice) {
  const Network network = branched();
  const Rows rows(2, 1);
  State state(network.cell_count(), rows);
  Random random(1);
  std::vector<double> volume = full_volumes(network), area = everywhere(network, kArea),
                      coefficient = everywhere(network, 1);
  Dispersion dispersion(network, rows);
  for (int i = 0; i < state.cells(); ++i) state.row(i)[0] = random.between(0, 1000);
  for (int n = 0; n < 200; ++n) {
    for (std::size_t i = 0; i < volume.size(); ++i) {
      const double draw = random();
      volume[i] = draw < 0.02 ? 0 : draw < 0.04 ? 1e-5 : random.between(10, 2000);
      coefficient[i] = random() < 0.05 ? 0 : std::pow(10, random.between(-2, 4));
    }
    const double before = total(state, 0);
    dispersion.advance(600, coefficient, area, volume, state);
    ASSERT_NEAR(total(state, 0) / before, 1, 1e-14) << "step " << n;
    for (int i = 0; i < state.cells(); ++i) ASSERT_GE(state.row(i)[0], 0) << "step " << n << " cell " << i;
  }
}

TEST(Dispersion, UniformStaysUniform) {
  const Network network = branched();
  const Rows rows(1, 1);
  State state(network.cell_count(), rows);
  const std::vector<double> volume = full_volumes(network);
  for (int i = 0; i < state.cells(); ++i) state.row(i)[0] = 3 * volume[at(i)];
  Dispersion dispersion(network, rows);
  Random random(4);
  for (int n = 1; n <= 500; ++n) {
    std::vector<double> coefficient = everywhere(network, 0);
    for (double& d : coefficient) d = random.between(0, 100);
    dispersion.advance(600, coefficient, everywhere(network, kArea), volume, state);
    for (int i = 0; i < state.cells(); ++i) {
      ASSERT_NEAR(state.row(i)[0] / (3 * volume[at(i)]), 1, 1e-13 * std::sqrt(n))
          << "step " << n << " cell " << i;
    }
  }
}

// Crank-Nicolson as the textbook writes it: one dense system over cells and junctions of three or more.
Eigen::VectorXd dense_step(const Network& network, double dt, double coefficient,
                           const Eigen::VectorXd& amounts) {
  const int cells = network.cell_count(), n = cells + static_cast<int>(network.junctions.size());
  Eigen::MatrixXd laplace = Eigen::MatrixXd::Zero(n, n);
  const auto join = [&](int a, int b, double g) {
    laplace(a, a) += g;
    laplace(b, b) += g;
    laplace(a, b) -= g;
    laplace(b, a) -= g;
  };
  for (const Chain& chain : network.chains) {
    const double half = 2 * kArea * coefficient / network.cell_length[at(chain.first_cell)];
    for (int i = 0; i + 1 < chain.cells; ++i) join(chain.first_cell + i, chain.first_cell + i + 1, half / 2);
    join(chain.first_cell, cells + chain.upstream, half);
    join(chain.first_cell + chain.cells - 1, cells + chain.downstream, half);
  }
  // junctions hold nothing: eliminated exactly before time enters
  const Eigen::MatrixXd cc = laplace.topLeftCorner(cells, cells),
                        cj = laplace.topRightCorner(cells, n - cells),
                        jj = laplace.bottomRightCorner(n - cells, n - cells);
  const Eigen::MatrixXd exchange = cc - cj * jj.inverse() * cj.transpose();
  Eigen::VectorXd volume(cells);
  for (int i = 0; i < cells; ++i) volume(i) = network.cell_length[at(i)] * kArea;
  const Eigen::MatrixXd v = volume.asDiagonal();
  const Eigen::VectorXd old = amounts.cwiseQuotient(volume);
  const Eigen::VectorXd now = (v + 0.5 * dt * exchange).partialPivLu().solve((v - 0.5 * dt * exchange) * old);
  return now.cwiseProduct(volume);
}

void expect_dense_system(const Network& network) {
  const double dt = 600, coefficient = 1.2;  // Fourier 0.8 in the 30 m cells
  const Rows rows(1, 1);
  State state(network.cell_count(), rows);
  Eigen::VectorXd reference(network.cell_count());
  Random random(8);
  for (int i = 0; i < state.cells(); ++i) reference(i) = state.row(i)[0] = random.between(0, 1000);
  Dispersion dispersion(network, rows);
  for (int n = 0; n < 10; ++n) {
    dispersion.advance(dt, everywhere(network, coefficient), everywhere(network, kArea),
                       full_volumes(network), state);
    reference = dense_step(network, dt, coefficient, reference);
  }
  for (int i = 0; i < state.cells(); ++i) EXPECT_NEAR(state.row(i)[0], reference(i), 1e-9) << "cell " << i;
}

TEST(Dispersion, EqualsTheDenseSystemOnATree) {
  expect_dense_system(branched());
}
TEST(Dispersion, EqualsTheDenseSystemWithLoops) {
  expect_dense_system(looped());
}

// A constant flux from one arm of a Y to another: straight lines on both, and the third arm lies flat at the
// value of the junction.
TEST(Dispersion, SteadyFluxThroughAJunctionOfThree) {
  const Network network = make(4, {{0, 2, 20}, {1, 2, 20}, {2, 3, 20}});
  const Rows rows(1, 1);
  State state(60, rows);
  const double dt = 3600, coefficient = 2, flux = 5;  // amount per step
  const std::vector<double> volume = full_volumes(network);
  for (int i = 0; i < 60; ++i) state.row(i)[0] = 50 * volume[at(i)];
  Dispersion dispersion(network, rows);
  for (int n = 0; n < 60000; ++n) {
    state.row(0)[0] += flux;
    state.row(59)[0] -= flux;
    dispersion.advance(dt, everywhere(network, coefficient), everywhere(network, kArea), volume, state);
  }
  const double drop = flux / dt * 100 / (kArea * coefficient);  // between neighbours
  const auto c = [&](int i) { return state.row(i)[0] / volume[at(i)]; };
  const double junction = c(25);
  for (int i = 20; i < 40; ++i) EXPECT_NEAR(c(i), junction, 1e-9);
  for (int i = 1; i < 20; ++i) EXPECT_NEAR(c(i) - junction, (19 - i + 0.5) * drop, 1e-7 * drop);
  for (int i = 40; i < 59; ++i) EXPECT_NEAR(junction - c(i), (i - 40 + 0.5) * drop, 1e-7 * drop);
}

TEST(Dispersion, LoopIsClosedAndConserves) {
  const Network network = make(4, {{0, 1, 4}, {1, 2, 5}, {1, 2, 6}, {2, 3, 3}});
  const Rows rows(1, 1);
  State state(18, rows);
  state.row(6)[0] = 1000;  // in the first of the two branches
  Dispersion dispersion(network, rows);
  const std::vector<double> volume = full_volumes(network);
  for (int n = 0; n < 20000; ++n) {
    dispersion.advance(600, everywhere(network, 10), everywhere(network, kArea), volume, state);
  }
  EXPECT_NEAR(total(state, 0), 1000, 1e-9);
  for (int i = 0; i < 18; ++i) EXPECT_NEAR(state.row(i)[0], 1000.0 / 18, 1e-6) << "cell " << i;
}

TEST(Dispersion, SpikeInLoopsIsNeverNegative) {
  const Network network = looped();
  const Rows rows(1, 1);
  std::vector<double> volume = full_volumes(network);
  volume[5] = 0;
  for (double coefficient : {5.0, 50.0, 1e4, 1e8}) {
    State state(network.cell_count(), rows);
    state.row(10)[0] = state.row(85)[0] = state.row(network.cell_count() - 1)[0] = 1;
    Dispersion dispersion(network, rows);
    for (int n = 0; n < 20; ++n) {
      dispersion.advance(600, everywhere(network, coefficient), everywhere(network, kArea), volume, state);
      for (int i = 0; i < state.cells(); ++i)
        ASSERT_GE(state.row(i)[0], 0) << "coefficient " << coefficient << " step " << n << " cell " << i;
    }
    EXPECT_NEAR(total(state, 0), 3, 1e-12);
  }
}

// Lane `lane` of a batch with that many lanes; with one lane, scenario 5.
std::vector<double> scenario_in_batch(const Network& network, int lanes, int lane) {
  const Rows rows(3, lanes);
  State state(network.cell_count(), rows);
  for (int i = 0; i < state.cells(); ++i) {
    for (int l = 0; l < lanes; ++l) {
      const int scenario = lanes == 1 ? 5 : l;
      for (int k = 0; k < 3; ++k)
        state.row(i)[rows.index(k, l)] = 100 * ((i * (k + 2) + scenario * scenario) % 17);
    }
  }
  Dispersion dispersion(network, rows);
  for (int n = 0; n < 10; ++n) {
    dispersion.advance(600, everywhere(network, n < 5 ? 3 : 300), everywhere(network, kArea),
                       full_volumes(network), state);
  }
  std::vector<double> result;
  for (int i = 0; i < state.cells(); ++i) {
    for (int k = 0; k < 3; ++k) result.push_back(state.row(i)[rows.index(k, lane)]);
  }
  return result;
}

TEST(DispersionIdentity, LaneAloneEqualsLaneInABatch) {
  for (const Network& network : {branched(), looped()}) {
    const std::vector<double> alone = scenario_in_batch(network, 1, 0);
    for (int lanes : {6, 8, 13}) EXPECT_EQ(alone, scenario_in_batch(network, lanes, 5)) << lanes << " lanes";
  }
}

void expect_same_bits_at_any_thread_count(const Network& network) {
  const Rows rows(12, 64);
  std::vector<std::vector<double>> results;
  const int before = omp_get_max_threads();
  for (int threads : {1, 2, 3}) {
    omp_set_num_threads(threads);
    State state(network.cell_count(), rows);
    ASSERT_GE(state.amount.size(), kParallelEntries);
    Random random(6);
    for (double& m : state.amount) m = random.between(0, 1000);
    Dispersion dispersion(network, rows);
    for (double d : {3.0, 30.0, 3000.0}) {
      dispersion.advance(600, everywhere(network, d), everywhere(network, kArea), full_volumes(network),
                         state);
    }
    results.push_back(state.amount);
  }
  omp_set_num_threads(before);
  EXPECT_TRUE(results[0] == results[1]);
  EXPECT_TRUE(results[0] == results[2]);
}

TEST(DispersionIdentity, AnyThreadCountGivesTheSameBits) {
  expect_same_bits_at_any_thread_count(branched());
  expect_same_bits_at_any_thread_count(looped());
}

TEST(DispersionLinear, SuperposesWithNegativeAmounts) {
  const Network network = branched();
  const Rows rows(3, 1);
  State state(network.cell_count(), rows);
  Random random(3);
  for (int i = 0; i < state.cells(); ++i) {
    double* m = state.row(i);
    m[0] = random.between(-500, 500);
    m[1] = random.between(0, 500);
    m[2] = m[0] + m[1];
  }
  Dispersion dispersion(network, rows, TransportScheme::linear);
  for (double d : {1.0, 20.0, 5000.0}) {
    dispersion.advance(600, everywhere(network, d), everywhere(network, kArea), full_volumes(network), state);
  }
  for (int i = 0; i < state.cells(); ++i) {
    const double* m = state.row(i);
    EXPECT_NEAR(m[2], m[0] + m[1], 1e-12 * 500) << "cell " << i;
  }
}

// A spill carried 4 km while it spreads, half of the dispersion before and half after the advection.
double spill_error(int cells, double courant) {
  const double length = 10000, dx = length / cells, speed = 0.5, coefficient = 10, start = 2500, sigma0 = 400;
  const double volume = dx * kArea, through = courant * volume, dt = courant * dx / speed;
  const int steps = static_cast<int>(std::lround(4000 / (courant * dx)));
  const Network network = river(cells, 10, dx);
  const Rows rows(1, 1);
  State state(cells, rows);
  TransportRows amounts(network, rows);
  for (int i = 0; i < cells; ++i) state.row(i)[0] = dx * gaussian_mean(i * dx, (i + 1) * dx, start, sigma0);
  Advection advection(network, rows, TransportScheme::monotone);
  Dispersion dispersion(network, rows);
  const WaterStep step = uniform_flow(network, volume, through);
  const auto disperse = [&] {
    dispersion.advance(dt / 2, everywhere(network, coefficient), everywhere(network, kArea), step.volume0,
                       state);
  };
  for (int n = 0; n < steps; ++n) {
    disperse();
    advection.advance(step, amounts, state);
    disperse();
  }
  const double centre = start + steps * courant * dx;
  const double sigma = std::sqrt(sigma0 * sigma0 + 2 * coefficient * steps * dt);
  double error = 0;
  for (int i = 0; i < cells; ++i) {
    error += std::abs(state.row(i)[0] - dx * gaussian_mean(i * dx, (i + 1) * dx, centre, sigma));
  }
  return error;
}

TEST(StrangSplitting, OrderIsTwoOnASpill) {
  const double coarse = spill_error(200, 1.0), middle = spill_error(400, 1.0), fine = spill_error(800, 1.0);
  EXPECT_GE(std::log2(coarse / middle), 1.9);
  EXPECT_GE(std::log2(middle / fine), 1.9);
  EXPECT_LT(fine, 5e-5);
  // Advection is exact at Courant 1. Below, its error has the other sign on coarse grids, so that a ratio
  // says nothing:
  EXPECT_LT(spill_error(400, 0.5), middle);
  EXPECT_LT(spill_error(800, 0.5), fine);
  EXPECT_GE(std::log2(spill_error(800, 2.5) / spill_error(1600, 2.5)), 1.9);
}

}  // namespace
