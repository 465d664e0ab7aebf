#include "solvers/stoichiometry.hpp"

#include <cmath>
#include <stdexcept>

namespace limpid {

// A term of the case with everything resolved.
struct Stoichiometry::Placed {
  int row, constituent, nu;
  bool consumes, scaled;
};

Stoichiometry::Stoichiometry(const Basin& basin, const std::vector<int>& first_nu, Compartment where)
    : column_of(basin.constituents.size(), -1) {
  for (std::size_t p = 0; p < basin.processes.size(); ++p) {
    first_row.push_back(static_cast<int>(rows.size()));
    if (basin.processes[p].where != where) continue;
    processes.push_back(static_cast<int>(p));
    rows.resize(rows.size() + basin.processes[p].process->info().rows.size(), Row{static_cast<int>(p), 0, 0});
  }
  const std::vector<Placed> placed = place_terms(basin, first_nu);
  number_columns(basin, placed);
  production_ = list_additions(placed, false);
  consumption_ = list_additions(placed, true);
  list_reactants(placed);
}

std::vector<Stoichiometry::Placed> Stoichiometry::place_terms(const Basin& basin,
                                                              const std::vector<int>& first_nu) const {
  std::vector<Placed> placed;
  for (const int process : processes) {
    const auto p = static_cast<std::size_t>(process);
    const ProcessUse& use = basin.processes[p];
    int nu = first_nu[p];
    for (const Term& term : use.process->info().terms) {
      const auto role = static_cast<std::size_t>(term.role);
      const int constituent = use.constituents.at(role), field = nu++;
      if (constituent < 0 && use.process->info().roles[role].optional()) continue;
      if (constituent < 0) throw std::logic_error("process " + use.id + " has a role without a constituent");
      const bool scaled = term.yield >= 0 || std::fabs(term.coefficient) != 1.0;
      placed.push_back({first_row[p] + term.row, constituent, field, term.coefficient < 0, scaled});
    }
  }
  return placed;
}

// Of what the rows make, use, or only read.
void Stoichiometry::number_columns(const Basin& basin, const std::vector<Placed>& placed) {
  for (const int process : processes)
    for (const int constituent : basin.processes[static_cast<std::size_t>(process)].constituents)
      if (constituent >= 0) column_of[static_cast<std::size_t>(constituent)] = 0;
  for (std::size_t i = 0; i < column_of.size(); ++i) {
    if (column_of[i] < 0) continue;
    column_of[i] = static_cast<int>(columns.size());
    columns.push_back(static_cast<int>(i));
  }
  consumed.assign(columns.size(), 0);
  for (const Placed& term : placed)
    if (term.consumes)
      consumed[static_cast<std::size_t>(column_of[static_cast<std::size_t>(term.constituent)])] = 1;
}

Stoichiometry::Additions Stoichiometry::list_additions(const std::vector<Placed>& placed,
                                                       bool consumption) const {
  Additions additions;
  const auto length = [&] { return static_cast<int>(additions.list.size()); };
  const auto append = [&](int column, bool scaled) {
    for (const Placed& term : placed)
      if (term.consumes == consumption && term.scaled == scaled &&
          column_of[static_cast<std::size_t>(term.constituent)] == column)
        additions.list.push_back({term.row, term.nu});
    return length();
  };
  for (int column = 0; column < static_cast<int>(columns.size()); ++column) {
    const int plain = length(), scaled = append(column, false);
    additions.of.push_back({plain, scaled, append(column, true)});
  }
  return additions;
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

GrossSums Stoichiometry::make_sums() const {
  return {std::vector<BlockRow>(columns.size()), std::vector<BlockRow>(columns.size())};
}

void Stoichiometry::sum(const BlockRow* rate, const double* const* fields, GrossSums& sums) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    production(i, rate, fields).store(sums.production[i].v);
    consumption(i, rate, fields).store(sums.consumption[i].v);
  }
}

}  // namespace limpid
