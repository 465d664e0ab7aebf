#include "io/rank_command.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>

namespace limpid {

namespace {

// Standard output and error of a rank that is not to be heard.
class HeldOutput {
 public:
  explicit HeldOutput(bool hold) {
    if (!hold) return;
    flush();
    held_ = std::tmpfile();
    error_ = ::dup(STDERR_FILENO);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    if (!held_ || error_ < 0 || nowhere < 0) return;
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(::fileno(held_), STDERR_FILENO);
    ::close(nowhere);
  }
  ~HeldOutput() {
    if (held_) std::fclose(held_);
    if (error_ >= 0) ::close(error_);
  }
  HeldOutput(const HeldOutput&) = delete;
  HeldOutput& operator=(const HeldOutput&) = delete;

  void print(int rank) {
    if (!held_ || error_ < 0) return;
    flush();
    ::dup2(error_, STDERR_FILENO);
    std::fprintf(stderr, "rank %d:\n", rank);
    std::rewind(held_);
    std::array<char, 4096> buffer{};
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), held_))
      std::fwrite(buffer.data(), 1, n, stderr);
  }

 private:
  static void flush() {
    std::cout.flush();
    std::fflush(nullptr);
  }
  std::FILE* held_ = nullptr;
  int error_ = -1;  // the stream it stands in for
};

int status_of(Lang lang, Ranks& ranks, const std::function<int(Ranks&)>& command) {
  try {
    return command(ranks);
  } catch (const Failure& failure) {
    std::cerr << failure.problem().text(lang) << "\n";
    return failure.exit_code();
  } catch (const std::exception& error) {
    std::cerr << "limpid: a bug of ours: " << error.what() << "\n";
    return 70;
  }
}

}  // namespace

int run_on_ranks(Lang lang, const std::function<int(Ranks&)>& command) {
  Ranks ranks(launch_of_environment());
  HeldOutput held(ranks.rank() != 0);
  try {
    const int status = status_of(lang, ranks, command);
    const Agreed agreed = ranks.agree(status);
    if (agreed.status != 0 && agreed.rank == ranks.rank()) held.print(ranks.rank());
    return agreed.status;
  } catch (const StoppedElsewhere& stopped) {
    return stopped.status;
  }
}

}  // namespace limpid
