// limpid as its own process: started, left alone, killed; and folders of results compared byte by byte.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {

class StartedProgram {
 public:
  // words: behind `limpid`; log: takes standard output and error.
  StartedProgram(std::vector<std::string> words, std::filesystem::path log) : log_(std::move(log)) {
    words.insert(words.begin(), binary_dir() + "/limpid");
    words.insert(words.end(), {"--lang", "en", "--threads", "1"});
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    process_ = ::fork();
    if (process_ != 0) return;
    const int out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ~StartedProgram() {
    if (process_ > 0) wait(SIGKILL);
  }
  StartedProgram(const StartedProgram&) = delete;
  StartedProgram& operator=(const StartedProgram&) = delete;

  bool runs() {
    if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) == process_) process_ = 0;
    return process_ > 0;
  }
  // Exit status, or minus the signal that ended it.
  int wait(int send = 0) {
    if (process_ > 0 && send != 0) ::kill(process_, send);
    if (process_ > 0) ::waitpid(process_, &status_, 0);
    process_ = 0;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -WTERMSIG(status_);
  }
  std::string text() const { return content_of(log_); }

 private:
  std::filesystem::path log_;
  pid_t process_ = 0;
  int status_ = 0;
};

// A tmpfs of its own while it lives; mounted() is false where that is not allowed.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path at, const std::string& size, unsigned long flags = 0) : at_(std::move(at)) {
    std::filesystem::create_directories(at_);
    mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", flags, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  bool resize(const std::string& size) const {
    return ::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT, ("size=" + size).c_str()) == 0;
  }

 private:
  std::filesystem::path at_;
  bool mounted_ = false;
};

// Every file by its path in the folder, run.json apart.
inline std::map<std::string, std::string> bytes_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename() != "run.json")
      files[entry.path().lexically_relative(folder).generic_string()] = content_of(entry.path());
  return files;
}

inline void expect_same_folder(const std::filesystem::path& a, const std::filesystem::path& b) {
  const auto one = bytes_in(a), other = bytes_in(b);
  EXPECT_EQ(one.size(), other.size());
  EXPECT_GE(one.size(), 5U);
  for (const auto& [name, bytes] : one)
    EXPECT_TRUE(other.contains(name) && other.at(name) == bytes) << name << " differs";
}

}  // namespace limpid
