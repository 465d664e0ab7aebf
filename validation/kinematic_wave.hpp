// The kinematic scheme against exact solutions: runoff from a plane, a bore, a rarefaction.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Errors of one grid, relative unless said otherwise.
struct WaveErrors {
  double l1 = 0;         // of discharge (plane, rarefaction) or area (bore)
  double peak = 0;       // plane
  double position = 0;   // bore, in cells
  double speed = 0;      // bore
  double overshoot = 0;  // bore: discharge beyond the two states, share of their difference
  double volume = 0;     // inflow - outflow - storage
};
// courant: of the fastest wave.
WaveErrors plane_errors(const Reference& reference, int cells, double courant);
WaveErrors rarefaction_errors(const Reference& reference, int cells, double courant);
WaveErrors shock_errors(const Reference& reference, int cells, double courant);

void kinematic_plane_runoff(const CaseFolder& folder, Report& report);
void kinematic_rarefaction(const CaseFolder& folder, Report& report);
void kinematic_shock(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
