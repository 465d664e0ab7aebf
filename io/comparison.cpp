#include "io/comparison.hpp"

#include <nlohmann/json.hpp>

#include "io/csv_writer.hpp"
#include "io/tables.hpp"

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

Json answer_json(const Section& section, const DeadlineAnswer& answer) {
  Json j;
  j["section_id"] = section.id;
  j["indicator"] = answer.indicator;
  j["rule"] = rule_text(answer.rule);
  j["first_attained_month"] = month_json(answer.first_attained);
  j["held_from_month"] = month_json(answer.held_from);
  j["held"] = answer.held == Held::unproven ? Json("unproven") : Json(answer.held == Held::yes);
  j["attained_on_limit_date"] = answer.attained_on_limit_date ? Json(*answer.attained_on_limit_date) : Json();
  j["margin"] = answer.margin ? Json(*answer.margin) : Json();
  if (answer.carried) j["carried"] = true;
  return j;
}

void put_attribution(const std::vector<Section>& sections, const Attribution& attribution, Json& plan) {
  plan["attribution"] = Json::array();
  for (const Contribution& c : attribution.contributions) {
    Json row{{"section_id", sections[static_cast<std::size_t>(c.section)].id},
             {"indicator", c.indicator},
             {"measure", c.measure},
             {"share", c.share}};
    row["contribution"] = c.contribution;
    row["alone"] = c.alone;
    row["withdrawn"] = c.withdrawn;
    if (attribution.sampled) row["standard_error"] = c.standard_error;
    plan["attribution"].push_back(std::move(row));
  }
  plan["attribution_runs"] = {{"method", attribution.sampled ? "sampled" : "exact"},
                              {"combinations", attribution.coalitions},
                              {"step_s", attribution.step}};
  if (attribution.sampled) plan["attribution_runs"]["orders"] = attribution.orders;
  if (attribution.step_difference) plan["attribution_runs"]["step_difference"] = *attribution.step_difference;
}

Json plan_json(const std::vector<Section>& sections, const PlanVerdict& plan) {
  Json j;
  j["plan"] = plan.plan;
  j["cost"] = {{"capex_cny", plan.capex}, {"opex_cny_per_year", plan.opex}};
  j["load_cut_kg_per_day"] = plan.load_cut;
  j["results"] = Json::array();
  for (std::size_t s = 0; s < plan.answers.size(); ++s)
    for (const DeadlineAnswer& answer : plan.answers[s])
      j["results"].push_back(answer_json(sections[s], answer));
  if (plan.attribution) put_attribution(sections, *plan.attribution, j);
  return j;
}

}  // namespace

void write_comparison_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                          const std::vector<PlanVerdict>& plans, std::chrono::seconds offset) {
  CsvWriter table(
      path,
      "plan,section_id,section_name,indicator,rule,limit_date,first_attained_month,held_from_month,held,"
      "attained_on_limit_date,margin,capex_cny,opex_cny_per_year");
  for (const PlanVerdict& plan : plans)
    for (std::size_t s = 0; s < plan.answers.size(); ++s)
      for (const DeadlineAnswer& a : plan.answers[s]) {
        const Section& section = sections[s];
        table.text(plan.plan)
            .text(section.id)
            .text(display_name(section))
            .text(a.indicator)
            .text(rule_text(a.rule));
        table.text(section.limit_date ? format_date(*section.limit_date, offset) : "");
        table.text(month_text(a.first_attained)).text(month_text(a.held_from)).text(held_text(a.held));
        table.text(a.attained_on_limit_date ? (*a.attained_on_limit_date ? "true" : "false") : "");
        table.number(a.margin).number(plan.capex).number(plan.opex).end_row();
      }
  table.close();
}

void write_attribution_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                           const std::vector<PlanVerdict>& plans) {
  CsvWriter table(
      path,
      "plan,section_id,section_name,indicator,measure,improvement,contribution,share,standard_error,"
      "alone,withdrawn");
  for (const PlanVerdict& plan : plans) {
    if (!plan.attribution) continue;
    for (const Contribution& c : plan.attribution->contributions) {
      const Section& section = sections[static_cast<std::size_t>(c.section)];
      table.text(plan.plan).text(section.id).text(display_name(section)).text(c.indicator).text(c.measure);
      table.number(c.improvement).number(c.contribution).number(c.share).number(c.standard_error);
      table.number(c.alone).number(c.withdrawn).end_row();
    }
  }
  table.close();
}

std::string comparison_json(const std::vector<Section>& sections, const std::vector<PlanVerdict>& plans,
                            const std::string& forcing_years) {
  Json j;
  j["forcing_years"] = forcing_years;
  j["plans"] = Json::array();
  for (const PlanVerdict& plan : plans) j["plans"].push_back(plan_json(sections, plan));
  return j.dump();
}

}  // namespace limpid
