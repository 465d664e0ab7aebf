// The file that `plan compare --how-sure` names: what is not known, and how much.
#pragma once

#include <filesystem>

#include "io/case.hpp"
#include "scenarios/confidence.hpp"

namespace limpid {

struct HowSure {
  Uncertainty uncertainty;
  bool fit = true;  // take the model's errors from the fit, where no own ones are given
};

// Checked against the case: processes, parameters, items of the standard, series that cover the record years.
HowSure read_how_sure(const std::filesystem::path& path, const Case& c, Problems& problems);

// The RMSE of a baseline run against the case's observations as errors of the model, for the sections and
// items that have no own ones.
void add_fit_errors(const Case& c, const Record& baseline, Uncertainty& uncertainty);

}  // namespace limpid
