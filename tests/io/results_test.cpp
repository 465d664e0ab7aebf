#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <functional>
#include <netcdf>
#include <sstream>
#include <thread>

#include "io/grid_mapping.hpp"
#include "io/mesh1d.hpp"
#include "io/results_netcdf.hpp"
#include "io/results_reader.hpp"
#include "io/values_hash.hpp"
#include "model/problem.hpp"
#include "tests/io/tiny_basin.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::filesystem::path write_tiny(const std::filesystem::path& folder, const Basin& basin,
                                 const Record& record) {
  write_results(folder / "results.nc", basin, record, tiny::balance(), tiny::inputs(), tiny::basis());
  return folder / "results.nc";
}

std::filesystem::path write_tiny(const std::string& name) {
  const Basin basin = tiny::basin();
  return write_tiny(tiny::folder(name), basin, tiny::record(basin));
}

Code code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  ADD_FAILURE() << "no Failure was thrown";
  return Code::E1201;
}

TEST(Mesh1d, CellsHangTogetherFromHeadwaterToOutlet) {
  const Network network = tiny::network();
  const Mesh1d mesh = make_mesh(network);
  ASSERT_EQ(mesh.edges.size(), 9u);
  EXPECT_EQ(mesh.node_x.size(), 5u + 5u);  // 4 nodes, 1 cut; faces inside the chains: 1 + 2 + 1 + 1
  for (const Chain& chain : network.chains) {
    const auto first = static_cast<std::size_t>(chain.first_cell), n = static_cast<std::size_t>(chain.cells);
    EXPECT_EQ(mesh.edges[first][0], chain.upstream);
    EXPECT_EQ(mesh.edges[first + n - 1][1], chain.downstream);
    for (std::size_t i = first; i + 1 < first + n; ++i) EXPECT_EQ(mesh.edges[i][1], mesh.edges[i + 1][0]);
  }
}

TEST(Mesh1d, PointsLieOnTheLineBetweenTheNodes) {
  const Mesh1d mesh = make_mesh(tiny::network());
  EXPECT_EQ(mesh.node_x[2], 100.1);           // node C itself, bit for bit
  EXPECT_NEAR(mesh.node_x[4], 100.2, 1e-12);  // the cut, half-way from C to D
  EXPECT_NEAR(mesh.node_y[4], 29.8, 1e-12);
  EXPECT_NEAR(mesh.edge_x[0], 100.025, 1e-12);  // 500 of 2000 m from A to C
  EXPECT_NEAR(mesh.edge_y[0], 29.975, 1e-12);
  for (std::size_t i = 0; i < mesh.edges.size(); ++i) {
    const auto a = static_cast<std::size_t>(mesh.edges[i][0]), b = static_cast<std::size_t>(mesh.edges[i][1]);
    EXPECT_NEAR(mesh.edge_x[i], 0.5 * (mesh.node_x[a] + mesh.node_x[b]), 1e-12);
    EXPECT_NEAR(mesh.edge_y[i], 0.5 * (mesh.node_y[a] + mesh.node_y[b]), 1e-12);
  }
}

// EPSG registry: 4549 = CGCS2000 / 3-degree Gauss-Kruger CM 120E, 4525 = zone 37 (111E), 4498 = zone 20
// (117E).
TEST(GridMapping, KnowsTheChineseSystems) {
  EXPECT_TRUE(grid_mapping("EPSG:4490").geographic);
  EXPECT_EQ(grid_mapping("EPSG:4490").inverse_flattening, 298.257222101);
  EXPECT_EQ(grid_mapping("EPSG:4326").inverse_flattening, 298.257223563);
  EXPECT_EQ(grid_mapping("EPSG:4549").central_meridian, 120);
  EXPECT_EQ(grid_mapping("EPSG:4549").false_easting, 500000);
  EXPECT_EQ(grid_mapping("EPSG:4525").central_meridian, 111);
  EXPECT_EQ(grid_mapping("EPSG:4525").false_easting, 37500000);
  EXPECT_EQ(grid_mapping("EPSG:4498").central_meridian, 117);
  EXPECT_EQ(grid_mapping("EPSG:4498").false_easting, 20500000);
  EXPECT_EQ(grid_mapping("EPSG:32648").central_meridian, 105);
  EXPECT_EQ(grid_mapping("EPSG:32648").scale, 0.9996);
  EXPECT_EQ(grid_mapping("EPSG:32748").false_northing, 10000000);
  EXPECT_EQ(grid_mapping("EPSG:2056").cf_name, "");
  EXPECT_EQ(grid_mapping("EPSG:2056").epsg, 2056);
  EXPECT_EQ(grid_mapping("").epsg, 0);
}

TEST(Results, EqualRunsGiveEqualBytes) {
  const auto first = write_tiny("results_equal_1");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // a time stamp would differ
  const auto second = write_tiny("results_equal_2");
  EXPECT_EQ(bytes_of(first), bytes_of(second));
}

