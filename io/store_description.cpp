// store.json: what a sweep's store is of.
#include <algorithm>
#include <bit>
#include <fstream>
#include <nlohmann/json.hpp>

#include "io/sweep_store.hpp"
#include "io/version.hpp"
#include "io/written_value.hpp"
#include "solvers/recorder.hpp"

namespace limpid {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

std::string design_sha256(const Design& design) {
  Sha256 sum;
  for (const Factor& factor : design.factors) sum.update(factor.id + '\n');
  for (std::size_t m = 0; m < design.members(); ++m) {
    sum.update(design.ids[m] + '\n');
    sum.update(design.values[m].data(), design.values[m].size() * sizeof(double));
  }
  return sum.hex();
}

std::vector<std::string> series_names(const SweepRun& run) {
  std::vector<std::string> names;
  for (const ChosenSeries& series : run.series()) names.push_back(series_text(series, run.basin()));
  return names;
}

}  // namespace

std::optional<ChosenSeries> parse_series(const std::string& text, const Basin& basin, const std::string& key,
                                         const Place& place, Problems& problems) {
  std::vector<std::string> sections, quantities;
  for (const Section& section : basin.sections) sections.push_back(section.id);
  for (const RecordedQuantity& quantity : recorded_quantities(basin)) quantities.push_back(quantity.id);
  const auto index = [&](const std::string& name,
                         const std::vector<std::string>& names) -> std::optional<int> {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) return static_cast<int>(at - names.begin());
    problems.add(Code::E1105, place, {key, name, nearest_of(name, names), listed(names)});
    return std::nullopt;
  };
  const std::size_t colon = text.rfind(':');
  const auto section = index(text.substr(0, colon), sections);
  const std::string quantity = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (!index(quantity, quantities) || !section) return std::nullopt;
  return ChosenSeries{*section, quantity};
}

void add_series(ChosenSeries series, std::vector<ChosenSeries>& all) {
  if (std::find(all.begin(), all.end(), series) == all.end()) all.push_back(std::move(series));
}

std::string series_text(const ChosenSeries& series, const Basin& basin) {
  return basin.sections[static_cast<std::size_t>(series.section)].id + ":" + series.quantity;
}

StoreDescription describe_store(const LoadedSweep& loaded, const SweepRun& run, std::size_t lanes) {
  StoreDescription d;
  d.version = version();
  d.sweep = loaded.sweep.id;
  d.case_id = loaded.c.basin.id;
  d.sweep_file = loaded.file;
  d.inputs = hash_files(loaded.root, loaded.files);
  d.design_sha256 = design_sha256(loaded.sweep.design);
  d.members = loaded.sweep.design.members();
  d.lanes = lanes;
  d.metrics = run.metrics().names(run.basin().sections);
  d.closure = run.closure_names();
  d.series = series_names(run);
  d.record_times = run.record_times();
  return d;
}

std::string store_json(const StoreDescription& d) {
  Json inputs = Json::object();
  for (const FileHash& file : d.inputs) inputs[file.path] = file.sha256;
  const Json j{{"limpid_store", kFormat},
               {"version", d.version},
               {"sweep", d.sweep},
               {"case", d.case_id},
               {"sweep_file", d.sweep_file},
               {"inputs", inputs},
               {"design_sha256", d.design_sha256},
               {"members", d.members},
               {"lanes", d.lanes},
               {"closure", d.closure},
               {"series", d.series},
               {"record_times", d.record_times},
               {"metrics", d.metrics}};
  return j.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

StoreDescription read_store_json(const std::filesystem::path& folder, std::string& id) {
  const auto refuse = [&](const std::string& why) {
    return Failure(Code::E1818, {folder.string(), 0, 0}, {folder.string(), why});
  };
  std::ifstream in(folder / "store.json", std::ios::binary);
  if (!in) throw refuse("store.json is not there");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  id = sha256_hex(text);
  StoreDescription d;
  try {
    const Json j = Json::parse(text);
    if (j.at("limpid_store") != kFormat) throw refuse("store.json has another format");
    d.version = j.at("version");
    d.sweep = j.at("sweep");
    d.case_id = j.at("case");
    d.sweep_file = j.at("sweep_file");
    for (const auto& [path, sha256] : j.at("inputs").items()) d.inputs.push_back({path, sha256});
    d.design_sha256 = j.at("design_sha256");
    d.members = j.at("members");
    d.lanes = j.at("lanes");
    d.closure = j.at("closure").get<std::vector<std::string>>();
    d.series = j.at("series").get<std::vector<std::string>>();
    d.record_times = j.at("record_times");
    d.metrics = j.at("metrics").get<std::vector<std::string>>();
  } catch (const nlohmann::json::exception& error) {
    throw refuse(error.what());
  }
  return d;
}

}  // namespace limpid
