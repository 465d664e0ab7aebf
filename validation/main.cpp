// limpid_validate [CASE...] [--grid own|reference] [--fast] [--json] [--cases DIR]: exit 1 if any case fails.
// --grid reference takes a case's twin by the reference's own grid and method, CASE_reference_grid (without
// CASE: all there are).
#include <algorithm>
#include <cstdio>
#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/openmp_waiting.hpp"
#include "validation/report.hpp"

namespace limpid::validation {
namespace {

struct Arguments {
  std::vector<std::string> cases;
  std::filesystem::path folder = LIMPID_VALIDATION_CASES;
  bool fast = false, json = false;
};

const std::string kReferenceGrid = "_reference_grid";

void take_reference_grid(std::vector<std::string>& cases) {
  for (std::string& name : cases) name += kReferenceGrid;
  if (!cases.empty()) return;
  for (const ValidationCase& c : validation_cases())
    if (std::string(c.id).ends_with(kReferenceGrid)) cases.emplace_back(c.id);
}

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  std::string grid = "own";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--fast")
      arguments.fast = true;
    else if (word == "--json")
      arguments.json = true;
    else if (word == "--cases" && i + 1 < argc)
      arguments.folder = argv[++i];
    else if (word == "--grid" && i + 1 < argc)
      grid = argv[++i];
    else
      arguments.cases.push_back(word);
  }
  if (grid == "reference")
    take_reference_grid(arguments.cases);
  else if (grid != "own")
    arguments.cases.push_back("--grid " + grid);  // which no case has
  return arguments;
}

bool is_wanted(const Arguments& arguments, const ValidationCase& c) {
  if (arguments.cases.empty()) return !(arguments.fast && c.slow);
  return std::find(arguments.cases.begin(), arguments.cases.end(), c.id) != arguments.cases.end();
}

// Names that no case has.
std::vector<std::string> unknown_names(const Arguments& arguments) {
  std::vector<std::string> unknown;
  for (const std::string& name : arguments.cases) {
    const auto& all = validation_cases();
    if (std::none_of(all.begin(), all.end(), [&](const ValidationCase& c) { return name == c.id; }))
      unknown.push_back(name);
  }
  return unknown;
}

// A case that cannot run is a line that fails, with what went wrong as its reason.
std::vector<Line> run(const Arguments& arguments, const ValidationCase& c) {
  Report report;
  try {
    c.run(CaseFolder(arguments.folder / c.id), report);
  } catch (const std::exception& error) {
    return {{c.id, "run", std::numeric_limits<double>::quiet_NaN(), 0, error.what()}};
  }
  return report.lines();
}

const char* verdict(const Line& line, const char* pass, const char* fail) {
  if (!line.pass()) return fail;
  return line.reported ? "report" : pass;
}

nlohmann::json to_json(const std::vector<Line>& lines) {
  nlohmann::json list = nlohmann::json::array();
  for (const Line& line : lines) {
    nlohmann::json item{{"case", line.case_id},
                        {"quantity", line.quantity},
                        {"error", line.error},
                        {"verdict", verdict(line, "pass", "fail")}};
    if (!line.reported) item["tolerance"] = line.tolerance;
    if (!line.reason.empty()) item["reason"] = line.reason;
    list.push_back(std::move(item));
  }
  return {{"cases", list}};
}

void print(const Line& line) {
  std::printf("%-6s  %-34s %-30s error %-10.3g ", verdict(line, "pass", "FAIL"), line.case_id.c_str(),
              line.quantity.c_str(), line.error);
  if (line.reported)
    std::printf("%-18s %s\n", "no limit", line.reason.c_str());
  else
    std::printf("tolerance %-8.3g %s\n", line.tolerance, line.reason.c_str());
  std::fflush(stdout);
}

int main_of(const Arguments& arguments) {
  const auto unknown = unknown_names(arguments);
  for (const std::string& name : unknown) std::fprintf(stderr, "no validation case \"%s\"\n", name.c_str());
  if (!unknown.empty()) return 2;
  std::vector<Line> all;
  for (const ValidationCase& c : validation_cases()) {
    if (!is_wanted(arguments, c)) continue;
    for (const Line& line : run(arguments, c)) {
      if (!arguments.json) print(line);
      all.push_back(line);
    }
  }
  if (arguments.json) std::printf("%s\n", to_json(all).dump(2).c_str());
  const auto failed = std::count_if(all.begin(), all.end(), [](const Line& line) { return !line.pass(); });
  const auto reported = std::count_if(all.begin(), all.end(), [](const Line& line) { return line.reported; });
  if (!arguments.json)
    std::printf("%zu quantities, %td of them reported only, %td failed\n", all.size(), reported, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace limpid::validation

int main(int argc, char** argv) {
  limpid::wait_passively(argv);
  return limpid::validation::main_of(limpid::validation::parse(argc, argv));
}
