// A command as a user types it: its status, and what it printed on both streams.
#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace limpid {

struct Outcome {
  int status = 0;
  std::string text;
};

inline Outcome shell(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = popen(("(" + command + ") 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) outcome.text += buffer.data();
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

}  // namespace limpid
