// Who works on a store: one sweep alone, or shards of one division beside each other.
#pragma once

#include <filesystem>

#include "scenarios/store.hpp"

namespace limpid {

// A part of a sweep's batches: every `shards`-th from `shard` (from 0) on.
struct Shard {
  std::size_t shard = 0, shards = 1;
};
// "3/8"; throws Failure E1813.
Shard parse_shard(const std::string& text);

// Held as long as it lives; the system lets go of it when the process ends, however it ends.
class StoreLock {
 public:
  // Throws Failure E1812 when another sweep, another division into shards or the same shard is at work (after
  // a second of trying), E5001 when the folder cannot be written to.
  StoreLock(const std::filesystem::path& store, const Shard& shard);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int store_ = -1, shard_ = -1;  // descriptors
};

// How many shards (a whole sweep is one) are at work now.
std::size_t workers_at_work(const std::filesystem::path& store);

// journal-3-of-8: what its files are called.
std::string journal_name(const Shard& shard);

}  // namespace limpid
