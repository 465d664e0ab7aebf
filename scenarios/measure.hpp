// A dated remediation measure and the plan it belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/time.hpp"
#include "scenarios/season.hpp"

namespace limpid {

// The five primitive actions a measure can take (add_flow is the second form of the flow action).
//   remove_fraction   load x (1 - r)                  effect: r in [0, 1] per constituent
//   cap_concentration concentration <= cap            effect: mg/L per constituent
//   set_load          load = w                        effect: g/s per constituent
//   scale_flow        flow x (1 + e), e >= -1         effect: e
//   add_flow          flow + q                        effect: m3/s; g m-3 per constituent that it brings
//   set_parameter     parameter -> value on a stretch effect: value, inside units
// Of hydropower stations, which have no source (types of the library only; station_measure.hpp):
//   raise_release       release of at least q         effect: m3/s, one or twelve by calendar month
//   raise_release_share the same, a share of inflow   effect: 0..1
//   stop_diversion      capacity x (1 - e)            effect: e, 0..1
// Of the water (types of the library only):
//   cap_flow            flow <= q                     effect: m3/s
//   scale_width         widths x f on reaches         effect: f > 0
//   set_roughness       manning_n -> n on reaches     effect: s m^(-1/3)
//   set_opening         opening of gates and orifices effect: m, one or twelve by calendar month
//   open_by_level       the same between two levels   effects: opening [m], level from which and by which [m]
enum class ActionKind : std::uint8_t {
  remove_fraction,
  cap_concentration,
  set_load,
  scale_flow,
  add_flow,
  set_parameter,
  raise_release,
  raise_release_share,
  stop_diversion,
  cap_flow,
  scale_width,
  set_roughness,
  set_opening,
  open_by_level
};

// In place of a process: set_parameter acts on the transport.
inline constexpr const char* kTransportProcess = "transport";
// The type of the library whose flow always is the river's (water_measure.hpp).
inline constexpr const char* kTransferType = "water_transfer";

struct Effect {
  int constituent = -1;  // index; -1 for flow and parameter actions
  double value = 0;      // inside units, at full effect
};

// Where a measure acts: every condition must hold ("sector:village" and "county:青河县").
struct Target {
  std::string kind;  // source, sector, county, permit, reach, stretch, station, structure
  std::string id;
};

// One primitive action with its dates. What a user writes as one measure may be several of these, which share
// the id; name, cost, energy and evidence stand with the first of them.
struct Measure {
  std::string id, name_zh, name_en;
  std::string
      type;  // as the plan has it: a type of the library (measure_library.hpp), or an action's own name
  ActionKind action = ActionKind::remove_fraction;
  std::vector<Target> at;
  std::vector<Effect> effects;
  std::string process, parameter;  // set_parameter only: ids of the case, or kTransportProcess and one of
                                   // dispersion_parameters()
  Time start;
  Period ramp, lag;              // effect grows linearly from start + lag to start + lag + ramp
  std::optional<Time> end;       // effect is gone from here on
  std::optional<Season> season;  // no effect outside of it; the ramp goes on by the calendar
  double coverage = 1;           // share of what stands at the place that it reaches, 0..1
  // A legacy store between cause and effect (soil, bank storage): the strength follows the ramp with this
  // half-life [s], ds/dt = ln 2/half_life (ramp - s). 0 = none.
  double half_life = 0;
  // Once whole, the effect wears off with this half-life [s] (what was dredged silts up again). 0 = never.
  double relapse = 0;
  double capex = 0;   // 元
  double opex = 0;    // 元 per second (inside unit of 元/a)
  double energy = 0;  // W, while it runs
  // How sure: the effect is worth effect_low..effect_high times what is stated (triangular about 1), and the
  // start may be late by up to `slip` (uniform).
  double effect_low = 1, effect_high = 1;
  Period slip;
  std::string evidence;
  Place place;

  // Share of the full effect, 0..coverage, averaged exactly over [t0, t1) (seconds since 1970).
  double strength(double t0, double t1, std::chrono::seconds offset = kChinaOffset) const;
  // Until when the strength stays what it is at t; t itself while it changes.
  double constant_until(double t, std::chrono::seconds offset = kChinaOffset) const;
  // The first time from t on at which it may have an effect (lag over, in season); infinite if there is none.
  double acts_from(double t, std::chrono::seconds offset = kChinaOffset) const;
};

// All of a measure that changes a run, as text: equal texts, equal effects.
std::string action_text(const Measure& measure);  // what it does and when
std::string effect_text(const Measure& measure);  // with the place: conditions, process and parameter

// Whether two measures ever act at one time: their dates and seasons have an instant in common.
bool act_together(const Measure& a, const Measure& b, std::chrono::seconds offset = kChinaOffset);

// What happens when two caps meet at one source and constituent.
enum class CapPolicy : std::uint8_t { error, lowest };

struct Plan {
  std::string id, name_zh, name_en;
  CapPolicy cap_policy = CapPolicy::error;
  double screening_step = 0;  // s: step of the many runs of an attribution; 0 = the case's own
  std::vector<Measure> measures;
  Place place;
};

// The ids of a plan's measures, each once, in the order of the plan.
std::vector<std::string> measure_ids(const Plan& plan);
// The plan with the start of one measure moved; what has an end keeps it.
Plan slipped(Plan plan, const std::string& measure, const Period& by, std::chrono::seconds offset);

}  // namespace limpid
