// The rule engine against a second judge: tests/data/judge_reference.py, written in Python from the texts of
// the rules alone, and what it said of 2,000 sets of values, and of rivers, trends, lakes and changes.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "io/csv.hpp"
#include "io/standard_reader.hpp"
#include "io/station_cell.hpp"
#include "scenarios/change.hpp"
#include "scenarios/rollup.hpp"
#include "scenarios/trend.hpp"
#include "scenarios/trophic.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = source_dir() + "/tests/data/";

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

Table table_of(const std::string& file) {
  Problems problems;
  auto table = Table::read(kFolder + file, file, problems);
  if (!table || problems.has_errors()) throw std::runtime_error(file + " cannot be read");
  return *table;
}

class Row {
 public:
  Row(const Table& table, std::size_t row) : table_(table), row_(row) {}
  std::string operator[](const char* column) const {
    return std::string(table_.field(row_, table_.find(column).value()).text);
  }

 private:
  const Table& table_;
  std::size_t row_;
};

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, mark);) parts.push_back(part);
  return parts;
}

// "TP=0.2|pH=7" in its order.
using Pairs = std::vector<std::pair<std::string, std::string>>;
Pairs pairs(const std::string& text) {
  Pairs list;
  for (const std::string& part : split(text, '|')) {
    const std::size_t at = part.find('=');
    list.emplace_back(part.substr(0, at), part.substr(at + 1));
  }
  return list;
}

// Cells as laboratories write them, read by the reader of observations.
std::map<std::string, double> values_of(const std::string& text) {
  std::map<std::string, double> values;
  for (const auto& [item, cell] : pairs(text)) {
    Problems problems;
    values[item] = observed_value(cell, item, {}, problems).value();
  }
  return values;
}

std::string class_or_none(const std::optional<WaterClass>& c) {
  return c ? class_text(*c) : "none";
}

void expect_multiple(const std::optional<double>& found, const std::string& expected,
                     const std::string& item) {
  EXPECT_EQ(found ? "some" : "none", expected == "none" ? "none" : "some") << item;
  if (found && expected != "none") {
    EXPECT_NEAR(*found, std::stod(expected), 1e-10 * (1 + std::abs(*found)));
  }
}

SectionVerdict judged(const Row& row) {
  Section section;
  section.lake = row["water"] == "lake";
  section.target = parse_class(row["target"]);
  section.indicators = split(row["asked"], '|');
  AssessmentRules rules;
  rules.rounding = row["rounding"] == "standard" ? Rounding::standard : Rounding::none;
  return judge(standard(), section, values_of(row["values"]), rules);
}

void expect_items(const Row& row, const SectionVerdict& verdict) {
  std::map<std::string, std::string> over;
  for (const auto& [item, multiple] : pairs(row["over"])) over[item] = multiple;
  for (const auto& [item, c] : pairs(row["classes"])) {
    const IndicatorVerdict& v = *verdict.find(item);
    EXPECT_EQ(class_or_none(v.water_class), c) << item;
    if (over.contains(item)) {
      EXPECT_EQ(v.attained, Attained::no) << item;
    }
    expect_multiple(v.exceedance_multiple, over.contains(item) ? over[item] : "none", item);
  }
}

void expect_section(const Row& row, const SectionVerdict& verdict) {
  EXPECT_EQ(class_or_none(verdict.water_class), row["class"]);
  EXPECT_EQ(verdict.water_class ? quality_zh(*verdict.water_class) : "none", row["quality"]);
  EXPECT_EQ(verdict.water_class ? colour_zh(*verdict.water_class) : "none", row["colour"]);
  EXPECT_EQ(verdict.missing ? "true" : "false", row["missing"]);
  const char* attained = verdict.attained == Attained::yes  ? "true"
                         : verdict.attained == Attained::no ? "false"
                                                            : "missing";
  EXPECT_EQ(attained, row["attained"]);
  const Pairs main = pairs(row["main"]);
  ASSERT_EQ(verdict.main_pollutants.size(), main.size());
  for (std::size_t i = 0; i < main.size(); ++i) {
    EXPECT_EQ(verdict.main_pollutants[i].indicator, main[i].first);
    expect_multiple(verdict.main_pollutants[i].multiple, main[i].second, main[i].first);
  }
}

TEST(Reference, TwoThousandSections) {
  const Table table = table_of("judged_sections.csv");
  ASSERT_EQ(table.rows(), 2000u);
  for (std::size_t i = 0; i < table.rows() && !testing::Test::HasFailure(); ++i) {
    const Row row(table, i);
    SCOPED_TRACE("row " + row["row"] + ": " + row["water"] + " " + row["values"]);
    const SectionVerdict verdict = judged(row);
    expect_items(row, verdict);
    expect_section(row, verdict);
  }
}

