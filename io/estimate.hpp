// run --estimate: what a run will take, before it starts. Everything in doubles, so that absurd sizes stay
// readable.
#pragma once

#include <string>

#include "model/basin.hpp"
#include "model/problem.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

// Cell x constituent x lane x step per second, when no measured rate is given: one core, kinetics of about
// ten constituents, two or more lanes.
inline constexpr double kDefaultRate = 30e6;

struct Estimate {
  double cells = 0, constituents = 0, lanes = 0;
  double steps = 0;   // with the spin-up
  double memory = 0;  // bytes: state and its work arrays, records of all lanes, inputs, one results.nc
  // Bytes of all lanes' files: results.nc uncompressed (upper bound) and as it usually comes out,
  // sections.csv.
  double results_most = 0, results_typical = 0, sections_csv = 0;
  double seconds = 0;
};

// rate: cell-constituent-lane-steps per second.
Estimate estimate_run(const Basin& basin, const RunOptions& options, int lanes, double rate = kDefaultRate);
std::string duration_text(double seconds);                       // "12 s", "3.1 h"
std::string estimate_text(const Estimate& estimate, Lang lang);  // some lines, each ended

}  // namespace limpid
