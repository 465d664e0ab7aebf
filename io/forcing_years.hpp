// The map of forcing years as text has it: { 2026 = 2018, default = "2021" }.
#pragma once

#include <chrono>
#include <optional>

#include "io/toml_reader.hpp"
#include "model/time.hpp"

namespace limpid {

// nullopt, and E1110 for each entry that is not a year for a year, if it could not be read whole.
std::optional<ForcingYears> read_years(const TomlValue& table, std::chrono::seconds offset,
                                       Problems& problems);

}  // namespace limpid
