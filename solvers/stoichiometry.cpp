#include "solvers/stoichiometry.hpp"

#include <stdexcept>

namespace limpid {
namespace {

// A term of the case with everything resolved.
struct Placed {
  int row, constituent, nu;
  bool consumes;
};

std::vector<Placed> place_terms(const Basin& basin, const std::vector<int>& first_row,
                                const std::vector<int>& first_nu) {
  std::vector<Placed> placed;
  for (std::size_t p = 0; p < basin.processes.size(); ++p) {
    const ProcessUse& use = basin.processes[p];
    int nu = first_nu[p];
    for (const Term& term : use.process->info().terms) {
      const int constituent = use.constituents.at(static_cast<std::size_t>(term.role));
      if (constituent < 0) throw std::logic_error("process " + use.id + " has a role without a constituent");
      placed.push_back({first_row[p] + term.row, constituent, nu++, term.coefficient < 0});
    }
  }
  return placed;
}

}  // namespace

Stoichiometry::Stoichiometry(const Basin& basin, const std::vector<int>& first_nu)
    : column_of(basin.constituents.size(), -1) {
  for (const ProcessUse& use : basin.processes) {
    first_row.push_back(static_cast<int>(rows.size()));
    rows.insert(rows.end(), use.process->info().rows.size(),
                Row{static_cast<int>(first_row.size()) - 1, 0, 0});
  }
  const auto placed = place_terms(basin, first_row, first_nu);
  for (int i = 0; i < static_cast<int>(basin.constituents.size()); ++i) {
    Column column{i, static_cast<int>(entries.size()), 0, 0};
    for (const bool consumes : {false, true}) {
      for (const Placed& term : placed)
        if (term.constituent == i && term.consumes == consumes) entries.push_back({term.row, term.nu});
      (consumes ? column.end : column.middle) = static_cast<int>(entries.size());
    }
    if (column.end == column.begin) continue;
    column_of[static_cast<std::size_t>(i)] = static_cast<int>(columns.size());
    columns.push_back(column);
  }
  for (std::size_t j = 0; j < rows.size(); ++j) {
    rows[j].first_reactant = static_cast<int>(reactants.size());
    for (const Placed& term : placed)
      if (term.consumes && term.row == static_cast<int>(j))
        reactants.push_back(column_of[static_cast<std::size_t>(term.constituent)]);
    rows[j].last_reactant = static_cast<int>(reactants.size());
  }
}

}  // namespace limpid
