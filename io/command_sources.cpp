// limpid sources OUT --section ID: who causes it, month by month, with that month's balance.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "io/case.hpp"
#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/csv_writer.hpp"
#include "io/results_reader.hpp"
#include "io/tables.hpp"
#include "io/written_value.hpp"
#include "scenarios/source_shares.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;
constexpr double kKgPerDay = 86.4;  // in one g/s

// The run's sealed copy of its case and its plan (none for a baseline).
struct Sealed {
  Case c;
  Plan plan;
};

fs::path only_toml(const fs::path& folder) {
  std::vector<fs::path> found;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".toml") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found.empty() ? fs::path{} : found.front();
}

Sealed read_sealed(const fs::path& out, Problems& problems) {
  const fs::path inputs = out / "inputs";
  const fs::path own = fs::exists(inputs / "case.toml") ? inputs / "case.toml" : only_toml(inputs);
  Sealed sealed{read_case(own.empty() ? inputs : own, problems, true), {}};
  if (const fs::path plan = only_toml(inputs / "plans"); !plan.empty() && !problems.has_errors())
    sealed.plan = read_plan(plan, sealed.c, problems);
  return sealed;
}

int section_index(const std::vector<Section>& sections, const std::string& id) {
  std::vector<std::string> ids;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    if (sections[s].id == id || sections[s].name_zh == id || sections[s].name_en == id)
      return static_cast<int>(s);
    ids.push_back(sections[s].id);
  }
  throw Failure(Code::E1204, {}, {id, nearest_of(id, ids)});
}

void write_csv(const fs::path& path, const std::vector<Section>& sections, const SectionSources& sources) {
  CsvWriter table(path,
                  "section_id,month,constituent,group,share,concentration,load_arrived_kg_per_day,"
                  "load_entered_kg_per_day,load_lost_kg_per_day,discharge_m3_per_s,upstream_section_id,"
                  "upstream_concentration");
  for (const MonthAtSection& month : sources.months) {
    std::size_t constituent = 0;
    for (const SourceShare& s : month.shares) {
      table.text(sections[static_cast<std::size_t>(sources.section)].id).text(month.month.text());
      table.text(s.constituent).text(s.group).number(s.share).number(s.concentration);
      table.number(s.arrived * kKgPerDay).number(s.entered * kKgPerDay).number(s.lost * kKgPerDay);
      table.number(month.discharge);
      table.text(sources.upstream < 0 ? "" : sections[static_cast<std::size_t>(sources.upstream)].id);
      table.number(month.upstream_concentration[constituent]).end_row();
      if (s.group == kAllGroups) ++constituent;
    }
  }
  table.close();
}

std::string json_of(const std::vector<Section>& sections, const SectionSources& sources) {
  using Json = nlohmann::ordered_json;
  Json root{{"section_id", sections[static_cast<std::size_t>(sources.section)].id}};
  root["upstream_section_id"] =
      sources.upstream < 0 ? Json() : Json(sections[static_cast<std::size_t>(sources.upstream)].id);
  root["months"] = Json::array();
  for (const MonthAtSection& month : sources.months) {
    Json one{{"month", month.month.text()}, {"discharge_m3_per_s", month.discharge}};
    one["sources"] = Json::array();
    for (const SourceShare& s : month.shares)
      one["sources"].push_back({{"constituent", s.constituent},
                                {"group", s.group},
                                {"share", s.share},
                                {"concentration", s.concentration},
                                {"load_arrived_kg_per_day", s.arrived * kKgPerDay},
                                {"load_entered_kg_per_day", s.entered * kKgPerDay},
                                {"load_lost_kg_per_day", s.lost * kKgPerDay}});
    root["months"].push_back(std::move(one));
  }
  return root.dump();
}

std::string table_of(const std::vector<Section>& sections, const SectionSources& sources, Lang lang) {
  const bool zh = lang == Lang::zh;
  const Section& section = sections[static_cast<std::size_t>(sources.section)];
  std::string text = fmt::format(fmt::runtime(zh ? "{}：各月来源与平衡（负荷 kg/d，流量 m3/s，浓度 mg/L）\n"
                                                 : "{}: sources and balance by month (loads kg/d, flow m3/s, "
                                                   "concentrations mg/L)\n"),
                                 display_name(section));
  for (const MonthAtSection& month : sources.months) {
    std::size_t constituent = 0;
    std::string groups;
    for (const SourceShare& s : month.shares) {
      if (s.group != kAllGroups) {
        groups += fmt::format("{}{} {:.1f} %", groups.empty() ? "" : ", ", s.group, 100 * s.share);
        continue;
      }
      const double up = month.upstream_concentration[constituent++];
      text += fmt::format(
          fmt::runtime(
              zh ? "{}  {}  流量 {:.3g}  浓度 {:.3g}{}  进入 {:.4g}  到达 {:.4g}  途中损失 {:.4g}  |  {}\n"
                 : "{}  {}  flow {:.3g}  conc. {:.3g}{}  entered {:.4g}  arrived {:.4g}  lost {:.4g}  "
                   "|  {}\n"),
          month.month.text(), s.constituent, month.discharge, s.concentration,
          sources.upstream < 0 ? ""
                               : fmt::format(fmt::runtime(zh ? "（上游 {:.3g}）" : " (upstream {:.3g})"), up),
          s.entered * kKgPerDay, s.arrived * kKgPerDay, s.lost * kKgPerDay, groups);
      groups.clear();
    }
  }
  return text;
}

}  // namespace

int command_sources(const CommonOptions& common, const SourcesArguments& arguments) {
  const SectionResults results = read_section_results(arguments.run / "results.nc");
  Problems problems;
  const Sealed sealed = read_sealed(arguments.run, problems);
  if (problems.has_errors()) {
    print_problems(problems, common.lang);
    return 2;
  }
  if (sealed.c.basin.tag_groups.empty())
    throw Failure(Code::E1525, {arguments.run.string(), 0, 0}, {arguments.run.string()});
  const int section = section_index(sealed.c.basin.sections, arguments.section);
  const SectionSources sources =
      sources_of(sealed.c.basin, sealed.c.run, sealed.plan, results.record, section);
  if (arguments.out) write_csv(*arguments.out, sealed.c.basin.sections, sources);
  if (common.json)
    std::cout << json_of(sealed.c.basin.sections, sources) << "\n";
  else if (!common.quiet)
    std::cout << table_of(sealed.c.basin.sections, sources, common.lang);
  return 0;
}

}  // namespace limpid
