// The journal of one worker of a sweep: an SQLite file to which whole batches are added.
//
// A batch is one transaction, on the disk (fsync) before add() returns: a kill, or the loss of power, costs
// the batches that were on their way and nothing that was added. Doubles are kept as their bits, each member
// with a checksum, since SQLite has none of its own.
//
// Rollback journal instead of WAL: a WAL wants all its readers on one machine, and the folder of a sweep on a
// cluster lies on a network file system; a commit a batch (seconds of work) does not feel the difference.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scenarios/store.hpp"

namespace limpid {

class SqliteDatabase;

// What every member of a store has.
struct MemberShape {
  std::size_t metrics = 0, closure = 0, series = 0;  // numbers
  std::size_t numbers() const { return metrics + closure + 2 + series; }
};

// When members were finished, for the rate: of one call of `limpid sweep run`.
struct JournalSession {
  double started = 0, last = 0;  // s since 1970: its begin, its latest batch
  std::size_t members = 0;
};

class SqliteJournal : public Store {
 public:
  struct Entry {
    std::size_t member = 0;
    bool failed = false;
  };

  // Opens, or makes with `append`. store_id names the store: the journal of another is E1810; other Failures
  // as SqliteDatabase. A file without a byte is an empty journal: one that was killed while it was made.
  SqliteJournal(const std::filesystem::path& path, std::string store_id, const MemberShape& shape,
                bool append);
  ~SqliteJournal() override;
  SqliteJournal(const SqliteJournal&) = delete;
  SqliteJournal& operator=(const SqliteJournal&) = delete;

  std::vector<std::size_t> done() const override;
  // From any thread. A member that is there already is replaced (retry).
  void add(const std::vector<MemberResult>& results) override;

  std::vector<Entry> entries() const;  // by member
  // Throws Failure E1819 if it is not there or its checksum does not hold.
  MemberResult read(std::size_t member) const;
  std::vector<JournalSession> sessions() const;

 private:
  void prepare(bool append);
  void check_owner() const;
  void put(const MemberResult& result, double now);

  std::string store_id_;
  MemberShape shape_;
  mutable std::mutex mutex_;
  std::unique_ptr<SqliteDatabase> database_;  // none: an empty file that is only read
  std::int64_t session_ = 0;
};

}  // namespace limpid
