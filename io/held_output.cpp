#include "io/held_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <iostream>

namespace limpid {

namespace {

void flush() {
  std::cout.flush();
  std::fflush(nullptr);
}

}  // namespace

HeldOutput::HeldOutput(bool hold) {
  if (!hold) return;
  flush();
  held_ = std::tmpfile();
  error_ = ::dup(STDERR_FILENO);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (!held_ || error_ < 0 || nowhere < 0) return;
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(::fileno(held_), STDERR_FILENO);
  ::close(nowhere);
}

HeldOutput::~HeldOutput() {
  release();
  if (held_) std::fclose(held_);
}

void HeldOutput::release() {
  if (error_ < 0) return;
  flush();
  ::dup2(error_, STDERR_FILENO);
  ::close(error_);
  error_ = -1;
}

void HeldOutput::print(int rank) {
  if (error_ < 0 || !held_) return;
  release();
  std::fprintf(stderr, "rank %d:\n", rank);
  std::rewind(held_);
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), held_))
    std::fwrite(buffer.data(), 1, n, stderr);
}

}  // namespace limpid
