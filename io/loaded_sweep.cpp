#include "io/loaded_sweep.hpp"

#include <algorithm>
#include <system_error>

#include "io/console.hpp"
#include "io/sweep_reader.hpp"

namespace limpid {

namespace fs = std::filesystem;

namespace {

fs::path plain(const fs::path& path) {
  return fs::absolute(path).lexically_normal();
}

// The innermost folder that holds all of them.
fs::path common_folder(const std::vector<fs::path>& files) {
  fs::path root = files.front().parent_path();
  for (const fs::path& file : files)
    while (std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first != root.end())
      root = root.parent_path();
  return root;
}

}  // namespace

namespace {

void place_files(const SweepFile& read, const fs::path& sweep, LoadedSweep& loaded) {
  std::vector<fs::path> all{plain(sweep)};
  for (const fs::path& path : read.files) all.push_back(plain(path));
  std::vector<std::string> own = read.c.files;
  own.push_back(read.c.file);
  for (const std::string& file : own) all.push_back(plain(read.c.folder / file));
  loaded.root = common_folder(all);
  loaded.file = all.front().lexically_relative(loaded.root).string();
  for (const fs::path& path : all) loaded.files.push_back(path.lexically_relative(loaded.root).string());
  std::sort(loaded.files.begin(), loaded.files.end());
  loaded.files.erase(std::unique(loaded.files.begin(), loaded.files.end()), loaded.files.end());
}

LoadedSweep loaded_from(SweepFile read, const fs::path& file, bool usable) {
  LoadedSweep loaded;
  loaded.usable = usable;
  if (usable) place_files(read, file, loaded);
  loaded.c = std::move(read.c);
  loaded.sweep = std::move(read.sweep);
  return loaded;
}

}  // namespace

LoadedSweep load_sweep(const CommonOptions& common, const fs::path& file) {
  Problems problems;
  SweepFile read = read_sweep(file, problems, common.allow_path);
  if (!problems.empty()) print_problems(problems, common.lang);
  return loaded_from(std::move(read), file, !problems.has_errors() && !(common.strict && !problems.empty()));
}

LoadedSweep load_sealed_sweep(const CommonOptions& common, const fs::path& file) {
  Problems problems;
  SweepFile read = read_sweep(file, problems, true);
  if (problems.has_errors()) print_problems(problems, common.lang);
  return loaded_from(std::move(read), file, !problems.has_errors());
}

std::vector<FileHash> seal_sweep(const LoadedSweep& loaded, const fs::path& folder) {
  for (const std::string& file : loaded.files) {
    std::error_code error;
    const fs::path to = folder / file;
    fs::create_directories(to.parent_path(), error);
    if (!error) fs::copy_file(loaded.root / file, to, fs::copy_options::overwrite_existing, error);
    if (error) throw Failure(Code::E5001, {to.string(), 0, 0}, {to.string(), error.message()});
  }
  return hash_files(folder, loaded.files);
}

}  // namespace limpid
