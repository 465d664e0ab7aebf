#include "io/comparison.hpp"

#include <nlohmann/json.hpp>

#include "io/csv_writer.hpp"
#include "model/unit.hpp"

namespace limpid {

namespace {

using Json = nlohmann::ordered_json;

const char* rule_text(JudgingRule rule) {
  return rule == JudgingRule::annual ? "annual" : "monthly";
}

const char* held_text(Held held) {
  switch (held) {
    case Held::yes:
      return "true";
    case Held::no:
      return "false";
    default:
      return "unproven";
  }
}

std::string month_text(const std::optional<Month>& month) {
  return month ? month->text() : "";
}

Json month_json(const std::optional<Month>& month) {
  return month ? Json(month->text()) : Json();
}

Json row_json(const ComparisonRow& row) {
  const DeadlineAnswer& answer = row.answer;
  Json j;
  j["section_id"] = row.section_id;
  j["indicator"] = answer.indicator;
  j["rule"] = rule_text(answer.rule);
  j["first_attained_month"] = month_json(answer.first_attained);
  j["held_from_month"] = month_json(answer.held_from);
  j["held"] = answer.held == Held::unproven ? Json("unproven") : Json(answer.held == Held::yes);
  j["attained_on_limit_date"] = answer.attained_on_limit_date ? Json(*answer.attained_on_limit_date) : Json();
  j["margin"] = answer.margin ? Json(*answer.margin) : Json();
  return j;
}

Json load_cut_json(const Basin& basin, const PlanSummary& plan) {
  Json j = Json::object();
  for (std::size_t c = 0; c < plan.load_cut.size(); ++c)
    if (basin.constituents[c].basis == AmountBasis::gram)
      j[basin.constituents[c].id] = unit::kg_per_day.unit.from_inside(plan.load_cut[c]);
  return j;
}

Json plan_json(const Basin& basin, const PlanSummary& plan) {
  Json j;
  j["plan"] = plan.plan;
  j["cost"] = {{"capex_cny", plan.capex}, {"opex_cny_per_year", plan.opex_per_year}};
  j["load_cut_kg_per_day"] = load_cut_json(basin, plan);
  j["results"] = Json::array();
  for (const ComparisonRow& row : plan.rows) j["results"].push_back(row_json(row));
  return j;
}

std::string limit_date(const Basin& basin, const std::string& section_id, std::chrono::seconds offset) {
  for (const Section& section : basin.sections)
    if (section.id == section_id) return section.limit_date ? format_date(*section.limit_date, offset) : "";
  return "";
}

}  // namespace

void write_comparison_csv(const std::filesystem::path& path, const Basin& basin,
                          const std::vector<PlanSummary>& plans, std::chrono::seconds offset) {
  CsvWriter table(
      path,
      "plan,section_id,section_name,indicator,rule,limit_date,first_attained_month,held_from_month,held,"
      "attained_on_limit_date,margin,capex_cny,opex_cny_per_year");
  for (const PlanSummary& plan : plans)
    for (const ComparisonRow& row : plan.rows) {
      const DeadlineAnswer& a = row.answer;
      table.text(plan.plan)
          .text(row.section_id)
          .text(row.section_name)
          .text(a.indicator)
          .text(rule_text(a.rule));
      table.text(limit_date(basin, row.section_id, offset));
      table.text(month_text(a.first_attained)).text(month_text(a.held_from)).text(held_text(a.held));
      table.text(a.attained_on_limit_date ? (*a.attained_on_limit_date ? "true" : "false") : "");
      table.number(a.margin).number(plan.capex).number(plan.opex_per_year).end_row();
    }
  table.close();
}

std::string comparison_json(const Basin& basin, const std::vector<PlanSummary>& plans) {
  Json j;
  j["plans"] = Json::array();
  for (const PlanSummary& plan : plans) j["plans"].push_back(plan_json(basin, plan));
  return j.dump();
}

}  // namespace limpid
