// Who made the first value that is not a finite number at a point of the kinetics.
#pragma once

#include <string>
#include <vector>

namespace limpid {

struct RateFault {
  std::string process;  // the case's id of it; "" = none, the point came to the kinetics as it was
  std::string row;      // or what it provides
  double rate = 0;      // of the row, as the process gave it
  std::string values;   // "NH3_N = 1.2 g m-3, k_n = nan 1/d, ...": what the rate was made of, in its order
};

// A point that left the finite numbers: where, and the first constituent that did.
struct PointFault {
  int lane = 0, cell = 0, constituent = 0;
  RateFault cause;
};

// Into a list of at most one per lane, what tells more: a process rather than none, then the first cell.
void take_better(std::vector<PointFault>& list, const PointFault& fault);

// "nitrification.oxidation = nan (NH3_N = 1.2 g m-3, ...)"; the values alone where there is no process.
std::string fault_text(const RateFault& fault);

}  // namespace limpid
