// A comparison of plans as files: comparison.csv and its JSON.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/section.hpp"
#include "scenarios/comparison.hpp"

namespace limpid {

// plan, section_id, section_name, indicator, rule, limit_date, first_attained_month, held_from_month, held,
// attained_on_limit_date, margin, capex_cny, opex_cny_per_year; unknown values are empty. Throws Failure
// E5002.
void write_comparison_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                          const std::vector<PlanVerdict>& plans, std::chrono::seconds offset);

// plan, section_id, section_name, indicator, measure, improvement, contribution, share, standard_error,
// alone, withdrawn: of every plan that has an attribution. Throws Failure E5002.
void write_attribution_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                           const std::vector<PlanVerdict>& plans);

// plan, year, capex_cny, opex_cny, energy_kwh. Throws Failure E5002.
void write_cash_flow_csv(const std::filesystem::path& path, const std::vector<PlanVerdict>& plans);
// plan, measure, field, first_plan, this_plan: what each plan does otherwise than the first. Throws Failure
// E5002.
void write_differences_csv(const std::filesystem::path& path, const std::vector<PlanVerdict>& plans);
// plan, section_id, section_name, indicator, rule, members, p_met_and_held, standard_error, held_by_90_month,
// breaks ("years dry 0.12 / 0.95; ..."). Throws Failure E5002.
void write_how_sure_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                        const std::vector<PlanVerdict>& plans);
// plan, section_id, section_name, factor, met_at, missed_at, discharge_m3_per_s. Throws Failure E5002.
void write_failing_flow_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                            const std::vector<PlanVerdict>& plans);
// plan, section_id, section_name, year, target_class, attained, months_attained, months, missed. Throws
// Failure E5002.
void write_interim_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                       const std::vector<PlanVerdict>& plans);
// plan, member, kind, of, value: everything that was drawn; then kind = answer, of = "<section> <indicator>
// <rule>", value = 1 held, 0 not, and held_from_month. Throws Failure E5002.
void write_members_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                       const std::vector<PlanVerdict>& plans);

// {"forcing_years":"2025 <- 2023,
// ...","plans":[{"plan","cost":{"capex_cny","opex_cny_per_year"},"load_cut_kg_per_day":{},"results":[{"section_id",
// "indicator","rule","first_attained_month","held_from_month","held","attained_on_limit_date","margin"}]}]};
// with an attribution also "attribution":[{"section_id","indicator","measure","share","standard_error"}] and
// "attribution_runs"; beside "cost" stand cash_flow, total_cny_in_run, removed_kg_in_run, cny_per_kg,
// attained_section_months, cny_per_attained_section_month and energy_kwh, in "differences" the
// measures that differ from the first plan's; of an ensemble every result has "p_met_and_held",
// "held_by_90_month" and "breaks"; null for unknown, held is true, false or "unproven"; "carried": true for
// an item that is observed and carried. One line without a line end.
std::string comparison_json(const std::vector<Section>& sections, const std::vector<PlanVerdict>& plans,
                            const std::string& forcing_years);

}  // namespace limpid
