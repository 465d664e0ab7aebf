// [hydraulics] scheme: every name reaches its scheme; a bed that no scheme takes names its reach and says
// why.
#include <gmock/gmock.h>

#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

void set_scheme(const CaseFolder& folder, const std::string& name) {
  folder.write("case.toml", folder.text("case.toml") + "\n[hydraulics]\nscheme = \"" + name + "\"\n");
}

TEST(HydraulicSchemeKey, NamesReachTheirSchemes) {
  const std::pair<const char*, HydraulicScheme> names[] = {
      {"steady", HydraulicScheme::steady},
      {"kinematic", HydraulicScheme::kinematic},
      {"muskingum-cunge", HydraulicScheme::muskingum_cunge},
      {"dynamic", HydraulicScheme::dynamic}};
  for (const auto& [name, scheme] : names) {
    const CaseFolder folder;
    set_scheme(folder, name);
    Problems problems;
    const Case c = read_case(folder.path(), problems);
    EXPECT_EQ(codes_of(problems, folder.path()), "") << name;
    EXPECT_EQ(c.basin.schemes.hydraulics, scheme) << name;
  }
}

TEST(HydraulicSchemeKey, ALevelBedIsRefusedWithTheSchemesThatNeedAFall) {
  const CaseFolder folder;
  set_scheme(folder, "muskingum-cunge");
  folder.patch("reaches.csv", "3.2,0.0021", "3.2,0");
  Problems problems;
  read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "reaches.csv:2 E1404");
  const std::string text = problems.sorted().front().text(Lang::en);
  EXPECT_THAT(text, ::testing::HasSubstr("muskingum-cunge needs a bed that falls"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"dynamic\", which takes level and rising beds"));
}

}  // namespace
}  // namespace limpid
