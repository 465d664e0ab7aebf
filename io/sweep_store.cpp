#include "io/sweep_store.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "io/atomic_file.hpp"
#include "io/design_table.hpp"
#include "io/output_file.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// A first difference, or nothing.
struct Unlike {
  std::string what, there, here;
};

std::string short_hash(const std::string& hash) {
  return hash.empty() ? "-" : hash.substr(0, 12);
}

std::optional<Unlike> unlike_inputs(const std::vector<FileHash>& there, const std::vector<FileHash>& here) {
  const auto hash_in = [](const std::vector<FileHash>& files, const std::string& path) {
    const auto at = std::ranges::find(files, path, &FileHash::path);
    return at == files.end() ? std::string() : at->sha256;
  };
  for (const auto* list : {&there, &here})
    for (const FileHash& file : *list) {
      const std::string a = hash_in(there, file.path), b = hash_in(here, file.path);
      if (a != b) return Unlike{"file " + file.path, short_hash(a), short_hash(b)};
    }
  return std::nullopt;
}

std::optional<Unlike> unlike(const StoreDescription& there, const StoreDescription& here) {
  if (there.version != here.version) return Unlike{"version of limpid", there.version, here.version};
  if (there.case_id != here.case_id) return Unlike{"case", there.case_id, here.case_id};
  if (there.sweep != here.sweep) return Unlike{"sweep", there.sweep, here.sweep};
  if (auto inputs = unlike_inputs(there.inputs, here.inputs)) return inputs;
  if (there.design_sha256 != here.design_sha256)
    return Unlike{"design", short_hash(there.design_sha256), short_hash(here.design_sha256)};
  if (there.series != here.series) return Unlike{"series", listed(there.series), listed(here.series)};
  if (there.lanes != here.lanes)
    return Unlike{"number of lanes", std::to_string(there.lanes), std::to_string(here.lanes)};
  if (there != here) return Unlike{"metrics", "-", "-"};
  return std::nullopt;
}

// The sorted journals of a folder.
std::vector<fs::path> journal_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("journal-") && entry.path().extension() == ".db")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void fill_store(const fs::path& store, const LoadedSweep& loaded, const StoreDescription& description) {
  OutputFolder out(store, false);
  seal_sweep(loaded, out.path() / "inputs");
  write_design_csv(out.path() / "design.csv", loaded.sweep.design);
  write_file(out.path() / "store.json", store_json(description));
  out.commit();
}

}  // namespace

void make_store(const fs::path& store, const LoadedSweep& loaded, const StoreDescription& description) {
  using namespace std::chrono_literals;
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  std::error_code none;
  if (fs::is_directory(store, none) && fs::is_empty(store, none)) fs::remove(store, none);
  while (!fs::exists(store / "store.json")) {
    try {
      return fill_store(store, loaded, description);
    } catch (const Failure& failure) {
      // E1010, E5001: another is there already, or is filling the same folder now.
      const bool rival = fs::exists(store / "store.json") || fs::exists(store.string() + ".partial");
      const Code code = failure.problem().code;
      if (!rival || (code != Code::E5001 && code != Code::E1010) ||
          std::chrono::steady_clock::now() > deadline)
        throw;
    }
    std::this_thread::sleep_for(50ms);
  }
}

SweepStore::SweepStore(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::is_directory(folder_))
    throw Failure(Code::E1818, {folder_.string(), 0, 0}, {folder_.string(), "no such folder"});
  description_ = read_store_json(folder_, id_);
  owner_.assign(description_.members, -1);
  failed_.assign(description_.members, false);
}

void SweepStore::require_same(const StoreDescription& here) const {
  if (const auto differs = unlike(description_, here))
    throw Failure(Code::E1810, {folder_.string(), 0, 0},
                  {folder_.string(), differs->what, differs->there, differs->here});
}

void SweepStore::require_same_sweep(StoreDescription here) const {
  here.version = description_.version;
  require_same(here);
}

void SweepStore::check_seal() const {
  std::vector<std::string> files;
  for (const FileHash& file : description_.inputs) files.push_back(file.path);
  if (const auto differs = unlike_inputs(description_.inputs, hash_files(folder_ / "inputs", files)))
    throw Failure(Code::E1810, {folder_.string(), 0, 0},
                  {folder_.string(), "sealed " + differs->what, differs->there, differs->here});
}

// At most so many at a time: shards may be more than a process may have files open.
SqliteJournal& SweepStore::opened(std::size_t file) const {
  constexpr std::size_t kMostOpen = 200;
  if (journals_[file]) return *journals_[file];
  if (open_ == kMostOpen) {
    for (auto& journal : journals_) journal.reset();
    open_ = 0;
  }
  ++open_;
  journals_[file] = std::make_unique<SqliteJournal>(files_[file], id_, description_.shape(), false);
  return *journals_[file];
}

void SweepStore::own(std::size_t file, const SqliteJournal::Entry& entry) {
  const std::size_t m = entry.member;
  if (m >= owner_.size())
    throw Failure(Code::E1819, {files_[file].string(), 0, 0},
                  {files_[file].string(), "it has member " + std::to_string(m)});
  if (owner_[m] >= 0 && (!failed_[m] || entry.failed)) return;
  owner_[m] = static_cast<int>(file);
  failed_[m] = entry.failed;
}

void SweepStore::look() {
  files_ = journal_files(folder_);
  journals_.clear();
  journals_.resize(files_.size());
  open_ = 0;
  sessions_.clear();
  std::fill(owner_.begin(), owner_.end(), -1);
  for (std::size_t file = 0; file < files_.size(); ++file) {
    const SqliteJournal& journal = opened(file);
    for (const SqliteJournal::Entry& entry : journal.entries()) own(file, entry);
    for (const JournalSession& session : journal.sessions()) sessions_.push_back(session);
  }
}

std::vector<std::size_t> SweepStore::done() const {
  std::vector<std::size_t> members;
  for (std::size_t m = 0; m < owner_.size(); ++m)
    if (owner_[m] >= 0) members.push_back(m);
  return members;
}

std::vector<std::size_t> SweepStore::failed() const {
  std::vector<std::size_t> members;
  for (std::size_t m = 0; m < owner_.size(); ++m)
    if (owner_[m] >= 0 && failed_[m]) members.push_back(m);
  return members;
}

MemberResult SweepStore::read(std::size_t member) const {
  return opened(static_cast<std::size_t>(owner_[member])).read(member);
}

std::unique_ptr<SqliteJournal> SweepStore::journal(const Shard& shard) const {
  return std::make_unique<SqliteJournal>(folder_ / (journal_name(shard) + ".db"), id_, description_.shape(),
                                         true);
}

std::size_t row_of(const SweepStore& store, const Design& design, const std::string& id) {
  std::vector<std::string> finished;
  for (const std::size_t member : store.done()) finished.push_back(design.ids[member]);
  const auto at = std::find(design.ids.begin(), design.ids.end(), id);
  const auto row = static_cast<std::size_t>(at - design.ids.begin());
  if (at != design.ids.end() && store.has(row)) return row;
  throw Failure(Code::E1817, {}, {store.folder().string(), id, nearest_of(id, finished)});
}

}  // namespace limpid
