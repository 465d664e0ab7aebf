// A program that is started, waited for and listened to.
#pragma once

#include <string>
#include <vector>

namespace limpid {

struct ChildOutcome {
  int status = 0;  // exit status; 128 + the signal that ended it
  std::string out, error;
};

// words[0] is looked up in PATH; no shell reads the words. Throws Failure E1815 when it cannot be started.
ChildOutcome run_child(const std::vector<std::string>& words);

}  // namespace limpid
