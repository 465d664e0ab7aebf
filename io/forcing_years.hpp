// The map of forcing years as text has it, { 2026 = 2018, default = "2021" }, and choices among several.
#pragma once

#include <chrono>
#include <optional>

#include "io/case.hpp"
#include "io/key_table.hpp"
#include "io/toml_reader.hpp"
#include "model/time.hpp"
#include "scenarios/confidence.hpp"

namespace limpid {

// nullopt, and E1110 for each entry that is not a year for a year, if it could not be read whole.
std::optional<ForcingYears> read_years(const TomlValue& table, std::chrono::seconds offset,
                                       Problems& problems);

// A table [years.ID] with forcing_years and weight; E1330 a weight that is not above 0, E1334 for the first
// series of the case that lacks record time of these years.
std::optional<YearsChoice> read_choice_of_years(const KeyTable& keys, const std::string& id, const Case& c,
                                                Problems& problems);

}  // namespace limpid
