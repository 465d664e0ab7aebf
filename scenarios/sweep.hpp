// A sweep: one basin under every member of a design.
#pragma once

#include <string>
#include <vector>

#include "scenarios/confidence.hpp"
#include "scenarios/design.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

// A recorded quantity at a section, kept as a series of every member.
struct ChosenSeries {
  int section = 0;
  std::string quantity;
  bool operator==(const ChosenSeries&) const = default;
};

struct Sweep {
  std::string id, name_zh, name_en;
  std::vector<std::string> plan_names;  // of plans; "baseline" is the empty one
  std::vector<Plan> plans;              // at least one; without a factor `plan` the first is every member's
  std::vector<YearsChoice> years;       // what a factor `years` chooses from
  std::vector<ChosenSeries> series;     // kept of every member
  Design design;
};

// A member as a scenario that can run alone. Levels are set first, then effects scaled; a measure that a plan
// lacks is left out of it.
Scenario scenario_of(const Basin& basin, const Sweep& sweep, std::size_t member, std::chrono::seconds offset);

// Says of each factor whether it moves the water: years, flow and temperature always, plans if their water
// differs, a measure's dates and effects if it changes the flow of a source that carries water.
void mark_water(const Basin& basin, const Sweep& sweep, std::vector<Factor>& factors);

// Members that share their water, none larger than `lanes`: what one batch runs. A function of the design
// alone, never of who runs it or of what is done already.
std::vector<std::vector<std::size_t>> batches_of(const Basin& basin, const Sweep& sweep, std::size_t lanes,
                                                 std::chrono::seconds offset);

}  // namespace limpid
