#include "io/run_json.hpp"

#include <nlohmann/json.hpp>

#include "io/csv_writer.hpp"
#include "io/output_file.hpp"
#include "io/version.hpp"

namespace limpid {

namespace {

using Json = nlohmann::ordered_json;

Json hashes(const std::vector<FileHash>& files) {
  Json j = Json::object();
  for (const FileHash& file : files) j[file.path] = file.sha256;
  return j;
}

// Keys without a value are left out.
Json recipe_json(const RunRecipe& recipe) {
  Json j{{"case", recipe.case_file}};
  if (!recipe.plan.empty()) j["plan"] = recipe.plan;
  if (!recipe.slips.empty()) j["slips"] = recipe.slips;
  if (!recipe.how_sure.empty()) {
    j["how_sure"] = recipe.how_sure;
    j["member"] = recipe.member;
  }
  if (!recipe.steady.empty()) j["steady"] = recipe.steady;
  return j;
}

Json failures(const std::vector<FailedLane>& failed) {
  Json j = Json::array();
  for (const FailedLane& f : failed)
    j.push_back({{"scenario", f.scenario},
                 {"place", f.place},
                 {"constituent", f.constituent},
                 {"date", f.date},
                 {"cause", f.cause},
                 {"process", f.process},
                 {"row", f.row},
                 {"values", f.values}});
  return j;
}

FailedLane describe(const Basin& basin, const LaneFailure& failure, const std::string& scenario,
                    std::chrono::seconds offset) {
  const auto cell = static_cast<std::size_t>(failure.cell);
  const Network& network = basin.network;
  std::string place = network.reaches[static_cast<std::size_t>(network.cell_reach[cell])].id + "@";
  append_number(place, network.cell_chainage[cell] / 1000.0, 6);
  return {scenario,
          place,
          basin.constituents[static_cast<std::size_t>(failure.constituent)].id,
          format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(failure.time))), offset),
          "the amount is not a finite number",
          failure.cause.process,
          failure.cause.row,
          fault_text(failure.cause)};
}

}  // namespace

double RunSummary::cell_constituent_steps_per_second() const {
  if (wall_seconds <= 0) return 0;
  return static_cast<double>(cells) * static_cast<double>(constituents) * static_cast<double>(steps) * lanes /
         wall_seconds;
}

RunSummary summarise(const Basin& basin, const BatchOutcome& batch, int lane,
                     const std::vector<std::string>& names, std::chrono::seconds offset) {
  RunSummary s;
  s.lanes = batch.lanes;
  s.cells = basin.network.cell_count();
  s.constituents = static_cast<std::int64_t>(basin.constituents.size());
  s.steps = batch.steps;
  const Balance balance = lane_balance(basin, batch, lane);
  for (std::size_t q = 0; q < balance.quantities.size(); ++q)
    s.closure[balance.quantities[q]] = balance.closure[q];
  for (std::size_t p = 0; p < batch.kinetics.limited.size(); ++p)
    s.limited[basin.processes[p].id] = batch.kinetics.limited[p];
  s.point_sub_steps = batch.kinetics.points;
  s.hydraulics_limited = batch.hydraulics.limited;
  s.hydraulics_capped = batch.hydraulics.capped;
  s.hydraulics_retried = batch.hydraulics.retried;
  for (const LaneFailure& failure : batch.failures)
    s.failed.push_back(describe(basin, failure, names[static_cast<std::size_t>(failure.lane)], offset));
  const bool all = static_cast<int>(batch.failures.size()) == batch.lanes;
  s.status = batch.failures.empty() ? "complete" : (all ? "failed" : "partly_failed");
  return s;
}

std::string run_json(const RunSummary& s) {
  Json j;
  j["version"] = version();
  j["status"] = s.status;
  j["started"] = s.started;
  j["run"] = recipe_json(s.recipe);
  j["inputs"] = hashes(s.inputs);
  j["values_sha256"] = hashes(s.results);
  j["threads"] = s.threads;
  j["lanes"] = s.lanes;
  j["cells"] = s.cells;
  j["constituents"] = s.constituents;
  j["steps"] = s.steps;
  j["wall_seconds"] = s.wall_seconds;
  j["cell_constituent_steps_per_second"] = s.cell_constituent_steps_per_second();
  j["closure"] = s.closure;
  j["limited"] = s.limited;
  j["point_sub_steps"] = s.point_sub_steps;
  j["hydraulics"] = {
      {"limited", s.hydraulics_limited}, {"capped", s.hydraulics_capped}, {"retried", s.hydraulics_retried}};
  j["warnings"] = s.warnings;
  j["failed"] = failures(s.failed);
  return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_run_json(const std::filesystem::path& path, const RunSummary& summary) {
  write_file(path, run_json(summary));
}

}  // namespace limpid
