#include "io/tables.hpp"

#include <algorithm>
#include <map>

#include "io/csv_writer.hpp"

namespace limpid {

namespace {

// What stays the same at every time of one section and quantity: ",<section>,<constituent>," and ",<unit>\n".
struct RowText {
  std::string before, after;
};

std::vector<RowText> row_texts(const std::vector<Section>& sections, const Record& record) {
  std::vector<RowText> texts;
  for (const Section& section : sections)
    for (const RecordedQuantity& quantity : record.quantities) {
      RowText text{",", ","};
      append_field(text.before, section.id);
      text.before += ',';
      append_field(text.before, quantity.id);
      text.before += ',';
      append_field(text.after, quantity.unit);
      text.after += '\n';
      texts.push_back(std::move(text));
    }
  return texts;
}

std::string period_text(const SectionVerdict& verdict) {
  return verdict.month == 0 ? std::to_string(verdict.year)
                            : Month{12 * verdict.year + verdict.month - 1}.text();
}

void write_verdict(CsvWriter& table, const Section& section, const SectionVerdict& verdict, bool origins) {
  const std::string period = period_text(verdict);
  const char* target = section.target ? class_text(*section.target) : "";
  for (const IndicatorVerdict& item : verdict.indicators) {
    table.text(section.id).text(display_name(section)).text(period).text(item.indicator).number(item.value);
    table.text(item.water_class ? class_text(*item.water_class) : "").text(target);
    table.text(attained_text(item.attained)).number(item.exceedance_multiple);
    if (origins) table.text(item.carried ? "carried" : "simulated");
    table.end_row();
  }
  table.text(section.id).text(display_name(section)).text(period).text("section").text("");
  table.text(verdict.water_class ? class_text(*verdict.water_class) : "").text(target);
  table.text(attained_text(verdict.attained)).text("");
  if (origins) table.text("");
  table.end_row();
}

// What a period's days come to.
void write_station_period(CsvWriter& table, const Hydropower& station, const std::string& period,
                          const std::vector<StationDay>& days) {
  int below = 0;
  double least = days.front().left, left = 0, diverted = 0, required = 0, dewatered = 0, most = 0;
  for (const StationDay& day : days) {
    below += day.below();
    least = std::min(least, day.left);
    left += day.left;
    diverted += day.diverted;
    required += day.required;
    dewatered += day.dewatered;
    most = std::max(most, day.dewatered);
  }
  const auto n = static_cast<double>(days.size());
  const std::string& name = station.name_zh.empty() ? station.name_en : station.name_zh;
  table.text(station.id).text(name.empty() ? station.id : name).text(period);
  table.text(std::to_string(days.size())).text(std::to_string(below)).number(100 * (n - below) / n);
  table.number(least).number(left / n).number(diverted / n).number(required / n);
  table.number(dewatered / n).number(most);
  table.end_row();
}

// Days under the name of their period, in order.
std::map<std::string, std::vector<StationDay>> grouped(const std::vector<StationDay>& days,
                                                       std::size_t letters, std::chrono::seconds offset) {
  std::map<std::string, std::vector<StationDay>> groups;
  for (const StationDay& day : days)
    groups[format_date(Time(std::chrono::seconds(static_cast<std::int64_t>(day.begin))), offset)
               .substr(0, letters)]
        .push_back(day);
  return groups;
}

}  // namespace

void write_stations_csv(const std::filesystem::path& path, const std::vector<Hydropower>& stations,
                        const std::vector<std::vector<StationDay>>& days, std::chrono::seconds offset) {
  constexpr std::size_t kMonth = 7, kYear = 4;  // letters of 2025-09-01
  CsvWriter table(path,
                  "station_id,station_name,period,days,days_below,satisfied_percent,least_left,mean_left,"
                  "mean_diverted,required,dewatered_mean,dewatered_most");
  for (std::size_t s = 0; s < stations.size(); ++s) {
    if (days[s].empty()) continue;
    for (const std::size_t letters : {kMonth, kYear})
      for (const auto& [period, list] : grouped(days[s], letters, offset))
        write_station_period(table, stations[s], period, list);
    write_station_period(table, stations[s], "all", days[s]);
  }
  table.close();
}

const char* attained_text(Attained attained) {
  switch (attained) {
    case Attained::yes:
      return "true";
    case Attained::no:
      return "false";
    default:
      return "missing";
  }
}

const std::string& display_name(const Section& section) {
  if (!section.name_zh.empty()) return section.name_zh;
  return section.name_en.empty() ? section.id : section.name_en;
}

void write_sections_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                        const Record& record, std::chrono::seconds offset) {
  OutputFile file(path);
  file.write("time,section_id,constituent,value,unit\n");
  const std::vector<RowText> texts = row_texts(sections, record);
  std::size_t at = 0;
  std::string row;
  for (double seconds : record.section_times) {
    const std::string time =
        format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(seconds))), offset);
    for (const RowText& text : texts) {
      row = time;
      row += text.before;
      append_number(row, record.section_values[at++], kSectionDigits);
      row += text.after;
      file.write(row);
    }
  }
  file.close();
}

void write_assessment_csv(const std::filesystem::path& path, const std::vector<Section>& sections,
                          const Assessment& assessment) {
  const bool origins = !assessment.carried_items.empty();
  CsvWriter table(path,
                  std::string("section_id,section_name,period,indicator,value,class,target_class,attained,") +
                      "exceedance_multiple" + (origins ? ",origin" : ""));
  for (std::size_t s = 0; s < sections.size(); ++s)
    for (const auto* verdicts : {&assessment.monthly, &assessment.annual})
      for (const SectionVerdict& verdict : *verdicts)
        if (verdict.section == static_cast<int>(s)) write_verdict(table, sections[s], verdict, origins);
  table.close();
}

void write_ledger_csv(const std::filesystem::path& path, const Balance& balance) {
  CsvWriter table(path, "constituent,account,amount,unit");
  for (std::size_t q = 0; q < balance.quantities.size(); ++q) {
    const auto row = [&](const std::string& account, double amount) {
      table.text(balance.quantities[q]).text(account).number(amount).text(balance.units[q]).end_row();
    };
    row("stock_begin", balance.stock_begin[q]);
    for (std::size_t a = 0; a < balance.accounts.size(); ++a) row(balance.accounts[a], balance.amount(a, q));
    row("stock_end", balance.stock_end[q]);
  }
  table.close();
}

void write_fit_csv(const std::filesystem::path& path, const std::vector<FitRow>& rows) {
  CsvWriter table(path, "section,indicator,n,NSE,KGE,PBIAS,RMSE,class_hit_rate");
  for (const FitRow& r : rows) {
    table.text(r.section_id).text(r.indicator).text(std::to_string(r.fit.n));
    table.number(r.fit.nse)
        .number(r.fit.kge)
        .number(r.fit.pbias)
        .number(r.fit.rmse)
        .number(r.fit.class_hit_rate);
    table.end_row();
  }
  table.close();
}

}  // namespace limpid
