// The checkpoint of a run on disk, a folder of two files: `record`, to which values are only appended
// (record_file.hpp), and `state`, which says where the run stands, what it is a run of, and how much of the
// record belongs to it. `state` ends with the checksum of all before and is replaced as a whole; the old one
// stays until the new is on the disk.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "io/record_file.hpp"
#include "scenarios/batch_run.hpp"

namespace limpid {

class Checkpoint;

// What a run is made of, by name, in an order: version, inputs, plan, member.
using RunIdentity = std::vector<std::pair<std::string, std::string>>;

class RunCheckpoint {
 public:
  // period: as typed after --checkpoint; a resumed run keeps to it unless it is told another.
  RunCheckpoint(std::filesystem::path folder, RunIdentity identity, std::string period);

  static bool exists(const std::filesystem::path& folder);

  // Makes the folder anew, with nothing in it. Throws Failure E5001, E5002.
  void start();
  // Takes a run that has not begun to where the checkpoint stands. Throws Failure E1710 (none there), E1711
  // (damaged), E1712 (of another run), E5002.
  void resume(BatchRun& run);
  // Throws Failure E5002; the last whole checkpoint stays.
  void save(BatchRun& run);

  const std::string& period() const { return period_; }

 private:
  std::filesystem::path state_path() const { return folder_ / "state"; }
  void read_heading(Checkpoint& file);
  void load(BatchRun& run);

  std::filesystem::path folder_;
  RunIdentity identity_;
  std::string period_;
  RecordFile record_;
};

}  // namespace limpid
