#include "io/comparison.hpp"

#include <nlohmann/json.hpp>

#include "io/csv_writer.hpp"
#include "io/overview.hpp"
#include "io/tables.hpp"

namespace limpid {

namespace {

using Json = nlohmann::ordered_json;

const char* rule_text(JudgingRule rule) {
  return rule == JudgingRule::annual ? "annual" : "monthly";
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

void put_cost(const PlanVerdict& plan, Json& j) {
  j["total_cny_in_run"] = plan.cost.total;
  j["cash_flow"] = Json::array();
  for (const auto& [year, flow] : plan.cost.years)
    j["cash_flow"].push_back({{"year", year}, {"capex_cny", flow.capex}, {"opex_cny", flow.opex}});
  if (!plan.cost.energy.empty()) {
    j["energy_kwh"] = Json::object();
    for (const auto& [year, kwh] : plan.cost.energy) j["energy_kwh"][std::to_string(year)] = kwh;
  }
  j["removed_kg_in_run"] = plan.cost.removed;
  j["cny_per_kg"] = plan.cost.per_kg;
  j["attained_section_months"] = plan.cost.attained_months;
  j["cny_per_attained_section_month"] =
      plan.cost.per_attained_month ? Json(*plan.cost.per_attained_month) : Json();
}

void put_differences(const PlanVerdict& plan, Json& j) {
  j["differences"] = Json::array();
  for (const MeasureDifference& d : plan.differences)
    j["differences"].push_back(
        {{"measure", d.measure}, {"field", d.field}, {"first", d.first}, {"this", d.second}});
}

std::string break_text(const Confidence::Break& b) {
  return b.kind + " " + b.of;
}

void put_confidence(const Confidence& c, Json& answer) {
  answer["p_met_and_held"] = c.members > 0 ? Json(c.met_and_held) : Json();
  answer["p_standard_error"] = c.standard_error;
  answer["members"] = c.members;
  answer["held_by_90_month"] = month_json(c.held_by_90);
  answer["breaks"] = Json::array();
  for (const Confidence::Break& b : c.breaks)
    answer["breaks"].push_back({{"what", break_text(b)}, {"p_worse", b.worse}, {"p_better", b.better}});
}

Json plan_json(const std::vector<Section>& sections, const PlanVerdict& plan) {
  Json j;
  j["plan"] = plan.plan;
  j["cost"] = {{"capex_cny", plan.capex}, {"opex_cny_per_year", plan.opex}};
  put_cost(plan, j);
  put_differences(plan, j);
  if (!plan.slips.empty()) j["slips"] = plan.slips;
  j["load_cut_kg_per_day"] = plan.load_cut;
  j["results"] = Json::array();
  for (std::size_t s = 0; s < plan.answers.size(); ++s)
    for (std::size_t a = 0; a < plan.answers[s].size(); ++a) {
      j["results"].push_back(answer_json(sections[s], plan.answers[s][a]));
      if (plan.confidence && s < plan.confidence->answers.size())
        put_confidence(plan.confidence->answers[s][a], j["results"].back());
    }
  if (plan.attribution) put_attribution(sections, *plan.attribution, j);
  if (!plan.interim.empty()) {
    j["interim"] = Json::array();
    for (const InterimAnswer& a : plan.interim)
      j["interim"].push_back({{"section_id", sections[static_cast<std::size_t>(a.asked.section)].id},
                              {"year", a.asked.year},
                              {"target_class", class_text(a.asked.target)},
                              {"attained", attained_text(a.attained)},
                              {"months_attained", a.months_attained},
                              {"months", a.months},
                              {"missed", a.missed}});
  }
  if (plan.failing_flows) {
    j["fails_below_flow"] = Json::array();
    for (const FailingFlow& f : *plan.failing_flows)
      j["fails_below_flow"].push_back({{"section_id", sections[static_cast<std::size_t>(f.section)].id},
                                       {"factor", f.factor},
                                       {"discharge_m3_per_s", f.discharge}});
  }
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

void write_cash_flow_csv(const std::filesystem::path& path, const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path, "plan,year,capex_cny,opex_cny,energy_kwh");
  for (const PlanVerdict& plan : plans)
    for (const auto& [year, flow] : plan.cost.years) {
      const auto energy = plan.cost.energy.find(year);
      table.text(plan.plan).text(std::to_string(year)).number(flow.capex).number(flow.opex);
      table.number(energy == plan.cost.energy.end() ? 0.0 : energy->second).end_row();
    }
  table.close();
}

void write_differences_csv(const std::filesystem::path& path, const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path, "plan,measure,field,first_plan,this_plan");
  for (const PlanVerdict& plan : plans)
    for (const MeasureDifference& d : plan.differences)
      table.text(plan.plan).text(d.measure).text(d.field).text(d.first).text(d.second).end_row();
  table.close();
}

void write_how_sure_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                        const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path,
                  "plan,section_id,section_name,indicator,rule,members,p_met_and_held,standard_error,"
                  "held_by_90_month,breaks");
  for (const PlanVerdict& plan : plans) {
    if (!plan.confidence) continue;
    for (std::size_t s = 0; s < plan.confidence->answers.size(); ++s)
      for (std::size_t a = 0; a < plan.confidence->answers[s].size(); ++a) {
        const Confidence& c = plan.confidence->answers[s][a];
        std::string breaks;
        for (const Confidence::Break& b : c.breaks) {
          breaks += (breaks.empty() ? "" : "; ") + break_text(b) + " ";
          append_number(breaks, b.worse, 3);
          breaks += " / ";
          append_number(breaks, b.better, 3);
        }
        table.text(plan.plan).text(sections[s].id).text(display_name(sections[s]));
        table.text(plan.answers[s][a].indicator).text(rule_text(plan.answers[s][a].rule));
        table.text(std::to_string(c.members)).number(c.met_and_held).number(c.standard_error);
        table.text(month_text(c.held_by_90)).text(breaks).end_row();
      }
  }
  table.close();
}

