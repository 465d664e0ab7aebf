// Water alone: nanoseconds per cell and step on a tree of tributaries with a daily wave and diffuse inflow.
#include <benchmark/benchmark.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "solvers/dynamic.hpp"
#include "solvers/hydraulics.hpp"
#include "solvers/transport.hpp"
#include "validation/lower_colorado.hpp"

namespace limpid::bench {
namespace {

constexpr int kCellsPerReach = 10;
constexpr double kStep = 600;  // s

// A binary tree: reach r leads from node r + 1 to node r / 2.
Basin tree_basin(int cells, HydraulicScheme scheme) {
  const int count = std::max(1, cells / kCellsPerReach);
  std::vector<Node> nodes(static_cast<std::size_t>(count) + 1);
  std::vector<Reach> reaches(static_cast<std::size_t>(count));
  for (int r = 0; r < count; ++r) {
    Reach& reach = reaches[static_cast<std::size_t>(r)];
    reach.from = r + 1;
    reach.to = r / 2;
    reach.length = 500.0 * kCellsPerReach;
    reach.slope = 2e-3;
  }
  Channel channel;
  channel.shape = ChannelShape::trapezoidal;
  channel.bottom_width = 12;
  channel.side_slope = 1.5;
  Problems problems;
  Basin basin;
  basin.network =
      build_network(std::move(nodes), std::move(reaches), {channel}, {}, 500, false, "", problems);
  basin.schemes.hydraulics = scheme;
  for (int j = 0; j < static_cast<int>(basin.network.junctions.size()); ++j) {
    if (!basin.network.junctions[static_cast<std::size_t>(j)].in.empty()) continue;
    Source source;
    source.kind = SourceKind::boundary;
    source.junction = j;
    basin.sources.push_back(source);
  }
  Source diffuse;
  diffuse.kind = SourceKind::diffuse;
  const int all = basin.network.cell_count();
  for (int i = 0; i < all; ++i)
    basin.diffuse_shares.push_back({static_cast<int>(basin.sources.size()), i, 1.0 / all});
  basin.sources.push_back(diffuse);
  return basin;
}

void set_wave(double t, WaterInput& input) {
  const double wave = 1 + 0.5 * std::sin(2 * M_PI * t / 86400);
  for (std::size_t s = 0; s < input.volume.size(); ++s) {
    const double flow =
        s + 1 == input.volume.size() ? 5.0 : 0.4 * wave * (1 + 0.1 * static_cast<double>(s % 7));
    input.rate[s] = flow;
    input.volume[s] = flow * kStep;
  }
}

// One river of 10-cell reaches, or the Lower Colorado's 11,248 links (about 1.2 cells each).
Basin river_of(int cells, HydraulicScheme scheme) {
  if (cells > 0) return tree_basin(cells, scheme);
  Basin basin =
      validation::lower_colorado_basin(validation::CaseFolder(LIMPID_VALIDATION_CASES "/lower_colorado"));
  basin.schemes.hydraulics = scheme;
  return basin;
}

// The tree's wave, or the first 26 of the Lower Colorado's own 27 hours over and over.
void set_inflow(const Basin& basin, bool is_tree, double t, WaterInput& input) {
  if (is_tree) return set_wave(t, input);
  const double end = kStep + std::fmod(t, 26 * 3600.0);
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    input.rate[s] = basin.sources[s].flow.at(end);
    input.volume[s] = basin.sources[s].flow.integral(end - kStep, end);
  }
}

// The dynamic wave's iterations on the tree's wave over a day, against sub-steps that are solved to the end:
// largest difference of a discharge, of the largest discharge. Arguments: iterations, cells.
void wave_iterations(benchmark::State& state) {
  const Basin basin = tree_basin(static_cast<int>(state.range(1)), HydraulicScheme::dynamic);
  WaterStep step(basin.network, static_cast<int>(basin.sources.size())), solved = step;
  WaterInput input{kStep, std::vector<double>(basin.sources.size()),
                   std::vector<double>(basin.sources.size())};
  constexpr int kSteps = 144;
  double difference = 0, depth = 0;
  for (auto _ : state) {
    DynamicFlow flow(basin, {static_cast<int>(state.range(0)), 12, 1e-4}), all(basin, {40, 40, 1e-12});
    set_wave(0, input);
    flow.initialise(input, step);
    all.initialise(input, solved);
    double largest = 0;
    difference = depth = 0;
    for (int n = 1; n <= kSteps; ++n) {
      set_wave(n * kStep, input);
      flow.advance(input, step);
      all.advance(input, solved);
      for (std::size_t i = 0; i < step.discharge.size(); ++i) {
        largest = std::max(largest, std::fabs(solved.discharge[i]));
        difference = std::max(difference, std::fabs(step.discharge[i] - solved.discharge[i]));
        depth = std::max(depth, std::fabs(step.depth[i] - solved.depth[i]) / solved.depth[i]);
      }
    }
    difference /= largest;
  }
  state.counters["discharge"] = difference;
  state.counters["depth"] = depth;
}
BENCHMARK(wave_iterations)
    ->ArgNames({"iterations", "cells"})
    ->Iterations(1)
    ->Args({1, 1000})
    ->Args({2, 1000})
    ->Args({3, 1000});

// Arguments: scheme, cells (0 = Lower Colorado), threads.
void water_steps(benchmark::State& state) {
  omp_set_num_threads(static_cast<int>(state.range(2)));
  const Basin basin =
      river_of(static_cast<int>(state.range(1)), static_cast<HydraulicScheme>(state.range(0)));
  const auto hydraulics = make_hydraulics(basin);
  WaterStep step(basin.network, static_cast<int>(basin.sources.size()));
  WaterInput input{kStep, std::vector<double>(basin.sources.size()),
                   std::vector<double>(basin.sources.size())};
  const bool is_tree = state.range(1) > 0;
  set_inflow(basin, is_tree, 0, input);
  hydraulics->initialise(input, step);
  double t = 0;
  for (auto _ : state) {
    set_inflow(basin, is_tree, t += kStep, input);
    hydraulics->advance(input, step);
    benchmark::DoNotOptimize(step.volume1.data());
  }
  const double cell_steps = static_cast<double>(state.iterations()) * basin.network.cell_count();
  state.counters["ns_per_cell_step"] =
      benchmark::Counter(cell_steps * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["limited_share"] = static_cast<double>(hydraulics->counts().limited) / cell_steps;
}

void every_network(benchmark::internal::Benchmark* bench) {
  constexpr int kSchemes = 3;  // in the order of HydraulicScheme: steady, kinematic, muskingum-cunge
  bench->ArgNames({"scheme", "cells", "threads"})->MinTime(0.5)->Unit(benchmark::kMillisecond);
  for (int scheme = 0; scheme < kSchemes; ++scheme)
    for (int cells : {1000, 10'000, 100'000, 0}) bench->Args({scheme, cells, 1});
  for (int scheme = 1; scheme < kSchemes; ++scheme) bench->Args({scheme, 100'000, 2});
  constexpr int kDynamic = static_cast<int>(HydraulicScheme::dynamic);
  for (int cells : {1000, 10'000, 100'000, 0}) bench->Args({kDynamic, cells, 1});
}
BENCHMARK(water_steps)->Apply(every_network);

// Transport of ten constituents on the same trees in steady flow: a Strang step's two dispersions and its
// advection. Arguments: cells, lanes, threads.
void tree_transport(benchmark::State& state) {
  constexpr int kConstituents = 10;
  omp_set_num_threads(static_cast<int>(state.range(2)));
  const Basin basin = tree_basin(static_cast<int>(state.range(0)), HydraulicScheme::steady);
  const auto hydraulics = make_hydraulics(basin);
  WaterStep step(basin.network, static_cast<int>(basin.sources.size()));
  WaterInput input{kStep, std::vector<double>(basin.sources.size()),
                   std::vector<double>(basin.sources.size())};
  set_wave(0, input);
  hydraulics->initialise(input, step);
  const Rows rows(kConstituents, static_cast<int>(state.range(1)));
  Advection advection(basin.network, rows, TransportScheme::monotone);
  Dispersion dispersion(basin.network, rows);
  TransportRows amounts(basin.network, rows);
  amounts.lateral_load.clear();
  State river(basin.network.cell_count(), rows);
  const std::vector<double> coefficient(step.volume1.size(), 10.0);
  for (std::size_t i = 0; i < river.amount.size(); ++i)
    river.amount[i] = 1 + 0.01 * static_cast<double>(i % 97);
  for (auto _ : state) {
    dispersion.advance(0.5 * kStep, coefficient, step.area, step.volume0, river);
    advection.advance(step, amounts, river);
    dispersion.advance(0.5 * kStep, coefficient, step.area, step.volume1, river);
  }
  const double updates = static_cast<double>(basin.network.cell_count()) * kConstituents * rows.lanes;
  state.counters["rate"] = benchmark::Counter(updates, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(tree_transport)
    ->ArgNames({"cells", "lanes", "threads"})
    ->MinTime(0.5)
    ->UseRealTime()
    ->Args({1000, 1, 1})
    ->Args({1000, 8, 1})
    ->Args({100'000, 1, 1})
    ->Args({100'000, 8, 1})
    ->Args({100'000, 1, 2})
    ->Args({100'000, 8, 2});

}  // namespace
}  // namespace limpid::bench
