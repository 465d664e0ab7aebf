#include "scenarios/rollup.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {
namespace {

constexpr std::size_t kShareRuleFrom = 5;

using Values = std::map<std::string, double>;

Values mean_of_items(const std::vector<Values>& sections) {
  Values sums;
  std::map<std::string, int> counts;
  for (const Values& values : sections)
    for (const auto& [item, value] : values) {
      if (std::isnan(value)) continue;
      sums[item] += value;
      ++counts[item];
    }
  for (auto& [item, sum] : sums) sum /= counts[item];
  return sums;
}

// Whole numbers, so that exactly 75 % is 75 %.
Quality quality_of_shares(long sections, long I_to_III, long worse_than_V) {
  if (100 * I_to_III >= 90 * sections) return Quality::excellent;
  if (100 * I_to_III >= 75 * sections) return Quality::good;
  if (100 * worse_than_V < 20 * sections) return Quality::light;
  return 100 * worse_than_V < 40 * sections ? Quality::moderate : Quality::heavy;
}

RiverVerdict judge_shares(const std::vector<WaterClass>& classes) {
  const auto n = std::ssize(classes);
  const auto good = std::ranges::count_if(classes, [](WaterClass c) { return c <= WaterClass::III; });
  const auto worst = std::ranges::count(classes, WaterClass::worse_than_V);
  const auto percent = [n](auto count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(n);
  };
  return {static_cast<int>(n), quality_of_shares(n, good, worst), std::nullopt, percent(good),
          percent(worst)};
}

}  // namespace

RiverVerdict judge_river(const Standard& standard, const std::vector<Values>& sections,
                         const AssessmentRules& rules) {
  std::vector<WaterClass> classes;
  for (const Values& values : sections)
    if (const auto c = judge(standard, Section{}, values, rules).water_class) classes.push_back(*c);
  if (classes.size() >= kShareRuleFrom) return judge_shares(classes);
  RiverVerdict verdict;
  verdict.sections = static_cast<int>(classes.size());
  verdict.water_class = judge(standard, Section{}, mean_of_items(sections), rules).water_class;
  if (verdict.water_class) verdict.quality = quality_of(*verdict.water_class);
  return verdict;
}

}  // namespace limpid
