// A run's record on its way to results.nc: section values and maps as they come, only ever appended to. What
// stands behind the last checkpoint is cut off when the run goes on.
//
// One piece a save: per lane the number of times and of values, both as 8 bytes, then times and values, of
// the sections and then of the maps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/sha256.hpp"
#include "solvers/record.hpp"

namespace limpid {

class RecordFile {
 public:
  explicit RecordFile(std::filesystem::path path);
  ~RecordFile();
  RecordFile(const RecordFile&) = delete;
  RecordFile& operator=(const RecordFile&) = delete;

  // Starts an empty file. Throws Failure E5002.
  void create();
  // Reads the first `bytes`, cuts off the rest and goes on behind them. records: those of a run that has not
  // begun, one a lane. Throws CheckpointError when they are not those of `sha256` or do not fit, Failure
  // E1001, E5002.
  void open(std::uint64_t bytes, const std::string& sha256, std::vector<Record>& records);
  // Appends what the records hold beyond what the file has, to the disk. Throws Failure E5002.
  void append(const std::vector<Record>& records);

  std::uint64_t bytes() const { return bytes_; }
  std::string sha256() const { return sum_.hex_so_far(); }  // of these bytes

 private:
  struct Extent {  // how many times of a lane's record the file has
    std::size_t section_times = 0, map_times = 0;
  };
  void write(std::string_view bytes);
  void set_extents(const std::vector<Record>& records);

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;
  Sha256 sum_;
  std::vector<Extent> written_;  // by lane
};

}  // namespace limpid
