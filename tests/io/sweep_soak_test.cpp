// A long sweep does not grow: descriptors and memory after a quarter of it and at its end.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "io/sweep_commands.hpp"
#include "io/thread_workers.hpp"
#include "tests/io/sweep_folder.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

std::size_t descriptors() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

double resident_megabytes() {
  std::ifstream in("/proc/self/statm");
  double all = 0, resident = 0;
  in >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

struct Footprint {
  std::size_t descriptors = 0;
  double megabytes = 0;
};

TEST(SweepSoak, HundredsOfBatchesLeaveNoTrace) {
  SweepFolder folder("2025-01-11");
  std::string text = SweepFolder::text();
  std::string flows;
  for (int i = 0; i < 60; ++i) flows += (i ? ", \"" : "\"") + std::to_string(1 + 0.01 * i) + "\"";
  const std::string before = "\"0.8\", \"0.9\", \"1\", \"1.1\", \"1.2\"";
  folder.folder().write("sweep.toml", text.replace(text.find(before), before.size(), flows));
  const LoadedSweep loaded = load_sweep({}, folder.path("sweep.toml"));
  ASSERT_TRUE(loaded.usable);
  const SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep, {});
  SweepStore store = open_store(loaded, run, folder.path("store"), true, std::nullopt);
  const auto journal = store.journal({});
  // Four members a batch.
  const auto batches = batches_of(run.basin(), run.sweep(), 4, run.options().grid.offset);
  ASSERT_EQ(batches.size(), 120u);
  std::vector<Footprint> footprints;
  ThreadWorkers workers(2);
  EXPECT_TRUE(run_sweep(run, batches, workers, *journal, [&](const SweepProgress& now) {
    if (now.finished * 4 >= (footprints.size() + 1) * loaded.sweep.design.members())
      footprints.push_back({descriptors(), resident_megabytes()});
    return true;
  }));
  ASSERT_EQ(footprints.size(), 4u);
  // The other worker may just hold a file; a descriptor left by every batch would be 90.
  EXPECT_LE(footprints.back().descriptors, footprints.front().descriptors + 4);
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed
  EXPECT_LT(footprints.back().megabytes, footprints.front().megabytes + 4) << "90 batches";
#endif
}

}  // namespace
}  // namespace limpid
