// limpid sweep status and show.
#include <iostream>
#include <nlohmann/json.hpp>

#include "io/csv_writer.hpp"
#include "io/interrupt.hpp"
#include "io/member_difference.hpp"
#include "io/sweep_commands.hpp"
#include "io/sweep_status.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// A factor's value as the design has it: "works = 0.25", "plan = upgrade".
std::string factors_text(const Design& design, std::size_t row) {
  std::string text;
  for (std::size_t f = 0; f < design.factors.size(); ++f) {
    const Factor& factor = design.factors[f];
    const auto at = static_cast<std::size_t>(design.values[row][f]);
    text += (f == 0 ? "" : ", ") + factor.id + " = ";
    if (at < factor.labels.size())
      text += factor.labels[at];
    else
      append_number(text, design.values[row][f], 6);
    if (!factor.unit.empty()) text += " " + factor.unit;
  }
  return text;
}

std::string verdict_json(const std::string& id, const std::optional<MemberDifference>& d) {
  nlohmann::ordered_json j{{"member", id}, {"identical", !d}};
  if (d) j["difference"] = {{"what", d->what}, {"store", d->there}, {"now", d->here}};
  return j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string verdict_text(const std::string& id, const std::optional<MemberDifference>& d,
                         const StoreDescription& description, Lang lang) {
  const bool zh = lang == Lang::zh;
  if (!d)
    return "IDENTICAL " + id + ": " + std::to_string(description.shape().numbers()) +
           (zh ? " 个数值\n" : " numbers\n");
  return "DIFFERENT " + id + ", " + d->what + ": " + d->there + (zh ? "（存储），" : " in the store, ") +
         d->here + (zh ? "（现在）\n" : " now\n");
}

}  // namespace

int command_sweep_status(const CommonOptions& common, const fs::path& folder) {
  SweepStore store(folder);
  const LoadedSweep loaded = sealed_sweep(common, store);
  if (!loaded.usable) return 2;
  store.look();
  const SweepStatus status = status_of(store, loaded.sweep.design);
  std::cout << (common.json ? status_json(status) + "\n" : status_text(status, common.lang));
  return 0;
}

int command_sweep_show(const CommonOptions& common, const fs::path& folder, const std::string& id) {
  SweepStore store(folder);
  const LoadedSweep loaded = sealed_sweep(common, store);
  if (!loaded.usable) return 2;
  const SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep,
                     chosen_series({}, loaded, folder));
  store.require_same_sweep(describe_store(loaded, run, store.description().lanes));
  store.look();
  const std::size_t row = row_of(store, loaded.sweep.design, id);
  const std::vector<MemberResult> again = run.run({row}, [](double) { return interrupted() == 0; });
  if (again.empty()) return 128 + interrupted();
  const MemberResult kept = store.read(row);
  const auto differs = difference(kept, again.front(), store.description(), run.options());
  if (common.json)
    std::cout << verdict_json(id, differs) << "\n";
  else
    std::cout << verdict_text(id, differs, store.description(), common.lang);
  if (!common.json && !common.quiet) {
    std::cout << factors_text(loaded.sweep.design, row) << "\n";
    if (kept.failed) std::cout << kept.cause << "\n";
  }
  return differs ? 1 : 0;
}

}  // namespace limpid
