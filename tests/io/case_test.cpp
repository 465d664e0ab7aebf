#include "io/case.hpp"

#include <gtest/gtest.h>
#include <iconv.h>

#include <stdexcept>

#include "io/templates.hpp"
#include "io/text.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/io/generated_file.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

std::string told(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems.sorted()) text += problem.text(Lang::en) + "\n";
  return text;
}

Case small(Problems& problems) {
  return read_case(source_folder() / "io/templates/small", problems);
}

TEST(Case, TemplateReadsWithoutAWord) {
  Problems problems;
  const Case c = small(problems);
  const Plan plan = read_plan(source_folder() / "io/templates/small/plans/upgrade.toml", c, problems);
  EXPECT_EQ(told(problems), "");
  EXPECT_EQ(c.files,
            (std::vector<std::string>{"case.toml", "channels.csv", "flows.csv", "nodes.csv", "patterns.csv",
                                      "reaches.csv", "sections.csv", "sources.csv", "temperature.csv"}));
}

TEST(Case, RunOptionsAreThoseWritten) {
  Problems problems;
  const Case c = small(problems);
  EXPECT_EQ(format_time(c.run.grid.begin), "2025-01-01T00:00:00+08:00");
  EXPECT_EQ(format_time(c.run.grid.end), "2027-01-01T00:00:00+08:00");
  EXPECT_EQ(c.run.grid.step, 600);
  EXPECT_EQ(c.run.forcing_years.record_year(2026), 2021);
  EXPECT_EQ(c.run.initial, InitialKind::spin_up);
  EXPECT_EQ(c.run.spin_up.seconds, 10 * 86400);
  EXPECT_EQ(c.run.initial_concentration, (std::vector<double>{0, 0.2}));
  EXPECT_EQ(c.run.section_interval, 3600);
  EXPECT_EQ(c.run.map_interval, 86400);
  EXPECT_EQ(c.basin.schemes.hydraulics, HydraulicScheme::kinematic);
  EXPECT_TRUE(c.basin.schemes.dispersion);
}

TEST(Case, NetworkIsInInsideUnits) {
  Problems problems;
  const Network network = small(problems).basin.network;
  ASSERT_EQ(network.reaches.size(), 10u);
  EXPECT_EQ(network.reaches[0].length, 3200);
  EXPECT_EQ(network.reaches[4].county, "安平县");
  EXPECT_EQ(network.nodes[0].x, 104.6);
  EXPECT_FALSE(network.schematic);
  EXPECT_EQ(network.crs, "EPSG:4490");
  EXPECT_GT(network.cell_count(), 25);
}

TEST(Case, SourcesMeetTheNetwork) {
  Problems problems;
  const Basin basin = small(problems).basin;
  ASSERT_EQ(basin.sources.size(), 5u);
  EXPECT_EQ(basin.sources[0].junction, 0);  // at node N0
  const Source& works = basin.sources[2];
  EXPECT_NEAR(works.flow.at(0), 12000 / 86400.0, 1e-15);
  EXPECT_EQ(works.loads[1].kind, SourceLoad::Kind::concentration);
  EXPECT_EQ(works.loads[1].series.at(0), 15);
  EXPECT_EQ(works.junction, basin.network.cut_junction(0));
  double share = 0;
  for (const DiffuseShare& part : basin.diffuse_shares) share += part.share;
  EXPECT_NEAR(share, 1, 1e-12);
  EXPECT_EQ(basin.sources[3].junction, -1);
  EXPECT_EQ(basin.sources[4].kind, SourceKind::abstraction);
}

TEST(Case, FlowDecidesWhoCarriesWater) {
  Problems problems;
  const Basin basin = small(problems).basin;
  EXPECT_TRUE(basin.sources[0].carries_water);   // a headwater
  EXPECT_TRUE(basin.sources[2].carries_water);   // 0.14 of some 5 m3/s
  EXPECT_FALSE(basin.sources[3].carries_water);  // load alone
  CaseFolder folder;
  folder.patch("sources.csv", "12000 m3/d", "3000 m3/d");
  EXPECT_FALSE(read_case(folder.path(), problems).basin.sources[2].carries_water);
  folder.patch("sources.csv", "pattern,", "pattern,carries_water,");
  for (const char* line : {"flows.csv:清河,", "flows.csv:小溪,", "3000 m3/d,", "0,wet_season", ",0.1,,"})
    folder.patch("sources.csv", line, std::string(line) + (std::string(line) == "3000 m3/d," ? ",yes" : ","));
  EXPECT_TRUE(read_case(folder.path(), problems).basin.sources[2].carries_water);
  EXPECT_EQ(told(problems), "");
}

