// limpid run --steady: the state to which the river would settle under the inputs of one day.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/one_steady.hpp"
#include "io/tables.hpp"

namespace limpid {

namespace {

double largest_change(const SteadyState& state) {
  return state.worst < 0 ? state.water : state.change[static_cast<std::size_t>(state.worst)].value;
}

std::string section_line(const Section& section, const SectionVerdict& verdict, bool zh) {
  std::string text = fmt::format("  {}: {}", display_name(section),
                                 verdict.water_class ? class_text(*verdict.water_class) : "-");
  if (section.target)
    text += fmt::format(fmt::runtime(zh ? "，目标 {}，达标 {}" : ", target {}, attained {}"),
                        class_text(*section.target), attained_text(verdict.attained));
  return text + "\n";
}

std::string steady_text(const Basin& basin, const FoundSteady& found, const std::string& day,
                        const std::filesystem::path& out, Lang lang) {
  const bool zh = lang == Lang::zh;
  const SteadyState& state = found.run.state;
  std::string text = fmt::format(
      fmt::runtime(zh ? "{} 输入均值下的稳态：模拟 {} 天，每日变化不超过 {:.1e}（{:.1f} s）\n"
                      : "steady state under the mean inputs of {}: {} days of the model, changes by at "
                        "most {:.1e} a day ({:.1f} s)\n"),
      day, state.days, largest_change(state), found.clock.wall_seconds);
  for (const SectionVerdict& verdict : found.run.result.assessment.monthly)
    text += section_line(basin.sections[static_cast<std::size_t>(verdict.section)], verdict, zh);
  return text + (zh ? "结果：" : "results: ") + out.string() + "\n";
}

std::string steady_json(const Basin& basin, const SteadyRun& run, const std::string& day) {
  nlohmann::ordered_json j{{"day", day}, {"days", run.state.days}, {"water", run.state.water}};
  for (std::size_t c = 0; c < run.state.change.size(); ++c)
    j["change_per_day"][basin.constituents[c].id] = run.state.change[c].value;
  j["sections"] = nlohmann::ordered_json::array();
  for (const SectionVerdict& verdict : run.result.assessment.monthly)
    j["sections"].push_back(
        {{"section_id", basin.sections[static_cast<std::size_t>(verdict.section)].id},
         {"class", std::string(verdict.water_class ? class_text(*verdict.water_class) : "")},
         {"attained", attained_text(verdict.attained)}});
  return j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int command_steady(const CommonOptions& common, const RunArguments& arguments) {
  const auto asked = load_one_steady(common, arguments);
  if (!asked) return 2;
  if (arguments.out.empty()) throw Failure(Code::E1030, {}, {"run"});
  const Basin& basin = asked->loaded.c.basin;
  const auto offset = asked->loaded.c.run.grid.offset;
  const std::string date = format_date(asked->day, offset);
  OutputFolder out(arguments.out, common.force);
  const FoundSteady found = find_one_steady(common, *asked);
  if (found.run.state.stopped) return interrupted_status(common.lang);
  write_one_steady(out.path(), *asked, found);
  out.commit();
  if (common.json)
    std::cout << steady_json(basin, found.run, date);
  else if (!common.quiet)
    std::cout << steady_text(basin, found, date, out.final_path(), common.lang);
  return status_of({found.run.result}, {asked->plan() ? asked->plan()->name : "baseline"}, basin, offset,
                   common.lang);
}

}  // namespace limpid
