#include "model/bed_twice.hpp"

#include <algorithm>
#include <string_view>

#include "model/process_set.hpp"

namespace limpid {
namespace {

bool is_zero(const ParameterValue& parameter) {
  return parameter.value == 0 &&
         std::ranges::all_of(parameter.stretches, [](const auto& at) { return at.value == 0; });
}

// Whether the row carries what it takes to the bed. Of the fluxes through the bed's surface, oxygen alone.
bool to_bed(const ProcessUse& use, const ProcessRow& row) {
  const ProcessInfo& info = use.process->info();
  const std::string_view id = row.id;
  if (id == "settling_PO4")
    for (std::size_t p = 0; p < info.parameters.size(); ++p)
      if (std::string_view(info.parameters[p].id) == "v_ip") return !is_zero(use.parameters[p]);
  return id.starts_with("settling") || id == "oxygen_demand" ||
         info.id == std::string_view("sediment_oxygen_demand");
}

std::vector<int> taken_to_bed(const ProcessUse& use) {
  std::vector<int> list;
  const ProcessInfo& info = use.process->info();
  for (const Term& term : info.terms) {
    const int constituent = use.constituents[static_cast<std::size_t>(term.role)];
    if (term.coefficient < 0 && constituent >= 0 &&
        to_bed(use, info.rows[static_cast<std::size_t>(term.row)]))
      list.push_back(constituent);
  }
  return list;
}

}  // namespace

std::vector<BedTwice> bed_twice(const Basin& basin) {
  std::vector<BedTwice> list;
  for (std::size_t a = 0; a < basin.processes.size(); ++a)
    for (std::size_t b = a + 1; b < basin.processes.size(); ++b) {
      const ProcessUse &first = basin.processes[a], &second = basin.processes[b];
      if (first.where != second.where) continue;
      if (!is_of_bed(first.process->info().id) && !is_of_bed(second.process->info().id)) continue;
      const std::vector<int> other = taken_to_bed(second);
      for (const int c : taken_to_bed(first))
        if (std::ranges::count(other, c) > 0) list.push_back({static_cast<int>(a), static_cast<int>(b), c});
    }
  return list;
}

}  // namespace limpid
