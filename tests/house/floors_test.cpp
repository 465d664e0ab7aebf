// model < solvers < scenarios < io: includes point down only, without circles; the garden looks at every
// floor, no floor looks at it.
#include <gtest/gtest.h>

#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

// 0..3 for the floors, 4 for the garden, -1 for what is neither.
int height(const std::string& path) {
  const std::string top = top_of(path);
  for (std::size_t i = 0; i < kFloors.size(); ++i)
    if (kFloors[i] == top) return static_cast<int>(i);
  return std::ranges::count(kGarden, top) ? static_cast<int>(kFloors.size()) : -1;
}

TEST(Floors, IncludesPointDown) {
  int seen = 0;
  for (const auto& [path, text] : all_files()) {
    if (!is_code(path)) continue;
    ASSERT_GE(height(path), 0) << path << ": C++ lives on a floor or in the garden";
    for (const std::string& include : own_includes(text)) {
      ++seen;
      EXPECT_TRUE(all_files().contains(include))
          << path << ": \"" << include << "\" is no file from the root";
      EXPECT_LE(height(include), height(path)) << path << " looks up at " << include;
    }
  }
  EXPECT_GT(seen, 300);
}

// Third-party code by floor; the standard library and the compiler's own headers are free.
TEST(Floors, LeanOnTheLibrariesOfTheirFloor) {
  const std::regex third_party(R"re((?:^|\n)#include <([\w+-]+(?:/|\.h)[^>]*)>)re");
  const std::regex solver_libraries(
      R"re((Eigen|cvode|kinsol|nvector|sunmatrix|sunlinsol|sunnonlinsol|sundials)/.*|omp\.h|immintrin\.h)re");
  const std::map<std::string, std::regex> allowed{
      {"model", std::regex("Eigen/.*")},
      {"solvers", solver_libraries},
      {"scenarios", std::regex(R"(Eigen/.*|omp\.h|boost/random/sobol\.hpp)")}};
  for (const auto& [path, text] : all_files()) {
    const auto rule = allowed.find(top_of(path));
    if (!is_code(path) || rule == allowed.end()) continue;
    for (const std::string& include : matches(code_of(text), third_party))
      EXPECT_TRUE(std::regex_match(include, rule->second)) << path << " takes <" << include << ">";
  }
}

// Depth first; `way` is the chain of files that are open.
bool circle_from(const std::string& path, std::vector<std::string>& way, std::set<std::string>& done) {
  if (done.contains(path)) return false;
  const bool open = std::ranges::count(way, path) > 0;
  way.push_back(path);
  if (open) return true;
  const auto file = all_files().find(path);
  if (file != all_files().end())
    for (const std::string& include : own_includes(file->second))
      if (circle_from(include, way, done)) return true;
  way.pop_back();
  done.insert(path);
  return false;
}

TEST(Floors, NoIncludesInCircles) {
  std::set<std::string> done;
  for (const auto& [path, text] : all_files()) {
    std::vector<std::string> way;
    if (!is_code(path) || !circle_from(path, way, done)) continue;
    std::string told;
    for (const std::string& file : way) told += " " + file;
    FAIL() << "includes in a circle:" << told;
  }
}

}  // namespace
}  // namespace limpid::house
