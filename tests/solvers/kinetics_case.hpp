// Basins of plain cells, and a river of oxygen, nutrients and germs on them, for the tests of kinetics.
#pragma once

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "solvers/kinetics.hpp"

namespace limpid::kinetics_case {

inline double uniform(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}
inline double between(std::mt19937_64& random, double low, double high) {
  return low + (high - low) * uniform(random);
}

inline int constituent(const Basin& basin, const std::string& id) {
  for (std::size_t i = 0; i < basin.constituents.size(); ++i)
    if (basin.constituents[i].id == id) return static_cast<int>(i);
  throw std::runtime_error("no constituent " + id);
}

// One reach, stretch "upper" for the first half of the cells (a second reach, "lower", for the rest).
inline Basin cells_only(int cells, const std::vector<std::string>& constituents) {
  Basin basin;
  basin.network.reaches.resize(2);
  basin.network.reaches[0].stretch = "upper";
  basin.network.reaches[1].stretch = "lower";
  for (int c = 0; c < cells; ++c) basin.network.cell_reach.push_back(2 * c < cells ? 0 : 1);
  for (const std::string& id : constituents) {
    Constituent made;
    made.id = id;
    const bool nitrogen = id == "NH3_N" || id == "NO3_N" || id == "ORGN",
               phosphorus = id == "PO4_P" || id == "ORGP";
    made.composition = {nitrogen ? 1.0 : 0.0, phosphorus ? 1.0 : 0.0, 0.0};
    basin.constituents.push_back(made);
  }
  return basin;
}

// Adds a process; roles without a default take the names given, in order; values in declared units.
inline ProcessUse& use(Basin& basin, const std::string& process, const std::string& id,
                       const std::vector<std::string>& open_roles,
                       const std::vector<std::pair<std::string, double>>& values) {
  const Process* found = find_process(process);
  if (!found) throw std::runtime_error("no process " + process);
  ProcessUse made = default_use(*found);
  made.id = id;
  const ProcessInfo& info = found->info();
  std::size_t open = 0;
  for (std::size_t r = 0; r < info.roles.size(); ++r)
    if (!info.roles[r].optional() || basin.constituent(info.roles[r].default_id()) >= 0)
      made.constituents[r] =
          constituent(basin, open < open_roles.size() && (!info.roles[r].constituent || r == 0)
                                 ? open_roles[open++]
                                 : info.roles[r].default_id());
  for (const auto& [name, value] : values)
    for (std::size_t k = 0; k < info.parameters.size(); ++k)
      if (info.parameters[k].id == name)
        made.parameters[k].value = info.parameters[k].unit.unit.to_inside(value);
  basin.processes.push_back(made);
  return basin.processes.back();
}

// Ten constituents and eight processes in 14 uses. All processes of the set `river`: river_set.hpp.
inline Basin river(int cells) {
  Basin basin = cells_only(cells, {"DO", "CBOD_fast", "CBOD_slow", "ORGN", "NH3_N", "NO3_N", "ORGP", "PO4_P",
                                   "TSS", "fecal_coliform"});
  use(basin, "reaeration", "reaeration", {}, {});
  use(basin, "sediment_oxygen_demand", "sediment_oxygen_demand", {}, {{"sod", 1.5}});
  use(basin, "cbod_oxidation", "cbod_oxidation", {}, {{"k_d", 0.4}});
  use(basin, "cbod_oxidation", "cbod_slow_oxidation", {"CBOD_slow"}, {{"k_d", 0.05}});
  use(basin, "nitrification", "nitrification", {}, {{"k_n", 0.5}});
  use(basin, "transformation", "hydrolysis_n", {"ORGN", "NH3_N"}, {{"k", 0.1}});
  use(basin, "transformation", "hydrolysis_p", {"ORGP", "PO4_P"}, {{"k", 0.1}});
  use(basin, "first_order_decay", "decay_coliform", {"fecal_coliform"}, {{"k", 0.8}});
  use(basin, "settling", "settling_tss", {"TSS"}, {{"v_s", 2.0}});
  use(basin, "settling", "settling_cbod", {"CBOD_fast"}, {{"v_s", 0.1}});
  use(basin, "settling", "settling_orgn", {"ORGN"}, {{"v_s", 0.15}});
  use(basin, "settling", "settling_orgp", {"ORGP"}, {{"v_s", 0.15}});
  use(basin, "internal_release", "release_nh3", {"NH3_N"}, {{"flux", 0.05}});
  use(basin, "internal_release", "release_po4", {"PO4_P"}, {{"flux", 0.01}});
  return basin;
}

inline const std::vector<double>& clean_river() {
  static const std::vector<double> c = {7.0, 6.0, 4.0, 1.2, 1.5, 2.0, 0.1, 0.08, 30.0, 2e4};
  return c;
}

inline Environment surroundings(int cells) {
  Environment env;
  for (auto& values : env.values) values.assign(static_cast<std::size_t>(cells), 0.0);
  for (std::size_t c = 0; c < static_cast<std::size_t>(cells); ++c) {
    env[Env::temperature][c] = 12 + static_cast<double>(c % 11);
    env[Env::depth][c] = 0.4 + 0.1 * static_cast<double>(c % 23);
    env[Env::velocity][c] = 0.1 + 0.05 * static_cast<double>(c % 17);
    env[Env::elevation][c] = 1500 - static_cast<double>(c);
  }
  return env;
}

inline std::array<double, kEnvCount> at_cell(const Environment& env, std::size_t cell) {
  std::array<double, kEnvCount> values{};
  for (std::size_t e = 0; e < kEnvCount; ++e) values[e] = env.values[e][cell];
  return values;
}

// A state of given concentrations, the same in every cell and lane.
inline State filled(const Rows& rows, const std::vector<double>& volume, const std::vector<double>& c) {
  State state(static_cast<int>(volume.size()), rows);
  for (int cell = 0; cell < state.cells(); ++cell)
    for (int i = 0; i < rows.constituents; ++i)
      for (int l = 0; l < rows.lanes; ++l)
        state.row(cell)[rows.index(i, l)] =
            c[static_cast<std::size_t>(i)] * volume[static_cast<std::size_t>(cell)];
  return state;
}

}  // namespace limpid::kinetics_case