TEST(Results, SectionsComeBackAsTheyWere) {
  const Basin basin = tiny::basin();
  const Record record = tiny::record(basin);
  const SectionResults back = read_section_results(write_tiny("results_back"));
  ASSERT_EQ(back.record.quantities.size(), record.quantities.size());
  for (std::size_t q = 0; q < record.quantities.size(); ++q) {
    EXPECT_EQ(back.record.quantities[q].id, record.quantities[q].id);
    EXPECT_EQ(back.record.quantities[q].name_zh, record.quantities[q].name_zh);
    EXPECT_EQ(back.record.quantities[q].name_en, record.quantities[q].name_en);
    EXPECT_EQ(back.record.quantities[q].unit, record.quantities[q].unit);
    EXPECT_EQ(back.record.quantities[q].cf_name, record.quantities[q].cf_name);
  }
  EXPECT_EQ(back.record.section_times, record.section_times);
  ASSERT_EQ(back.record.section_values.size(), record.section_values.size());
  for (std::size_t i = 0; i < record.section_values.size(); ++i)
    ASSERT_TRUE(tiny::same_bits(back.record.section_values[i], record.section_values[i])) << i;
  ASSERT_EQ(back.sections.size(), 2u);
  for (std::size_t s = 0; s < 2; ++s) {
    EXPECT_EQ(back.sections[s].id, basin.sections[s].id);
    EXPECT_EQ(back.sections[s].name_zh, basin.sections[s].name_zh);
    EXPECT_EQ(back.sections[s].name_en, basin.sections[s].name_en);
    EXPECT_EQ(back.sections[s].level, basin.sections[s].level);
    EXPECT_EQ(back.sections[s].reach, basin.sections[s].reach);
    EXPECT_EQ(back.sections[s].chainage, basin.sections[s].chainage);
    EXPECT_EQ(back.sections[s].target, basin.sections[s].target);
    EXPECT_EQ(back.sections[s].limit_date, basin.sections[s].limit_date);
    EXPECT_EQ(back.sections[s].indicators, basin.sections[s].indicators);
    EXPECT_EQ(back.sections[s].lake, basin.sections[s].lake);
    EXPECT_EQ(back.sections[s].river, basin.sections[s].river);
    EXPECT_EQ(back.sections[s].county, basin.sections[s].county);
  }
}

// What an assessment needs to be repeated, with rules that are not the defaults.
TEST(Results, HoldTheBasisOfTheirAssessment) {
  const AssessmentBasis basis = tiny::basis();
  const AssessmentBasis back = read_section_results(write_tiny("results_basis")).basis;
  EXPECT_EQ(back.standard, basis.standard);
  EXPECT_EQ(back.forcing_years, "2025 <- 2021");
  EXPECT_EQ(back.rules.offset, std::chrono::seconds(23400));
  EXPECT_EQ(back.rules.statistic, MonthlyStatistic::sample_day);
  EXPECT_EQ(back.rules.rounding, Rounding::standard);
  EXPECT_EQ(back.rules.sample_day, 12);
  EXPECT_EQ(back.rules.min_months, 9);
  EXPECT_EQ(back.rules.criteria, basis.rules.criteria);
  ASSERT_EQ(back.rules.carried.size(), basis.rules.carried.size());
  for (std::size_t i = 0; i < basis.rules.carried.size(); ++i) {
    EXPECT_EQ(back.rules.carried[i].section, basis.rules.carried[i].section);
    EXPECT_EQ(back.rules.carried[i].indicator, basis.rules.carried[i].indicator);
    for (std::size_t m = 0; m < 12; ++m)
      EXPECT_TRUE(tiny::same_bits(back.rules.carried[i].months[m], basis.rules.carried[i].months[m]));
  }
  const netCDF::NcFile file(write_tiny("results_basis").string(), netCDF::NcFile::read);
  std::string offset;
  file.getAtt("utc_offset").getValues(offset);
  EXPECT_EQ(offset, "+06:30");
}

// Rules are attributes: they leave the hash of the values alone.
TEST(Results, TheHashOfTheValuesKnowsNoRules) {
  const Basin basin = tiny::basin();
  const Record record = tiny::record(basin);
  const auto path = tiny::folder("results_rules") / "results.nc";
  AssessmentBasis basis = tiny::basis();
  write_results(path, basin, record, tiny::balance(), tiny::inputs(), basis);
  const std::string first = values_sha256(path);
  basis.rules.min_months = 12;
  basis.forcing_years.clear();
  write_results(path, basin, record, tiny::balance(), tiny::inputs(), basis);
  EXPECT_EQ(values_sha256(path), first);
}

