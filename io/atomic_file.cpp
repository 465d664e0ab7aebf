#include "io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>

#include "model/problem.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

// Files by which a folder is known as an output of limpid.
constexpr std::array kMarkers{"run.json", "comparison.csv", "results.nc"};

[[noreturn]] void fail_folder(const fs::path& folder, const std::string& cause) {
  throw Failure(Code::E5001, {}, {folder.string(), cause});
}

fs::path parent_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// "out/" and "a/../out" name the folder "out".
fs::path plain_path(const fs::path& path) {
  fs::path plain = path.lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  if (!plain.has_filename() || plain.filename() == "." || plain.filename() == "..")
    fail_folder(path, "the output needs a name of its own");
  return plain;
}

bool is_output(const fs::path& folder) {
  if (!fs::is_directory(folder)) return false;
  if (fs::is_empty(folder)) return true;
  for (const char* marker : kMarkers)
    if (fs::exists(folder / marker)) return true;
  return false;
}

int rename_with(const fs::path& from, const fs::path& to, unsigned flags) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? 0 : errno;
}

// `to` becomes `from`; there is no moment without a whole `to` where the file system can exchange names.
int replace_folder(const fs::path& from, const fs::path& to) {
  std::error_code ignored;
  if (rename_with(from, to, RENAME_EXCHANGE) == 0) {
    fs::remove_all(from, ignored);
    return 0;
  }
  const fs::path old = to.string() + ".replaced";
  fs::remove_all(old, ignored);
  if (const int error = rename_with(to, old, 0); error != 0) return error;
  const int error = rename_with(from, to, 0);
  if (error != 0)
    rename_with(old, to, 0);
  else
    fs::remove_all(old, ignored);
  return error;
}

}  // namespace

void sync_folder(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);  // best effort: some file systems refuse it for folders
  ::close(handle);
}

OutputFolder::OutputFolder(const fs::path& out, bool force, Start start)
    : out_(plain_path(out)), partial_(partial_path(out)), force_(force) {
  refuse_existing();
  open_and_lock();
  try {
    if (start == Start::fresh) clear_left_over();
    check_writable();
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

fs::path OutputFolder::partial_path(const fs::path& out) {
  return plain_path(out).string() + ".partial";
}

OutputFolder::~OutputFolder() {
  if (!committed_ && !keep_) {
    std::error_code ignored;
    fs::remove_all(partial_, ignored);
  }
  ::close(lock_);
}

void OutputFolder::refuse_existing() const {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(out_, error))) return;
  if (!force_) throw Failure(Code::E1010, {}, {out_.string()});
  if (!is_output(out_)) throw Failure(Code::E1011, {}, {out_.string()});
}

void OutputFolder::open_and_lock() {
  std::error_code error;
  fs::create_directories(partial_, error);
  if (error) fail_folder(partial_, error.message());
  lock_ = ::open(partial_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) fail_folder(partial_, std::strerror(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(lock_);
  fail_folder(partial_, "another run is writing there");
}

void OutputFolder::clear_left_over() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(partial_)) {
    fs::remove_all(entry.path(), error);
    if (error) fail_folder(partial_, error.message());
  }
}

void OutputFolder::check_writable() const {
  const fs::path probe = partial_ / ".probe";
  const int handle = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (handle < 0) fail_folder(partial_, std::strerror(errno));
  ::close(handle);
  ::unlink(probe.c_str());
}

void OutputFolder::commit() {
  ::fsync(lock_);
  int error = rename_with(partial_, out_, RENAME_NOREPLACE);
  if (error == EINVAL && !fs::exists(out_))
    error = rename_with(partial_, out_, 0);  // a file system without flags
  if (error == EEXIST || error == EINVAL) {
    refuse_existing();
    error = replace_folder(partial_, out_);
  }
  if (error != 0) fail_folder(out_, std::strerror(error));
  committed_ = true;
  sync_folder(parent_of(out_));
}

}  // namespace limpid
