// The small river that loses water on its way, and that gets some of what is taken back.
#pragma once

#include <string>

#include "tests/scenarios/small_river.hpp"

namespace limpid::testing {

// Temperature and age beside the small river's own constituents; all that enters has 15 degC and no age.
inline void add_properties_of_water(SmallRiver& river) {
  for (const auto& [id, basis] : {std::pair("temperature", AmountBasis::heat), {"age", AmountBasis::age}}) {
    Constituent& c = river.basin.constituents.emplace_back();
    c.id = id;
    c.basis = basis;
    c.non_negative = false;
    const double value = basis == AmountBasis::heat ? 15 : 0;
    for (Source& source : river.basin.sources)
      if (!source.loads.empty())
        source.loads.push_back({SourceLoad::Kind::concentration, Series::constant(value)});
    river.options.initial_concentration.push_back(value);
  }
}

// 30 mm/d evaporate, more by the hour on the branch; 5e-6 m/s seep away, up to what the canal has.
inline SmallRiver losing_river(HydraulicScheme scheme, bool with_processes = true, bool evaporates = true) {
  SmallRiver river = small_river(with_processes);
  river.basin.schemes.hydraulics = scheme;
  add_properties_of_water(river);
  std::vector<Reach>& reaches = river.basin.network.reaches;
  for (Reach& reach : reaches) {
    if (evaporates) reach.evaporation = Series::constant(30e-3 / 86400);
    reach.seepage = Series::constant(5e-6);
  }
  reaches[3].seepage = Series::constant(2e-4);
  if (evaporates) reaches[1].evaporation = flood(1e-7, 1e-6);
  reaches[4].seepage = {};
  return river;
}

// What the abstraction takes comes back at a junction.
inline Source& add_return(SmallRiver& river, const std::string& abstraction, double share, int junction) {
  Basin& basin = river.basin;
  Source source;
  source.id = "return-" + abstraction + std::to_string(basin.sources.size());
  source.junction = source.node = junction;
  source.return_share = share;
  for (std::size_t s = 0; s < basin.sources.size(); ++s)
    if (basin.sources[s].id == abstraction) source.return_of = static_cast<int>(s);
  source.loads.resize(basin.constituents.size());
  return basin.sources.emplace_back(source);
}

}  // namespace limpid::testing