TEST(Case, PatternsScaleLoadsByMonth) {
  Problems problems;
  const Basin basin = small(problems).basin;
  const Series& load = basin.sources[3].loads[1].series;
  const double rate = 40e3 / 86400;  // 40 kg/d in g/s
  EXPECT_NEAR(load.at(seconds_of(*parse_time("2021-01-15"))), 0.6 * rate, 1e-12);
  EXPECT_NEAR(load.at(seconds_of(*parse_time("2021-07-31T23:59"))), 1.6 * rate, 1e-12);
  EXPECT_NEAR(load.at(seconds_of(*parse_time("2021-12-31T23:59"))), 0.6 * rate, 1e-12);
}

TEST(Case, ProcessesHoldTheirParameters) {
  Problems problems;
  const Basin basin = small(problems).basin;
  ASSERT_EQ(basin.processes.size(), 1u);
  const ProcessUse& use = basin.processes[0];
  EXPECT_EQ(use.id, "decay_NH3_N");
  EXPECT_EQ(use.constituents, std::vector<int>{1});
  EXPECT_NEAR(use.parameters[0].value, 0.15 / 86400, 1e-18);
  ASSERT_EQ(use.parameters[0].stretches.size(), 1u);
  EXPECT_NEAR(use.parameters[0].stretches[0].value, 0.10 / 86400, 1e-18);
}

TEST(Case, ThetaMayStandInThreeForms) {
  for (const char* form : {"k = \"0.15 1/d\"\n\"k.theta\" = 1.07", "k.value = \"0.15 1/d\"\nk.theta = 1.07",
                           "k = { value = \"0.15 1/d\", theta = 1.07 }"}) {
    CaseFolder folder;
    folder.patch("case.toml", "k = \"0.15 1/d\"", form);
    Problems problems;
    const Basin basin = read_case(folder.path(), problems).basin;
    EXPECT_EQ(told(problems), "") << form;
    ASSERT_EQ(basin.processes.size(), 1u);
    EXPECT_EQ(basin.processes[0].parameters[0].theta, 1.07);
    EXPECT_NEAR(basin.processes[0].parameters[0].value, 0.15 / 86400, 1e-18);
  }
}

TEST(Case, SectionsHoldTargetsAndDates) {
  Problems problems;
  const Section section = small(problems).basin.sections.at(0);
  EXPECT_EQ(section.id, "S1");
  EXPECT_EQ(section.target, WaterClass::III);
  EXPECT_EQ(section.indicators, std::vector<std::string>{"NH3_N"});
  EXPECT_EQ(format_date(*section.limit_date), "2025-12-31");
  EXPECT_EQ(section.chainage, 2500);
}

TEST(Case, PlanIsWhatStandsThere) {
  Problems problems;
  const Case c = small(problems);
  const Plan plan = read_plan(source_folder() / "io/templates/small/plans/upgrade.toml", c, problems);
  ASSERT_EQ(plan.measures.size(), 2u);
  EXPECT_EQ(plan.id, "upgrade");
  EXPECT_EQ(plan.measures[0].action, ActionKind::cap_concentration);
  EXPECT_EQ(plan.measures[0].effects.at(0).constituent, 1);
  EXPECT_EQ(plan.measures[0].effects.at(0).value, 1.5);
  EXPECT_EQ(plan.measures[0].ramp.months, 2);
  EXPECT_EQ(plan.measures[0].capex, 1800e4);
  EXPECT_NEAR(plan.measures[0].opex * 365.25 * 86400, 150e4, 1e-6);
  EXPECT_EQ(plan.measures[1].at.size(), 2u);
  EXPECT_EQ(plan.measures[1].effects.at(0).value, 0.4);
}

TEST(Case, AllMeansWhatCanBeRemoved) {
  CaseFolder folder;
  folder.patch("case.toml", "\"NH3_N\"]", "\"NH3_N\", \"DO\", \"temperature\"]");
  folder.patch("case.toml", "water_temperature = \"temperature.csv:水温\"", "");
  folder.patch("plans/upgrade.toml", "NH3_N = \"40 %\"", "all = 0.4\nNH3_N = 0.5");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  const Plan plan = read_plan(folder.path() / "plans/upgrade.toml", c, problems);
  EXPECT_EQ(told(problems), "");
  ASSERT_EQ(plan.measures.at(1).effects.size(), 2u);  // tracer and NH3_N, not DO and temperature
  for (const Effect& effect : plan.measures[1].effects)
    EXPECT_EQ(effect.value, effect.constituent == 1 ? 0.5 : 0.4);
}

