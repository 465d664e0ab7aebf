// limpid sweep: what the user typed in, the exit status out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/commands.hpp"
#include "io/sweep_store.hpp"
#include "scenarios/workers.hpp"

namespace limpid {

struct SweepRunArguments {
  std::filesystem::path sweep, store;
  bool resume = false;
  std::optional<std::string> shard;  // i/n
  std::vector<std::string> series;   // SECTION:QUANTITY; none on a resume: those of the store
  std::optional<std::string> slurm;  // options for sbatch; present: submitted instead of run here
  std::optional<int> tasks;          // of the array
};
// 0 all done, 4 some members failed (named; the others are in the store), 5 the disk refused, 6 a balance did
// not close, 130/143 interrupted: all that was finished is in the store.
int command_sweep_run(const CommonOptions& common, const SweepRunArguments& arguments);
// Makes the store and submits what is left of it as an array of Slurm, one shard a task.
int command_sweep_slurm(const CommonOptions& common, const SweepRunArguments& arguments);

int command_sweep_status(const CommonOptions& common, const std::filesystem::path& store);
// Runs the members that failed again.
int command_sweep_retry(const CommonOptions& common, const std::filesystem::path& store);
// Runs one member alone, from the sealed inputs: 0 IDENTICAL to what the store has, 1 DIFFERENT.
int command_sweep_show(const CommonOptions& common, const std::filesystem::path& store,
                       const std::string& id);
// FILE.nc, FILE.csv and timings.csv.
int command_sweep_gather(const CommonOptions& common, const std::filesystem::path& store,
                         const std::filesystem::path& file);

// FILE.nc and FILE.csv: what the members say together. exceeds: NAME=VALUE, asked for.
int command_sweep_analyse(const CommonOptions& common, const std::filesystem::path& store,
                          const std::filesystem::path& file, const std::vector<std::string>& exceeds);

// What the steps of `sweep run` are made of; for those who bring other workers.

// The store of a sweep, made if it is not there. Throws Failure E1810 of another sweep, E1811 there and
// neither resumed nor a new shard's, E1818, 500x.
SweepStore open_store(const LoadedSweep& loaded, const SweepRun& run, const std::filesystem::path& folder,
                      bool resume, const std::optional<Shard>& shard);
// The series of the sweep file and those that were asked for beside; of the latter none: those of a store
// that is there.
std::vector<ChosenSeries> chosen_series(const std::vector<std::string>& asked, const LoadedSweep& loaded,
                                        const std::filesystem::path& store);
// Runs `batches` into the journal of `shard`, whose lock the caller holds; says how it went. Exit status as
// command_sweep_run; 128 + signal when interrupted.
int run_batches(const CommonOptions& common, const SweepRun& run, SweepStore& store, const Shard& shard,
                const std::vector<std::vector<std::size_t>>& batches, Workers& workers);
// A store's own sweep, from its sealed inputs, which are checked. Throws Failure E1810, E1818.
LoadedSweep sealed_sweep(const CommonOptions& common, const SweepStore& store);

}  // namespace limpid
