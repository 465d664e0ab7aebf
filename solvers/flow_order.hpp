// In which order junctions and chains take their turn in a step, by the direction of this step's flow through
// the ends of the chains: a junction after the chains that flow into it, a chain after the junctions that
// flow into it.
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

// End 2k is the upper, 2k + 1 the lower end of chain k.
inline int end_junction(const Network& network, int end) {
  const Chain& chain = network.chains[static_cast<std::size_t>(end / 2)];
  return end % 2 ? chain.downstream : chain.upstream;
}

// Everything within one list of a stage is independent; within a stage junctions come first, then early
// chains, then chains. An early chain stands in a loop of flow, and what leaves it in this step was inside
// before: it gives its outflow in one stage and takes its inflow in a later one (where it is in `chains`).
struct Stage {
  std::vector<int> junctions, early, chains;
};

// leaving: [end] m3 that leaves the chain by this end, negative where water enters.
// can_give_early: [chain] 1 where the outflow does not depend on the inflow.
// Throws std::runtime_error naming the chains of a loop that cannot be broken.
std::vector<Stage> flow_order(const Network& network, const std::vector<double>& leaving,
                              const std::vector<char>& can_give_early);

}  // namespace limpid
