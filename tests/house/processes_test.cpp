// One file a process, named as the process; every number with its unit and source.
#include "model/process.hpp"

#include <gtest/gtest.h>

#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

std::set<std::string> process_files() {
  std::set<std::string> names;
  for (const auto& [path, text] : all_files())
    if (path.starts_with("model/processes/")) names.insert(std::filesystem::path(path).stem().string());
  return names;
}

TEST(Processes, AreTheFilesOfTheirFolder) {
  std::set<std::string> registered;
  for (const Process* process : processes()) registered.insert(process->info().id);
  EXPECT_EQ(registered, process_files());
}

TEST(Processes, RegisterOnceInTheirOwnFile) {
  for (const std::string& name : process_files()) {
    const std::string code = code_of(all_files().at("model/processes/" + name + ".cpp"), true);
    EXPECT_EQ(matches(code, std::regex(R"re(\bid = "(\w+)")re")), std::set<std::string>{name});
    const std::regex registration(R"(\bLIMPID_PROCESS\()");
    EXPECT_EQ(std::distance(std::sregex_iterator(code.begin(), code.end(), registration), {}), 1) << name;
  }
}

TEST(Processes, GiveEveryParameterAUnitAndASource) {
  for (const Process* process : processes())
    for (const Parameter& p : process->info().parameters) {
      SCOPED_TRACE(std::string(process->info().id) + "." + p.id);
      ASSERT_TRUE(p.unit.text && p.meaning && p.source);
      EXPECT_NE(std::string(p.unit.text), "");
      EXPECT_GT(std::string(p.source).size(), 3u) << "a word is no source";
      for (const char* promise : {"TODO", "FIXME", "???", "tbd"})
        EXPECT_EQ(std::string(p.source).find(promise), std::string::npos);
    }
}

}  // namespace
}  // namespace limpid::house