void expect_river(const Row& row) {
  std::vector<std::map<std::string, double>> sections;
  for (const std::string& section : split(row["given"], '/')) sections.push_back(values_of(section));
  const RiverVerdict river = judge_river(standard(), sections, {});
  EXPECT_EQ(class_or_none(river.water_class), row["first"]);
  EXPECT_EQ(river.quality ? quality_zh(*river.quality) : "none", row["second"]);
  std::string counts, named;
  for (const int count : river.classes) counts += (counts.empty() ? "" : "|") + std::to_string(count);
  for (const GroupPollutant& p : river.main_pollutants)
    named += (named.empty() ? "" : "|") + p.indicator + "=" + std::to_string(p.sections);
  EXPECT_EQ(counts, row["third"]);
  EXPECT_EQ(named, row["fourth"]);
}

void expect_trend(const Row& row) {
  std::vector<double> values;
  for (const std::string& value : split(row["given"], '|')) values.push_back(std::stod(value));
  const Trend trend = spearman_trend(values).value();
  const char* direction = trend.direction == Direction::up     ? "up"
                          : trend.direction == Direction::down ? "down"
                                                               : "none";
  EXPECT_EQ(direction, row["first"]);
  EXPECT_EQ(trend.significant_01 ? "0.01" : trend.significant_05 ? "0.05" : "no", row["second"]);
  EXPECT_NEAR(trend.rs, std::stod(row["third"]), 1e-12);
}

void expect_lake(const Row& row) {
  TrophicValues values;
  for (const auto& [item, value] : pairs(row["given"]))
    for (std::size_t i = 0; i < values.size(); ++i)
      if (item == kTrophicItems[i]) values[i] = std::stod(value);
  const double index = trophic_index(values).value();
  EXPECT_EQ(trophic_zh(trophic_state(index)), row["first"]);
  EXPECT_NEAR(index, std::stod(row["third"]), 1e-8);
}

// Quality word, sections, I..III, worse than V; twice.
void expect_change(const Row& row) {
  const std::vector<std::string> given = split(row["given"], '|');
  std::array<Quality, 2> quality{};
  std::array<std::array<int, 6>, 2> classes{};
  for (std::size_t p = 0; p < 2; ++p) {
    for (int q = 0; q < 5; ++q)
      if (given[4 * p] == quality_zh(static_cast<Quality>(q))) quality[p] = static_cast<Quality>(q);
    const int all = std::stoi(given[4 * p + 1]), good = std::stoi(given[4 * p + 2]);
    const int worst = std::stoi(given[4 * p + 3]);
    classes[p] = {0, good, 0, all - good - worst, 0, worst};
  }
  const Change change =
      larger(change_of_level(quality[0], quality[1]), change_of_shares(classes[0], classes[1]));
  EXPECT_EQ(change_zh(change), row["first"]);
}

TEST(Reference, RiversTrendsLakesAndChanges) {
  const Table table = table_of("judged_groups.csv");
  std::map<std::string, int> kinds;
  for (std::size_t i = 0; i < table.rows() && !testing::Test::HasFailure(); ++i) {
    const Row row(table, i);
    SCOPED_TRACE(row["kind"] + " " + row["row"] + ": " + row["given"]);
    ++kinds[row["kind"]];
    if (row["kind"] == "river") expect_river(row);
    if (row["kind"] == "trend") expect_trend(row);
    if (row["kind"] == "lake") expect_lake(row);
    if (row["kind"] == "change") expect_change(row);
  }
  EXPECT_EQ(kinds,
            (std::map<std::string, int>{{"river", 200}, {"trend", 100}, {"lake", 100}, {"change", 100}}));
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The committed rows are what the script says today.
TEST(Reference, TheScriptGivesTheSameRows) {
  const fs::path folder = fs::temp_directory_path() / ("limpid_reference_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::string command = "python3 " + std::string(kFolder) + "judge_reference.py " + folder.string();
  const int status = std::system(command.c_str());
  ASSERT_EQ(WEXITSTATUS(status), 0) << command;
  for (const char* file : {"judged_sections.csv", "judged_groups.csv"})
    EXPECT_TRUE(content(folder / file) == content(fs::path(kFolder) / file)) << file;
  fs::remove_all(folder);
}

}  // namespace
}  // namespace limpid
