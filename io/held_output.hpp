// Standard output and error of a rank that is not to be heard.
#pragma once

#include <cstdio>

namespace limpid {

class HeldOutput {
 public:
  // hold: from now on standard output is dropped and standard error is held back; else nothing happens.
  explicit HeldOutput(bool hold);
  ~HeldOutput();
  HeldOutput(const HeldOutput&) = delete;
  HeldOutput& operator=(const HeldOutput&) = delete;

  void release();        // forgets what was held back; standard error speaks again
  void print(int rank);  // releases, and prints what was held back under the rank's number

 private:
  std::FILE* held_ = nullptr;
  int error_ = -1;  // the stream it stands in for
};

}  // namespace limpid
