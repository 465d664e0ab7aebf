// Inside a step no libm: glibc's exp, pow, log, sin, cos change bits with the processor. model/elementary.hpp
// stands in for them. sqrt, fabs, floor, fmod, fma and their like are exact by IEEE 754 and free.
#include <gtest/gtest.h>

#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

const std::regex& inexact_call() {
  static const std::regex kCall(
      R"re((^|[^\w:.>]|std::|::)\s*((?:exp|exp2|exp10|expm1|pow|log|log2|log10|log1p|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|erf|erfc|tgamma|lgamma)[fl]?)\s*\()re");
  return kCall;
}

std::string found_in(const std::string& text) {
  // Qualified by our own namespaces is ours.
  const std::string code =
      std::regex_replace(code_of(text), std::regex(R"((elementary|parts)::\w+)"), "ours");
  std::smatch call;
  return std::regex_search(code, call, inexact_call()) ? call[2].str() : "";
}

TEST(ElementaryCalls, AreSeenWhereTheyStand) {
  EXPECT_EQ(found_in("double y = std::exp(x);"), "exp");
  EXPECT_EQ(found_in("return 2*pow (x, y);"), "pow");
  EXPECT_EQ(found_in("::tanhf(x)"), "tanhf");
  EXPECT_EQ(found_in("elementary::exp(x) + kinetics.log(y) + std::sqrt(z) // std::exp(x)"), "");
}

// The whole of solvers/ and model/: what acts in a step and what prepares it live in the same files.
TEST(ElementaryCalls, AreOursInsideAStep) {
  const std::map<std::string, std::string> exceptions{
      {"model/elementary.hpp", "declares them, from + - x / and bit operations only"},
  };
  for (const auto& [path, text] : all_files())
    if (is_code(path) && (top_of(path) == "solvers" || top_of(path) == "model") &&
        !exceptions.contains(path)) {
      EXPECT_EQ(found_in(text), "") << path << ": use model/elementary.hpp";
    }
}

// Eigen's array functions fall back on libm or on its own polynomials, whichever the build has.
TEST(ElementaryCalls, AreNotEigens) {
  const std::regex call(R"(\.(exp|log|pow|sin|cos|tanh)\(\))");
  for (const auto& [path, text] : all_files())
    if (is_code(path) && (top_of(path) == "solvers" || top_of(path) == "model")) {
      EXPECT_FALSE(std::regex_search(code_of(text), call)) << path;
    }
}

// So that nothing slips in by reordering: the flags that keep bits the same stand, those that lose them do
// not.
TEST(ElementaryCalls, AndTheFlagsThatKeepBits) {
  const std::string& build = all_files().at("CMakeLists.txt");
  EXPECT_NE(build.find("-ffp-contract=off"), std::string::npos);
  for (const auto& [path, text] : all_files()) {
    if (!path.ends_with("CMakeLists.txt") && path != "CMakePresets.json") continue;
    for (const char* flag : {"-ffast-math", "-Ofast", "-funsafe-math", "-fassociative-math"})
      EXPECT_EQ(text.find(flag), std::string::npos) << path << " " << flag;
  }
}

}  // namespace
}  // namespace limpid::house
