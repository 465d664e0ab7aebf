#include "io/case.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace limpid {
namespace {

namespace fs = std::filesystem;

fs::path mini() { return fs::path(LIMPID_SOURCE_DIR) / "io/templates/small"; }

std::string told(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems.sorted()) text += problem.text(Lang::en) + "\n";
  return text;
}

TEST(Case, MiniReadsWithoutAWord) {
  Problems problems;
  const Case c = read_case(mini(), problems);
  const Plan plan = read_plan(mini() / "plans/upgrade.toml", c, problems);
  EXPECT_EQ(told(problems), "");
  EXPECT_EQ(plan.measures.size(), 2u);
  EXPECT_EQ(c.basin.network.reaches.size(), 10u);
}

}  // namespace
}  // namespace limpid
