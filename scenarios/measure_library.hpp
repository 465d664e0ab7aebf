// The measures that the field speaks of, each made of the primitive actions of measure.hpp, with what is
// published of their effect. `limpid measures` and docs/measures.md are printed from here;
// io/plan_library.cpp reads them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/process.hpp"

namespace limpid {

// How a type says its effect and what it becomes.
enum class MeasureForm : std::uint8_t {
  removal,  // remove_fraction of the share that `coverage` reaches
  spread,   // coverage grows from coverage_before to coverage: remove_fraction of what the inventory holds
  cut,      // remove_fraction = response x cut, behind a legacy store
  limits,   // cap_concentration of the share that `coverage` reaches, add_flow if it takes more in
  wetland,  // remove_fraction by the P-k-C* model at the mean flow and load of each source
  bed,      // set_parameter of what the bed does on a stretch
  oxygen,   // set_load of DO
  flow,     // add_flow, with the quality that is given
  release,  // add_flow at a source; at hydropower stations raise_release and raise_release_share
  removed,  // stop_diversion
  saving,   // scale_flow and cap_flow of an abstraction
  closing,  // remove_fraction of everything and scale_flow to nothing
  moving,   // closing at one place, flow and loads set at another
  restoration,  // scale_width and set_roughness of reaches
  gate          // set_opening of structures
};

// What is published of a removal, as fractions of the load.
struct RemovalRange {
  const char* constituent;
  double low, high;
  const char* source;
  Status status;
};

struct MeasureType {
  const char* id;
  MeasureForm form;
  const char *name_en, *name_zh;
  const char *expands_en, *expands_zh;  // what it becomes
  bool constituents;                    // takes effects by constituent
  const char* keys;                     // effect keys beside them, separated by blanks
  const char* required;                 // of these
  const char* wanted;                   // an example of its effect, for messages and docs
  std::span<const RemovalRange> ranges{};
};

const std::vector<MeasureType>& measure_types();
const MeasureType* find_measure_type(const std::string& id);  // nullptr if there is none

// First-order area rate and background of treatment wetlands (P-k-C* model).
struct WetlandRate {
  const char* constituent;
  double k20;                         // m per year at 20 degC
  double background, background_per;  // C* = background + background_per x inflow concentration [g m-3]
  double theta;
};
std::span<const WetlandRate> wetland_rates();

// Share of the load that a wetland takes out: 1 - Ce/Ci, (Ce - C*)/(Ci - C*) = (1 + k/(P q))^-P, 0 where the
// inflow is below the background. q = flow/area [m/s], k at the water's temperature [m/s], P tanks. R. H.
// Kadlec, S. D. Wallace, Treatment Wetlands, 2nd ed. (2009), not read here: unverified.
double wetland_removal(double inflow_concentration, double background, double k, double q, double tanks);

// What of the load in the inventory goes when coverage grows from `before` to `after`: the inventory holds
// L = P (1 - before r) of a raw load P, so that removal r takes r (after - before)/(1 - before r) of it.
double spread_removal(double removal, double before, double after);

// Markdown: every type with what it becomes, its keys and what is published.
std::string describe_measures(Lang lang);

}  // namespace limpid
