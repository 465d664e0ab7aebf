// A copy of the template case in a fresh folder, to be broken on purpose.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "io/case.hpp"
#include "tests/paths.hpp"

namespace limpid {

inline std::filesystem::path source_folder() {
  return source_dir();
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// "file:line code" of every problem, in order; the folder's own path is left out of file names.
inline std::string codes_of(const Problems& problems, const std::filesystem::path& folder) {
  std::string list;
  for (const Problem& problem : problems.sorted()) {
    std::string file = problem.place.file;
    const std::string root = folder.generic_string() + "/";
    if (file.starts_with(root)) file = file.substr(root.size());
    if (!list.empty()) list += "; ";
    list += file + ":" + std::to_string(problem.place.line) + " " + info(problem.code).id;
  }
  return list;
}

class CaseFolder {
 public:
  CaseFolder() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("limpid_case_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    restore();
  }
  ~CaseFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  CaseFolder(const CaseFolder&) = delete;
  CaseFolder& operator=(const CaseFolder&) = delete;

  void restore() const {
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(source_folder() / "io/templates/small", folder_,
                          std::filesystem::copy_options::recursive);
  }
  const std::filesystem::path& path() const { return folder_; }
  std::string text(const std::string& file) const { return content_of(folder_ / file); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }
  // Replaces the first `from`, which must be there; an empty `from` replaces the whole file.
  void patch(const std::string& file, const std::string& from, const std::string& to) const {
    std::string all = text(file);
    const std::size_t at = from.empty() ? 0 : all.find(from);
    ASSERT_NE(at, std::string::npos) << from << " is not in " << file;
    write(file, from.empty() ? to : all.replace(at, from.size(), to));
  }
  // Of the case as it stands.
  std::string codes() const {
    Problems problems;
    read_case(path(), problems);
    return codes_of(problems, path());
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace limpid
