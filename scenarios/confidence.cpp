#include "scenarios/confidence.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "model/random.hpp"
#include "scenarios/scaled_effect.hpp"

namespace limpid {

namespace {

constexpr double kMostHold = 0.9, kWorthTelling = 0.05;

int choose_years(const Uncertainty& uncertainty, std::uint64_t member) {
  if (uncertainty.years.empty()) return -1;
  double all = 0;
  for (const YearsChoice& choice : uncertainty.years) all += choice.weight;
  double left = all * Random(uncertainty.seed, stream_of("years")).uniform(member);
  for (std::size_t i = 0; i + 1 < uncertainty.years.size(); ++i) {
    left -= uncertainty.years[i].weight;
    if (left < 0) return static_cast<int>(i);
  }
  return static_cast<int>(uncertainty.years.size()) - 1;
}

void draw_measure(const Basin& basin, const std::string& id, const Uncertainty& uncertainty,
                  std::uint64_t member, std::chrono::seconds offset, Member& out) {
  Plan& plan = out.scenario.plan;
  const auto first =
      std::find_if(plan.measures.begin(), plan.measures.end(), [&](const Measure& m) { return m.id == id; });
  const double low = first->effect_low, high = first->effect_high;
  const Time start = first->start;
  const double late = seconds_of(add(start, first->slip, offset)) - seconds_of(start);
  if (low < high) {
    const double f = std::max(
        kLeastEffect, Random(uncertainty.seed, stream_of("effect " + id)).triangular(member, low, 1, high));
    for (Measure& m : plan.measures)
      if (m.id == id) scale_effect(m, f, basin);
    out.draws.push_back({"effect", id, f});
  }
  if (late > 0) {
    const double u = Random(uncertainty.seed, stream_of("slip " + id)).uniform(member);
    const auto days = static_cast<std::int64_t>(std::floor(u * (late / 86400 + 1)));
    plan = slipped(std::move(plan), id, {0, days * 86400}, offset);
    out.draws.push_back({"slip", id, static_cast<double>(days)});
  }
}

void draw_errors(const Basin& basin, const Uncertainty& uncertainty, std::uint64_t member, Member& out) {
  out.errors.assign(basin.sections.size(), std::vector<double>(basin.standard.items.size(), 0.0));
  for (std::size_t s = 0; s < basin.sections.size(); ++s)
    for (std::size_t i = 0; i < basin.standard.items.size(); ++i) {
      const std::string& item = basin.standard.items[i].id;
      const ModelError* error = nullptr;
      for (const ModelError& e : uncertainty.model_errors)
        if (e.indicator == item && (e.section == static_cast<int>(s) || (e.section < 0 && !error)))
          error = &e;
      if (!error || error->deviation <= 0) continue;
      const std::string of = basin.sections[s].id + " " + item;
      out.errors[s][i] =
          Random(uncertainty.seed, stream_of("model error " + of)).normal(member, 0, error->deviation);
      out.draws.push_back({"model_error", of, out.errors[s][i]});
    }
}

}  // namespace

Member member_of(const Basin& basin, const Plan& plan, const Uncertainty& uncertainty, int member,
                 std::chrono::seconds offset) {
  const auto index = static_cast<std::uint64_t>(member);
  Member out;
  out.scenario.plan = plan;
  out.years = choose_years(uncertainty, index);
  if (out.years >= 0) {
    const YearsChoice& choice = uncertainty.years[static_cast<std::size_t>(out.years)];
    out.scenario.assumptions.years = choice.years;
    out.draws.push_back({"years", choice.id, static_cast<double>(out.years)});
  }
  for (const UncertainParameter& p : uncertainty.parameters) {
    const std::string of = p.process + "." + p.parameter;
    const double factor =
        Random(uncertainty.seed, stream_of("parameter " + of)).lognormal(index, 1, p.log_deviation);
    out.scenario.assumptions.parameters.push_back({p.process, p.parameter, factor});
    out.draws.push_back({"parameter", of, factor});
  }
  for (const std::string& id : measure_ids(plan)) draw_measure(basin, id, uncertainty, index, offset, out);
  draw_errors(basin, uncertainty, index, out);
  return out;
}

namespace {

std::vector<std::vector<MemberAnswer>> judge_member(const Basin& basin, const AssessmentRules& rules,
                                                    const Member& member, const ScenarioResult& result) {
  std::vector<IndicatorSeries> series = indicator_series(basin.standard, result.record);
  for (IndicatorSeries& s : series) {
    const auto item =
        static_cast<std::size_t>(basin.standard.find(s.indicator) - basin.standard.items.data());
    const double error = member.errors[static_cast<std::size_t>(s.section)][item];
    if (error == 0) continue;
    for (double& value : s.values) value = std::max(0.0, value + error);
  }
  const Assessment assessment = assess(basin.standard, basin.sections, series, rules);
  std::vector<std::vector<MemberAnswer>> list(basin.sections.size());
  for (std::size_t s = 0; s < basin.sections.size(); ++s)
    for (const DeadlineAnswer& a :
         deadline_answers(basin.standard, basin.sections[s], static_cast<int>(s), assessment, rules))
      list[s].push_back({a.held, a.held_from, a.margin});
  return list;
}

// One thing that was drawn, with its value in every member.
struct Drawn {
  std::string kind, of;
  std::vector<double> values;
};

std::vector<Drawn> by_thing(const std::vector<std::vector<Draw>>& draws) {
  std::vector<Drawn> list;
  std::map<std::string, std::size_t> places;
  for (std::size_t m = 0; m < draws.size(); ++m)
    for (const Draw& d : draws[m]) {
      const std::string name = d.kind == "years" ? d.kind : d.kind + " " + d.of;
      const auto [at, fresh] = places.try_emplace(name, list.size());
      if (fresh) list.push_back({d.kind, d.of, std::vector<double>(draws.size(), 0.0)});
      list[at->second].values[m] = d.value;
    }
  return list;
}

struct Halves {
  double held[2] = {0, 0}, count[2] = {0, 0};
  void add(int half, bool holds) {
    held[half] += holds ? 1 : 0;
    count[half] += 1;
  }
  bool both() const { return count[0] > 0 && count[1] > 0; }
  double share(int half) const { return held[half] / count[half]; }
};

void tell(const std::string& kind, const std::string& of, const Halves& halves,
          std::vector<Confidence::Break>& out) {
  if (!halves.both()) return;
  const double worse = std::min(halves.share(0), halves.share(1)),
               better = std::max(halves.share(0), halves.share(1));
  if (better - worse >= kWorthTelling) out.push_back({kind, of, worse, better});
}

void find_breaks(const std::vector<Drawn>& things, const Uncertainty& uncertainty,
                 const std::vector<int>& whole, const std::vector<bool>& holds,
                 std::vector<Confidence::Break>& out) {
  for (const Drawn& thing : things) {
    if (thing.kind == "years") {
      for (std::size_t y = 0; y < uncertainty.years.size(); ++y) {
        Halves halves;
        for (const int m : whole)
          halves.add(thing.values[static_cast<std::size_t>(m)] == static_cast<double>(y) ? 0 : 1,
                     holds[static_cast<std::size_t>(m)]);
        if (halves.both() && halves.share(0) < halves.share(1))
          tell("years", uncertainty.years[y].id, halves, out);
      }
      continue;
    }
    std::vector<double> sorted;
    for (const int m : whole) sorted.push_back(thing.values[static_cast<std::size_t>(m)]);
    std::sort(sorted.begin(), sorted.end());
    const double middle = sorted[sorted.size() / 2];
    Halves halves;
    for (const int m : whole)
      halves.add(thing.values[static_cast<std::size_t>(m)] < middle ? 0 : 1,
                 holds[static_cast<std::size_t>(m)]);
    tell(thing.kind, thing.of, halves, out);
  }
  std::stable_sort(out.begin(), out.end(), [](const Confidence::Break& a, const Confidence::Break& b) {
    return a.better - a.worse > b.better - b.worse;
  });
}

std::optional<Month> month_of_share(std::vector<Month> months, std::size_t members) {
  std::sort(months.begin(), months.end());
  const auto needed = static_cast<std::size_t>(std::ceil(kMostHold * static_cast<double>(members)));
  return needed > 0 && months.size() >= needed ? std::optional(months[needed - 1]) : std::nullopt;
}

Confidence confidence_of(const PlanConfidence& plan, const std::vector<Drawn>& things,
                         const Uncertainty& uncertainty, std::size_t section, std::size_t answer) {
  Confidence c;
  std::vector<int> whole;
  std::vector<bool> holds(plan.members.size(), false);
  std::vector<Month> months;
  int held = 0;
  for (std::size_t m = 0; m < plan.members.size(); ++m) {
    if (plan.members[m].empty()) continue;
    whole.push_back(static_cast<int>(m));
    const MemberAnswer& a = plan.members[m][section][answer];
    holds[m] = a.held == Held::yes;
    held += holds[m] ? 1 : 0;
    if (a.held_from) months.push_back(*a.held_from);
  }
  c.members = static_cast<int>(whole.size());
  if (whole.empty()) return c;
  c.met_and_held = static_cast<double>(held) / c.members;
  c.standard_error = std::sqrt(c.met_and_held * (1 - c.met_and_held) / c.members);
  c.held_by_90 = month_of_share(std::move(months), whole.size());
  find_breaks(things, uncertainty, whole, holds, c.breaks);
  return c;
}

// What the river of a member is made of: members that differ only in the model's error share one run.
std::string river_text(const Member& member) {
  std::string text = std::to_string(member.years) + "|";
  for (const Measure& m : member.scenario.plan.measures) text += effect_text(m) + "|";
  for (const ParameterFactor& p : member.scenario.assumptions.parameters)
    text +=
        p.process + "." + p.parameter + "*" + std::to_string(std::bit_cast<std::uint64_t>(p.factor)) + "|";
  return text;
}

// All rivers, each with the (plan, member)s that it stands for.
struct Ensemble {
  std::vector<Scenario> scenarios;
  std::vector<std::vector<std::pair<std::size_t, int>>> which;
  std::map<std::string, std::size_t> known;

