#include "io/child_program.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "model/problem.hpp"

namespace limpid {

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
// A file without a name: unlike a pipe it takes any amount while nobody reads.
using Scratch = std::unique_ptr<std::FILE, Close>;

Scratch scratch() {
  Scratch file(std::tmpfile());
  if (!file) throw Failure(Code::E5001, {}, {"TMPDIR", std::strerror(errno)});
  return file;
}

std::string content(std::FILE* file) {
  std::string text;
  std::array<char, 4096> buffer{};
  std::rewind(file);
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), file))
    text.append(buffer.data(), n);
  return text;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& words) {
  const Scratch out = scratch(), error = scratch();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", 0, 0);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(error.get()), STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int refused = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) throw Failure(Code::E1815, {}, {words[0], std::strerror(refused)});
  const int status = wait_for(child);
  return {status, content(out.get()), content(error.get())};
}

}  // namespace limpid
