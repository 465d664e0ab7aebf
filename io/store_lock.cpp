#include "io/store_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "model/problem.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

int open_lock(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0)
    throw Failure(Code::E5001, {path.string(), 0, 0}, {path.string(), std::strerror(errno)});
  return descriptor;
}

constexpr int kTries = 30;  // of 10 ms: `limpid sweep status` looks at a lock by taking it for a moment

bool try_lock(int descriptor, int how) {
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, how | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string content(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t n = ::pread(descriptor, text.data(), text.size(), 0);
  return {text.data(), n > 0 ? static_cast<std::size_t>(n) : 0};
}

// The division that is at work is written into the file by whoever is first.
bool share(int descriptor, const std::string& shards) {
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
      if (::ftruncate(descriptor, 0) != 0 ||
          ::pwrite(descriptor, shards.data(), shards.size(), 0) != static_cast<ssize_t>(shards.size()))
        return false;
      ::flock(descriptor, LOCK_SH);
      return true;
    }
    if (::flock(descriptor, LOCK_SH | LOCK_NB) == 0 && content(descriptor) == shards) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

Shard parse_shard(const std::string& text) {
  Shard shard;
  const std::size_t slash = text.find('/');
  const auto number = [&](std::size_t from, std::size_t to, std::size_t& out) {
    const char* const end = text.data() + to;
    const auto read = std::from_chars(text.data() + from, end, out);
    return read.ec == std::errc{} && read.ptr == end && from < to;
  };
  if (slash == std::string::npos || !number(0, slash, shard.shard) ||
      !number(slash + 1, text.size(), shard.shards) || shard.shard < 1 || shard.shard > shard.shards)
    throw Failure(Code::E1813, {"--shard", 0, 0}, {text});
  --shard.shard;
  return shard;
}

std::string journal_name(const Shard& shard) {
  return "journal-" + std::to_string(shard.shard + 1) + "-of-" + std::to_string(shard.shards);
}

StoreLock::StoreLock(const fs::path& store, const Shard& shard) : store_(open_lock(store / "lock")) {
  const std::string name = journal_name(shard);
  const bool alone = shard.shards == 1;
  if (alone ? !try_lock(store_, LOCK_EX) : !share(store_, std::to_string(shard.shards))) {
    ::close(store_);
    throw Failure(Code::E1812, {},
                  {store.string(), alone ? "a sweep is running" : "other shards are running"});
  }
  try {
    shard_ = open_lock(store / (name + ".lock"));
  } catch (...) {
    ::close(store_);
    throw;
  }
  if (try_lock(shard_, LOCK_EX)) return;
  ::close(shard_);
  ::close(store_);
  throw Failure(Code::E1812, {}, {store.string(), "this shard is running"});
}

StoreLock::~StoreLock() {
  ::close(shard_);
  ::close(store_);
}

std::size_t workers_at_work(const fs::path& store) {
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(store, none)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("journal-") || entry.path().extension() != ".lock") continue;
    const int descriptor = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) continue;
    count += ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? 0 : 1;
    ::close(descriptor);
  }
  return count;
}

}  // namespace limpid
