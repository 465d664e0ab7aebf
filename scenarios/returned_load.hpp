// What becomes of the water that comes back from an abstraction: per lane and constituent
//   kept = taken x (1 - removal), or 0 where the return gives a concentration,
//   own  = concentration x volume, or the load that the return adds,
// and measures act on kept + own as on the load of any source. Tags: what is kept has those of the water that
// was taken, what is its own that of the return's group.
#pragma once

#include "model/source.hpp"

namespace limpid {

struct ReturnedLoad {
  double kept_share = 1, own = 0;
  double before(double taken) const { return kept_share * taken + own; }
};

// Of a return with `volume` m3 over [t0, t1] of its series' own time. warming: degC, on a temperature that it
// gives; factor: on its own load.
ReturnedLoad returned_load(const Source& source, std::size_t constituent, double volume, double t0, double t1,
                           double warming, double factor);

}  // namespace limpid
