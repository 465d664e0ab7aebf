#include "scenarios/failing_flow.hpp"

#include <cmath>
#include <limits>

namespace limpid {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr int kSteps = 10;  // half octaves from 1/8 to 4

// What a drier year takes from: the river's boundaries and what runs off along it. Works and outfalls
// discharge as they did.
bool follows_weather(const Source& source) {
  return source.carries_water && (source.kind == SourceKind::boundary || source.kind == SourceKind::diffuse);
}

// The plan with the natural inflow at `factor` times its flow, from long before the run.
Plan with_flow(Plan plan, const Basin& basin, double factor) {
  for (const Source& source : basin.sources) {
    if (!follows_weather(source)) continue;
    Measure m;
    m.id = "flow of " + source.id;
    m.action = ActionKind::scale_flow;
    m.at = {{"source", source.id}};
    m.effects = {{-1, factor - 1}};
    m.start = Time{std::chrono::seconds(-100LL * 366 * 86400)};
    plan.measures.push_back(std::move(m));
  }
  return plan;
}

// What one run says of one section.
struct AtLimit {
  double margin = kUnknown, discharge = kUnknown;
};

double mean_discharge(const Record& record, int section, Month month, std::chrono::seconds offset) {
  const double begin = seconds_of(month.begin(offset)), end = seconds_of(month.end(offset));
  const int q = record.quantity("discharge");
  double sum = 0, count = 0;
  for (std::size_t t = 0; t < record.section_times.size(); ++t)
    if (record.section_times[t] >= begin && record.section_times[t] < end) {
      sum += record.section(t, section, q);
      ++count;
    }
  return count > 0 ? sum / count : kUnknown;
}

std::vector<AtLimit> at_limit(const Basin& basin, const AssessmentRules& rules,
                              const ScenarioResult& result) {
  std::vector<AtLimit> list(basin.sections.size());
  for (std::size_t s = 0; s < list.size(); ++s) {
    if (!basin.sections[s].limit_date) continue;
    for (const DeadlineAnswer& a : result.answers[s])
      if (a.indicator == "section" && a.rule == JudgingRule::monthly && a.margin) list[s].margin = *a.margin;
    list[s].discharge = mean_discharge(result.record, static_cast<int>(s),
                                       Month::of(*basin.sections[s].limit_date, rules.offset), rules.offset);
  }
  return list;
}

// From the factor at which it is met to the next lower one, at which it is missed.
FailingFlow between(int section, double met_at, double missed_at, const AtLimit& met, const AtLimit& missed) {
  const double share = met.margin / (met.margin - missed.margin);
  const double inverse = (1 - share) / met_at + share / missed_at;
  const double factor = 1 / inverse;
  const double along = (met_at - factor) / (met_at - missed_at);
  return {section, factor, met_at, missed_at, (1 - along) * met.discharge + along * missed.discharge};
}

}  // namespace

std::vector<double> flow_factors() {
  std::vector<double> list{0.125};
  for (int i = 0; i < kSteps; ++i)
    list.push_back(i % 2 ? 2 * list[list.size() - 2] : std::sqrt(2.0) * list.back());
  return list;
}

std::vector<std::vector<FailingFlow>> failing_flows(const Basin& basin, const RunOptions& options,
                                                    const AssessmentRules& rules,
                                                    const std::vector<const Plan*>& plans,
                                                    const ProgressReport& progress, Workers* workers) {
  const std::vector<double> factors = flow_factors();
  RunOptions own = options;
  own.map_interval = 0;
  own.final_state = false;
  std::vector<Scenario> scenarios;
  for (const double factor : factors)
    for (const Plan* plan : plans) scenarios.push_back({with_flow(*plan, basin, factor), {}});
  std::vector<std::vector<AtLimit>> all(scenarios.size());
  const bool whole = run_each(
      basin, own, rules, scenarios, lanes_at_a_time(basin, own),
      [&](std::size_t i, ScenarioResult result) { all[i] = at_limit(basin, rules, result); }, progress,
      workers);
  if (!whole) return {};
  std::vector<std::vector<FailingFlow>> list(plans.size());
  for (std::size_t p = 0; p < plans.size(); ++p)
    for (std::size_t s = 0; s < basin.sections.size(); ++s)
      for (std::size_t f = factors.size() - 1; f > 0; --f) {
        const AtLimit &met = all[f * plans.size() + p][s], &missed = all[(f - 1) * plans.size() + p][s];
        if (!(met.margin >= 0) || !(missed.margin < 0)) continue;
        list[p].push_back(between(static_cast<int>(s), factors[f], factors[f - 1], met, missed));
        break;
      }
  return list;
}

}  // namespace limpid
