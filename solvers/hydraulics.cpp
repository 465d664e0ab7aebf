#include "solvers/hydraulics.hpp"

#include <algorithm>

#include "solvers/kinematic.hpp"
#include "solvers/steady.hpp"

namespace limpid {

std::unique_ptr<Hydraulics> make_hydraulics(const Basin& basin) {
  if (basin.schemes.hydraulics == HydraulicScheme::steady) return std::make_unique<SteadyFlow>(basin);
  return std::make_unique<KinematicFlow>(basin);
}

void split_flow(const Network& network, int junction, double total, double* out) {
  const auto& chains = network.junctions[static_cast<std::size_t>(junction)].out;
  double left = total;
  std::size_t remainder = 0;
  for (std::size_t k = 0; k < chains.size(); ++k) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.chains[static_cast<std::size_t>(chains[k])].reach)];
    const Split& split = reach.split;
    if (chains.size() == 1 || split.kind == SplitKind::remainder) {
      remainder = k;
      continue;
    }
    const double wanted = split.kind == SplitKind::fraction ? split.fraction * total
                                                            : std::clamp(total - split.reserve, 0.0, split.capacity);
    out[k] = std::min(wanted, left);
    left -= out[k];
  }
  out[remainder] = left;
}

}  // namespace limpid
