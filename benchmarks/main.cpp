// limpid_bench            Google Benchmark's own runner and options
// limpid_bench --summary  `name value` lines: the bare loops and the full model side by side, G updates/s;
// the full model at 100,000 cells; the stream
//                         of OTIS over one day, with --otis-days 10 over ten
// limpid_bench --full LANES STEPS REACHES [river]   rate of the full model alone, for a profiler
// limpid_bench --integrators [POINTS]  errors of the integrators of kinetics on the set river, and what they
// cost
// limpid_bench --boulder [CELLS STEP]  errors and times on Boulder Creek beside those of QUAL2Kw
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "benchmarks/bare_kinetics.hpp"
#include "benchmarks/bare_loops.hpp"
#include "benchmarks/boulder.hpp"
#include "benchmarks/full_model.hpp"
#include "benchmarks/integrators.hpp"
#include "benchmarks/otis.hpp"

namespace limpid::bench {
namespace {

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Seconds of the whole model, one thread, best of a few runs.
double full_model_seconds(const FullModel& model) {
  std::vector<const Plan*> plans;
  for (const Plan& plan : model.plans) plans.push_back(&plan);
  double best = 1e30;
  for (int run = 0; run < 5; ++run) {
    Batch batch(model.basin, model.options, plans);
    Simulation simulation(model.basin, batch, model.options);
    Recorder recorder(model.basin, model.options, static_cast<int>(plans.size()));
    simulation.initialise();
    const double start = seconds();
    simulation.run({&recorder});
    best = std::min(best, seconds() - start);
  }
  return best;
}

// G cell-constituent-lane steps per second; without: seconds that are not counted.
double full_model_rate(int lanes, int steps, int reaches, FullSet set = FullSet::ten, double without = 0) {
  const FullModel model = full_model(lanes, steps, reaches, set);
  const double updates = static_cast<double>(steps) * model.basin.network.cell_count() *
                         static_cast<double>(model.basin.constituents.size()) * lanes;
  return updates / (full_model_seconds(model) - without) / 1e9;
}

// Best of a few repetitions of `work`, which makes `updates` updates.
template <class Work>
double best_rate(double updates, Work work) {
  double best = 1e30;
  for (int run = 0; run < 8; ++run) {
    const double start = seconds();
    for (int inner = 0; inner < 20; ++inner) work();
    best = std::min(best, (seconds() - start) / 20);
  }
  return updates / best / 1e9;
}

constexpr std::size_t kCells = 1000, kConstituents = 10;

template <std::size_t kLanes>
double bare_transport() {
  constexpr std::size_t kValues = kCells * kConstituents * kLanes;
  std::vector<double> c(kValues);
  for (std::size_t i = 0; i < kValues; ++i) c[i] = 1 + 0.01 * static_cast<double>(i % 97);
  const bare::Reach reach;
  return best_rate(static_cast<double>(kValues), [&] { bare::transport<kLanes>(reach, c); });
}

// Bare loops on the full model's size: 1,000 cells x 10 constituents.
template <std::size_t kLanes>
void print_summary() {
  constexpr std::size_t kValues = kCells * kConstituents * kLanes;
  const double transport = bare_transport<kLanes>();
  std::vector<double> c(kValues);
  for (std::size_t i = 0; i < kValues; ++i) c[i] = 1 + 0.1 * static_cast<double>(i % 13);
  const double kinetics =
      best_rate(static_cast<double>(kValues), [&] { bare_kinetics::step<kLanes>(1e-3, kCells, c.data()); });
  const double both = 1 / (1 / transport + 1 / kinetics),
               full = full_model_rate(static_cast<int>(kLanes), 144, 20);
  std::printf("bare_transport_%zu %.4f\nbare_kinetics_%zu %.4f\nbare_both_%zu %.4f\n", kLanes, transport,
              kLanes, kinetics, kLanes, both);
  std::printf("full_model_%zu %.4f\nfull_over_bare_%zu %.3f\n", kLanes, full, kLanes, full / both);
}

// One run alone, less what its water alone takes: transport and kinetics.
void print_without_water() {
  const double water = full_model_seconds(full_model(1, 144, 20, FullSet::water));
  std::printf("full_model_1_less_water %.4f\nfull_river_1_less_water %.4f\n",
              full_model_rate(1, 144, 20, FullSet::ten, water),
              full_model_rate(1, 144, 20, FullSet::river, water));
}

// The same river with the set `river`; a lane of eight over a lone run.
void print_river() {
  const double alone = full_model_rate(1, 144, 20, FullSet::river),
               lane = full_model_rate(8, 144, 20, FullSet::river);
  std::printf("full_river_1 %.4f\nfull_river_8 %.4f\nfull_river_lane_cost %.3f\n", alone, lane, alone / lane);
}

// Cost of an update at 10^5 cells over that at 10^3.
void print_growth(int lanes) {
  const double small = full_model_rate(lanes, 144, 20), large = full_model_rate(lanes, 12, 2000);
  std::printf("full_model_%d_large %.4f\nfull_growth_%d %.2f\n", lanes, large, lanes, small / large);
}

// The same river in fewer, longer segments and steps, as coarse as OTIS's error allows: how much sooner the
// solution is there than by OTIS's scheme, alone and per lane of 8.
void print_equal_error(const Figures& otis, int days) {
  const Stream fine;
  for (const int coarser : {5, 4, 3, 2, 1}) {
    Stream stream = fine;
    stream.segments /= coarser;
    stream.segment *= coarser;
    stream.step *= coarser;
    const int steps = static_cast<int>(std::lround(days * 86400 / stream.step));
    const Figures alone = limpid_scheme(stream, steps, 1);
    if (!(alone.error <= otis.error) && coarser > 1) continue;
    const Figures batch = limpid_scheme(stream, steps, 8);
    std::printf("otis_equal_error_coarser %d\notis_equal_error %.3e\n", coarser, alone.error);
    std::printf("otis_equal_error_1_sooner %.3f\notis_equal_error_8_sooner %.3f\n",
                otis.seconds / alone.seconds, 8 * otis.seconds / batch.seconds);
    return;
  }
}

// The stream of OTIS: its scheme, limpid alone, limpid's lanes in a batch of 8, in G segment-solute steps/s;
// as shares of the bare transport loop; and the errors against the exact solution at the end of the first
// day.
void print_otis(int days) {
  const Stream stream;
  const int steps = static_cast<int>(std::lround(days * 86400 / stream.step));
  const Figures otis = otis_scheme(stream, steps), alone = limpid_scheme(stream, steps, 1),
                batch = limpid_scheme(stream, steps, 8);
  const double rate = otis.rate(stream, steps, 1), rate_1 = alone.rate(stream, steps, 1),
               rate_8 = batch.rate(stream, steps, 8);
  std::printf("otis_days %d\notis_scheme %.4f\notis_limpid_1 %.4f\notis_limpid_8 %.4f\n", days, rate, rate_1,
              rate_8);
  std::printf("otis_limpid_1_over_scheme %.3f\notis_limpid_8_over_scheme %.3f\n", rate_1 / rate,
              rate_8 / rate);
  std::printf("otis_limpid_1_over_bare %.3f\notis_limpid_8_over_bare %.3f\n", rate_1 / bare_transport<1>(),
              rate_8 / bare_transport<8>());
  std::printf("otis_scheme_error %.3e\notis_limpid_error %.3e\n", otis.error, alone.error);
  print_equal_error(otis, days);
}

}  // namespace
}  // namespace limpid::bench

