// What a sweep says, number by number: probabilities, quantiles, indices of factors, quantile series.
// docs/sweep_store.md states every variable and column.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/sweep_store.hpp"
#include "scenarios/sweep_analysis.hpp"

namespace limpid {

// How probable it is that a number of a member lies above a limit: NAME=VALUE, NAME as in the gathered table.
struct Exceeded {
  std::string name;
  double limit = 0;
  Probability probability;
};
// Throws Failure E1105 (no such number), E1301 (no value).
Exceeded parse_exceeded(const std::string& text, const std::vector<std::string>& names);

struct SweepAnalysis {
  std::size_t members = 0;                 // that ran whole
  std::vector<AnswerAnalysis> answers;     // of every metric, in the order of the store
  std::vector<Exceeded> exceeded;          // those asked for
  std::vector<std::vector<double>> bands;  // [series x quantile][time]
};

// Of the store as of its last look(); failed and missing members are left out.
SweepAnalysis analyse_sweep(const SweepStore& store, const SweepRun& run, std::vector<Exceeded> exceeded);

// Both throw Failure E5002; the first also E5010.
void write_analysis_netcdf(const std::filesystem::path& path, const SweepAnalysis& analysis,
                           const SweepStore& store, const SweepRun& run);
// number, measure, factor, value, low, high, members: a row a measure; empty where there is none.
void write_analysis_table(const std::filesystem::path& path, const SweepAnalysis& analysis,
                          const SweepRun& run);

}  // namespace limpid
