// All of what the river is, checked together and constant afterwards.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/constituent.hpp"
#include "model/derived.hpp"
#include "model/hydropower.hpp"
#include "model/network.hpp"
#include "model/process.hpp"
#include "model/section.hpp"
#include "model/source.hpp"
#include "model/standard.hpp"

namespace limpid {

// The weather over a group of reaches, and the water temperature where it is prescribed.
struct Climate {
  std::string id;
  Series water_temperature{};          // degC; where the case does not simulate it
  Series wind{};                       // m/s at 10 m
  Series air_temperature{};            // degC
  Series relative_humidity{};          // 0..1
  Series cloud{};                      // share of the sky, 0..1
  Series equilibrium_temperature{};    // degC
  bool has_solar = false;              // else clear sky from place and date, less the clouds
  Series solar{};                      // W/m2 on level ground, where it was measured
  double latitude = 0, longitude = 0;  // degrees north and east
  double elevation = 0;                // m above sea level
  double turbidity = 2;                // of the clear sky (clear_sky())
};

// Share of a diffuse source that enters a cell; shares of one source sum to 1.
struct DiffuseShare {
  int source, cell;
  double share;
};

enum class HydraulicScheme : std::uint8_t { steady, kinematic, muskingum_cunge, dynamic };
enum class TransportScheme : std::uint8_t { monotone, linear };
enum class KineticsIntegrator : std::uint8_t { mean_state, two_stage, cvode };

struct Schemes {
  HydraulicScheme hydraulics = HydraulicScheme::kinematic;
  TransportScheme transport = TransportScheme::monotone;
  KineticsIntegrator integrator = KineticsIntegrator::mean_state;
  int kinetics_sub_steps = 0;  // 0 = as many as make a sub-step of at most 15 min
  bool dispersion = true;
};

struct Basin {
  std::string id, name_zh, name_en;
  Network network;
  std::vector<Constituent> constituents;  // what is carried, its tags, then Phase::attached
  std::vector<std::string> tag_groups;    // ids; the last is that of the rest. Empty = no tags
  std::vector<DerivedUse> derived;
  std::vector<ProcessUse> processes;
  std::vector<Source> sources;
  std::vector<DiffuseShare> diffuse_shares;  // by source, then cell
  std::vector<Hydropower> stations;
  std::vector<Climate> climates;
  std::vector<int> reach_climate;  // per reach
  std::vector<Section> sections;
  Standard standard;
  Schemes schemes;

  int constituent(const std::string& id) const;  // -1 if absent
  // What the water carries comes first in `constituents`; what is attached to the bed follows.
  int carried_count() const;
  bool has_storage() const;  // some reach has dead zones
};

// Adds a process of this type to a basin built in code: roles by name where the default does not serve,
// parameters in their declared units. Its id is the type, with a number behind it from the second use on.
// Throws std::invalid_argument for an unknown type, role or parameter, a role left open, or a constituent
// that the basin lacks.
ProcessUse& add_process(Basin& basin, const std::string& type,
                        const std::vector<std::pair<std::string, std::string>>& roles = {},
                        const std::vector<std::pair<std::string, double>>& parameters = {});

// Shares of a diffuse source over the cells of its reach between two chainages (by length). A stretch without
// length in the reach enters the one cell nearest to its chainage; what comes to a lake enters its inflow
// layer. Throws std::invalid_argument if the reach
// has no cells.
std::vector<DiffuseShare> diffuse_shares(const Network& network, const Source& source, int source_index);

}  // namespace limpid
