#include "benchmarks/boulder.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "scenarios/batch.hpp"
#include "validation/boulder_day.hpp"

namespace limpid::bench {
namespace {

using namespace limpid::validation;

const std::string kCase = std::string(LIMPID_VALIDATION_CASES) + "/qual2kw_boulder_creek";
constexpr double kQual2kwRate = 6.2e6;  // cell-constituent steps/s, full kinetics with pH, measured elsewhere
constexpr int kQual2kwStepsPerDay = 128;  // of the case

BoulderCreek creek_of(int cells) {
  return boulder_basin(kCase + "/BC_1987-08-21.q2k", cells);
}

// Of the daily mean, minimum and maximum of each column, in the range over the reaches: the median over the
// columns, and the largest.
struct Errors {
  double median = 0, largest = 0;
};

Errors errors_of(const DayTable& day, const DayTable& exact) {
  std::vector<double> all;
  for (std::size_t k = 0; k < day.size(); ++k)
    for (const auto of : {&DailyValue::mean, &DailyValue::low, &DailyValue::high})
      all.push_back(day_error(day[k], exact[k], of));
  std::sort(all.begin(), all.end());
  return {all[all.size() / 2], all.back()};
}

// Seconds of one scenario, the least of some runs.
double seconds_of(const BoulderCreek& creek, double step, std::size_t lanes) {
  RunOptions options = boulder_options(creek, step);
  options.initial = InitialKind::file;
  options.initial_concentration = creek.at_begin;
  const Plan nothing;
  const std::vector<const Plan*> plans(lanes, &nothing);
  double best = 1e30;
  for (int run = 0; run < 7; ++run) {
    Batch batch(creek.basin, options, plans);
    Simulation simulation(creek.basin, batch, options);
    simulation.initialise();
    const auto start = std::chrono::steady_clock::now();
    simulation.run({});
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best / static_cast<double>(lanes);
}

}  // namespace

void print_boulder(int cells, double step) {
  std::printf("boulder_8 %.3f\n", 1e3 * seconds_of(creek_of(cells), step, 8));
}

void print_boulder() {
  const DayTable exact = run_boulder_day(creek_of(16), 75);
  const CaseFolder folder{kCase};
  const Errors theirs = errors_of(read_boulder_day(folder, ""), exact);
  const BoulderCreek reaches = creek_of(1);
  const int carried = reaches.basin.carried_count();
  const double seconds =
      reaches.basin.network.cell_count() * carried * reaches.q.days * kQual2kwStepsPerDay / kQual2kwRate;
  std::printf("QUAL2Kw, 17 cells, 675 s, %d constituents: errors %.3f %.3f, %.2f ms at 6.2 M/s\n", carried,
              theirs.median, theirs.largest, 1e3 * seconds);
  std::printf(
      "cells/reach  step s  median  largest  ms alone  ms of 8  sooner alone  sooner of 8  M/s of 8\n");
  for (const int cells : {1, 2, 4})
    for (const double step : {3600.0, 1800.0, 900.0, 450.0}) {
      const BoulderCreek creek = creek_of(cells);
      const Errors ours = errors_of(run_boulder_day(creek, step), exact);
      const double alone = seconds_of(creek, step, 1), lane = seconds_of(creek, step, 8);
      const double updates = creek.basin.network.cell_count() *
                             static_cast<double>(creek.basin.constituents.size()) * creek.q.days * 86400 /
                             step;
      std::printf("%11d  %6.0f  %6.3f  %7.3f  %8.2f  %7.2f  %12.1f  %11.1f  %8.1f\n", cells, step,
                  ours.median, ours.largest, 1e3 * alone, 1e3 * lane, seconds / alone, seconds / lane,
                  updates / lane / 1e6);
    }
}

}  // namespace limpid::bench
