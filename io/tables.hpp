// The tables of a run: sections.csv, assessment.csv, ledger.csv, fit.csv. All writers throw Failure E5002
// when the disk does not take them. docs/output.md states every column.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/balance.hpp"
#include "model/hydropower.hpp"
#include "model/section.hpp"
#include "scenarios/assessment.hpp"
#include "scenarios/fit.hpp"
#include "solvers/record.hpp"
#include "solvers/station_watch.hpp"

namespace limpid {

// Significant digits of sections.csv; results.nc has the full doubles.
inline constexpr int kSectionDigits = 10;

// time (ISO 8601 with offset), section_id, constituent, value, unit: by time, then section, then quantity.
void write_sections_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                        const Record& record, std::chrono::seconds offset);

// section_id, section_name, period, indicator, value, class, target_class, attained, exceedance_multiple. Per
// section the months, then the years (2025-09, 2025); the whole section is indicator `section`, without a
// value. With carried items a last column, origin: simulated or carried.
void write_assessment_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                          const Assessment& assessment);

// constituent, account, amount, unit. Per constituent (water last): stock_begin, accounts in their order,
// stock_end; stock_end = stock_begin + sum of the accounts.
void write_ledger_csv(const std::filesystem::path& path, const Balance& balance);

// section, indicator, n, NSE, KGE, PBIAS, RMSE, class_hit_rate; undefined measures are empty.
struct FitRow {
  std::string section_id, indicator;
  Fit fit;
};
void write_fit_csv(const std::filesystem::path& path, const std::vector<FitRow>& rows);

// station_id, station_name, period, days, days_below, satisfied_percent, least_left, mean_left,
// mean_diverted, required, dewatered_mean, dewatered_most: per station the months, then the years, then
// `all`. Days with less than the ecological flow on their mean; m3/s and m. Only of whole days.
void write_stations_csv(const std::filesystem::path& path, const std::vector<Hydropower>& stations,
                        const std::vector<std::vector<StationDay>>& days, std::chrono::seconds offset);

const char* attained_text(Attained attained);  // true, false, missing
// The name that tables show: zh, else en, else the id.
const std::string& display_name(const Section& section);

}  // namespace limpid
