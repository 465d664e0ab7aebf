// A pH that a case or a table of observations gives.
#pragma once

#include <string>
#include <string_view>

#include "model/problem.hpp"

namespace limpid {

// What stands for pH in heads and keys: its id, or a spelling of it.
bool is_ph(std::string_view name);
// Whether water can have it; else E1339. text: what the user wrote.
bool check_ph(double ph, const std::string& what, const std::string& text, const Place& place,
              Problems& problems);

// Inorganic carbon [g m-3] of water of this pH, alkalinity [g CaCO3 m-3] and temperature [degC], by the
// process carbonate_system with its default conductivity; below 0 where no water has such a pair.
double inorganic_carbon_of(double ph, double alkalinity, double temperature);

}  // namespace limpid
