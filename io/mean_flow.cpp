#include "io/mean_flow.hpp"

#include <algorithm>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "solvers/hydraulics.hpp"

namespace limpid {

namespace {

// What the stations' canals take on the mean of the time that the run reads, with the schedule as at its
// begin.
std::vector<DiversionInput> mean_diversions(const CaseReading& reading) {
  constexpr double kDay = 86400;
  const Basin& basin = reading.result.basin;
  const double begin = seconds_of(reading.result.run.grid.begin);
  std::vector<DiversionInput> means;
  for (const Hydropower& station : basin.stations) {
    Hydropower usual = station;
    usual.release = Series::constant(mean_of(reading, station.release));
    const double capacity = basin.network.reaches[static_cast<std::size_t>(station.canal)].split.capacity;
    means.push_back(diversion_input(usual, capacity, begin, begin + kDay, begin, reading.offset));
  }
  return means;
}

// As if the abstractions got all that they ask for.
void add_returns(const Basin& basin, MeanFlow& flow) {
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    const Source& source = basin.sources[s];
    if (!source.is_return()) continue;
    flow.of_source[s] = source.return_share * flow.of_source[static_cast<std::size_t>(source.return_of)];
    if (source.junction >= 0)
      flow.at_junction[static_cast<std::size_t>(source.junction)] += flow.of_source[s];
  }
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
  add_returns(basin, flow);
  for (const DiffuseShare& share : basin.diffuse_shares)
    flow.chain_end[static_cast<std::size_t>(network.cell_chain[static_cast<std::size_t>(share.cell)])] +=
        share.share * flow.of_source[static_cast<std::size_t>(share.source)];
  const std::vector<DiversionInput> diversions = mean_diversions(reading);
  for (const int number : network.junction_order) {
    const auto j = static_cast<std::size_t>(number);
    const Junction& junction = network.junctions[j];
    for (const int chain : junction.in)
      flow.at_junction[j] += flow.chain_end[static_cast<std::size_t>(chain)];
    std::vector<double> shares(junction.out.size());
    split_flow(network, number, std::max(0.0, flow.at_junction[j] - taken[j]), shares.data(), diversions);
    for (std::size_t k = 0; k < shares.size(); ++k)
      flow.chain_end[static_cast<std::size_t>(junction.out[k])] += shares[k];
  }
  return flow;
}

}  // namespace limpid
