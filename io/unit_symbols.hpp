// The symbols that limpid reads by itself, before UDUNITS.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit.hpp"

namespace limpid {

// A symbol with its SI prefix or Chinese multiplier, or nullopt.
std::optional<Unit> own_unit_symbol(std::string_view symbol);

// The symbol by UDUNITS-2, or nullopt if it is unknown or has a dimension that limpid does not use (ampere,
// candela). Throws Failure E5003 if the database of units cannot be read.
std::optional<Unit> udunits_symbol(const std::string& symbol);

// All symbols of our table, for the nearest name.
std::vector<std::string> own_unit_symbols();

bool is_ton(std::string_view symbol);    // refused: three different masses
bool is_month(std::string_view symbol);  // refused: no fixed length

}  // namespace limpid
