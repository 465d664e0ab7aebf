// The folder of a sweep: what it is of (sealed inputs, design, store.json) and the journals of its workers.
//
//   DIR/store.json     what the sweep is, written once; its SHA-256 is the store's id
//   DIR/inputs/        sealed copy of the sweep file, the case, the plans and the tables that they name
//   DIR/design.csv     ids and factor values of the members
//   DIR/journal-I-of-N.db   finished members (sqlite_journal.hpp)
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/loaded_sweep.hpp"
#include "io/sha256.hpp"
#include "io/sqlite_journal.hpp"
#include "io/store_lock.hpp"
#include "scenarios/sweep_run.hpp"

namespace limpid {

// What store.json says. Equal descriptions, equal results.
struct StoreDescription {
  std::string version, sweep, case_id;
  std::string sweep_file;        // inside inputs/
  std::vector<FileHash> inputs;  // of the files in inputs/
  std::string design_sha256;     // of ids and the bits of the values
  std::size_t members = 0, lanes = 1;
  std::vector<std::string> metrics, closure, series;  // names
  std::size_t record_times = 0;                       // of each series
  bool operator==(const StoreDescription&) const = default;

  MemberShape shape() const { return {metrics.size(), closure.size(), series.size() * record_times}; }
};

// lanes: of the batches.
StoreDescription describe_store(const LoadedSweep& loaded, const SweepRun& run, std::size_t lanes);
std::string store_json(const StoreDescription& description);
// Of a store's folder; id: SHA-256 of the file. Throws Failure E1818.
StoreDescription read_store_json(const std::filesystem::path& folder, std::string& id);

// "S1:NH3_N" of a section and a recorded quantity; E1105 with the nearest name where there is none.
std::optional<ChosenSeries> parse_series(const std::string& text, const Basin& basin, const std::string& key,
                                         const Place& place, Problems& problems);
// Adds what is not there yet.
void add_series(ChosenSeries series, std::vector<ChosenSeries>& all);
std::string series_text(const ChosenSeries& series, const Basin& basin);

// Makes the folder, whole or not at all; another process may be at the same (shards that start together):
// then the one that is there first stands. Throws Failure 500x.
void make_store(const std::filesystem::path& store, const LoadedSweep& loaded,
                const StoreDescription& description);

// A store that is there.
class SweepStore {
 public:
  // Throws Failure E1818 if it is none (or of another format).
  explicit SweepStore(std::filesystem::path folder);

  const std::filesystem::path& folder() const { return folder_; }
  const StoreDescription& description() const { return description_; }
  std::filesystem::path sweep_file() const { return folder_ / "inputs" / description_.sweep_file; }

  // Throws Failure E1810 that names the first difference: version, file of the case, design, ...
  void require_same(const StoreDescription& here) const;
  // The same, whatever version of limpid made it.
  void require_same_sweep(StoreDescription here) const;
  // Throws Failure E1810 if a sealed file is not what it was.
  void check_seal() const;

  // Looks at all journals; E1819, E1810 of journals that are damaged or strange.
  void look();
  // As of the last look: members that are done, ascending; those of them that failed.
  std::vector<std::size_t> done() const;
  std::vector<std::size_t> failed() const;
  // Where several journals have a member, one that did not fail, else the first by name.
  MemberResult read(std::size_t member) const;
  bool has(std::size_t member) const { return owner_[member] >= 0; }
  const std::vector<JournalSession>& sessions() const { return sessions_; }

  // The journal to add to; the caller holds its lock. It takes part in the next look().
  std::unique_ptr<SqliteJournal> journal(const Shard& shard) const;

 private:
  SqliteJournal& opened(std::size_t file) const;
  void own(std::size_t file, const SqliteJournal::Entry& entry);

  std::filesystem::path folder_;
  StoreDescription description_;
  std::string id_;
  std::vector<std::filesystem::path> files_;                      // of the journals, sorted
  mutable std::vector<std::unique_ptr<SqliteJournal>> journals_;  // those of files_ that are open
  mutable std::size_t open_ = 0;
  std::vector<JournalSession> sessions_;
  std::vector<int> owner_;    // [member] into files_; -1 = not done
  std::vector<bool> failed_;  // [member]
};

// The row of the design that the id of a finished member names. Throws Failure E1817.
std::size_t row_of(const SweepStore& store, const Design& design, const std::string& id);

}  // namespace limpid
