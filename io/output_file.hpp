// A result file on its way to the disk: <path>.partial, which gets its name when it is whole. Every write is
// checked; after the first that fails the rest is only counted, so that the user learns how many bytes the
// file needs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace limpid {

class OutputFile {
 public:
  explicit OutputFile(std::filesystem::path path);
  ~OutputFile();  // a file that was not closed is removed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  // Flushes to the disk and replaces what stood at `path`. Throws Failure E5002 (file, reason, bytes needed)
  // if anything failed; the partial file is removed then and the old one stays.
  void close();

 private:
  void flush();
  void discard();

  std::filesystem::path path_, written_;
  std::string buffer_;
  std::size_t bytes_ = 0;
  int descriptor_ = -1;
  bool created_ = false;
  int error_ = 0;  // errno of the first failure
};

// Writes a whole file at once; errors as OutputFile::close.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace limpid
