// What the parts of reading a plan hand to each other. Internal to io/plan*.cpp.
#pragma once

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

  KeyContext context() const;
};

// plan_targets.cpp: "kind:id" conditions, each known to the case.
std::vector<Target> read_targets(PlanReading& reading, const KeyTable& keys);
// plan_effects.cpp: the effect keys that the measure's type takes.
void read_effects(PlanReading& reading, const KeyTable& keys, Measure& measure);
// plan_checks.cpp: what the measures do together and to the case.
void check_plan(PlanReading& reading);

}  // namespace limpid
