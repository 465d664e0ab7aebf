// A command line as a user types it, in this process: its status, and what it printed on both streams.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "io/commands.hpp"

namespace limpid {

struct Said {
  int status = 0;
  std::string out, err;
};

inline Said limpid(std::vector<std::string> words, const char* lang = "en") {
  words.insert(words.begin(), "limpid");
  words.insert(words.end(), {"--lang", lang});
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Said said;
  said.status = run_command_line(static_cast<int>(words.size()), argv.data());
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

}  // namespace limpid
