// The routing cell and the scheme muskingum-cunge: weights, bounds, order towards the diffusive wave,
// threads. Muskingum's exact sine, Chow's example and Hayami's step are validation cases
// (validation/muskingum.cpp).
#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <complex>

#include "solvers/hydraulics.hpp"
#include "solvers/routing_cell.hpp"
#include "solvers/wide_levels.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;
using chain_network::at;
using chain_network::Random;
using Complex = std::complex<double>;

TEST(CungeWeight, WorkedByHand) {
  // D = Q / (B c S0 L) = 60 / (20 x 1.5 x 1e-3 x L)
  const NormalFlow flow{60, 1.5, 20};
  EXPECT_DOUBLE_EQ(CungeWeight{1e-3 * 2000}.at(flow), 0);                 // L = 2000 m: D = 1
  EXPECT_DOUBLE_EQ(CungeWeight{1e-3 * 4000}.at(flow), 0.25);              // D = 1/2
  EXPECT_DOUBLE_EQ(CungeWeight{1e-3 * 500}.at(flow), -1.5);               // D = 4
  EXPECT_DOUBLE_EQ(CungeWeight{1e-3 * 1}.at(flow), CungeWeight::kLeast);  // D = 2000
  EXPECT_DOUBLE_EQ(CungeWeight{2}.at({0, 0, 20}), 0.5);                   // no water: the kinematic wave
}

// Whatever stands and comes, even rates that do not fit the volumes: nothing leaves that is not there, no
// rate is negative or outside what the limiter allows, and the iteration ends.
TEST(RoutingCell, StaysInItsBounds) {
  Random random(5);
  Channel channel;
  channel.shape = ChannelShape::compound;
  channel.bottom_width = 12;
  channel.side_slope = 1.5;
  channel.bank_depth = 2;
  channel.flood_width = 150;
  channel.flood_manning_n = 0.1;
  const auto size = [&] { return random() < 0.15 ? 0.0 : std::exp(random.between(-12, 8)); };
  for (int n = 0; n < 100'000; ++n) {
    const double length = std::exp(random.between(0, 9)), dt = std::exp(random.between(2, 11.4));
    const double slope = std::exp(random.between(-14, 1));
    const ManningStorage storage{channel, length, slope, 0.03};
    const double i1 = size();
    const CellWater cell{1 / length,
                         dt,
                         1 / dt,
                         length * size() * 0.1,
                         dt * (random() < 0.7 ? i1 : size()),
                         random() < 0.5 ? 0 : dt * size() * 0.01,
                         size(),
                         i1,
                         size()};
    const NormalFlow flow = storage.flow(cell.volume0);
    const RoutedCell out = route_cell(cell, storage, CungeWeight{slope * length}, flow);
    ASSERT_TRUE(out.volume >= 0 && out.volume <= cell.available() * (1 + 1e-15)) << n;
    const double most = std::max({cell.o0, cell.i0, cell.i1, cell.inflow / dt, flow.discharge});
    ASSERT_TRUE(out.rate >= 0 && out.rate <= (most + cell.lateral / dt) * (1 + 1e-8)) << n;
    ASSERT_FALSE(out.capped) << n;
  }
}

// Without iteration error a linear cell keeps V = K (X I + (1 - X) O) from step to step.
TEST(RoutingCell, LinearStorageKeepsMuskingumsRelation) {
  const LinearStorage storage{1000, 1.25};
  const FixedWeight weight{0.2};
  const double k = 800, dt = 600;
  double volume = k * 10, i0 = 10, o0 = 10;
  for (double i1 : {12.0, 30.0, 55.0, 40.0, 20.0, 9.0}) {
    const CellWater cell{1e-3, dt, 1 / dt, volume, 0.5 * dt * (i0 + i1), 0, i0, i1, o0};
    const RoutedCell out = balance_cell(cell, storage, weight, storage.flow(volume), 0.5);
    EXPECT_NEAR(out.volume, k * (0.2 * i1 + 0.8 * out.rate), 1e-9);
    const double c0 = (dt - 2 * k * 0.2) / (2 * k * 0.8 + dt), c1 = (dt + 2 * k * 0.2) / (2 * k * 0.8 + dt),
                 c2 = (2 * k * 0.8 - dt) / (2 * k * 0.8 + dt);
    EXPECT_NEAR(out.rate, c0 * i1 + c1 * i0 + c2 * o0, 1e-9);
    volume = out.volume, i0 = i1, o0 = out.rate;
  }
}

