// Commands as a user types them, in a folder of their own.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/paths.hpp"

namespace limpid::cluster {

struct Outcome {
  int status = 0;
  std::string text;  // standard output and error
};

inline Outcome shell(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = popen(("(" + command + ") 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) outcome.text += buffer.data();
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
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

// Root may, and more ranks than processors; ranks that do not spin while they wait for a processor.
inline std::string mpirun(int ranks) {
  return "mpirun --oversubscribe --allow-run-as-root -n " + std::to_string(ranks) + " ";
}

}  // namespace limpid::cluster
