// What the parts of reading a case hand to each other, in the order in which they run. Internal to
// io/case*.cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/case_files.hpp"
#include "io/declared_table.hpp"
#include "io/id_table.hpp"
#include "io/key_table.hpp"
#include "io/mean_flow.hpp"

namespace limpid {

// A stretch of record time that the run reads, [begin, end) in seconds since 1970.
struct RecordSpan {
  double begin, end;
};

// An indicator that a section asks for and the case does not simulate.
struct AskedItem {
  std::string section, indicator;
  Place place;
};

// A row of the inventory that gives back what an abstraction takes: the source, and whom it names.
struct ReturnRow {
  int source = 0;
  std::string of;
  Place place;
};

struct CaseReading {
  CaseReading(Case& a_result, const TomlFile& a_toml, CaseFiles& some_files, Problems& some_problems)
      : result(a_result), toml(a_toml), files(some_files), problems(some_problems) {}

  Case& result;
  const TomlFile& toml;
  CaseFiles& files;
  Problems& problems;

  std::chrono::seconds offset = kChinaOffset;
  std::vector<RecordSpan> spans;  // from read_times; empty if the dates are unusable

  IdTable constituents{Code::E1202}, nodes{Code::E1206}, reaches{Code::E1205}, channels{Code::E1207},
      climates{Code::E1213}, patterns{Code::E1214}, sources{Code::E1212}, sections{Code::E1204},
      stretches{Code::E1208}, lakes{Code::E1466}, stations{Code::E1528}, structures{Code::E1483};
  std::vector<std::vector<double>> pattern_factors;  // per pattern, 12
  bool constituents_whole = true;  // false: some were refused, and what names them is not told again
  std::vector<std::string> meant;  // the constituents that refused names probably mean
  bool sources_whole = true;       // false: some have no place
  std::vector<std::optional<bool>> carries_given;  // per source
  std::vector<ReturnRow> returns;
  std::vector<AskedItem> not_simulated;
  std::optional<std::filesystem::path> state_path;  // of [initial] file, with kind = "file"
  bool climate_given = false;
  struct MissingWeather {
    std::string climate;
    Env what;
    const char* keys;  // of [climate] that would give it
  };
  std::vector<MissingWeather> missing_weather;

  // The network's tables; what build_network() takes, with the cuts that sources make.
  std::vector<Node> raw_nodes;
  std::vector<Reach> raw_reaches;
  std::vector<Channel> raw_channels;
  std::vector<Lake> raw_lakes;
  std::vector<Outlet> raw_outlets;
  std::vector<Structure> raw_structures;
  std::vector<Cut> cuts;
  std::string crs;
  double cell_length = 500;
  bool schematic = false;
  bool tables_whole = true;  // false: rows were left out, and graph checks would report what is not so
  bool network_built = false;
  MeanFlow mean_flow;  // from place_sources

  // The table [name] of case.toml, declared under the same name.
  KeyTable table(const std::string& name) const {
    return table(toml.root.find(name), "[" + name + "]", name);
  }
  KeyTable table(const TomlValue* value, const std::string& shown, std::string_view declared_as) const;
  // The CSV table that a key of type file names; nullptr if there is none or it cannot be read.
  const Table* csv(const KeyTable& keys, std::string_view key);
  // Its number, or nullopt with E1202; without a word when some constituents of the case were refused
  // already.
  std::optional<int> require_constituent(const std::string& id, const Place& place) const {
    return constituents_whole ? constituents.require(id, place, problems) : constituents.find(id);
  }
  // Whether the run gives the item a value: a constituent, a quantity by formula, or the water's temperature.
  bool simulates(const std::string& item) const;
  const Constituent& constituent(int index) const {
    return result.basin.constituents[static_cast<std::size_t>(index)];
  }
};

// A constant times the factor of each month of the record time that the run reads (case_sources.cpp).
Series monthly(const CaseReading& reading, double value, const std::vector<double>& factors);

void read_times(CaseReading& reading);  // case_time.cpp
void read_initial(CaseReading& reading);
void read_output(CaseReading& reading);
void read_constituents(CaseReading& reading);  // case_constituents.cpp
void read_derived(CaseReading& reading);
void read_initial_concentrations(CaseReading& reading);
void read_patterns(CaseReading& reading);    // case_sources.cpp
void read_network(CaseReading& reading);     // case_network.cpp
void read_lakes(CaseReading& reading);       // case_lakes.cpp: after the reaches, which they join
void read_outlets(CaseReading& reading);     // case_outlets.cpp: after the reaches and lakes
void read_structures(CaseReading& reading);  // case_structures.cpp: after the nodes
void check_outlets(CaseReading& reading);    // once the network is built
void check_structures(CaseReading& reading);
void check_lakes(CaseReading& reading);
void check_slopes(CaseReading& reading);     // case_network.cpp: once the network is built
void read_climates(CaseReading& reading);    // case_climate.cpp
void read_sources(CaseReading& reading);     // case_sources.cpp
void link_returns(CaseReading& reading);     // case_returns.cpp: after the sources
void read_hydropower(CaseReading& reading);  // case_hydropower.cpp: after the reaches
void place_sources(CaseReading& reading);    // case_places.cpp: builds the network and sets sources into it
void read_processes(CaseReading& reading);   // case_processes.cpp
void read_schemes(CaseReading& reading);
void check_layers(CaseReading& reading);     // case_lakes.cpp: after the processes
void read_assessment(CaseReading& reading);  // case_sections.cpp
void read_sections(CaseReading& reading);
void read_carried(CaseReading& reading);  // case_carried.cpp: after the sections
void read_observations(CaseReading& reading);
void read_tags(CaseReading& reading);           // case_tags.cpp: after all that counts constituents
void read_initial_state(CaseReading& reading);  // case_state.cpp: after the network is built, with the tags
void check_mixing(CaseReading& reading);        // case_mixing.cpp
void check_dispersion_formulas(CaseReading& reading);
// case_closed.cpp: lid and slot of a channel (form: what could be read of it), and the scheme that they need
Channel close_form(CaseReading& reading, const DeclaredTable& rows, std::size_t row, const Channel& form);
void check_closed(CaseReading& reading, const Reach& reach);
const char* scheme_text(HydraulicScheme scheme);

}  // namespace limpid
