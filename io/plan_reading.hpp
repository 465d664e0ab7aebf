// What the parts of reading a plan hand to each other. Internal to io/plan*.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/key_table.hpp"

namespace limpid {

struct PlanReading {
  const Case& c;
  const TomlFile& toml;
  Problems& problems;
  Plan plan;
  std::vector<bool> dated;  // per measure: whether its start could be read

  KeyContext context() const;
};

// plan_targets.cpp: "kind:id" conditions, each known to the case.
std::vector<Target> read_targets(PlanReading& reading, const KeyTable& keys);
std::optional<Target> read_target(const Basin& basin, const std::string& text, const Place& place,
                                  Problems& problems);
// plan_effects.cpp: the effect keys that the measure's type takes. whole: no key was refused, so that a
// measure without effect really has none.
void read_effects(PlanReading& reading, const KeyTable& keys, Measure& measure, bool whole);
// plan_checks.cpp: what the measures do together and to the case.
void check_plan(PlanReading& reading);

}  // namespace limpid
