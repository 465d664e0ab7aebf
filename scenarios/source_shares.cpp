#include "scenarios/source_shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "model/tags.hpp"
#include "scenarios/batch.hpp"
#include "scenarios/influence.hpp"

namespace limpid {

namespace {

// The last section above on the same reach, else the first met on the way up, reach by reach.
int upstream_section(const Basin& basin, int section) {
  const Section& here = basin.sections[static_cast<std::size_t>(section)];
  const auto last_on = [&](int reach, double above) {
    int best = -1;
    for (std::size_t s = 0; s < basin.sections.size(); ++s) {
      const Section& other = basin.sections[s];
      if (static_cast<int>(s) == section || other.reach != reach || other.chainage >= above) continue;
      if (best < 0 || other.chainage > basin.sections[static_cast<std::size_t>(best)].chainage)
        best = static_cast<int>(s);
    }
    return best;
  };
  if (const int same = last_on(here.reach, here.chainage); same >= 0) return same;
  std::vector<int> nodes{basin.network.reaches[static_cast<std::size_t>(here.reach)].from};
  std::set<int> seen;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!seen.insert(nodes[i]).second) continue;
    for (std::size_t r = 0; r < basin.network.reaches.size(); ++r) {
      const Reach& reach = basin.network.reaches[r];
      if (reach.to != nodes[i]) continue;
      if (const int found = last_on(static_cast<int>(r), reach.length * 2); found >= 0) return found;
      nodes.push_back(reach.from);
    }
  }
  return -1;
}

std::vector<bool> sources_above(const Basin& basin, int section) {
  std::vector<bool> above(basin.sources.size(), false);
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    Measure at;
    at.at = {{"source", basin.sources[s].id}};
    const std::vector<int> below = sections_below(basin, at);
    above[s] = std::find(below.begin(), below.end(), section) != below.end();
  }
  return above;
}

// Months that the record holds from their first to their last instant.
std::vector<Month> whole_months(const Record& record, std::chrono::seconds offset) {
  std::vector<Month> months;
  if (record.section_times.size() < 2) return months;
  const auto time = [](double t) { return Time(std::chrono::seconds(static_cast<std::int64_t>(t))); };
  for (Month m = Month::of(time(record.section_times.front()), offset);
       seconds_of(m.end(offset)) <= record.section_times.back(); ++m.index)
    if (seconds_of(m.begin(offset)) >= record.section_times.front()) months.push_back(m);
  return months;
}

// Means over [begin, end) of discharge and of discharge x quantity at a section.
double mean_flux(const Record& record, int section, int discharge, int quantity, double begin, double end) {
  double sum = 0;
  std::size_t count = 0;
  const auto first = std::lower_bound(record.section_times.begin(), record.section_times.end(), begin);
  for (auto t = static_cast<std::size_t>(first - record.section_times.begin());
       t < record.section_times.size() && record.section_times[t] < end; ++t) {
    const double q = record.section(t, section, discharge);
    const double value = quantity < 0 ? q : q * record.section(t, section, quantity);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count ? sum / static_cast<double>(count) : 0;
}

// Mean load of one month [g/s], by group and constituent, of the sources above a section.
std::vector<std::vector<double>> entered_loads(const Basin& basin, Batch& batch,
                                               const std::vector<bool>& above, double begin, double end) {
  constexpr double kDay = 86400;
  const Rows rows(static_cast<int>(basin.constituents.size()), 1);
  std::vector<std::vector<double>> sums(basin.tag_groups.size(),
                                        std::vector<double>(basin.constituents.size(), 0.0));
  std::vector<double> load;
  for (double t = begin; t < end; t += kDay) {
    batch.loads(t, std::min(end, t + kDay), rows, load);
    for (std::size_t s = 0; s < basin.sources.size(); ++s) {
      if (!above[s]) continue;
      auto& sum = sums[static_cast<std::size_t>(tag_group(basin, basin.sources[s]))];
      for (std::size_t c = 0; c < sum.size(); ++c)
        sum[c] += load[rows.at(static_cast<int>(s)) + c] / (end - begin);
    }
  }
  return sums;
}

std::vector<int> tagged(const Basin& basin) {
  std::vector<int> list;
  for (const Constituent& c : basin.constituents)
    if (c.is_tag() && std::find(list.begin(), list.end(), c.tag_of) == list.end()) list.push_back(c.tag_of);
  return list;
}

}  // namespace

SectionSources sources_of(const Basin& basin, const RunOptions& options, const Plan& plan,
                          const Record& record, int section) {
  SectionSources result;
  result.section = section;
  result.upstream = upstream_section(basin, section);
  const auto offset = options.grid.offset;
  const std::vector<bool> above = sources_above(basin, section);
  const std::vector<int> constituents = tagged(basin);
  const int discharge = record.quantity("discharge");
  Batch batch(basin, options, {&plan});
  for (const Month month : whole_months(record, offset)) {
    const double begin = seconds_of(month.begin(offset)), end = seconds_of(month.end(offset));
    MonthAtSection here{month, mean_flux(record, section, discharge, -1, begin, end), {}, {}};
    const auto entered = entered_loads(basin, batch, above, begin, end);
    for (const int c : constituents) {
      const std::string& id = basin.constituents[static_cast<std::size_t>(c)].id;
      const auto at = [&](int where, const std::string& quantity) {
        return mean_flux(record, where, discharge, record.quantity(quantity), begin, end);
      };
      SourceShare all{month, id, kAllGroups, 0, at(section, id), 1, 0, 0};
      for (std::size_t g = 0; g < basin.tag_groups.size(); ++g) {
        const std::string& group = basin.tag_groups[g];
        const double in = entered[g][static_cast<std::size_t>(c)], out = at(section, tag_id(id, group));
        here.shares.push_back({month, id, group, in, out, all.arrived > 0 ? out / all.arrived : 0,
                               here.discharge > 0 ? out / here.discharge : 0, in - out});
        all.entered += in;
      }
      all.concentration = here.discharge > 0 ? all.arrived / here.discharge : 0;
      all.lost = all.entered - all.arrived;
      here.shares.push_back(all);
      const double flow =
          result.upstream < 0 ? 0 : mean_flux(record, result.upstream, discharge, -1, begin, end);
      here.upstream_concentration.push_back(flow > 0 ? at(result.upstream, id) / flow
                                                     : std::numeric_limits<double>::quiet_NaN());
    }
    result.months.push_back(std::move(here));
  }
  return result;
}

}  // namespace limpid
