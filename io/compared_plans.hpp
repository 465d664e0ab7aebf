// Plans of a comparison that come from runs already made, and what they must have in common with this one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/commands.hpp"

namespace limpid {

// The plan file for each word after CASE: itself, or of a run's folder the plan sealed in it. A run stands on
// the case's base if version, standard, map of years and every input file of the case are the same; E1519
// names the first of them that is not. Throws Failure E1001 for a run without a plan.
std::vector<std::filesystem::path> plan_files(const std::vector<std::filesystem::path>& words, const Case& c,
                                              Problems& problems);

// The slips with which the run behind a word was made, ID=PERIOD; none of a plan file.
std::vector<std::string> sealed_slips(const std::filesystem::path& word);

// Applies --slip to every plan that has the measure; at least one must. E1520, E1105, E1106, E1517.
struct LoadedPlan;
void apply_slips(const std::vector<std::string>& slips, const TimeGrid& grid, std::vector<LoadedPlan>& plans,
                 Problems& problems);

}  // namespace limpid
