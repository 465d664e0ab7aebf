// The small river with a hydropower station on its canal.
#pragma once

#include "tests/scenarios/small_river.hpp"

namespace limpid::testing {

// 3 + 1 m3/s arrive at the intake of a canal that takes 4, plus 0.4 diffuse above it; the station is asked to
// leave 0.6.
inline SmallRiver with_station(HydraulicScheme scheme, double release = 0.4) {
  SmallRiver river = small_river(false);
  Basin& basin = river.basin;
  basin.schemes.hydraulics = scheme;
  for (std::size_t s : {0, 1}) basin.sources[s].flow = Series::constant(s == 0 ? 3 : 1);
  Hydropower station;
  station.id = "power";
  station.canal = 3;
  station.release = Series::constant(release);
  station.required = Series::constant(0.6);
  basin.network.reaches[3].split.station = 0;
  basin.network.reaches[3].county = "upper county";
  basin.stations = {station};
  return river;
}

// Its only load: works of 0.1 m3/s and 1 g/s of tracer on the bypassed stretch. No dispersion, clean at the
// begin.
inline void only_works_on_the_bypass(SmallRiver& river) {
  Basin& basin = river.basin;
  Problems problems;
  basin.network = build_network(basin.network.nodes, basin.network.reaches, basin.network.channels,
                                {{4, 2500}, {4, 6000}, {2, 1000}}, 500, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.diffuse_shares = diffuse_shares(basin.network, basin.sources.back(), 4);
  for (Source& source : basin.sources)
    for (SourceLoad& load : source.loads) load.series = Series::constant(0);
  basin.sources[2].junction = basin.network.cut_junction(2);
  basin.sources[2].flow = Series::constant(0.1);
  basin.sources[2].loads[3] = {SourceLoad::Kind::load, Series::constant(1)};
  basin.sources[3].junction = basin.network.cut_junction(1);
  for (Reach& reach : basin.network.reaches) reach.dispersion = 0;
  river.options.initial_concentration = {0, 0, 0, 0};
}

}  // namespace limpid::testing
