// SHA-256 (FIPS 180-4): how inputs and results are named by their content.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace limpid {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void update(const void* bytes, std::size_t count);
  void update(std::string_view text) { update(text.data(), text.size()); }
  std::string hex();               // 64 lower-case digits; ends the sum, call once
  std::string hex_so_far() const;  // the same of what has been added; the sum goes on

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string sha256_hex(std::string_view bytes);
// Of a file's bytes. Throws Failure E1001 (not there) or E1004 (not readable to its end).
std::string sha256_of_file(const std::filesystem::path& path);

// A file of a case or a run, by its path relative to the case's or the run's folder.
struct FileHash {
  std::string path, sha256;
  bool operator==(const FileHash&) const = default;
};
std::vector<FileHash> hash_files(const std::filesystem::path& folder, const std::vector<std::string>& files);

}  // namespace limpid
