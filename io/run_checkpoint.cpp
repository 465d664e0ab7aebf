#include "io/run_checkpoint.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include "io/atomic_file.hpp"
#include "io/output_file.hpp"
#include "model/problem.hpp"
#include "solvers/checkpoint.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "limpid checkpoint 1\n";
constexpr std::size_t kSumDigits = 64;

std::string text_of(const RunIdentity& identity) {
  std::string text;
  for (const auto& [name, value] : identity) text += name + "\t" + value + "\n";
  return text;
}

RunIdentity identity_of(const std::string& text) {
  RunIdentity identity;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) throw CheckpointError("its heading cannot be read");
    identity.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return identity;
}

// "sources.csv 3f5a...", or that it has none.
std::string shown(const std::string& name, const std::string& value) {
  const bool hash = value.size() == kSumDigits;
  return name + " " + (value.empty() ? "-" : hash ? value.substr(0, 12) : value);
}

std::string value_in(const RunIdentity& identity, const std::string& name) {
  for (const auto& [n, value] : identity)
    if (n == name) return value;
  return "";
}

// The first name under which the two differ; "" if none.
std::string first_difference(const RunIdentity& here, const RunIdentity& there) {
  for (const auto& [name, value] : here)
    if (value_in(there, name) != value) return name;
  for (const auto& [name, value] : there)
    if (value_in(here, name) != value) return name;
  return "";
}

// What stands between the magic line and the checksum.
std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.size() < kMagic.size() + kSumDigits || !bytes.starts_with(kMagic))
    throw CheckpointError("it is no whole checkpoint");
  const std::size_t end = bytes.size() - kSumDigits;
  if (sha256_hex(std::string_view(bytes).substr(0, end)) != std::string_view(bytes).substr(end))
    throw CheckpointError("its checksum is wrong");
  return bytes.substr(kMagic.size(), end - kMagic.size());
}

}  // namespace

RunCheckpoint::RunCheckpoint(fs::path folder, RunIdentity identity, std::string period)
    : folder_(std::move(folder)),
      identity_(std::move(identity)),
      period_(std::move(period)),
      record_(folder_ / "record") {
  for (auto& [name, value] : identity_)
    for (std::string* text : {&name, &value})
      for (char& c : *text)
        if (c == '\t' || c == '\n') c = '?';  // a file's name may hold what parts the heading
}

bool RunCheckpoint::exists(const fs::path& folder) {
  return fs::exists(folder / "state");
}

void RunCheckpoint::start() {
  std::error_code error;
  fs::remove_all(folder_, error);
  fs::create_directories(folder_, error);
  if (error) throw Failure(Code::E5001, {}, {folder_.string(), error.message()});
  record_.create();
}

void RunCheckpoint::save(BatchRun& run) {
  record_.append(run.records());
  Checkpoint file;
  std::string identity = text_of(identity_), sha256 = record_.sha256();
  std::uint64_t bytes = record_.bytes();
  file.item("run", identity);
  file.item("period", period_);
  file.item("bytes of the record", bytes);
  file.item("checksum of the record", sha256);
  run.checkpoint(file);
  std::string text(kMagic);
  text += file.bytes();
  text += sha256_hex(text);
  write_file(state_path(), text);
  sync_folder(folder_);
}

void RunCheckpoint::resume(BatchRun& run) {
  if (!exists(folder_)) throw Failure(Code::E1710, {}, {folder_.parent_path().string()});
  try {
    load(run);
  } catch (const CheckpointError& error) {
    throw Failure(Code::E1711, {}, {state_path().string(), error.what(), folder_.parent_path().string()});
  }
}

void RunCheckpoint::read_heading(Checkpoint& file) {
  std::string text, period;
  file.item("run", text);
  file.item("period", period);
  const RunIdentity there = identity_of(text);
  if (const std::string name = first_difference(identity_, there); !name.empty())
    throw Failure(
        Code::E1712, {},
        {state_path().string(), shown(name, value_in(there, name)), shown(name, value_in(identity_, name))});
  if (period_.empty()) period_ = period;
}

void RunCheckpoint::load(BatchRun& run) {
  Checkpoint file(content_of(state_path()));
  read_heading(file);
  std::uint64_t bytes = 0;
  std::string sha256;
  file.item("bytes of the record", bytes);
  file.item("checksum of the record", sha256);
  std::vector<Record> records = run.records();
  record_.open(bytes, sha256, records);
  run.restore(std::move(records));
  run.checkpoint(file);
  file.expect_end();
}

}  // namespace limpid
