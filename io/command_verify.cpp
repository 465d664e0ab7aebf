// limpid verify: a run's sealed inputs run again, and every value compared.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "io/commands.hpp"
#include "io/first_difference.hpp"
#include "io/interrupt.hpp"
#include "io/netcdf_guard.hpp"
#include "io/one_run.hpp"
#include "io/one_steady.hpp"
#include "io/sealed_run.hpp"
#include "io/values_hash.hpp"
#include "io/version.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// A folder of our own that goes with us.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "limpid-verify-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Failure(Code::E5001, {}, {name, "no temporary folder can be made"});
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Difference {
  std::string file;
  Spot spot;
  bool seal_broken = false;  // the file is not the one that run.json knows
};

// "" when the file is not there or cannot be read.
std::string hash_of(const fs::path& path) {
  try {
    if (path.extension() == ".nc") guard_netcdf(path);
    return values_sha256(path);
  } catch (const Failure&) {
    return "";
  }
}

std::string recorded_hash(const SealedRun& run, const std::string& file) {
  for (const FileHash& result : run.results)
    if (result.path == file) return result.sha256;
  return "";
}

std::optional<Difference> different_file(const SealedRun& run, const std::string& file,
                                         const fs::path& again) {
  const std::string recorded = recorded_hash(run, file), there = hash_of(run.folder / file),
                    repeated = hash_of(again / file);
  if (there == recorded && repeated == recorded) return std::nullopt;
  if (there == repeated) return Difference{"run.json", {"values_sha256", file, recorded, there}, true};
  const bool broken = there != recorded;
  if (there.empty())
    return Difference{file, {"all variables", "the whole file", "missing or damaged", repeated}, broken};
  if (repeated.empty()) return Difference{file, {"all variables", "the whole file", there, "none"}, broken};
  const auto spot = first_difference(run.folder / file, again / file);
  return Difference{file, spot.value_or(Spot{"all variables", "the whole file", there, repeated}), broken};
}

std::optional<Difference> first_different_file(const SealedRun& run, const fs::path& again) {
  std::vector<std::string> files;
  for (const FileHash& result : run.results) files.push_back(result.path);
  for (const FileHash& result : hash_results(again))
    if (std::find(files.begin(), files.end(), result.path) == files.end()) files.push_back(result.path);
  for (const std::string& file : files)
    if (auto difference = different_file(run, file, again)) return difference;
  return std::nullopt;
}

// Makes the run, or the steady state, again; 0, or the status of a command that could not finish.
int make_again(const CommonOptions& common, const RunArguments& arguments, const fs::path& folder) {
  CommonOptions quiet = common;
  quiet.quiet = quiet.allow_path = true;
  quiet.strict = false;
  if (arguments.steady) {
    const auto asked = load_one_steady(quiet, arguments);
    if (!asked) return 2;
    const FoundSteady found = find_one_steady(common, *asked);
    if (found.run.state.stopped) return interrupted_status(common.lang);
    write_one_steady(folder, *asked, found);
    return 0;
  }
  const auto run = load_one_run(quiet, arguments);
  if (!run) return 2;
  const Finished finished = run_one(common, *run);
  if (finished.results.empty()) return interrupted_status(common.lang);
  write_one_run(folder, *run, finished);
  return 0;
}

// 0 identical or different, else the status of a command that could not finish.
int repeat(const CommonOptions& common, const SealedRun& sealed, std::optional<Difference>& difference) {
  if (const auto input = broken_input(sealed)) {
    difference = Difference{*input, {"all bytes", "the whole file", "", ""}, true};
    return 0;
  }
  const TemporaryFolder again;
  if (const int status = make_again(common, arguments_of(sealed), again.path() / "out")) return status;
  difference = first_different_file(sealed, again.path() / "out");
  return 0;
}

std::string difference_text(const Difference& d, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text = "DIFFERENT " + d.file + ", " + d.spot.variable + ", " + d.spot.place;
  if (!d.spot.a.empty() || !d.spot.b.empty())
    text += zh ? "：文件夹中为 " + d.spot.a + "，重新运行为 " + d.spot.b
               : ": " + d.spot.a + " in the folder, " + d.spot.b + " when run again";
  if (d.seal_broken)
    text += zh ? "；封存已被破坏：" + d.file + " 与 run.json 所记不符"
               : "; the seal is broken: " + d.file + " is not what run.json says";
  return text;
}

void print(const CommonOptions& common, const std::vector<SealedRun>& runs,
           const std::optional<Difference>& difference) {
  std::size_t files = 0;
  for (const SealedRun& run : runs) files += run.results.size();
  if (common.json) {
    nlohmann::ordered_json j{{"verdict", difference ? "DIFFERENT" : "IDENTICAL"}, {"files", files}};
    if (difference)
      j.update({{"file", difference->file},
                {"variable", difference->spot.variable},
                {"place", difference->spot.place},
                {"seal_broken", difference->seal_broken}});
    std::cout << j.dump(2) << "\n";
    return;
  }
  const bool zh = common.lang == Lang::zh;
  if (difference)
    std::cout << difference_text(*difference, common.lang);
  else
    std::cout << "IDENTICAL (" << files << (zh ? " 个结果文件" : " result files") << ")";
  if (runs.front().version != version())
    std::cout << (zh ? "；由 limpid " : "; made by limpid ") << runs.front().version
              << (zh ? " 生成，由 " : ", run again by ") << version();
  std::cout << "\n";
}

// The folder itself, or the runs of the comparison that it holds.
std::vector<SealedRun> sealed_runs(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code ignored;
  if (!fs::exists(folder / "run.json"))
    for (const auto& entry : fs::directory_iterator(folder, ignored))
      if (fs::exists(entry.path() / "run.json")) folders.push_back(entry.path());
  if (folders.empty()) folders.push_back(folder);
  std::sort(folders.begin(), folders.end());
  std::vector<SealedRun> runs;
  for (const fs::path& f : folders) runs.push_back(read_sealed_run(f));
  return runs;
}

}  // namespace

int command_verify(const CommonOptions& common, const fs::path& folder) {
  const std::vector<SealedRun> runs = sealed_runs(folder);
  std::optional<Difference> difference;
  for (const SealedRun& run : runs) {
    if (const int status = repeat(common, run, difference); status != 0) return status;
    if (!difference) continue;
    if (runs.size() > 1) difference->file = (run.folder.filename() / difference->file).string();
    break;
  }
  print(common, runs, difference);
  return difference ? 1 : 0;
}

}  // namespace limpid
