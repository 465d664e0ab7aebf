// What the parts of reading a plan hand to each other. Internal to io/plan*.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/key_table.hpp"
#include "scenarios/measure_library.hpp"

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
// The keys beside constituents that a type of measure takes, and what it is told to give when it has none.
struct EffectKeys {
  const char* type;
  bool constituents;
  const char *keys, *wanted;
};
// E1507 for a key that says an effect which this type does not take.
void refuse_other_effects(PlanReading& reading, const KeyTable& keys, const EffectKeys& form);
// What `all` means. Oxygen is no pollutant, and heat and age are not taken out of an effluent; each of them
// must be named. What is attached to the bed comes from no source, and a tag follows its total.
bool is_removable(const Constituent& constituent);
// plan_library.cpp: the actions of a measure of the library's types, at least one; `common` has all but the
// effect.
std::vector<Measure> read_library_measure(PlanReading& reading, const KeyTable& keys, const Measure& common,
                                          const MeasureType& type, bool whole);
// plan_checks.cpp: what the measures do together and to the case.
void check_plan(PlanReading& reading);

}  // namespace limpid