int main(int argc, char** argv) {
  if (argc > 4 && std::strcmp(argv[1], "--full") == 0) {
    const int lanes = std::atoi(argv[2]), steps = std::atoi(argv[3]), reaches = std::atoi(argv[4]);
    const auto set = argc > 5 ? limpid::bench::FullSet::river : limpid::bench::FullSet::ten;
    std::printf("full_model_%d %.4f\n", lanes, limpid::bench::full_model_rate(lanes, steps, reaches, set));
    return 0;
  }
  if (argc > 1 && std::strcmp(argv[1], "--summary") == 0) {
    limpid::bench::print_summary<1>();
    limpid::bench::print_summary<8>();
    limpid::bench::print_without_water();
    limpid::bench::print_river();
    limpid::bench::print_growth(1);
    limpid::bench::print_growth(8);
    const bool asked = argc > 3 && std::strcmp(argv[2], "--otis-days") == 0;
    limpid::bench::print_otis(asked ? std::max(1, std::atoi(argv[3])) : 1);
    return 0;
  }
  if (argc > 1 && std::strcmp(argv[1], "--integrators") == 0) {
    limpid::bench::print_integrators(argc > 2 ? std::max(1, std::atoi(argv[2])) : 200);
    return 0;
  }
  if (argc > 1 && std::strcmp(argv[1], "--boulder") == 0) {
    if (argc > 3)
      limpid::bench::print_boulder(std::atoi(argv[2]), std::atof(argv[3]));
    else
      limpid::bench::print_boulder();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
