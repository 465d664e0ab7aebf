#include "io/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "model/problem.hpp"

namespace limpid {

namespace {
constexpr std::size_t kBuffer = std::size_t{1} << 20;
}

OutputFile::OutputFile(std::filesystem::path path) : path_(std::move(path)), written_(path_) {
  std::error_code ignored;
  const bool special =
      std::filesystem::exists(path_, ignored) && !std::filesystem::is_regular_file(path_, ignored);
  if (!special) written_ += ".partial";  // a pipe or a device is written to as it is
  buffer_.reserve(kBuffer + 4096);
  descriptor_ = ::open(written_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  created_ = descriptor_ >= 0;
  if (!created_) error_ = errno;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) discard();
}

void OutputFile::write(std::string_view bytes) {
  bytes_ += bytes.size();
  if (error_ != 0) return;
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && error_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    if (written == 0) error_ = EIO;
    if (written < 0 && errno != EINTR) error_ = errno;
  }
  buffer_.clear();
}

void OutputFile::close() {
  if (error_ == 0) flush();
  // EINVAL, EROFS: the target (a pipe, a device) knows no fsync.
  if (error_ == 0 && ::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) error_ = errno;
  if (error_ == 0) {
    if (::close(descriptor_) != 0) error_ = errno;
    descriptor_ = -1;
  }
  if (error_ == 0 && written_ != path_ && ::rename(written_.c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ == 0) return;
  discard();
  throw Failure(Code::E5002, {},
                {path_.string(), std::generic_category().message(error_), std::to_string(bytes_)});
}

// Removes what we wrote; a device or a file that we could not open is not ours to remove.
void OutputFile::discard() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  std::error_code ignored;
  if (created_ && std::filesystem::is_regular_file(written_, ignored))
    std::filesystem::remove(written_, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.close();
}

}  // namespace limpid
