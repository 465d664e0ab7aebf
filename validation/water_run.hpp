// What runs of water alone against a table share.
#pragma once

#include <vector>

#include "solvers/hydraulics.hpp"
#include "validation/report.hpp"

namespace limpid::validation {

// A boundary at every node of a table with the columns node, `time` (in units of `seconds`) and `value`
// (m3/s), in the order of the nodes; straight between its rows.
void add_inflows(Basin& basin, const Reference& table, const char* time, double seconds, const char* value);

WaterInput water_input(const Basin& basin, double begin, double dt);  // of those boundaries; s
double volume_out(const Network& network, const WaterStep& step);     // m3 that left at the outlets
double sum_of(const std::vector<double>& values);

}  // namespace limpid::validation
