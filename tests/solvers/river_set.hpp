// The ready set `river` on plain cells, with all that may be added to it: for tests and benchmarks.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "model/process_set.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid::river_case {

struct Kept {
  const char* id;
  Composition holds;
  Phase phase;
  double usual;  // g/m3 (per m3 also of what is attached)
};
inline const std::vector<Kept>& river_constituents() {
  constexpr Phase free = Phase::dissolved, fixed = Phase::attached;
  static const std::vector<Kept> list = {{"DO", {}, free, 8},
                                         {"CBOD_fast", {0, 0, 0.375}, free, 4},
                                         {"CBOD_slow", {0, 0, 0.375}, free, 3},
                                         {"ORGN", {1, 0, 0}, free, 1},
                                         {"NH3_N", {1, 0, 0}, free, 1},
                                         {"NO2_N", {1, 0, 0}, free, 0.05},
                                         {"NO3_N", {1, 0, 0}, free, 2},
                                         {"ORGP", {0, 1, 0}, free, 0.1},
                                         {"PO4_P", {0, 1, 0}, free, 0.15},
                                         {"phytoplankton", {0.072, 0.01, 0.4}, free, 1.5},
                                         {"detritus", {0, 0, 0.4}, free, 2},
                                         {"ISS", {}, free, 10},
                                         {"fecal_coliform", {}, free, 1e4},
                                         {"alkalinity", {}, free, 120},
                                         {"DIC", {0, 0, 1}, free, 30},
                                         {"bottom_algae", {0, 0, 0.4}, fixed, 40},
                                         {"bottom_algae_N", {1, 0, 0}, fixed, 2.5},
                                         {"bottom_algae_P", {0, 1, 0}, fixed, 0.1}};
  return list;
}

inline void add_member(Basin& basin, const SetMember& member) {
  ProcessUse use = default_use(*find_process(member.type));
  use.id = member.id;
  const ProcessInfo& info = use.process->info();
  for (std::size_t r = 0; r < info.roles.size(); ++r)
    use.constituents[r] = basin.constituent(set_constituent(member, info.roles[r]));
  for (std::size_t p = 0; p < info.parameters.size(); ++p)
    if (const SetMember::Value* value = set_value(member, info.parameters[p].id))
      use.parameters[p] = {info.parameters[p].unit.unit.to_inside(value->value), value->theta, {}};
  basin.processes.push_back(use);
}

inline Basin river_set(int cells, bool diagenesis) {
  Basin basin;
  basin.network.reaches.resize(1);
  basin.network.cell_reach.assign(static_cast<std::size_t>(cells), 0);
  for (const Kept& kept : river_constituents()) {
    Constituent made;
    made.id = kept.id, made.composition = kept.holds, made.phase = kept.phase;
    basin.constituents.push_back(made);
  }
  for (const SetMember& member : find_process_set("river")->members)
    if (!diagenesis || std::string(member.type) != "settling" || std::string(member.id) == "settling_ISS")
      add_member(basin, member);
  for (const char* id : {"ammonia_exchange", "wind_reaeration"}) add_member(basin, {id, id});
  if (diagenesis) add_member(basin, {"sediment_flux", "sediment_flux"});
  return basin;
}

inline Environment day(int cells) {
  Environment env = kinetics_case::surroundings(cells);
  for (auto& [what, value] : std::initializer_list<std::pair<Env, double>>{
           {Env::solar, 350}, {Env::albedo, 0.06}, {Env::wind, 3}, {Env::slope, 5e-4}, {Env::discharge, 8}})
    env[what].assign(static_cast<std::size_t>(cells), value);
  return env;
}

inline std::vector<double> usual() {
  std::vector<double> c;
  for (const Kept& kept : river_constituents()) c.push_back(kept.usual);
  return c;
}

}  // namespace limpid::river_case
