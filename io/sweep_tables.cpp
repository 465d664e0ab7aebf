// The tables of a sweep: its design, its members' results, and what they took.
#include "io/csv_writer.hpp"
#include "io/sweep_gather.hpp"

namespace limpid {

namespace {

std::string head_of(const Factor& factor) {
  return factor.unit.empty() ? factor.id : factor.id + " [" + factor.unit + "]";
}

std::string header(const SweepStore& store, const Design& design) {
  std::string head = "id,status,cause";
  const auto add = [&head](const std::string& name) {
    head += ',';
    append_field(head, name);
  };
  for (const Factor& factor : design.factors) add(head_of(factor));
  head += ",capex_cny,opex_cny_per_year";
  for (const std::string& name : store.description().metrics) add(name);
  for (const std::string& name : store.description().closure) add("closure/" + name);
  return head;
}

void write_result(CsvWriter& table, const MemberResult* result, std::size_t metrics, std::size_t closure) {
  const auto number = [&](const double* value) {
    if (value)
      table.number(*value);
    else
      table.text("");
  };
  number(result ? &result->capex : nullptr);
  number(result ? &result->opex : nullptr);
  for (std::size_t i = 0; i < metrics; ++i) number(result ? &result->metrics[i] : nullptr);
  for (std::size_t i = 0; i < closure; ++i) number(result ? &result->closure[i] : nullptr);
  table.end_row();
}

}  // namespace

void write_sweep_table(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run) {
  const Design& design = run.sweep().design;
  const StoreDescription& d = store.description();
  CsvWriter table(path, header(store, design));
  for (std::size_t m = 0; m < design.members(); ++m) {
    std::optional<MemberResult> result;
    if (store.has(m)) result = store.read(m);
    table.text(design.ids[m]);
    table.text(!result ? "missing" : result->failed ? "failed" : "done").text(result ? result->cause : "");
    for (std::size_t f = 0; f < design.factors.size(); ++f) {
      const Factor& factor = design.factors[f];
      const auto at = static_cast<std::size_t>(design.values[m][f]);
      if (at < factor.labels.size())
        table.text(factor.labels[at]);
      else
        table.number(design.values[m][f]);
    }
    write_result(table, result ? &*result : nullptr, d.metrics.size(), d.closure.size());
  }
  table.close();
}

void write_sweep_timings(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run) {
  CsvWriter table(path, "id,seconds,lanes");
  for (const std::size_t m : store.done()) {
    const MemberResult result = store.read(m);
    table.text(run.sweep().design.ids[m]).number(result.seconds, 6).text(std::to_string(result.lanes));
    table.end_row();
  }
  table.close();
}

}  // namespace limpid
