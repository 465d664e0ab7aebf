// Mean flow in every chain of the network: inflows summed downstream, before any hydraulics is run.
#pragma once

#include <vector>

#include "model/basin.hpp"

namespace limpid {

struct CaseReading;

struct MeanFlow {
  std::vector<double> of_source;    // m3/s, over the record time that the run reads
  std::vector<double> at_junction;  // entering it, m3/s
  std::vector<double> chain_end;    // leaving a chain, m3/s
  // The river at a source's place, its own flow included.
  double at_source(const Basin& basin, std::size_t source) const;
};

// At a bifurcation the split acts on the mean, which is right for fractions and a first guess for diversions.
MeanFlow mean_flow(const CaseReading& reading);

}  // namespace limpid
