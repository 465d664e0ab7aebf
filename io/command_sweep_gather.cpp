// limpid sweep gather and analyse.
#include <iostream>

#include "io/console.hpp"
#include "io/sweep_analysis_output.hpp"
#include "io/sweep_commands.hpp"
#include "io/sweep_gather.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

fs::path table_beside(const fs::path& file) {
  if (file.extension() != ".nc")
    throw Failure(Code::E1105, {"-o", 0, 0},
                  {"-o", file.string(), file.stem().string() + ".nc", "a name that ends in .nc"});
  fs::path table = file;
  return table.replace_extension(".csv");
}

// W1821 where members failed or are not done.
void warn_of_gaps(const CommonOptions& common, const SweepStore& store, const fs::path& file) {
  const std::size_t members = store.description().members, failed = store.failed().size(),
                    open = members - store.done().size();
  if (open + failed == 0) return;
  Problems problems;
  problems.add(Code::W1821, {store.folder().string(), 0, 0},
               {std::to_string(open + failed), std::to_string(members), file.string()});
  print_problems(problems, common.lang);
}

void tell(const CommonOptions& common, const fs::path& file, const fs::path& table) {
  if (common.quiet || common.json) return;
  std::cout << (common.lang == Lang::zh ? "已写出 " : "Wrote ") << file.string() << ", " << table.string()
            << "\n";
}

// The store with its sweep as a run; the sweep must outlive it.
SweepRun look_at(SweepStore& store, const LoadedSweep& loaded) {
  SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep,
               chosen_series({}, loaded, store.folder()));
  store.require_same_sweep(describe_store(loaded, run, store.description().lanes));
  store.look();
  return run;
}

}  // namespace

int command_sweep_gather(const CommonOptions& common, const fs::path& folder, const fs::path& file) {
  const fs::path table = table_beside(file);
  SweepStore store(folder);
  const LoadedSweep loaded = sealed_sweep(common, store);
  if (!loaded.usable) return 2;
  const SweepRun run = look_at(store, loaded);
  write_sweep_netcdf(file, store, run);
  write_sweep_table(table, store, run);
  write_sweep_timings(file.parent_path() / "timings.csv", store, run);
  warn_of_gaps(common, store, file);
  tell(common, file, table);
  return 0;
}

int command_sweep_analyse(const CommonOptions& common, const fs::path& folder, const fs::path& file,
                          const std::vector<std::string>& exceeds) {
  const fs::path table = table_beside(file);
  SweepStore store(folder);
  const LoadedSweep loaded = sealed_sweep(common, store);
  if (!loaded.usable) return 2;
  const SweepRun run = look_at(store, loaded);
  std::vector<Exceeded> asked;
  for (const std::string& text : exceeds) asked.push_back(parse_exceeded(text, store.description().metrics));
  const SweepAnalysis analysis = analyse_sweep(store, run, std::move(asked));
  write_analysis_netcdf(file, analysis, store, run);
  write_analysis_table(table, analysis, run);
  warn_of_gaps(common, store, file);
  tell(common, file, table);
  return 0;
}

}  // namespace limpid
