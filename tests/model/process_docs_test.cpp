// docs/processes.md ends with what the processes say of themselves; refresh: see the file's head.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "model/process_description.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

TEST(ProcessDocs, AreFresh) {
  const std::string path = source_dir() + "/docs/processes.md";
  std::ifstream file(path);
  ASSERT_TRUE(file) << "docs/processes.md is missing";
  std::stringstream text;
  text << file.rdbuf();
  const std::string expected = describe_processes(Lang::en);
  std::string whole = text.str();
  if (std::getenv("LIMPID_REGENERATE")) {
    whole.resize(whole.find("## " + std::string(processes().front()->info().id) + "\n"));
    std::ofstream(path) << (whole += expected);
  }
  ASSERT_GE(whole.size(), expected.size());
  EXPECT_EQ(whole.substr(whole.size() - expected.size()), expected) << "refresh it by LIMPID_REGENERATE=1";
}

TEST(ProcessDocs, NameEveryProcessAndParameterInBothLanguages) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string text = describe_processes(lang);
    for (const Process* process : processes()) {
      EXPECT_NE(text.find(std::string("## ") + process->info().id + "\n"), std::string::npos);
      for (const Parameter& p : process->info().parameters)
        EXPECT_NE(text.find(std::string("| ") + p.id + " |"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace limpid