  void add(Member& member, std::size_t plan, int number) {
    const auto [at, fresh] = known.try_emplace(river_text(member), scenarios.size());
    if (fresh) {
      scenarios.push_back(std::move(member.scenario));
      which.emplace_back();
    }
    which[at->second].emplace_back(plan, number);
  }
};

}  // namespace

std::vector<PlanConfidence> confidence(const Basin& basin, const RunOptions& options,
                                       const AssessmentRules& rules, const std::vector<const Plan*>& plans,
                                       const Uncertainty& uncertainty, const ProgressReport& progress,
                                       Workers* workers) {
  const auto count = static_cast<std::size_t>(uncertainty.members);
  std::vector<PlanConfidence> list(plans.size());
  std::vector<std::vector<Member>> members(plans.size());
  Ensemble ensemble;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    list[p].members.resize(count);
    for (int m = 0; m < uncertainty.members; ++m) {
      members[p].push_back(member_of(basin, *plans[p], uncertainty, m, options.grid.offset));
      list[p].draws.push_back(members[p].back().draws);
      ensemble.add(members[p].back(), p, m);
    }
  }
  RunOptions own = options;
  own.map_interval = 0;
  own.final_state = false;
  const bool whole = run_each(
      basin, own, rules, ensemble.scenarios, lanes_at_a_time(basin, own),
      [&](std::size_t i, ScenarioResult result) {
        if (result.failed) return;
        for (const auto& [p, m] : ensemble.which[i])
          list[p].members[static_cast<std::size_t>(m)] =
              judge_member(basin, rules, members[p][static_cast<std::size_t>(m)], result);
      },
      progress, workers);
  if (!whole) return {};
  for (PlanConfidence& plan : list) {
    const std::vector<Drawn> things = by_thing(plan.draws);
    const auto any = std::find_if(plan.members.begin(), plan.members.end(),
                                  [](const auto& answers) { return !answers.empty(); });
    if (any == plan.members.end()) continue;
    plan.answers.resize(any->size());
    for (std::size_t s = 0; s < any->size(); ++s)
      for (std::size_t a = 0; a < (*any)[s].size(); ++a)
        plan.answers[s].push_back(confidence_of(plan, things, uncertainty, s, a));
  }
  return list;
}

}  // namespace limpid