struct Channelled {
  Basin basin;
  double discharge = 200, celerity = 0, diffusion = 0;
};

// One rectangular channel of 60 km, 50 m wide, with a boundary at its head.
Channelled long_channel(double slope, double cell_length, HydraulicScheme scheme) {
  Channel channel;
  channel.bottom_width = 50;
  Reach reach;
  reach.to = 1;
  reach.length = 60'000;
  reach.slope = slope;
  reach.manning_n = 0.03;
  Channelled river;
  Problems problems;
  river.basin.network =
      build_network({Node{}, Node{}}, {reach}, {channel}, {}, cell_length, true, "", problems);
  river.basin.schemes.hydraulics = scheme;
  Source head;
  head.kind = SourceKind::boundary;
  head.junction = 0;
  river.basin.sources = {head};
  const double area = normal_area(channel, river.discharge, slope, 0.03, 0);
  river.celerity = normal_flow(channel, area, slope, 0.03).celerity;
  river.diffusion = river.discharge / (2 * 50 * slope);
  return river;
}

// Response at the outlet to a small wave of period T at the head, as a complex factor of the wave.
Complex response(const Channelled& river, double period, double courant) {
  const double length = river.basin.network.cell_length[0], frequency = 2 * M_PI / period, small = 1e-4;
  const int steps = static_cast<int>(std::ceil(period * river.celerity / (courant * length)));
  const double dt = period / steps, flow = river.discharge;
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(river.basin.network, 1);
  WaterInput input{dt, {flow * dt}, {flow}};
  hydraulics->initialise(input, step);
  const int warm = 2 + static_cast<int>(3 * 60'000 / river.celerity / period);
  Complex sum = 0;
  for (int n = 0; n <= warm; ++n)
    for (int k = 0; k < steps; ++k) {
      const double t0 = k * dt, t1 = t0 + dt;
      input.volume[0] =
          flow * dt + small * flow * (std::cos(frequency * t0) - std::cos(frequency * t1)) / frequency;
      input.rate[0] = flow * (1 + small * std::sin(frequency * t1));
      hydraulics->advance(input, step);
      if (n == warm)
        sum += (step.face.back() / dt / flow - 1) * std::polar(1.0, -0.5 * frequency * (t0 + t1));
    }
  const double half = 0.5 * frequency * dt;  // faces are means over a step
  return Complex(0, 2) * sum / (small * steps) * (half / std::sin(half));
}

// exp(l x) with D l^2 - c l - i w = 0
Complex diffusive_wave(const Channelled& river, double period) {
  const double c = river.celerity, d = river.diffusion;
  const Complex root = std::sqrt(Complex(c * c, 4 * d * 2 * M_PI / period));
  return std::exp((c - root) / (2 * d) * 60'000.0);
}

TEST(MuskingumCunge, ConvergesToTheDiffusiveWaveAtSecondOrder) {
  const double period = 7200;  // the wave loses 5 % of its height; D / c = 35 m
  double before = 0;
  for (double length : {2000.0, 1000.0, 500.0}) {
    const Channelled river = long_channel(0.01, length, HydraulicScheme::muskingum_cunge);
    const double error = std::abs(response(river, period, 0.5) - diffusive_wave(river, period));
    if (before > 0) {
      EXPECT_GT(std::log2(before / error), 1.85) << length;
    }
    before = error;
  }
  EXPECT_LT(before, 0.004);
  const Channelled kinematic = long_channel(0.01, 500, HydraulicScheme::kinematic);
  EXPECT_GT(std::abs(response(kinematic, period, 0.5) - diffusive_wave(kinematic, period)), 0.04);
}

// Cells shorter than the diffusion length (3.5 km here) do not help, and do no harm: the height of the wave
// stays within 3 % of the diffusive wave's down to the floor of X.
TEST(MuskingumCunge, ShortCellsKeepTheDiffusion) {
  const double period = 86'400;
  for (double length : {5000.0, 2500.0, 1000.0, 700.0}) {
    const Channelled river = long_channel(3e-4, length, HydraulicScheme::muskingum_cunge);
    EXPECT_NEAR(std::abs(response(river, period, 0.5)) / std::abs(diffusive_wave(river, period)), 1, 0.03)
        << length;
  }
}

// A binary tree: reach r leads from node r + 1 to node r / 2.
Basin tree(int reaches, HydraulicScheme scheme) {
  std::vector<Node> nodes(at(reaches + 1));
  std::vector<Reach> list(at(reaches));
  Random random(3);
  for (int r = 0; r < reaches; ++r) {
    list[at(r)].from = r + 1;
    list[at(r)].to = r / 2;
    list[at(r)].length = random.between(1000, 5000);
    list[at(r)].slope = random.between(1e-4, 1e-2);
  }
  Channel channel;
  channel.bottom_width = 12;
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, list, {channel}, {}, 500, true, "", problems);
  basin.schemes.hydraulics = scheme;
  for (int j = 0; j <= reaches; ++j)
    if (basin.network.junctions[at(j)].in.empty()) {
      Source source;
      source.kind = SourceKind::boundary;
      source.junction = j;
      basin.sources.push_back(source);
    }
  return basin;
}

std::vector<double> flood(const Basin& basin, int threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  const std::size_t sources = basin.sources.size();
  WaterInput input{300, std::vector<double>(sources, 300.0), std::vector<double>(sources, 1.0)};
  WaterStep step(basin.network, static_cast<int>(sources));
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->initialise(input, step);
  Random random(9);
  for (int n = 0; n < 30; ++n) {
    for (std::size_t s = 0; s < sources; ++s) {
      input.rate[s] = std::exp(random.between(-3, 3));
      input.volume[s] = 300 * input.rate[s];
    }
    hydraulics->advance(input, step);
  }
  omp_set_num_threads(before);
  std::vector<double> all = step.volume1;
  for (const auto* values : {&step.face, &step.depth, &step.velocity, &step.discharge})
    all.insert(all.end(), values->begin(), values->end());
  all.push_back(static_cast<double>(hydraulics->counts().limited));
  return all;
}

TEST(RoutedFlow, ThreadsDoNotChangeABit) {
  for (HydraulicScheme scheme : {HydraulicScheme::kinematic, HydraulicScheme::muskingum_cunge}) {
    const Basin basin = tree(3000, scheme);
    ASSERT_GE(basin.network.cell_count(), 15'000);
    const std::vector<double> alone = flood(basin, 1);
    for (int threads : {2, 3}) EXPECT_EQ(flood(basin, threads), alone) << threads;
  }
}

TEST(WideLevels, HoldEveryJunctionOnceAndAfterItsFeeders) {
  const Network network = tree(500, HydraulicScheme::kinematic).network;
  const WideLevels wide(network, 100);
  EXPECT_GE(wide.levels.size(), 3U);
  EXPECT_FALSE(wide.rest.empty());
  std::vector<int> turn(network.junctions.size(), -1);
  int next = 0;
  const auto take = [&](int j) {
    EXPECT_EQ(turn[at(j)], -1);
    turn[at(j)] = next;
  };
  for (const auto& level : wide.levels) {
    for (int j : level) take(j);
    ++next;
  }
  for (int j : wide.rest) {
    take(j);
    ++next;
  }
  for (const Chain& chain : network.chains) EXPECT_LT(turn[at(chain.upstream)], turn[at(chain.downstream)]);
  for (int t : turn) EXPECT_GE(t, 0);
}

}  // namespace
