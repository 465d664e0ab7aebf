// Content hashes: what run.json and seals are compared by.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace limpid {

// Incremental SHA-256. hex() ends it.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(const void* bytes, std::size_t count);
  void add(std::string_view text) { add(text.data(), text.size()); }
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string sha256_of_text(std::string_view text);
// Throws Failure E1001 or E1004 if the file cannot be read to its end.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace limpid
