// What a run or a comparison found, in a few lines for a person.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/comparison.hpp"

namespace limpid {

// One line on the run (sections, period, forcing years, time taken), one line a scenario (what it meets by
// the limit date, held from when, what it misses, cost), one line where to look.
std::string run_text(const Case& c, const std::vector<PlanVerdict>& scenarios, double wall_seconds,
                     const std::filesystem::path& out, Lang lang);

// "2025 <- 2023, 2026 <- 2021", or "" when every year is itself.
std::string forcing_years_text(const RunOptions& run);

}  // namespace limpid
