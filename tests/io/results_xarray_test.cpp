// results.nc in the hands of the tools that its users have: xarray, ncdump, CDO.
#include <gtest/gtest.h>

#include <ostream>

#include "io/results_netcdf.hpp"
#include "io/tables.hpp"
#include "tests/io/tiny_basin.hpp"
#include "tests/paths.hpp"
#include "tests/shell.hpp"

namespace limpid {
namespace {

struct Coordinates {
  const char *name, *crs;
  bool schematic;
};
void PrintTo(const Coordinates& coordinates, std::ostream* out) {
  *out << coordinates.name;
}

class ResultsInTools : public testing::TestWithParam<Coordinates> {
 protected:
  void SetUp() override {
    const std::filesystem::path folder = tiny::folder(std::string("tools_") + GetParam().name);
    results_ = folder / "results.nc";
    sections_ = folder / "sections.csv";
    Basin basin = tiny::basin();
    basin.network.crs = GetParam().crs;
    basin.network.schematic = GetParam().schematic;
    const Record record = tiny::record(basin);
    write_results(results_, basin, record, tiny::balance(), tiny::inputs(), tiny::basis());
    write_sections_csv(sections_, basin.sections, record, kChinaOffset);
  }

  std::filesystem::path results_, sections_;
};

TEST_P(ResultsInTools, XarrayReadsWhatSectionsCsvSays) {
  const Outcome outcome = shell("/usr/bin/python3 -W error " + source_dir() + "/tests/io/read_results.py " +
                                results_.string() + " " + sections_.string());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.text, "rows 438 maps 3 names 青河口 \n");
}

TEST_P(ResultsInTools, NcdumpShowsTheHeader) {
  const Outcome outcome = shell("ncdump -h " + results_.string());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.text.find("double NH3_N(time, mesh1d_edge)"), std::string::npos) << outcome.text;
  EXPECT_NE(outcome.text.find("double section_NH3_N(section_time, section)"), std::string::npos);
}

TEST_P(ResultsInTools, CdoHasNoWarning) {
  const Outcome outcome = shell("cdo -s sinfon " + results_.string());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.text.find("Warning"), std::string::npos) << outcome.text;
  for (const char* name : {"NH3_N ", "section_NH3_N", "unstructured", "ledger_net"})
    EXPECT_NE(outcome.text.find(name), std::string::npos) << name;
}

TEST_P(ResultsInTools, CdoTakesTheMeanOfAMap) {
  const Outcome outcome = shell("cdo -s -outputf,%.6g -timmean -selname,discharge " + results_.string());
  EXPECT_EQ(outcome.status, 0) << outcome.text;
  EXPECT_EQ(outcome.text.find("Warning"), std::string::npos) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(Coordinates, ResultsInTools,
                         testing::Values(Coordinates{"geographic", "EPSG:4490", false},
                                         Coordinates{"projected", "EPSG:4549", false},
                                         Coordinates{"unknown", "EPSG:2056", false},
                                         Coordinates{"schematic", "", true}),
                         [](const auto& coordinates) { return std::string(coordinates.param.name); });

}  // namespace
}  // namespace limpid
