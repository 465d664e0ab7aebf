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
//   add_flow          flow + q                        effect: m3/s
//   set_parameter     parameter -> value on a stretch effect: value, inside units
enum class ActionKind : std::uint8_t {
  remove_fraction,
  cap_concentration,
  set_load,
  scale_flow,
  add_flow,
  set_parameter
};

// In place of a process: set_parameter acts on the transport.
inline constexpr const char* kTransportProcess = "transport";

struct Effect {
  int constituent = -1;  // index; -1 for flow and parameter actions
  double value = 0;      // inside units, at full effect
};

// Where a measure acts: every condition must hold ("sector:village" and "county:青河县").
struct Target {
  std::string kind;  // source, sector, county, permit, reach, stretch
  std::string id;
};

struct Measure {
  std::string id, name_zh, name_en;
  ActionKind action = ActionKind::remove_fraction;
  std::vector<Target> at;
  std::vector<Effect> effects;
  std::string process, parameter;  // set_parameter only: ids of the case, or kTransportProcess and one of
                                   // dispersion_parameters()
  Time start;
  Period ramp, lag;              // effect grows linearly from start + lag to start + lag + ramp
  std::optional<Time> end;       // effect is gone from here on
  std::optional<Season> season;  // no effect outside of it; the ramp goes on by the calendar
  double capex = 0;              // 元
  double opex = 0;               // 元 per second (inside unit of 元/a)
  std::string evidence;
  Place place;

  // Share of the full effect, 0..1, averaged exactly over [t0, t1) (seconds since 1970).
  double strength(double t0, double t1, std::chrono::seconds offset = kChinaOffset) const;
  // Until when the strength stays what it is at t; t itself while it changes.
  double constant_until(double t, std::chrono::seconds offset = kChinaOffset) const;
  // The first time from t on at which it may have an effect (lag over, in season); infinite if there is none.
  double acts_from(double t, std::chrono::seconds offset = kChinaOffset) const;
};

// Whether two measures ever act at one time: their dates and seasons have an instant in common.
bool act_together(const Measure& a, const Measure& b, std::chrono::seconds offset = kChinaOffset);

// What happens when two caps meet at one source and constituent.
enum class CapPolicy : std::uint8_t { error, lowest };

struct Plan {
  std::string id, name_zh, name_en;
  CapPolicy cap_policy = CapPolicy::error;
  std::vector<Measure> measures;
  Place place;
};

}  // namespace limpid
