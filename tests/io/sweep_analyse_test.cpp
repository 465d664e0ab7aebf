// What `limpid sweep analyse` says of a Sobol design, against the gathered table.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "io/csv.hpp"
#include "tests/io/sweep_folder.hpp"

namespace limpid {
namespace {

class SweepAnalyseTest : public testing::Test {
 protected:
  SweepAnalyseTest() : sweep_("2025-02-01") {
    sweep_.folder().write("sweep.toml",
                          "[sweep]\nid = \"sobol\"\ncase = \"case.toml\"\n\n[design]\nmethod = \"sobol\"\n"
                          "indices = true\nmembers = 16\n\n"
                          "[[factor]]\nid = \"decay\"\nkind = \"parameter\"\nprocess = \"decay_NH3_N\"\n"
                          "parameter = \"k\"\nlow = 0.5\nhigh = 2\n\n"
                          "[[factor]]\nid = \"village\"\nkind = \"load\"\nsector = \"village\"\nlow = 0.99\n"
                          "high = 1.01\n");
  }
  Said analyse(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"sweep", "analyse", sweep_.path("store"), "-o", sweep_.path("says.nc")};
    words.insert(words.end(), more.begin(), more.end());
    return limpid(words);
  }
  Table table(const std::string& name) const {
    Problems problems;
    auto read = Table::read(sweep_.path(name), name, problems);
    EXPECT_TRUE(read) << (problems.empty() ? "" : problems.sorted().front().text(Lang::en));
    return *read;
  }
  std::vector<double> column(const Table& of, const std::string& name) const {
    Problems problems;
    std::vector<double> values;
    const auto at = of.find(name);
    EXPECT_TRUE(at) << name;
    for (std::size_t row = 0; at && row < of.rows(); ++row)
      values.push_back(of.optional_number(row, *at, problems).value_or(std::nan("")));
    return values;
  }
  SweepFolder sweep_;
};

TEST_F(SweepAnalyseTest, SaysWhatTheMembersSay) {
  ASSERT_EQ(sweep_.run("store", {"--series", "S1:NH3_N"}).status, 0);
  sweep_.gathered("store");
  const std::vector<double> means = column(table("store.csv"), "mean/S1/NH3_N");
  ASSERT_EQ(means.size(), 64u);
  std::vector<double> sorted = means;
  std::sort(sorted.begin(), sorted.end());
  const double limit = 0.5 * (sorted[15] + sorted[16]);  // 48 of 64 lie above
  const Said said = analyse({"--exceeds", "mean/S1/NH3_N=" + std::to_string(limit)});
  ASSERT_EQ(said.status, 0) << said.err;
  const Table says = table("says.csv");
  std::map<std::string, double> value;
  for (std::size_t row = 0; row < says.rows(); ++row) {
    Problems problems;
    if (says.field(row, 0).text != "mean/S1/NH3_N") continue;
    const std::string measure(says.field(row, 1).text), factor(says.field(row, 2).text);
    value[measure.substr(0, measure.find(' ')) + (factor.empty() ? "" : " " + factor)] =
        says.optional_number(row, 3, problems).value_or(std::nan(""));
  }
  double sum = 0;
  for (const double m : means) sum += m;
  EXPECT_NEAR(value["mean"], sum / 64, 1e-12);
  EXPECT_NEAR(value["q50"], 0.5 * (sorted[31] + sorted[32]), 1e-12);
  EXPECT_EQ(value["above"], 0.75);
  EXPECT_GT(value["total decay"], 0.8);
  EXPECT_LT(value["total village"], 0.1);
  EXPECT_FALSE(value.contains("mu decay")) << "no Morris design";
}

TEST_F(SweepAnalyseTest, XarrayReadsIt) {
  ASSERT_EQ(sweep_.run("store", {"--series", "S1:NH3_N"}).status, 0);
  ASSERT_EQ(analyse().status, 0);
  const std::string command =
      "/usr/bin/python3 -W error -c 'import sys, xarray\nd = xarray.open_dataset(sys.argv[1])\n"
      "print(d.NH3_N_at_S1.dims, d.total.dims, d.attrs[\"members\"], bool((d.NH3_N_at_S1.diff(\"quantile\") "
      ">= "
      "0).all()))' " +
      sweep_.path("says.nc") + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  std::string text;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) text += buffer.data();
  pclose(pipe);
  EXPECT_EQ(text, "('quantile', 'section_time') ('number', 'factor') 64 True\n");
}

TEST_F(SweepAnalyseTest, ANumberThatIsNotThereIsNamed) {
  ASSERT_EQ(sweep_.run("store").status, 0);
  for (const auto& [asked, code] : std::map<std::string, std::string>{
           {"meen/S1/NH3_N=1", "E1105"}, {"mean/S1/NH3_N=high", "E1301"}, {"mean/S1/NH3_N", "E1301"}}) {
    const Said said = analyse({"--exceeds", asked});
    EXPECT_EQ(said.status, 2) << asked;
    EXPECT_NE(said.err.find(code), std::string::npos) << said.err;
  }
}

}  // namespace
}  // namespace limpid
