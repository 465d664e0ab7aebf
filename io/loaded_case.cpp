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
  const std::vector<fs::path> files = plan_files(plans, loaded.c, problems);
  for (std::size_t p = 0; p < files.size(); ++p) {
    std::vector<LoadedPlan> one{
        {files[p].stem().string(), files[p], read_plan(files[p], loaded.c, problems)}};
    apply_slips(sealed_slips(plans[p]), loaded.c.run.grid, one, problems);
    loaded.plans.push_back(std::move(one.front()));
  }
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

// A case's own files: those that it read, and itself.
std::vector<std::string> files_of(const Case& c) {
  std::vector<std::string> files = c.files;
  if (std::find(files.begin(), files.end(), c.file) == files.end()) files.push_back(c.file);
  return files;
}

// What comes to the case's files, by its name among the inputs.
std::vector<std::pair<std::string, fs::path>> added_files(const LoadedCase& loaded, const LoadedPlan* plan) {
  std::vector<std::pair<std::string, fs::path>> files;
  if (plan) files.emplace_back("plans/" + plan->path.filename().string(), plan->path);
  if (loaded.member)
    files.emplace_back("how_sure/" + loaded.member->how_sure.filename().string(), loaded.member->how_sure);
  return files;
}

}  // namespace

bool is_sealed(const std::string& file) {
  return file.rfind("..", 0) != 0 && fs::path(file).is_relative();
}

std::vector<FileHash> hash_inputs(const LoadedCase& loaded, const LoadedPlan* plan) {
  std::vector<FileHash> hashes = hash_files(loaded.c.folder, files_of(loaded.c));
  for (const auto& [name, path] : added_files(loaded, plan)) hashes.push_back({name, sha256_of_file(path)});
  std::sort(hashes.begin(), hashes.end(),
            [](const FileHash& a, const FileHash& b) { return a.path < b.path; });
  return hashes;
}

std::vector<FileHash> seal_inputs(const LoadedCase& loaded, const LoadedPlan* plan, const fs::path& folder) {
  for (const std::string& file : files_of(loaded.c))
    if (is_sealed(file)) copy_to(loaded.c.folder / file, folder / file);
  for (const auto& [name, path] : added_files(loaded, plan)) copy_to(path, folder / name);
  return hash_inputs(loaded, plan);
}

}  // namespace limpid
