// docs/processes.md ends with what the processes say of themselves; refresh: see the file's head.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "model/process_description.hpp"

namespace limpid {
namespace {

TEST(ProcessDocs, AreFresh) {
  std::ifstream file(std::string(LIMPID_SOURCE_DIR) + "/docs/processes.md");
  ASSERT_TRUE(file) << "docs/processes.md is missing";
  std::stringstream text;
  text << file.rdbuf();
  const std::string whole = text.str(), expected = describe_processes(Lang::en);
  ASSERT_GE(whole.size(), expected.size());
  EXPECT_EQ(whole.substr(whole.size() - expected.size()), expected)
      << "replace everything from the first process on by the output of `limpid processes --lang en`";
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
