// Boulder Creek with all processes of QUAL2Kw, pH and heat: how long limpid takes to a solution of a given
// error.
#pragma once

namespace limpid::bench {

// Prints a table: grids and steps, their errors against a fine solution beside those of QUAL2Kw's own output,
// and the time per scenario, alone and in a batch of 8, against QUAL2Kw's rate.
void print_boulder();
// Milliseconds per scenario in a batch of 8 on one grid and step, for a profiler.
void print_boulder(int cells, double step);

}  // namespace limpid::bench
