// Who causes it: what each group of sources brings to a section, month by month, from the tags of a run, with
// the balance of what entered above the section and what arrived there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"
#include "solvers/record.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

// One group (or kAllGroups) of one constituent in one month. Loads in g/s, means over the month.
struct SourceShare {
  Month month;
  std::string constituent, group;
  double entered = 0;        // by the sources whose water reaches the section, after the plan's measures
  double arrived = 0;        // with the section's discharge
  double share = 0;          // of what arrived
  double concentration = 0;  // arrived / discharge [g m-3]
  double lost = 0;  // entered less arrived: reacted, settled, taken out, or still on its way (negative: made,
                    // released by the bed, or stored before)
};
inline constexpr const char* kAllGroups = "all";

struct MonthAtSection {
  Month month;
  double discharge = 0;             // m3/s, mean
  std::vector<SourceShare> shares;  // by constituent: the groups, then kAllGroups
  // Arrived / discharge at the nearest section upstream, by constituent in the order of `shares`.
  std::vector<double> upstream_concentration;
};

struct SectionSources {
  int section = 0;
  int upstream = -1;  // nearest section upstream, -1 = none
  std::vector<MonthAtSection> months;
};

// record: of the run, with the tags `<constituent>_from_<group>` among its quantities; the basin has the same
// tags. Months that the record does not cover whole are left out.
SectionSources sources_of(const Basin& basin, const RunOptions& options, const Plan& plan,
                          const Record& record, int section);

}  // namespace limpid
