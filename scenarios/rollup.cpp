#include "scenarios/rollup.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/mean.hpp"

namespace limpid {
namespace {

constexpr std::size_t kShareRuleFrom = 5, kMainPollutants = 3;

using Values = std::map<std::string, double>;

// Sections of one group in one period that have a class.
struct Members {
  std::vector<const SectionVerdict*> verdicts;
  bool lake = false;
};

Values mean_of_items(const Members& members) {
  std::map<std::string, Mean> means;
  for (const SectionVerdict* section : members.verdicts)
    for (const IndicatorVerdict& v : section->indicators)
      if (!v.missing) means[v.indicator].add(v.value);
  Values values;
  for (const auto& [item, mean] : means) values[item] = mean.value();
  return values;
}

// Whole numbers, so that exactly 75 % is 75 %.
Quality quality_of_shares(int sections, int I_to_III, int worse_than_V) {
  if (100 * I_to_III >= 90 * sections) return Quality::excellent;
  if (100 * I_to_III >= 75 * sections) return Quality::good;
  if (100 * worse_than_V < 20 * sections) return Quality::light;
  return 100 * worse_than_V < 40 * sections ? Quality::moderate : Quality::heavy;
}

void add_shares(RiverVerdict& verdict) {
  const auto percent = [&verdict](int count) { return 100.0 * count / verdict.sections; };
  verdict.quality = quality_of_shares(verdict.sections, verdict.I_to_III(), verdict.worse_than_V());
  verdict.percent_I_to_III = percent(verdict.I_to_III());
  verdict.percent_worse_than_V = percent(verdict.worse_than_V());
}

void add_mean(const Standard& standard, const Members& members, const AssessmentRules& rules,
              RiverVerdict& verdict) {
  Section section;
  section.lake = members.lake;
  verdict.water_class = judge(standard, section, mean_of_items(members), rules).water_class;
  if (verdict.water_class) verdict.quality = quality_of(*verdict.water_class);
}

// The first three items by the number of sections they are named for; ties in the order of the standard.
std::vector<GroupPollutant> first_pollutants(const Standard& standard,
                                             const std::map<std::string, int>& named) {
  std::vector<GroupPollutant> list;
  for (const StandardItem& item : standard.items)
    if (const auto it = named.find(item.id); it != named.end()) list.push_back({item.id, it->second});
  std::ranges::stable_sort(list, std::ranges::greater(), &GroupPollutant::sections);
  if (list.size() > kMainPollutants) list.resize(kMainPollutants);
  return list;
}

std::vector<GroupPollutant> worse_than_III(const Standard& standard, const Members& members) {
  std::map<std::string, int> named;
  for (const SectionVerdict* section : members.verdicts)
    for (const IndicatorVerdict& v : section->indicators)
      if (v.water_class > WaterClass::III && standard.find(v.indicator)->in_class(members.lake))
        ++named[v.indicator];
  return first_pollutants(standard, named);
}

std::vector<GroupPollutant> named_by_sections(const Standard& standard, const Members& members) {
  std::map<std::string, int> named;
  for (const SectionVerdict* section : members.verdicts)
    for (const Pollutant& p : section->main_pollutants) ++named[p.indicator];
  return first_pollutants(standard, named);
}

RiverVerdict counted(const Members& members) {
  RiverVerdict verdict;
  verdict.sections = static_cast<int>(members.verdicts.size());
  for (const SectionVerdict* section : members.verdicts)
    ++verdict.classes[static_cast<std::size_t>(*section->water_class) - 1];
  return verdict;
}

RiverVerdict judge_members(const Standard& standard, const Members& members, const AssessmentRules& rules) {
  RiverVerdict verdict = counted(members);
  const bool shares = !members.lake && members.verdicts.size() >= kShareRuleFrom;
  if (shares)
    add_shares(verdict);
  else
    add_mean(standard, members, rules, verdict);
  verdict.main_pollutants = shares ? worse_than_III(standard, members) : named_by_sections(standard, members);
  return verdict;
}

struct Group {
  GroupKind kind;
  std::string name;
  std::vector<int> sections;
};

void enter(std::vector<Group>& groups, GroupKind kind, const std::string& name, int section) {
  const auto known = std::ranges::find(groups, name, &Group::name);
  if (known == groups.end())
    groups.push_back({kind, name, {section}});
  else
    known->sections.push_back(section);
}

// By kind; a river, lake or county without a name is none.
std::vector<Group> groups_of(const std::vector<Section>& sections) {
  std::array<std::vector<Group>, 4> kinds;
  for (int s = 0; s < static_cast<int>(sections.size()); ++s) {
    const Section& section = sections[static_cast<std::size_t>(s)];
    const auto water = section.lake ? GroupKind::lake : GroupKind::river;
    if (!section.river.empty()) enter(kinds[static_cast<std::size_t>(water)], water, section.river, s);
    if (!section.lake) enter(kinds[2], GroupKind::basin, "", s);
    if (!section.county.empty()) enter(kinds[3], GroupKind::county, section.county, s);
  }
  std::vector<Group> groups;
  for (std::vector<Group>& kind : kinds)
    for (Group& group : kind)
      if (group.kind != GroupKind::basin || group.sections.size() > 1) groups.push_back(std::move(group));
  return groups;
}

using PeriodKey = std::pair<int, int>;  // year, month
using Periods = std::map<PeriodKey, std::vector<const SectionVerdict*>>;

Periods periods_of(const Group& group, const std::vector<SectionVerdict>& verdicts) {
  Periods periods;
  for (const SectionVerdict& v : verdicts)
    if (std::ranges::find(group.sections, v.section) != group.sections.end())
      periods[{v.year, v.month}].push_back(&v);
  return periods;
}

void count_attained(const SectionVerdict& section, GroupVerdict& verdict) {
  if (section.attained == Attained::missing) return;
  ++verdict.with_target;
  if (section.attained == Attained::yes) ++verdict.attaining;
}

GroupVerdict judge_group(const Standard& standard, const Group& group,
                         const std::vector<const SectionVerdict*>& sections, const AssessmentRules& rules) {
  GroupVerdict verdict{group.kind, group.name, sections.front()->year, sections.front()->month, 0, 0, 0,
                       {},         {}};
  Members members{{}, group.kind == GroupKind::lake};
  for (const SectionVerdict* section : sections) {
    count_attained(*section, verdict);
    if (section->missing || !section->water_class)
      ++verdict.missing;
    else
      members.verdicts.push_back(section);
  }
  if (group.kind != GroupKind::county) {
    verdict.verdict = judge_members(standard, members, rules);
    return verdict;
  }
  verdict.verdict = counted(members);
  if (members.verdicts.size() >= kShareRuleFrom) add_shares(verdict.verdict);
  return verdict;
}

// By level, and where both periods have shares by these too.
std::optional<Change> change_between(const RiverVerdict& before, const RiverVerdict& after) {
  if (!before.quality || !after.quality) return std::nullopt;
  const Change by_level = change_of_level(*before.quality, *after.quality);
  if (!before.percent_I_to_III || !after.percent_I_to_III) return by_level;
  return larger(by_level, change_of_shares(before.classes, after.classes));
}

}  // namespace

RiverVerdict judge_river(const Standard& standard, const std::vector<Values>& sections,
                         const AssessmentRules& rules) {
  std::vector<SectionVerdict> verdicts;
  for (const Values& values : sections) verdicts.push_back(judge(standard, Section{}, values, rules));
  Members members;
  for (const SectionVerdict& verdict : verdicts)
    if (verdict.water_class) members.verdicts.push_back(&verdict);
  return judge_members(standard, members, rules);
}

std::vector<GroupVerdict> roll_up(const Standard& standard, const std::vector<Section>& sections,
                                  const Assessment& assessment, const AssessmentRules& rules) {
  std::vector<GroupVerdict> all;
  for (const Group& group : groups_of(sections))
    for (const auto* verdicts : {&assessment.monthly, &assessment.annual}) {
      std::map<PeriodKey, RiverVerdict> earlier;
      for (const auto& [period, members] : periods_of(group, *verdicts)) {
        GroupVerdict verdict = judge_group(standard, group, members, rules);
        const auto before = earlier.find({period.first - 1, period.second});
        if (before != earlier.end()) verdict.change = change_between(before->second, verdict.verdict);
        earlier.emplace(period, verdict.verdict);
        all.push_back(std::move(verdict));
      }
    }
  return all;
}

}  // namespace limpid
