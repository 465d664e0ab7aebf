// limpid_bench --integrators: the default integrator, the explicit two-stage scheme and CVODE on the set
// `river`.
#pragma once

namespace limpid::bench {

// Errors of an ensemble of points over six hours at steps of 1 to 60 min, and the evaluations of all rates
// that they took an hour. points: of the ensemble.
void print_integrators(int points);

}  // namespace limpid::bench
