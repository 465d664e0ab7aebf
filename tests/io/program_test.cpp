// The program as it is started: what only the command line or its surroundings can break.
#include <gtest/gtest.h>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"
#include "tests/shell.hpp"

namespace limpid {
namespace {

const std::string kProgram = binary_dir() + "/limpid";

TEST(Program, RunNeedsAnOutputFolder) {
  const CaseFolder folder;
  const Outcome english = shell(kProgram + " run --lang en " + folder.path().string());
  EXPECT_EQ(english.status, 2);
  EXPECT_EQ(english.text, "error E1030: limpid run needs an output folder\n    name one after -o\n");
  const Outcome chinese = shell(kProgram + " run --lang zh " + folder.path().string());
  EXPECT_EQ(chinese.status, 2);
  EXPECT_EQ(chinese.text, "错误 E1030: limpid run 需要输出文件夹\n    请在 -o 之后给出\n");
}

TEST(Program, ValidateNeedsItsNeighbour) {
  const CaseFolder folder;
  const auto lonely = folder.path() / "limpid";
  std::filesystem::copy_file(kProgram, lonely);
  const Outcome outcome = shell(lonely.string() + " validate --fast --lang en");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.text, "error E1032: cannot start " + lonely.string() +
                              "_validate: No such file or directory\n"
                              "    build the whole project; limpid_validate stands beside limpid\n");
}

// Feet are none of limpid's own units.
TEST(Program, UnitsNeedTheirDatabase) {
  const CaseFolder folder;
  folder.patch("sources.csv", "12000 m3/d", "5 ft3/s");
  const Outcome outcome = shell("UDUNITS2_XML_PATH=" + (folder.path() / "none.xml").string() + " " +
                                kProgram + " check --lang en " + folder.path().string());
  EXPECT_EQ(outcome.status, 5);
  EXPECT_EQ(outcome.text,
            "error E5003: the database of units is missing (UDUNITS2_XML_PATH)\n"
            "    install the package libudunits2-data or set UDUNITS2_XML_PATH\n");
}

}  // namespace
}  // namespace limpid
