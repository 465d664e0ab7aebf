// Members of a sweep on the river that speed is promised on: alone, in batches, by two workers. What is kept
// of a member is worked out; nothing is written.
#include <benchmark/benchmark.h>

#include "benchmarks/full_model.hpp"
#include "io/thread_workers.hpp"
#include "scenarios/sweep_run.hpp"

namespace limpid::bench {
namespace {

constexpr int kDays = 1, kStepsADay = 144;

class NoStore : public Store {
 public:
  std::vector<std::size_t> done() const override { return {}; }
  void add(const std::vector<MemberResult>& results) override { benchmark::DoNotOptimize(results.size()); }
};

// A member a plan of the model.
Sweep sweep_of(const FullModel& model) {
  Sweep sweep;
  sweep.plans = model.plans;
  Factor plan;
  plan.id = "plan";
  plan.kind = FactorKind::plan;
  sweep.design.factors = {plan};
  for (std::size_t m = 0; m < model.plans.size(); ++m) {
    sweep.design.ids.push_back(std::to_string(m));
    sweep.design.values.push_back({static_cast<double>(m)});
  }
  return sweep;
}

// Arguments: lanes of a batch, workers with a batch each, 1 = the set `river`.
void sweep_members(benchmark::State& bench) {
  const auto lanes = static_cast<std::size_t>(bench.range(0));
  const int workers = static_cast<int>(bench.range(1));
  const std::size_t members = lanes * static_cast<std::size_t>(workers);
  const FullModel model = full_model(static_cast<int>(members), kDays * kStepsADay, 20,
                                     bench.range(2) == 0 ? FullSet::ten : FullSet::river);
  const Sweep sweep = sweep_of(model);
  const AssessmentRules rules;
  const SweepRun run(model.basin, model.options, rules, sweep, {});
  const auto batches = batches_of(model.basin, sweep, lanes, model.options.grid.offset);
  ThreadWorkers threads(workers);
  NoStore store;
  for (auto _ : bench) run_sweep(run, batches, threads, store);
  const double years = static_cast<double>(members) * kDays / 365;
  bench.counters["years/core-minute"] =
      benchmark::Counter(60 * years / workers, benchmark::Counter::kIsIterationInvariantRate);
  const double updates = static_cast<double>(members) * kDays * kStepsADay *
                         model.basin.network.cell_count() *
                         static_cast<double>(model.basin.constituents.size());
  bench.counters["updates/s"] = benchmark::Counter(updates, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(sweep_members)
    ->ArgNames({"lanes", "workers", "river"})
    ->ArgsProduct({{1, 8, 16}, {1, 2}, {0, 1}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace limpid::bench