TEST(Case, WithoutCoordinatesTheLayoutIsSchematic) {
  CaseFolder folder;
  std::string nodes = "id\n";
  for (const char* id : {"N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "T0", "T1", "N8"})
    nodes += std::string(id) + "\n";
  folder.write("nodes.csv", nodes);
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  EXPECT_EQ(told(problems), "");
  EXPECT_TRUE(c.basin.network.schematic);
  EXPECT_EQ(c.basin.network.crs, "");
}

std::string gbk(const std::string& text) {
  const iconv_t converter = iconv_open("GBK", "UTF-8");
  std::string input = text, output(2 * text.size() + 16, '\0');
  char *from = input.data(), *to = output.data();
  std::size_t left = input.size(), room = output.size();
  const std::size_t failed = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  if (failed == static_cast<std::size_t>(-1)) throw std::runtime_error("not in GBK");
  return output.substr(0, output.size() - room);
}

// Digits of dates and of table cells as Chinese input methods write them.
std::string wide_digits(const std::string& text) {
  constexpr const char* kWide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
  std::string wide;
  for (const char c : text) wide += c >= '0' && c <= '9' ? kWide[c - '0'] : std::string(1, c);
  return wide;
}

// Everything of a case that reading decides, as text.
std::string print(const Case& c) {
  std::string text = c.basin.id + c.basin.name_zh + c.basin.network.crs + format_time(c.run.grid.end);
  const auto series = [&](const Series& s) {
    for (const double t : s.times()) text += " " + std::to_string(t);
    for (const double v : s.values()) text += " " + std::to_string(v);
  };
  for (const Node& node : c.basin.network.nodes)
    text += "\n" + node.id + " " + std::to_string(node.x) + " " + std::to_string(node.y);
  for (const Reach& reach : c.basin.network.reaches)
    text += "\n" + reach.id + reach.name_zh + reach.stretch + " " + std::to_string(reach.length) + " " +
            std::to_string(reach.slope);
  for (const Channel& channel : c.basin.network.channels)
    text += "\n" + channel.id + std::to_string(channel.bottom_width);
  for (const Source& source : c.basin.sources) {
    text += "\n" + source.id + source.name_zh + source.county + std::to_string(source.chainage);
    series(source.flow);
    for (const SourceLoad& load : source.loads) series(load.series);
  }
  for (const Climate& climate : c.basin.climates) series(climate.water_temperature);
  for (const Section& section : c.basin.sections)
    text += "\n" + section.id + section.name_zh + section.level + format_time(*section.limit_date) +
            std::to_string(section.chainage);
  return text;
}

TEST(Case, EncodingsAndFullWidthDigitsChangeNothing) {
  Problems problems;
  const std::string expected = print(small(problems));
  CaseFolder folder;
  for (const char* file : {"case.toml", "nodes.csv", "reaches.csv", "channels.csv", "sources.csv",
                           "patterns.csv", "sections.csv", "flows.csv", "temperature.csv"})
    folder.write(file, gbk(replace_all(replace_all(folder.text(file), " · ", " "), "\n", "\r\n")));
  folder.write("flows.csv",
               "\xEF\xBB\xBF" +
                   replace_all(content_of(source_folder() / "io/templates/small/flows.csv"), "\n", "\r\n"));
  std::string temperature = content_of(source_folder() / "io/templates/small/temperature.csv");
  const std::size_t body = temperature.find('\n');
  folder.write("temperature.csv", temperature.substr(0, body) + wide_digits(temperature.substr(body)));
  folder.patch("case.toml", "\"10 min\"", gbk("\"１０ min\""));
  EXPECT_EQ(print(read_case(folder.path(), problems)), expected);
  EXPECT_EQ(told(problems), "");
}

TEST(Case, AllFaultsOfAllFilesAreListedInOneGo) {
  const fs::path folder = source_folder() / "tests/cases/faulty";
  Problems problems;
  const Case c = read_case(folder, problems);
  read_plan(folder / "plans/bad.toml", c, problems);
  std::string list = replace_all(codes_of(problems, folder), "; ", "\n") + "\n";
  EXPECT_TRUE(is_fresh("tests/cases/faulty/expected.txt", list));
}

TEST(Case, TemplateIsWrittenAndNeverOverwrites) {
  CaseFolder other;
  const fs::path folder = other.path() / "new";
  Problems problems;
  ASSERT_TRUE(write_template(folder, "small", problems));
  read_case(folder, problems);
  EXPECT_EQ(told(problems), "");
  EXPECT_EQ(content_of(folder / "plans/upgrade.toml"), other.text("plans/upgrade.toml"));
  EXPECT_FALSE(write_template(folder, "small", problems));
  EXPECT_EQ(codes_of(problems, folder), ":0 E1010");
  Problems unknown;
  EXPECT_FALSE(write_template(other.path() / "newer", "smal", unknown));
  EXPECT_EQ(codes_of(unknown, folder), ":0 E1113");
}

}  // namespace
}  // namespace limpid
