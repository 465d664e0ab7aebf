#include "io/sealed_run.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "io/loaded_case.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

[[noreturn]] void missing(const fs::path& folder, const std::string& what) {
  throw Failure(Code::E1714, {}, {folder.string(), what});
}

std::vector<FileHash> hashes(const Json& files) {
  std::vector<FileHash> list;
  for (const auto& [path, sha256] : files.items()) list.push_back({path, sha256.get<std::string>()});
  return list;
}

RunRecipe recipe_of(const Json& j) {
  RunRecipe recipe;
  recipe.case_file = j.at("case").get<std::string>();
  recipe.plan = j.value("plan", "");
  recipe.slips = j.value("slips", std::vector<std::string>{});
  recipe.how_sure = j.value("how_sure", "");
  recipe.member = j.value("member", -1);
  recipe.steady = j.value("steady", "");
  return recipe;
}

fs::path place_of(const SealedRun& run, const std::string& input) {
  return is_sealed(input) ? run.folder / "inputs" / input : fs::path(input);
}

}  // namespace

SealedRun read_sealed_run(const fs::path& folder) {
  std::ifstream in(folder / "run.json");
  if (!in) missing(folder, "run.json");
  SealedRun run;
  run.folder = folder;
  try {
    const Json j = Json::parse(in);
    if (!j.contains("run")) missing(folder, "\"run\" in run.json");
    run.version = j.at("version").get<std::string>();
    run.recipe = recipe_of(j.at("run"));
    run.inputs = hashes(j.at("inputs"));
    run.results = hashes(j.at("values_sha256"));
  } catch (const Json::exception& e) {
    throw Failure(Code::E1051, {(folder / "run.json").string(), 0, 0}, {folder.string(), e.what()});
  }
  return run;
}

std::optional<std::string> broken_input(const SealedRun& run) {
  for (const FileHash& input : run.inputs)
    if (!fs::is_regular_file(place_of(run, input.path)))
      missing(run.folder, is_sealed(input.path) ? "inputs/" + input.path : input.path);
  for (const FileHash& input : run.inputs)
    if (sha256_of_file(place_of(run, input.path)) != input.sha256)
      return is_sealed(input.path) ? "inputs/" + input.path : input.path;
  return std::nullopt;
}

RunArguments arguments_of(const SealedRun& run) {
  const fs::path inputs = run.folder / "inputs";
  RunArguments arguments;
  arguments.case_path = inputs / run.recipe.case_file;
  if (!run.recipe.plan.empty()) arguments.plan = inputs / run.recipe.plan;
  arguments.slips = run.recipe.slips;
  if (run.recipe.member >= 0) {
    arguments.how_sure = inputs / run.recipe.how_sure;
    arguments.member = run.recipe.member;
  }
  arguments.steady = !run.recipe.steady.empty();
  if (arguments.steady) arguments.day = run.recipe.steady;
  return arguments;
}

}  // namespace limpid
