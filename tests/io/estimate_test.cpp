#include "io/estimate.hpp"

#include <gtest/gtest.h>

#include "io/results_netcdf.hpp"
#include "io/tables.hpp"
#include "solvers/recorder.hpp"
#include "tests/io/tiny_basin.hpp"

namespace limpid {
namespace {

RunOptions three_years() {
  RunOptions options = tiny::options();
  options.grid.begin = *parse_time("2023-01-01");
  options.grid.end = *parse_time("2026-01-01");
  return options;
}

TEST(Estimate, CountsStepsWithTheSpinUp) {
  const Basin basin = tiny::basin();
  RunOptions options = three_years();
  const double steps = 1096 * 144;
  EXPECT_EQ(estimate_run(basin, options, 4).steps, steps + 30 * 144);
  options.initial = InitialKind::file;
  EXPECT_EQ(estimate_run(basin, options, 4).steps, steps);
  EXPECT_DOUBLE_EQ(estimate_run(basin, options, 4, 1e6).seconds, steps * 9 * 2 * 4 / 1e6);
}

TEST(Estimate, SpinUpRepeatsNoMoreThanTheRun) {
  RunOptions options = tiny::options();  // three days; the spin-up asks for thirty
  EXPECT_EQ(estimate_run(tiny::basin(), options, 1).steps, 2 * 3 * 144);
}

// What the estimate says of the files against files of that size.
TEST(Estimate, FilesComeOutAsEstimated) {
  const Basin basin = tiny::basin();
  RunOptions options = three_years();
  Record record;
  record.quantities = recorded_quantities(basin);
  record.sections = 2;
  record.cells = 9;
  for (int n = 0; n <= 1096 * 24; ++n) record.section_times.push_back(options.grid.time(0) + 3600.0 * n);
  for (int n = 0; n <= 1096; ++n) record.map_times.push_back(options.grid.time(0) + 86400.0 * n);
  std::mt19937_64 random(5);
  record.section_values.resize(record.section_times.size() * 2 * record.quantities.size());
  record.map_values.resize(record.map_times.size() * 9 * record.quantities.size());
  for (double& v : record.section_values) v = tiny::number(random);
  for (double& v : record.map_values) v = tiny::number(random);
  const auto folder = tiny::folder("estimate");
  write_results(folder / "results.nc", basin, record, tiny::balance(), tiny::inputs(), tiny::basis());
  write_sections_csv(folder / "sections.csv", basin.sections, record, kChinaOffset);
  const Estimate e = estimate_run(basin, options, 1);
  const auto results = static_cast<double>(std::filesystem::file_size(folder / "results.nc"));
  EXPECT_LE(results, e.results_most);  // random digits hardly compress: the worst case
  EXPECT_GE(results, 0.8 * e.results_most);
  const auto table = static_cast<double>(std::filesystem::file_size(folder / "sections.csv"));
  EXPECT_NEAR(table / e.sections_csv, 1.0, 0.1);
}

TEST(Estimate, TextNamesEverythingInBothLanguages) {
  const Estimate e = estimate_run(tiny::basin(), three_years(), 4);
  const std::string en = estimate_text(e, Lang::en), zh = estimate_text(e, Lang::zh);
  for (const char* word : {"cells 9", "scenarios 4", "memory", "results.nc", "sections.csv", "time"})
    EXPECT_NE(en.find(word), std::string::npos) << word;
  for (const char* word : {"内存", "磁盘", "时间"}) EXPECT_NE(zh.find(word), std::string::npos) << word;
}

TEST(Estimate, AbsurdSizesStayReadable) {
  Estimate e;
  e.cells = 1e12;
  e.steps = 1e9;
  e.memory = 8e15;
  e.seconds = 1e20;
  const std::string text = estimate_text(e, Lang::en);
  EXPECT_NE(text.find("8 PB"), std::string::npos) << text;
  EXPECT_NE(text.find("cells 1000000000000"), std::string::npos) << text;
}

}  // namespace
}  // namespace limpid
