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

// What the bed stores, about in balance with what settles of the above.
inline const std::vector<Kept>& bed_constituents() {
  constexpr Phase fixed = Phase::attached;
  static const std::vector<Kept> list = {
      {"bed_POC_G1", {0, 0, 1}, fixed, 4},   {"bed_POC_G2", {0, 0, 1}, fixed, 20},
      {"bed_POC_G3", {0, 0, 1}, fixed, 600}, {"bed_PON_G1", {1, 0, 0}, fixed, 3},
      {"bed_PON_G2", {1, 0, 0}, fixed, 20},  {"bed_PON_G3", {1, 0, 0}, fixed, 300},
      {"bed_POP_G1", {0, 1, 0}, fixed, 0.3}, {"bed_POP_G2", {0, 1, 0}, fixed, 2},
      {"bed_POP_G3", {0, 1, 0}, fixed, 50},  {"bed_NH4_N", {1, 0, 0}, fixed, 0.7},
      {"bed_NO3_N", {1, 0, 0}, fixed, 0.05}, {"bed_PO4_P", {0, 1, 0}, fixed, 1}};
  return list;
}

// What stands for the bed: settling alone, sediment_flux, or sediment_diagenesis with its stores.
enum class Bed { settling, flux, stores };
inline const char* name_of(Bed bed) {
  return bed == Bed::settling ? "settling" : bed == Bed::flux ? "sediment_flux" : "sediment_diagenesis";
}
inline std::vector<Kept> constituents_with(Bed bed) {
  std::vector<Kept> list = river_constituents();
  if (bed == Bed::stores) list.insert(list.end(), bed_constituents().begin(), bed_constituents().end());
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

// All that the set brings to a case with wind.
inline Basin river_set(int cells, Bed bed) {
  Basin basin;
  basin.network.reaches.resize(1);
  basin.network.cell_reach.assign(static_cast<std::size_t>(cells), 0);
  for (const Kept& kept : constituents_with(bed)) {
    Constituent made;
    made.id = kept.id, made.composition = kept.holds, made.phase = kept.phase;
    basin.constituents.push_back(made);
  }
  SetCase in;
  in.has = [&](const std::string& id) { return basin.constituent(id) >= 0; };
  in.windy = true;
  if (bed == Bed::flux) in.named.push_back({"sediment_flux", "sediment_flux"});
  const ProcessSet& set = *find_process_set("river");
  for (const SetMember& member : set.members)
    if (acts(set, member, in)) add_member(basin, member);
  return basin;
}
inline Basin river_set(int cells, bool diagenesis) {
  return river_set(cells, diagenesis ? Bed::flux : Bed::settling);
}

inline Environment day(int cells) {
  Environment env = kinetics_case::surroundings(cells);
  for (auto& [what, value] : std::initializer_list<std::pair<Env, double>>{
           {Env::solar, 350}, {Env::albedo, 0.06}, {Env::wind, 3}, {Env::slope, 5e-4}, {Env::discharge, 8}})
    env[what].assign(static_cast<std::size_t>(cells), value);
  return env;
}

inline std::vector<double> usual(Bed bed = Bed::settling) {
  std::vector<double> c;
  for (const Kept& kept : constituents_with(bed)) c.push_back(kept.usual);
  return c;
}

}  // namespace limpid::river_case
