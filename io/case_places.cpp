// Sets the sources into the network: cuts reaches where point sources and abstractions stand, builds the
// network, and tells which sources carry the river's water.
#include <algorithm>
#include <limits>
#include <map>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/mean_flow.hpp"

namespace limpid {

namespace {

constexpr double kCarryingShare = 0.01;  // of the mean flow at its place

// The end of the reach that a source stands at, as a node; -1 inside the reach. Into a lake everything comes
// by its upper end, and what is taken from it is let out first.
int node_at(const Reach& reach, const Source& source) {
  if (reach.lake >= 0) return source.kind == SourceKind::abstraction ? reach.to : reach.from;
  const double chainage = source.chainage;
  if (chainage <= 0) return reach.from;
  return chainage >= reach.length ? reach.to : -1;
}

// Per source the cut it stands at, or -1; sources at one place share a cut.
std::vector<int> make_cuts(CaseReading& reading) {
  std::vector<int> source_cut;
  std::map<std::pair<int, double>, int> known;
  for (const Source& source : reading.result.basin.sources) {
    int number = -1;
    if (source.kind != SourceKind::diffuse && source.node < 0 && source.reach >= 0 &&
        node_at(reading.raw_reaches[static_cast<std::size_t>(source.reach)], source) < 0) {
      const auto [found, fresh] =
          known.try_emplace({source.reach, source.chainage}, static_cast<int>(reading.cuts.size()));
      if (fresh) reading.cuts.push_back({source.reach, source.chainage});
      number = found->second;
    }
    source_cut.push_back(number);
  }
  return source_cut;
}

void set_junctions(CaseReading& reading, const std::vector<int>& source_cut) {
  Basin& basin = reading.result.basin;
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    Source& source = basin.sources[s];
    if (source.kind == SourceKind::diffuse && source.reach >= 0) {
      const auto shares = diffuse_shares(basin.network, source, static_cast<int>(s));
      basin.diffuse_shares.insert(basin.diffuse_shares.end(), shares.begin(), shares.end());
    } else if (source.node >= 0) {
      source.junction = source.node;
      for (const Lake& lake : basin.network.lakes)
        if (lake.node == source.node && source.kind == SourceKind::abstraction)
          source.junction = basin.network.reaches[static_cast<std::size_t>(lake.reach)].to;
    } else if (source_cut[s] >= 0) {
      source.junction = basin.network.cut_junction(source_cut[s]);
    } else if (source.reach >= 0) {
      source.junction = node_at(basin.network.reaches[static_cast<std::size_t>(source.reach)], source);
    }
  }
}

bool gives_back(const Basin& basin, std::size_t abstraction) {
  return std::any_of(basin.sources.begin(), basin.sources.end(),
                     [&](const Source& source) { return source.return_of == static_cast<int>(abstraction); });
}

void decide_carriers(CaseReading& reading, const MeanFlow& flow) {
  Basin& basin = reading.result.basin;
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    Source& source = basin.sources[s];
    const double own = flow.of_source[s], river = flow.at_source(basin, s);
    source.carries_water =
        reading.carries_given[s].value_or(own > kCarryingShare * river || gives_back(basin, s));
  }
}

void check_beginnings(CaseReading& reading) {
  const Basin& basin = reading.result.basin;
  std::vector<char> fed(basin.network.junctions.size(), 0);
  for (const Source& source : basin.sources)
    if (source.junction >= 0 && source.kind != SourceKind::abstraction)
      fed[static_cast<std::size_t>(source.junction)] = 1;
  for (std::size_t n = 0; n < basin.network.nodes.size(); ++n)
    if (basin.network.junctions[n].in.empty() && !basin.network.junctions[n].out.empty() && !fed[n])
      reading.problems.add(Code::W1230, basin.network.nodes[n].place, {basin.network.nodes[n].id});
}

}  // namespace

void place_sources(CaseReading& reading) {
  reading.result.basin.network.reaches =
      reading.raw_reaches;  // known to plans even if no network can be built
  if (!reading.tables_whole) return;
  const std::vector<int> source_cut = make_cuts(reading);
  Problems found;
  reading.result.basin.network =
      build_network(reading.raw_nodes, reading.raw_reaches, reading.raw_channels, reading.cuts,
                    reading.cell_length, reading.schematic, reading.crs, found, reading.raw_lakes);
  reading.network_built = !found.has_errors();
  reading.problems.append(found);
  if (!reading.network_built) return;
  reading.result.basin.network.outlets = reading.raw_outlets;
  reading.result.basin.network.structures = reading.raw_structures;
  set_junctions(reading, source_cut);
  reading.mean_flow = mean_flow(reading);
  decide_carriers(reading, reading.mean_flow);
  if (reading.sources_whole) check_beginnings(reading);
}

}  // namespace limpid
