// The project's own text, as the house rules look at it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace limpid::house {

inline const std::filesystem::path& root() {
  static const std::filesystem::path kRoot = source_dir();
  return kRoot;
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Path relative to the root -> content, of every file that is not built or written by a run.
inline const std::map<std::string, std::string>& all_files() {
  static const std::map<std::string, std::string> kFiles = [] {
    const std::set<std::string> skipped{".git", "build", "out", "__pycache__"};
    std::map<std::string, std::string> files;
    for (auto at = std::filesystem::recursive_directory_iterator(root()); at != end(at); ++at) {
      const std::string name = at->path().filename().string();
      if (skipped.contains(name) && (at.depth() == 0 || name == "__pycache__"))
        at.disable_recursion_pending();
      else if (at->is_regular_file())
        files[at->path().lexically_relative(root()).generic_string()] = content_of(at->path());
    }
    return files;
  }();
  return kFiles;
}

inline std::string top_of(const std::string& path) {
  return path.substr(0, path.find('/'));
}

inline bool is_code(const std::string& path) {
  return path.ends_with(".cpp") || path.ends_with(".hpp");
}

inline const std::vector<std::string> kFloors{"model", "solvers", "scenarios", "io"};
inline const std::vector<std::string> kGarden{"validation", "tests", "benchmarks"};

// C++ text with comments blanked, and strings too unless they are kept; lines stay where they are.
inline std::string code_of(const std::string& text, bool keep_strings = false) {
  static const std::regex kParts(
      R"re(//[^\n]*|/\*[^]*?\*/|R"(\w*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')re");
  std::string code = text;
  for (auto part = std::sregex_iterator(text.begin(), text.end(), kParts); part != std::sregex_iterator();
       ++part) {
    const bool comment = part->str().starts_with('/');
    if (keep_strings && !comment) continue;
    const auto at = code.begin() + part->position();
    std::replace_if(
        at, at + part->length(), [](char c) { return c != '\n'; }, ' ');
  }
  return code;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  return lines;
}

// Every match's group, each once.
inline std::set<std::string> matches(const std::string& text, const std::regex& pattern,
                                     std::size_t group = 1) {
  std::set<std::string> found;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator();
       ++match)
    if ((*match)[group].matched) found.insert((*match)[group]);
  return found;
}

// What stands between #include " and ".
inline std::set<std::string> own_includes(const std::string& text) {
  return matches(code_of(text, true), std::regex(R"re((?:^|\n)#include "([^"]+)")re"));
}

}  // namespace limpid::house
