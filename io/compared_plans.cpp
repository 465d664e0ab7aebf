#include "io/compared_plans.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "io/loaded_case.hpp"
#include "io/results_reader.hpp"
#include "io/sha256.hpp"
#include "io/text.hpp"
#include "io/verdict_text.hpp"
#include "io/version.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

nlohmann::json run_json_of(const fs::path& folder) {
  std::ifstream in(folder / "run.json");
  try {
    return nlohmann::json::parse(in);
  } catch (const std::exception& e) {
    throw Failure(Code::E1051, {(folder / "run.json").string(), 0, 0}, {folder.string(), e.what()});
  }
}

// What differs first, or nothing.
struct Unlike {
  std::string what, there, here;
};

std::string short_hash(const std::string& hash) {
  return hash.empty() ? "-" : hash.substr(0, 12);
}

std::optional<Unlike> unlike_inputs(const nlohmann::json& run, const Case& c) {
  std::vector<std::string> files = c.files;
  if (std::find(files.begin(), files.end(), c.file) == files.end()) files.push_back(c.file);
  const nlohmann::json there = run.value("inputs", nlohmann::json::object());
  for (const FileHash& mine : hash_files(c.folder, files)) {
    const std::string other = there.value(mine.path, std::string());
    if (other != mine.sha256) return Unlike{mine.path, short_hash(other), short_hash(mine.sha256)};
  }
  return std::nullopt;
}

std::optional<Unlike> unlike(const fs::path& folder, const Case& c) {
  const nlohmann::json run = run_json_of(folder);
  if (const std::string other = run.value("version", std::string()); other != version())
    return Unlike{"version", other, version()};
  const AssessmentBasis basis = read_section_results(folder / "results.nc").basis;
  if (basis.standard != c.basin.standard.id) return Unlike{"standard", basis.standard, c.basin.standard.id};
  if (const std::string mine = forcing_years_text(c.run); basis.forcing_years != mine)
    return Unlike{"forcing_years", basis.forcing_years, mine};
  return unlike_inputs(run, c);
}

fs::path sealed_plan(const fs::path& folder) {
  const fs::path plans = folder / "inputs" / "plans";
  if (fs::is_directory(plans))
    for (const auto& entry : fs::directory_iterator(plans))
      if (entry.path().extension() == ".toml") return entry.path();
  throw Failure(Code::E1001, {folder.string(), 0, 0}, {(plans / "*.toml").string()});
}

}  // namespace

std::vector<fs::path> plan_files(const std::vector<fs::path>& words, const Case& c, Problems& problems) {
  std::vector<fs::path> files;
  for (const fs::path& word : words) {
    if (!fs::exists(word / "run.json")) {
      files.push_back(word);
      continue;
    }
    if (const auto differs = unlike(word, c))
      problems.add(Code::E1519, {word.string(), 0, 0},
                   {word.string(), differs->what, differs->there, differs->here});
    files.push_back(sealed_plan(word));
  }
  return files;
}

std::vector<std::string> sealed_slips(const fs::path& word) {
  if (!fs::exists(word / "run.json")) return {};
  return run_json_of(word).value("run", nlohmann::json::object()).value("slips", std::vector<std::string>{});
}

void apply_slips(const std::vector<std::string>& slips, const TimeGrid& grid, std::vector<LoadedPlan>& plans,
                 Problems& problems) {
  for (const std::string& slip : slips) {
    const Place nowhere{"--slip", 0, 0};
    const std::size_t equals = slip.find('=');
    if (equals == std::string::npos || equals == 0) {
      problems.add(Code::E1520, nowhere, {slip});
      continue;
    }
    const std::string id = slip.substr(0, equals), text = slip.substr(equals + 1);
    const auto by = parse_period(text);
    if (!by) {
      problems.add(Code::E1106, nowhere, {"--slip " + id, text});
      continue;
    }
    std::vector<std::string> all;
    bool found = false;
    for (LoadedPlan& plan : plans)
      for (const std::string& measure : measure_ids(plan.plan)) {
        if (std::find(all.begin(), all.end(), measure) == all.end()) all.push_back(measure);
        if (measure != id) continue;
        found = true;
        plan.plan = slipped(std::move(plan.plan), id, *by, grid.offset);
        plan.slips[id] = text;
        plan.slip_words.push_back(slip);
        for (const Measure& m : plan.plan.measures) {
          if (m.id != id) continue;
          const Time before = m.end ? std::min(*m.end, grid.end) : grid.end;
          if (m.start >= before)
            problems.add(Code::E1517, m.place,
                         {slip, id, format_date(m.start, grid.offset), format_date(before, grid.offset)});
          break;
        }
        break;
      }
    if (!found) problems.add(Code::E1105, nowhere, {"--slip", id, nearest_of(id, all), listed(all)});
  }
}

}  // namespace limpid
