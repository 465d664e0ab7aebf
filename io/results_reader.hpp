// Reads what results.nc says of the sections, for `limpid assess OUT`.
#pragma once

#include <filesystem>
#include <vector>

#include "io/results_netcdf.hpp"
#include "model/section.hpp"
#include "solvers/record.hpp"

namespace limpid {

struct SectionResults {
  std::vector<Section> sections;  // without location and place
  Record record;                  // section series only
  AssessmentBasis basis;
};

// Throws Failure E1001, E1002, E1051. A damaged file does no harm (guard_netcdf).
SectionResults read_section_results(const std::filesystem::path& path);

}  // namespace limpid
