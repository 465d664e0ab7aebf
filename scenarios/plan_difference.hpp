// What two plans do differently, measure by measure: by meaning, not by text.
#pragma once

#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"

namespace limpid {

struct MeasureDifference {
  std::string measure;  // id
  std::string field;    // measure (present or absent), at, effect, start, end, lag, ramp, season, course,
                        // capex, opex, energy
  std::string first, second;
};

// Measures are matched by id, in the order of the first plan, then what only the second has. Names, types and
// evidence do not count: a type of the library and the actions it becomes are the same.
std::vector<MeasureDifference> differences(const Basin& basin, const Plan& first, const Plan& second,
                                           std::chrono::seconds offset);

}  // namespace limpid
