// limpid_bench            Google Benchmark's own runner and options
// limpid_bench --summary  `name value` lines: the bare loops and the full model side by side, G updates/s
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "benchmarks/bare_kinetics.hpp"
#include "benchmarks/bare_loops.hpp"
#include "benchmarks/full_model.hpp"

namespace limpid::bench {
namespace {

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// G cell-constituent-lane steps per second of the whole model, one thread, best of a few runs.
double full_model_rate(int lanes) {
  constexpr int kSteps = 144;
  FullModel model = full_model(lanes, kSteps);
  std::vector<const Plan*> plans;
  for (const Plan& plan : model.plans) plans.push_back(&plan);
  double best = 1e30;
  for (int run = 0; run < 5; ++run) {
    Batch batch(model.basin, model.options, plans);
    Simulation simulation(model.basin, batch, model.options);
    Recorder recorder(model.basin, model.options, lanes);
    simulation.initialise();
    const double start = seconds();
    simulation.run({&recorder});
    best = std::min(best, seconds() - start);
  }
  const double updates = static_cast<double>(kSteps) * model.basin.network.cell_count() *
                         static_cast<double>(model.basin.constituents.size()) * lanes;
  return updates / best / 1e9;
}

void print_summary() {
  for (int lanes : {1, 8}) {
    const double transport = bare_transport_rate(lanes), kinetics = bare_kinetics_rate(lanes), full = full_model_rate(lanes);
    const double both = 1 / (1 / transport + 1 / kinetics);
    std::printf("bare_transport_%d %.4f\nbare_kinetics_%d %.4f\nbare_both_%d %.4f\n", lanes, transport, lanes, kinetics, lanes, both);
    std::printf("full_model_%d %.4f\nfull_over_bare_%d %.3f\n", lanes, full, lanes, full / both);
  }
}

}  // namespace
}  // namespace limpid::bench

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--summary") == 0) {
    limpid::bench::print_summary();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
