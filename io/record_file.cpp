#include "io/record_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <system_error>

#include "model/problem.hpp"
#include "solvers/checkpoint.hpp"

namespace limpid {

namespace {

std::string_view bytes_of(const std::vector<double>& values, std::size_t first) {
  return {reinterpret_cast<const char*>(values.data() + first), (values.size() - first) * sizeof(double)};
}

void put(std::string& piece, const std::vector<double>& times, const std::vector<double>& values,
         std::size_t first_time, std::size_t per_time) {
  const std::array<std::uint64_t, 2> counts{times.size() - first_time, values.size() - first_time * per_time};
  piece.append(reinterpret_cast<const char*>(counts.data()), sizeof counts);
  piece += bytes_of(times, first_time);
  piece += bytes_of(values, first_time * per_time);
}

std::size_t values_per_section_time(const Record& record) {
  return static_cast<std::size_t>(record.sections) * record.quantities.size();
}

std::size_t values_per_map(const Record& record) {
  return static_cast<std::size_t>(record.cells) * record.quantities.size();
}

// The rest of a record's bytes, taken from the front.
class Pieces {
 public:
  explicit Pieces(std::string_view bytes) : left_(bytes) {}
  bool empty() const { return left_.empty(); }
  void take(std::vector<double>& times, std::vector<double>& values, std::size_t per_time) {
    std::array<std::uint64_t, 2> counts{};
    copy(counts.data(), sizeof counts);
    if (counts[0] > left_.size() / sizeof(double) || (per_time > 0 && counts[1] / per_time != counts[0]) ||
        counts[1] != counts[0] * per_time)
      throw CheckpointError("its record does not fit the case");
    append(times, counts[0]);
    append(values, counts[1]);
  }

 private:
  void copy(void* to, std::size_t size) {
    if (size > left_.size()) throw CheckpointError("its record ends too early");
    if (size == 0) return;  // `to` may be null
    std::memcpy(to, left_.data(), size);
    left_.remove_prefix(size);
  }
  void append(std::vector<double>& to, std::size_t count) {
    if (count > left_.size() / sizeof(double)) throw CheckpointError("its record ends too early");
    const std::size_t before = to.size();
    to.resize(before + count);
    copy(to.data() + before, count * sizeof(double));
  }
  std::string_view left_;
};

std::string first_bytes(const std::filesystem::path& path, std::uint64_t count) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw CheckpointError("its record is missing");
  std::error_code error;
  const std::uintmax_t there = std::filesystem::file_size(path, error);
  if (error || there < count) throw CheckpointError("its record is shorter than it was");
  std::string bytes(count, '\0');
  if (count > 0 && !in.read(bytes.data(), static_cast<std::streamsize>(count)))
    throw CheckpointError("its record cannot be read");
  return bytes;
}

}  // namespace

RecordFile::RecordFile(std::filesystem::path path) : path_(std::move(path)) {}

RecordFile::~RecordFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void RecordFile::create() {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0)
    throw Failure(Code::E5002, {}, {path_.string(), std::generic_category().message(errno), "0"});
}

void RecordFile::open(std::uint64_t bytes, const std::string& sha256, std::vector<Record>& records) {
  const std::string all = first_bytes(path_, bytes);
  sum_.update(all);
  if (sum_.hex_so_far() != sha256) throw CheckpointError("its record has another checksum");
  for (Pieces pieces(all); !pieces.empty();)
    for (Record& record : records) {
      pieces.take(record.section_times, record.section_values, values_per_section_time(record));
      pieces.take(record.map_times, record.map_values, values_per_map(record));
    }
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0 || ::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0)
    throw Failure(Code::E5002, {},
                  {path_.string(), std::generic_category().message(errno), std::to_string(bytes)});
  bytes_ = bytes;
  set_extents(records);
}

void RecordFile::append(const std::vector<Record>& records) {
  written_.resize(records.size());
  std::string piece;
  for (std::size_t l = 0; l < records.size(); ++l) {
    const Record& record = records[l];
    put(piece, record.section_times, record.section_values, written_[l].section_times,
        values_per_section_time(record));
    put(piece, record.map_times, record.map_values, written_[l].map_times, values_per_map(record));
  }
  write(piece);
  set_extents(records);
}

void RecordFile::write(std::string_view bytes) {
  int error = 0;
  for (std::string_view rest = bytes; !rest.empty() && error == 0;) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    if (written == 0) error = EIO;
    if (written < 0 && errno != EINTR) error = errno;
  }
  if (error == 0 && ::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) error = errno;
  if (error != 0)
    throw Failure(
        Code::E5002, {},
        {path_.string(), std::generic_category().message(error), std::to_string(bytes_ + bytes.size())});
  sum_.update(bytes);
  bytes_ += bytes.size();
}

void RecordFile::set_extents(const std::vector<Record>& records) {
  written_.clear();
  for (const Record& record : records)
    written_.push_back({record.section_times.size(), record.map_times.size()});
}

}  // namespace limpid
