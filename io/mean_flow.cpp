#include "io/mean_flow.hpp"

#include <algorithm>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"

namespace limpid {

namespace {

double share_of(const Split& split, double flow) {
  switch (split.kind) {
    case SplitKind::fraction:
      return split.fraction * flow;
    case SplitKind::diversion:
      return std::min(split.capacity, std::max(0.0, flow - split.reserve));
    default:
      return 0;
  }
}

// What of a junction's flow each chain that starts there takes.
std::vector<double> shared(const Network& network, const Junction& junction, double flow) {
  std::vector<double> shares;
  double rest = flow;
  for (const int chain : junction.out) {
    const auto reach = static_cast<std::size_t>(network.chains[static_cast<std::size_t>(chain)].reach);
    shares.push_back(junction.out.size() > 1 ? share_of(network.reaches[reach].split, flow) : 0);
    rest -= shares.back();
  }
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto reach =
        static_cast<std::size_t>(network.chains[static_cast<std::size_t>(junction.out[k])].reach);
    if (junction.out.size() == 1 || network.reaches[reach].split.kind == SplitKind::remainder)
      shares[k] = std::max(0.0, rest);
  }
  return shares;
}

}  // namespace

double MeanFlow::at_source(const Basin& basin, std::size_t source) const {
  const Source& s = basin.sources[source];
  if (s.junction >= 0) return at_junction[static_cast<std::size_t>(s.junction)];
  double largest = 0;
  for (std::size_t k = 0; k < basin.network.chains.size(); ++k)
    if (s.kind == SourceKind::diffuse && basin.network.chains[k].reach == s.reach &&
        basin.network.chains[k].begin_chainage < s.end_chainage)
      largest = std::max(largest, chain_end[k]);
  return largest;
}

MeanFlow mean_flow(const CaseReading& reading) {
  const Basin& basin = reading.result.basin;
  const Network& network = basin.network;
  MeanFlow flow;
  flow.at_junction.assign(network.junctions.size(), 0.0);
  flow.chain_end.assign(network.chains.size(), 0.0);
  std::vector<double> taken(network.junctions.size(), 0.0);
  for (const Source& source : basin.sources) {
    flow.of_source.push_back(mean_of(reading, source.flow));
    if (source.junction < 0) continue;
    auto& sum = source.kind == SourceKind::abstraction ? taken : flow.at_junction;
    sum[static_cast<std::size_t>(source.junction)] += flow.of_source.back();
  }
  for (const DiffuseShare& share : basin.diffuse_shares)
    flow.chain_end[static_cast<std::size_t>(network.cell_chain[static_cast<std::size_t>(share.cell)])] +=
        share.share * flow.of_source[static_cast<std::size_t>(share.source)];
  for (const int number : network.junction_order) {
    const auto j = static_cast<std::size_t>(number);
    const Junction& junction = network.junctions[j];
    for (const int chain : junction.in)
      flow.at_junction[j] += flow.chain_end[static_cast<std::size_t>(chain)];
    const auto shares = shared(network, junction, std::max(0.0, flow.at_junction[j] - taken[j]));
    for (std::size_t k = 0; k < shares.size(); ++k)
      flow.chain_end[static_cast<std::size_t>(junction.out[k])] += shares[k];
  }
  return flow;
}

}  // namespace limpid
