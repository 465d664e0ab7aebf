// A folder that a run wrote, as limpid verify finds it: what run.json says of it, and whether that still
// holds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/commands.hpp"
#include "io/run_json.hpp"

namespace limpid {

struct SealedRun {
  std::filesystem::path folder;
  std::string version;  // of the program that made it
  RunRecipe recipe;
  std::vector<FileHash> inputs, results;  // as run.json has them
};

// Throws Failure E1714 (run.json, how it was made, or an input is missing), E1051 (run.json cannot be read).
SealedRun read_sealed_run(const std::filesystem::path& folder);

// The first input that is not the one of run.json; nullopt if the seal is whole. An input outside of the
// folder (--allow-path) is looked for where it was. Throws Failure E1714 when one is missing.
std::optional<std::string> broken_input(const SealedRun& run);

// What `limpid run` would have to be given to make it again.
RunArguments arguments_of(const SealedRun& run);

}  // namespace limpid