void write_interim_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                       const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path,
                  "plan,section_id,section_name,year,target_class,attained,months_attained,months,missed");
  for (const PlanVerdict& plan : plans)
    for (const InterimAnswer& a : plan.interim) {
      const Section& section = sections[static_cast<std::size_t>(a.asked.section)];
      std::string missed;
      for (const std::string& indicator : a.missed) missed += (missed.empty() ? "" : " ") + indicator;
      table.text(plan.plan).text(section.id).text(display_name(section));
      table.text(std::to_string(a.asked.year)).text(class_text(a.asked.target));
      table.text(attained_text(a.attained)).text(std::to_string(a.months_attained));
      table.text(std::to_string(a.months)).text(missed).end_row();
    }
  table.close();
}

void write_failing_flow_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                            const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path, "plan,section_id,section_name,factor,met_at,missed_at,discharge_m3_per_s");
  for (const PlanVerdict& plan : plans) {
    if (!plan.failing_flows) continue;
    for (const FailingFlow& f : *plan.failing_flows) {
      const Section& section = sections[static_cast<std::size_t>(f.section)];
      table.text(plan.plan).text(section.id).text(display_name(section)).number(f.factor);
      table.number(f.met_at).number(f.missed_at).number(f.discharge).end_row();
    }
  }
  table.close();
}

void write_members_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                       const std::vector<PlanVerdict>& plans) {
  CsvWriter table(path, "plan,member,kind,of,value,held_from_month");
  for (const PlanVerdict& plan : plans) {
    if (!plan.confidence) continue;
    const PlanConfidence& c = *plan.confidence;
    for (std::size_t m = 0; m < c.draws.size(); ++m) {
      for (const Draw& d : c.draws[m])
        table.text(plan.plan)
            .text(std::to_string(m))
            .text(d.kind)
            .text(d.of)
            .number(d.value)
            .text("")
            .end_row();
      for (std::size_t s = 0; s < c.members[m].size(); ++s)
        for (std::size_t a = 0; a < c.members[m][s].size(); ++a) {
          const MemberAnswer& answer = c.members[m][s][a];
          table.text(plan.plan).text(std::to_string(m)).text("answer");
          table.text(sections[s].id + " " + plan.answers[s][a].indicator + " " +
                     rule_text(plan.answers[s][a].rule));
          table.number(answer.held == Held::yes ? 1.0 : 0.0).text(month_text(answer.held_from)).end_row();
        }
    }
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
