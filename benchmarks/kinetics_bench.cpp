// Kinetics of ten constituents on 1,000 cells, ledger and extents in, beside the bare loop of the same size.
// Rates are cell-constituent-lane updates per second.
#include <benchmark/benchmark.h>
#include <omp.h>

#include "benchmarks/bare_kinetics.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

constexpr int kCells = 1000;

void count_updates(benchmark::State& bench, int lanes, std::size_t bytes) {
  const double updates = 10.0 * kCells * lanes;
  bench.counters["updates/s"] = benchmark::Counter(updates, benchmark::Counter::kIsIterationInvariantRate);
  bench.counters["ns/update"] = benchmark::Counter(
      updates * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  bench.counters["bytes/update"] = static_cast<double>(bytes) / updates;
}

// argument 0: lanes; argument 1: whether the water changes every step.
void kinetics_step(benchmark::State& bench) {
  omp_set_num_threads(1);
  const int lanes = static_cast<int>(bench.range(0));
  Basin basin = kinetics_case::river(kCells);
  basin.schemes.kinetics_sub_steps = 1;
  const Rows rows(10, lanes);
  Ledger ledger(rows);
  Kinetics kinetics(basin, rows.lanes, ledger);
  Environment environment = kinetics_case::surroundings(kCells);
  const std::vector<double> volume(kCells, 1000.0);
  State state(kCells, rows);
  for (int c = 0; c < kCells; ++c)
    for (int i = 0; i < rows.used(); ++i)
      state.row(c)[i] = 1000 * kinetics_case::clean_river()[static_cast<std::size_t>(i / lanes)];
  kinetics.prepare(environment);
  for (auto _ : bench) {
    if (bench.range(1)) {
      for (double& t : environment[Env::temperature]) t = t > 25 ? 5.0 : t + 1e-3;
      kinetics.prepare(environment);
    }
    kinetics.advance(1.0, volume, state, ledger);  // a short step keeps the contents where they are
  }
  count_updates(bench, lanes, state.amount.size() * sizeof(double) * 2);
}
BENCHMARK(kinetics_step)->ArgsProduct({{1, 3, 8, 16}, {0, 1}})->ArgNames({"lanes", "new_water"});

template <int kLanes>
void bare_kinetics_step(benchmark::State& bench) {
  std::vector<double> c(static_cast<std::size_t>(bare_kinetics::kCount * kCells * kLanes));
  for (std::size_t i = 0; i < c.size(); ++i) c[i] = 1 + static_cast<double>(i % 13) * 0.1;
  for (auto _ : bench) {
    bare_kinetics::step<kLanes>(1e-3, kCells, c.data());
    benchmark::ClobberMemory();
  }
  count_updates(bench, kLanes, c.size() * sizeof(double) * 2);
}
BENCHMARK(bare_kinetics_step<1>);
BENCHMARK(bare_kinetics_step<8>);
BENCHMARK(bare_kinetics_step<16>);

}  // namespace
}  // namespace limpid
