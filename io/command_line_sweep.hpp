// limpid sweep on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "io/commands.hpp"

namespace limpid {

// What CLI11 fills.
struct SweepTyped {
  std::string sweep, store, out, shard, id;
  std::vector<std::string> series, exceeds;
  std::optional<std::string> slurm;
  std::optional<int> tasks;
  bool resume = false;
};

void declare_sweep(CLI::App& app, SweepTyped& typed);
// command: `sweep`, of which one subcommand was typed.
int dispatch_sweep(const CLI::App& command, const CommonOptions& common, const SweepTyped& typed);

}  // namespace limpid