TEST(Results, MapsAndLedgerStandAtTheRoot) {
  const Basin basin = tiny::basin();
  const Record record = tiny::record(basin);
  const netCDF::NcFile file(write_tiny("results_maps").string(), netCDF::NcFile::read);
  std::vector<double> map(record.map_times.size() * 9), net(12);
  file.getVar("NH3_N").getVar(map.data());
  for (std::size_t i = 0; i < map.size(); ++i)
    EXPECT_TRUE(tiny::same_bits(map[i], record.map_values[3 * i + 1])) << i;
  file.getVar("ledger_net").getVar(net.data());
  EXPECT_EQ(net, tiny::balance().net);
  for (const auto& [name, variable] : file.getVars()) {
    const auto attributes = variable.getAtts();
    EXPECT_TRUE(variable.getDimCount() == 0 || attributes.count("long_name") == 1) << name;
    if (variable.getDimCount() != 2 || variable.getDim(0).getName() != "time") continue;
    for (const char* needed : {"units", "mesh", "location", "coordinates", "grid_mapping", "_FillValue"})
      EXPECT_EQ(attributes.count(needed), 1u) << name << ":" << needed;
  }
  EXPECT_EQ(file.getAtts().count("history"), 0u);
}

TEST(Results, SayNothingOfWhereTheyWereMade) {
  const std::string bytes = bytes_of(write_tiny("results_silent"));
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  EXPECT_EQ(bytes.find(binary_dir()), std::string::npos);
  EXPECT_TRUE(std::strlen(host) <= 3 || bytes.find(host) == std::string::npos);
  EXPECT_NE(bytes.find(sha256_hex("a") + "  case.toml"), std::string::npos);
}

TEST(Results, WorkWithoutSectionsOrMaps) {
  Basin basin = tiny::basin();
  Record record = tiny::record(basin);
  basin.sections.clear();
  record.sections = 0;
  record.section_values.clear();
  record.map_times.clear();
  record.map_values.clear();
  const auto path = write_tiny(tiny::folder("results_bare"), basin, record);
  EXPECT_TRUE(read_section_results(path).sections.empty());
}

TEST(Results, TwoQuantitiesOfOneNameAreRefused) {
  const Basin basin = tiny::basin();
  Record record = tiny::record(basin);
  record.quantities[1].id = "TP";
  const auto folder = tiny::folder("results_twice");
  EXPECT_EQ(code_of([&] { write_tiny(folder, basin, record); }), Code::E5010);
  EXPECT_FALSE(std::filesystem::exists(folder / "results.nc"));
}

TEST(Results, FullDiskNamesFileAndBytes) {
  const Basin basin = tiny::basin();
  const Record record = tiny::record(basin);
  const auto whole = write_tiny("results_whole");
  const auto folder = tiny::folder("results_full_disk");
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{20000, 20000};
    setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      write_tiny(folder, basin, record);
    } catch (const Failure& failure) {
      const auto& args = failure.problem().args;
      const bool named = args[0] == (folder / "results.nc").string() &&
                         args[2] == std::to_string(std::filesystem::file_size(whole));
      code = failure.exit_code() == 5 && named ? 0 : 2;
    }
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_FALSE(std::filesystem::exists(folder / "results.nc"));
}

TEST(ResultsReader, MissingAndForeignFilesAreNamed) {
  const auto folder = tiny::folder("results_foreign");
  EXPECT_EQ(code_of([&] { read_section_results(folder / "results.nc"); }), Code::E1001);
  EXPECT_EQ(code_of([&] { read_section_results(folder); }), Code::E1002);
  put_bytes(folder / "short.nc", "CDF\x01 thirteen");
  EXPECT_EQ(code_of([&] { read_section_results(folder / "short.nc"); }), Code::E1051);
  { netCDF::NcFile((folder / "foreign.nc").string(), netCDF::NcFile::replace).addDim("section", 2); }
  EXPECT_EQ(code_of([&] { read_section_results(folder / "foreign.nc"); }), Code::E1051);
}

// Any damage gives either an error or, where it hit nothing that counts, the same values; never another
// value.
TEST(ResultsReader, DamagedFilesDoNoHarm) {
  const auto good = write_tiny("results_good");
  const std::string bytes = bytes_of(good);
  const Record record = read_section_results(good).record;
  const auto folder = tiny::folder("results_damaged");
  std::mt19937_64 random(11);
  int refused = 0;
  for (int n = 0; n < 40; ++n) {
    std::string damaged = bytes;
    if (n % 4 == 0)
      damaged.resize(random() % damaged.size());
    else
      for (std::uint64_t k = 0; k < (n % 4 == 1 ? 1u : 200u); ++k)
        damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    put_bytes(folder / "results.nc", damaged);
    try {
      const Record back = read_section_results(folder / "results.nc").record;
      ASSERT_EQ(back.section_values.size(), record.section_values.size());
      for (std::size_t i = 0; i < record.section_values.size(); ++i)
        ASSERT_TRUE(tiny::same_bits(back.section_values[i], record.section_values[i])) << n;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, Code::E1051);
      ++refused;
    }
  }
  EXPECT_GE(refused, 20);
}

}  // namespace
}  // namespace limpid
