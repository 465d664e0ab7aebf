#include "io/loaded_case.hpp"

#include <algorithm>
#include <system_error>

#include "io/compared_plans.hpp"
#include "io/console.hpp"

namespace limpid {

namespace fs = std::filesystem;

LoadedCase load_case(const CommonOptions& common, const fs::path& case_path,
                     const std::vector<fs::path>& plans, const std::vector<std::string>& slips) {
  LoadedCase loaded;
  Problems problems;
  loaded.c = read_case(case_path, problems, common.allow_path);
  for (const fs::path& path : plan_files(plans, loaded.c, problems))
    loaded.plans.push_back({path.stem().string(), path, read_plan(path, loaded.c, problems)});
  for (std::size_t a = 0; a < loaded.plans.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (loaded.plans[a].name == loaded.plans[b].name)
        problems.add(Code::E1201, {loaded.plans[a].path.string(), 0, 0},
                     {loaded.plans[a].name, loaded.plans[b].path.string()});
  apply_slips(slips, loaded.c.run.grid, loaded.plans, problems);
  for (const Problem& problem : problems.sorted())
    if (info(problem.code).severity() == Severity::warning) loaded.warnings.push_back(problem.text(Lang::en));
  if (!problems.empty()) print_problems(problems, common.lang);
  loaded.usable = !problems.has_errors() && !(common.strict && !loaded.warnings.empty());
  return loaded;
}

namespace {

void copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (!error) fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (error) throw Failure(Code::E5001, {to.string(), 0, 0}, {to.string(), error.message()});
}

}  // namespace

std::vector<FileHash> seal_inputs(const LoadedCase& loaded, const LoadedPlan* plan, const fs::path& folder) {
  std::vector<std::string> files = loaded.c.files;
  if (std::find(files.begin(), files.end(), loaded.c.file) == files.end()) files.push_back(loaded.c.file);
  for (const std::string& file : files)
    if (file.rfind("..", 0) != 0 && fs::path(file).is_relative())
      copy_to(loaded.c.folder / file, folder / file);
  std::vector<FileHash> hashes = hash_files(loaded.c.folder, files);
  if (plan) {
    const std::string name = "plans/" + plan->path.filename().string();
    copy_to(plan->path, folder / name);
    hashes.push_back({name, sha256_of_file(plan->path)});
  }
  std::sort(hashes.begin(), hashes.end(),
            [](const FileHash& a, const FileHash& b) { return a.path < b.path; });
  return hashes;
}

}  // namespace limpid
