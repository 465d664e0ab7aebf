#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <numeric>

#include "solvers/transport.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using namespace limpid::chain_network;

constexpr double kLength = 10000;  // m, of the order tests
constexpr double kArea = 10;       // m2

// Exact mean over [a, b] of a Gaussian of unit height.
double gaussian_mean(double a, double b, double centre, double sigma) {
  const double s = sigma * std::sqrt(2.0);
  return 0.5 * std::sqrt(2 * M_PI) * sigma * (std::erf((b - centre) / s) - std::erf((a - centre) / s)) /
         (b - a);
}

// L1 error (mean over the river, height 1) of a Gaussian moved by half the river.
double gaussian_error(int cells, int run, double courant, TransportScheme scheme) {
  const double dx = kLength / cells, volume = dx * kArea, sigma = 800;
  const Network network = river(cells, run, dx);
  const Rows rows(1, 1);
  State state(cells, rows);
  TransportRows amounts(network, rows);
  const int steps = static_cast<int>(std::lround(0.4 * cells / courant));
  const double moved = steps * courant * dx, start = 3000;
  for (int i = 0; i < cells; ++i) {
    state.row(i)[0] = volume * gaussian_mean(i * dx, (i + 1) * dx, start, sigma);
  }
  const WaterStep step = uniform_flow(network, volume, courant * volume);
  Advection advection(network, rows, scheme);
  for (int n = 0; n < steps; ++n) {
    // the tail that enters at the head
    const double a = -(n + 1) * courant * dx, b = -n * courant * dx;
    amounts.junction_load[0] = courant * volume * gaussian_mean(a, b, start, sigma);
    advection.advance(step, amounts, state);
  }
  double error = 0;
  for (int i = 0; i < cells; ++i) {
    error += std::abs(state.row(i)[0] / volume - gaussian_mean(i * dx, (i + 1) * dx, start + moved, sigma));
  }
  return error / cells;
}

struct OrderCase {
  double courant;
  int run;  // cells between cuts
  TransportScheme scheme;
};

class AdvectionOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(AdvectionOrder, IsTwoInL1OnAGaussian) {
  const OrderCase c = GetParam();
  double errors[3];
  for (int g = 0; g < 3; ++g) {
    const int cells = 100 << g;  // sigma = 8, 16, 32 cells
    errors[g] = gaussian_error(cells, c.run > 0 ? c.run : cells, c.courant, c.scheme);
  }
  const double first = std::log2(errors[0] / errors[1]), second = std::log2(errors[1] / errors[2]);
  RecordProperty("first", std::to_string(first));
  RecordProperty("second", std::to_string(second));
  std::printf("Cr %.1f run %d scheme %d: L1 %.2e %.2e %.2e orders %.2f %.2f\n", c.courant, c.run,
              static_cast<int>(c.scheme), errors[0], errors[1], errors[2], first, second);
  EXPECT_GE(second, 1.9);
  EXPECT_LT(errors[2], 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Grids, AdvectionOrder,
                         testing::Values(OrderCase{0.4, 0, TransportScheme::monotone},
                                         OrderCase{1.0, 0, TransportScheme::monotone},
                                         OrderCase{3.7, 0, TransportScheme::monotone},
                                         OrderCase{0.4, 5, TransportScheme::monotone},
                                         OrderCase{1.0, 5, TransportScheme::monotone},
                                         OrderCase{3.7, 5, TransportScheme::monotone},
                                         OrderCase{0.4, 1, TransportScheme::monotone},
                                         OrderCase{3.7, 1, TransportScheme::monotone},
                                         OrderCase{0.4, 5, TransportScheme::linear},
                                         OrderCase{3.7, 5, TransportScheme::linear}));

}  // namespace
