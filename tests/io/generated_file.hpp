// Files of the repository that are made from declarations in the code: a test compares them, and with
// LIMPID_REGENERATE=1 in the environment writes them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/paths.hpp"

namespace limpid {

// `file` is relative to the source folder, e.g. "docs/errors.md".
inline testing::AssertionResult is_fresh(const std::string& file, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(source_dir()) / file;
  const char* regenerate = std::getenv("LIMPID_REGENERATE");
  if (regenerate && std::string_view(regenerate) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string stored{std::istreambuf_iterator<char>(in), {}};
  if (in.good() && stored == text) return testing::AssertionSuccess();
  const auto differs =
      std::mismatch(stored.begin(), stored.end(), text.begin(), text.end()).first - stored.begin();
  const auto line = std::count(stored.begin(), stored.begin() + differs, '\n') + 1;
  return testing::AssertionFailure() << file << " is not what the code makes (first difference in line "
                                     << line << "); run the tests with LIMPID_REGENERATE=1 and commit it";
}

}  // namespace limpid
