// Oxygen sag of Streeter and Phelps along a river in plug flow.
#pragma once

#include "model/basin.hpp"
#include "validation/report.hpp"

namespace limpid::validation {

// One reach as long as the table; oxygen limitation off, so that every term is the formula's. Settling makes
// what CBOD loses beyond its oxidation; NBOD is a second pool oxidised like CBOD; the sink S is sediment
// oxygen demand. Constituents DO, CBOD_fast, NBOD.
inline constexpr int kSagCells = 200;
Basin sag_basin(const Reference& reference, double depth, int cells = kSagCells);

void streeter_phelps(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
