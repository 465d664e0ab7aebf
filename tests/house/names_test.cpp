// Names that say nothing, and places that only one machine has.
#include <gtest/gtest.h>

#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

TEST(Names, SayWhatTheFileIs) {
  const std::regex empty_words(
      "(^|[_.-])(utils?|utilities|helpers?|commons?|managers?|bases?|misc|stuff)([_.-]|$)");
  for (const auto& [path, text] : all_files())
    for (const std::filesystem::path& part : std::filesystem::path(path))
      EXPECT_FALSE(std::regex_search(part.string(), empty_words)) << path;
}

// Whoever reads the tree has neither our disks nor what stood beside the project when it was written.
TEST(Names, NoTextKnowsAMachine) {
  const std::regex machine(
      R"re((^|[^\w.])/(work|home|root|tmp|mnt|Users)(/|\b)|\.\./shared|worktree|\bC:\\)re");
  const std::map<std::string, std::string> exceptions{
      {"tests/house/names_test.cpp", "states the rule"},
  };
  for (const auto& [path, text] : all_files()) {
    if (exceptions.contains(path) || text.find('\0') != std::string::npos) continue;
    int number = 0;
    for (const std::string& line : lines_of(text)) {
      ++number;
      EXPECT_FALSE(std::regex_search(line, machine)) << path << ":" << number << ": " << line;
    }
  }
}

}  // namespace
}  // namespace limpid::house
