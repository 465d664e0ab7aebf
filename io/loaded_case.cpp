#include "io/loaded_case.hpp"

#include <algorithm>
#include <system_error>

#include "io/compared_plans.hpp"
#include "io/console.hpp"

namespace limpid {

namespace fs = std::filesystem;

namespace {

// A case's own files: those that it read, and itself.
std::vector<std::string> files_of(const Case& c) {
  std::vector<std::string> files = c.files;
  if (std::find(files.begin(), files.end(), c.file) == files.end()) files.push_back(c.file);
  return files;
}

}  // namespace

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
  if (!loaded.usable) return loaded;
  loaded.files = hash_files(loaded.c.folder, files_of(loaded.c));
  for (LoadedPlan& plan : loaded.plans) plan.sha256 = sha256_of_file(plan.path);
  return loaded;
}

namespace {

void copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (!error) fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (error) throw Failure(Code::E5001, {to.string(), 0, 0}, {to.string(), error.message()});
}

// What comes to the case's files: its name among the inputs, where it lies, its sum.
struct AddedFile {
  std::string name;
  fs::path path;
  std::string sha256;
};

std::vector<AddedFile> added_files(const LoadedCase& loaded, const LoadedPlan* plan) {
  std::vector<AddedFile> files;
  if (plan) files.push_back({"plans/" + plan->path.filename().string(), plan->path, plan->sha256});
  if (const auto& m = loaded.member)
    files.push_back({"how_sure/" + m->how_sure.filename().string(), m->how_sure, m->sha256});
  return files;
}

}  // namespace

bool is_sealed(const std::string& file) {
  return file.rfind("..", 0) != 0 && fs::path(file).is_relative();
}

std::vector<FileHash> hash_inputs(const LoadedCase& loaded, const LoadedPlan* plan) {
  std::vector<FileHash> hashes = loaded.files;
  for (const AddedFile& file : added_files(loaded, plan)) hashes.push_back({file.name, file.sha256});
  std::sort(hashes.begin(), hashes.end(),
            [](const FileHash& a, const FileHash& b) { return a.path < b.path; });
  return hashes;
}

std::vector<FileHash> seal_inputs(const LoadedCase& loaded, const LoadedPlan* plan, const fs::path& folder) {
  for (const FileHash& file : loaded.files)
    if (is_sealed(file.path)) copy_to(loaded.c.folder / file.path, folder / file.path);
  for (const AddedFile& file : added_files(loaded, plan)) copy_to(file.path, folder / file.name);
  return hash_inputs(loaded, plan);
}

}  // namespace limpid
