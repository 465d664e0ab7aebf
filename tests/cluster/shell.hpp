// Commands as a user types them, in a folder of their own.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "tests/paths.hpp"
#include "tests/shell.hpp"

namespace limpid::cluster {

// A command in the background; its output goes to a file.
class Background {
 public:
  Background(const std::string& command, const std::string& output) {
    process_ = ::fork();
    if (process_ != 0) return;
    ::execlp("bash", "bash", "-c", ("exec " + command + " >'" + output + "' 2>&1").c_str(), nullptr);
    ::_exit(127);
  }
  pid_t id() const { return process_; }
  // Exit status; 128 + signal when a signal ended it.
  int wait() const {
    int status = 0;
    ::waitpid(process_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_ = 0;
};

// Whether `wanted` comes true within a minute.
inline bool eventually(const std::function<bool()>& wanted) {
  for (int i = 0; i < 1200; ++i) {
    if (wanted()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

// The processes of the program limpid whose command line has all of `words` in it.
inline std::vector<pid_t> limpids_with(const std::vector<std::string>& words) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream in(entry.path() / "cmdline", std::ios::binary);
    const std::string line{std::istreambuf_iterator<char>(in), {}};
    bool all = line.substr(0, line.find('\0')).ends_with("/limpid");
    for (const std::string& word : words) all = all && line.find(word) != std::string::npos;
    if (all) found.push_back(std::stoi(name));
  }
  return found;
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("limpid_" + name + "_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string text() const { return path_.string(); }
  void write(const std::string& file, const std::string& content) const {
    std::ofstream(path_ / file, std::ios::binary) << content;
  }
  void write_program(const std::string& file, const std::string& content) const {
    write(file, content);
    std::filesystem::permissions(path_ / file, std::filesystem::perms::owner_all);
  }

 private:
  std::filesystem::path path_;
};

// Root may, and more ranks than processors.
inline std::string mpirun(int ranks) {
  return "mpirun --oversubscribe --allow-run-as-root -n " + std::to_string(ranks) + " ";
}

}  // namespace limpid::cluster
