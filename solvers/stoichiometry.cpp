#include "solvers/stoichiometry.hpp"

#include <cmath>
#include <stdexcept>

namespace limpid {

// A term of the case with everything resolved.
struct Stoichiometry::Placed {
  int row, constituent, nu;
  bool consumes, scaled;
};

Stoichiometry::Stoichiometry(const Basin& basin, const std::vector<int>& first_nu)
    : column_of(basin.constituents.size(), -1) {
  for (std::size_t p = 0; p < basin.processes.size(); ++p) {
    first_row.push_back(static_cast<int>(rows.size()));
    rows.resize(rows.size() + basin.processes[p].process->info().rows.size(), Row{static_cast<int>(p), 0, 0});
  }
  const std::vector<Placed> placed = place_terms(basin, first_nu);
  for (int i = 0; i < static_cast<int>(basin.constituents.size()); ++i) add_column(placed, i);
  list_reactants(placed);
}

std::vector<Stoichiometry::Placed> Stoichiometry::place_terms(const Basin& basin,
                                                              const std::vector<int>& first_nu) const {
  std::vector<Placed> placed;
  for (std::size_t p = 0; p < basin.processes.size(); ++p) {
    const ProcessUse& use = basin.processes[p];
    int nu = first_nu[p];
    for (const Term& term : use.process->info().terms) {
      const int constituent = use.constituents.at(static_cast<std::size_t>(term.role));
      if (constituent < 0) throw std::logic_error("process " + use.id + " has a role without a constituent");
      const bool scaled = term.yield >= 0 || std::fabs(term.coefficient) != 1.0;
      placed.push_back({first_row[p] + term.row, constituent, nu++, term.coefficient < 0, scaled});
    }
  }
  return placed;
}

Stoichiometry::Terms Stoichiometry::append(const std::vector<Placed>& placed, int constituent,
                                           bool consumes) {
  const auto size = [&] { return static_cast<int>(entries.size()); };
  Terms terms{size(), 0, 0};
  for (const bool scaled : {false, true}) {
    for (const Placed& term : placed)
      if (term.constituent == constituent && term.consumes == consumes && term.scaled == scaled)
        entries.push_back({term.row, term.nu});
    (scaled ? terms.end : terms.scaled) = size();
  }
  return terms;
}

void Stoichiometry::add_column(const std::vector<Placed>& placed, int constituent) {
  const Terms production = append(placed, constituent, false),
              consumption = append(placed, constituent, true);
  if (production.empty() && consumption.empty()) return;
  column_of[static_cast<std::size_t>(constituent)] = static_cast<int>(columns.size());
  columns.push_back({constituent, production, consumption});
}

void Stoichiometry::list_reactants(const std::vector<Placed>& placed) {
  for (std::size_t j = 0; j < rows.size(); ++j) {
    rows[j].first_reactant = static_cast<int>(reactants.size());
    for (const Placed& term : placed)
      if (term.consumes && term.row == static_cast<int>(j))
        reactants.push_back(column_of[static_cast<std::size_t>(term.constituent)]);
    rows[j].last_reactant = static_cast<int>(reactants.size());
  }
}

}  // namespace limpid
