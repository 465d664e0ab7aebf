// The set `river` as a whole and process by process.
#include <benchmark/benchmark.h>
#include <omp.h>

#include <array>

#include "tests/solvers/river_set.hpp"

namespace limpid {
namespace {

// One kinetics step of 60 s, 1,000 cells (16 by CVODE); arguments: lanes, integrator.
void river_set_step(benchmark::State& bench) {
  const auto integrator = static_cast<KineticsIntegrator>(bench.range(1));
  const int kCells = integrator == KineticsIntegrator::cvode ? 16 : 1000;
  omp_set_num_threads(1);
  const int lanes = static_cast<int>(bench.range(0));
  Basin basin = river_case::river_set(kCells, false);
  basin.schemes.kinetics_sub_steps = 1;
  basin.schemes.integrator = integrator;
  const int kinds = static_cast<int>(basin.constituents.size()), carried = basin.carried_count();
  Ledger ledger(Rows(kinds, lanes));
  Kinetics kinetics(basin, lanes, ledger);
  const std::vector<double> volume(static_cast<std::size_t>(kCells), 1000.0);
  State water(kCells, Rows(carried, lanes)), attached(kCells, Rows(kinds - carried, lanes));
  const std::vector<double> usual = river_case::usual();
  for (int cell = 0; cell < kCells; ++cell)
    for (int i = 0; i < kinds; ++i)
      for (int l = 0; l < lanes; ++l)
        (i < carried ? water.row(cell)[water.rows.index(i, l)]
                     : attached.row(cell)[attached.rows.index(i - carried, l)]) =
            1000 * usual[static_cast<std::size_t>(i)];
  kinetics.prepare(river_case::day(kCells));
  for (auto _ : bench) kinetics.advance(60.0, volume, water, &attached, ledger);
  bench.counters["updates/s"] = benchmark::Counter(static_cast<double>(kinds) * kCells * lanes,
                                                   benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(river_set_step)->ArgsProduct({{1, 8}, {0, 1, 2}})->ArgNames({"lanes", "integrator"});

// The rates of one process on one block of points, by its place in the registry.
void process_rates(benchmark::State& bench) {
  const Process& process = *processes()[static_cast<std::size_t>(bench.range(0))];
  const ProcessInfo& info = process.info();
  using Row = std::array<double, kBlock>;
  const auto rows = [](std::size_t count, double value) {
    Row row;
    row.fill(value);
    return std::vector<Row>(count, row);
  };
  std::vector<Row> in = rows(info.roles.size() + info.readings.size(), 1.0), parameter,
                   environment = rows(info.environment.size(), 1.0),
                   coefficient = rows(info.coefficients.size(), 0.0),
                   out = rows(info.rows.size() + info.provides.size(), 0.0);
  for (const Parameter& p : info.parameters)
    parameter.push_back(
        rows(1, p.unit.unit.to_inside(p.required() ? 0.5 * (p.low + p.high) : p.value)).front());
  const auto pointers = [](std::vector<Row>& list) {
    std::vector<double*> result;
    for (Row& row : list) result.push_back(row.data());
    return result;
  };
  const auto i = pointers(in), p = pointers(parameter), e = pointers(environment), c = pointers(coefficient),
             o = pointers(out);
  process.coefficients(e.data(), p.data(), c.data());
  for (auto _ : bench) {
    process.rates(i.data(), p.data(), c.data(), o.data());
    benchmark::ClobberMemory();
  }
  bench.SetLabel(info.id);
  bench.counters["ns/point"] = benchmark::Counter(
      kBlock * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(process_rates)->Apply([](benchmark::internal::Benchmark* all) {
  for (std::size_t k = 0; k < processes().size(); ++k) all->Arg(static_cast<std::int64_t>(k));
});

}  // namespace
}  // namespace limpid
