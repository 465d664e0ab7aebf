// The rules by which a run's sections were judged, in results.nc: as attributes of the root, and the carried
// items as variables carried_*. Written and read here, side by side.
#pragma once

#include <netcdf>

#include "io/results_netcdf.hpp"

namespace limpid {

void put_assessment_basis(const netCDF::NcGroup& root, const AssessmentBasis& basis);
// Throws std::runtime_error for what is missing or cannot be.
AssessmentBasis read_assessment_basis(const netCDF::NcGroup& root);

// The words that files and texts have for them: "+08:00"; "time_mean", as in case.toml.
std::string offset_text(std::chrono::seconds offset);
std::string statistic_word(MonthlyStatistic statistic);

}  // namespace limpid
