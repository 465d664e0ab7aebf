#include "io/results_assessment.hpp"

#include <algorithm>
#include <stdexcept>

#include "io/case_keys.hpp"
#include "io/netcdf_values.hpp"
#include "io/netcdf_variables.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

// The word that case.toml has for a choice, and back.
std::string choice_word(const char* key, int index) {
  return split_words(declared(case_keys(), "assessment", key).choices).at(static_cast<std::size_t>(index));
}

int read_choice_word(const NcGroup& root, const char* key) {
  const std::string word = required_attribute(root, std::string("assessment_") + key);
  const auto words = split_words(declared(case_keys(), "assessment", key).choices);
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end())
    throw std::runtime_error("attribute assessment_" + std::string(key) + " is " + word);
  return static_cast<int>(found - words.begin());
}

int read_number(const NcGroup& root, const std::string& name, int low, int high) {
  const auto all = root.getAtts();
  const auto at = all.find(name);
  if (at == all.end()) throw std::runtime_error("attribute " + name + " is missing");
  int value = 0;
  if (at->second.getAttLength() == 1) at->second.getValues(&value);
  if (value < low || value > high) throw std::runtime_error("attribute " + name + " is out of range");
  return value;
}

std::chrono::seconds read_utc_offset(const NcGroup& root) {
  Problems problems;
  const auto offset = read_offset({required_attribute(root, "utc_offset"), {}, "utc_offset"}, problems);
  if (!offset) throw std::runtime_error("attribute utc_offset is no offset");
  return *offset;
}

std::string joined_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

void put_carried(const NcGroup& root, const std::vector<CarriedItem>& carried) {
  if (carried.empty()) return;
  const NcDim item = root.addDim("carried", carried.size()), month = root.addDim("carried_month", 12);
  std::vector<int> sections;
  std::vector<std::string> indicators;
  std::vector<double> values;
  for (const CarriedItem& c : carried) {
    sections.push_back(c.section + 1);
    indicators.push_back(c.indicator);
    values.insert(values.end(), c.months.begin(), c.months.end());
  }
  const NcVar section = add_column(
      root, item, {"carried_section_number", "number of the carried item's section", ""}, sections);
  add_labels(root, item, {"carried_indicator", "item that is observed and carried unchanged", ""}, indicators,
             section);
  const NcVar value = root.addVar("carried_value", netCDF::ncDouble, {item, month});
  value.putAtt("long_name", "observed value of the item, January first, in the standard's unit");
  value.putVar(values.data());
}

std::vector<CarriedItem> read_carried_items(const NcGroup& root) {
  std::vector<CarriedItem> carried;
  if (root.getDim("carried").isNull()) return carried;
  const auto sections = integers(root, "carried_section_number", "carried");
  const auto indicators = labels(root, "carried_indicator", "carried");
  const NcVar value = required_variable(root, "carried_value", {"carried", "carried_month"});
  if (value.getDimCount() != 2 || value.getDim(1).getSize() != 12)
    throw std::runtime_error("variable carried_value has other dimensions");
  std::vector<double> values(12 * sections.size());
  value.getVar(values.data());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    carried.push_back({sections[i] - 1, indicators[i], {}});
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(12 * i), 12, carried.back().months.begin());
  }
  return carried;
}

}  // namespace

std::string offset_text(std::chrono::seconds offset) {
  const std::string time = format_time(Time{}, offset);
  return time.substr(time.size() - 6);
}

std::string statistic_word(MonthlyStatistic statistic) {
  return choice_word("statistic", static_cast<int>(statistic));
}

void put_assessment_basis(const NcGroup& root, const AssessmentBasis& basis) {
  const AssessmentRules& rules = basis.rules;
  root.putAtt("utc_offset", offset_text(rules.offset));
  if (!basis.forcing_years.empty()) root.putAtt("forcing_years", basis.forcing_years);
  root.putAtt("assessment_standard", basis.standard);
  root.putAtt("assessment_statistic", statistic_word(rules.statistic));
  root.putAtt("assessment_rounding", choice_word("rounding", static_cast<int>(rules.rounding)));
  root.putAtt("assessment_sample_day", netCDF::ncInt, rules.sample_day);
  root.putAtt("assessment_min_months", netCDF::ncInt, rules.min_months);
  if (!rules.criteria.empty()) root.putAtt("assessment_criteria", joined_words(rules.criteria));
  put_carried(root, rules.carried);
}

AssessmentBasis read_assessment_basis(const NcGroup& root) {
  AssessmentBasis basis;
  basis.standard = required_attribute(root, "assessment_standard");
  basis.forcing_years = attribute(root.getAtts(), "forcing_years");
  AssessmentRules& rules = basis.rules;
  rules.offset = read_utc_offset(root);
  rules.statistic = static_cast<MonthlyStatistic>(read_choice_word(root, "statistic"));
  rules.rounding = static_cast<Rounding>(read_choice_word(root, "rounding"));
  rules.sample_day = read_number(root, "assessment_sample_day", 1, 28);
  rules.min_months = read_number(root, "assessment_min_months", 1, 12);
  rules.criteria = split_words(attribute(root.getAtts(), "assessment_criteria"));
  rules.carried = read_carried_items(root);
  return basis;
}

}  // namespace limpid
