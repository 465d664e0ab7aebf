#include "io/element_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "io/units.hpp"

namespace limpid {
namespace {

constexpr double kRounding = 1e-3;  // of coefficients given with three digits, g/g

struct Element {
  const char* symbol;
  double Composition::*part;
};
constexpr std::array kElements{Element{"N", &Composition::nitrogen}, Element{"P", &Composition::phosphorus},
                               Element{"C", &Composition::carbon}};

// A row that only takes an element, or only gives it, exchanges it with what is not modelled.
bool passes_on(const ProcessUse& use, int row, double Composition::*part,
               const std::vector<Constituent>& constituents) {
  bool taken = false, given = false;
  for (const Term& term : use.process->info().terms) {
    const int constituent = use.constituents[static_cast<std::size_t>(term.role)];
    if (term.row != row || constituent < 0) continue;
    if (!(constituents[static_cast<std::size_t>(constituent)].composition.*part > 0)) continue;
    (term.coefficient < 0 ? taken : given) = true;
  }
  return taken && given;
}

bool is_whole(const ProcessUse& use) {
  const auto& roles = use.process->info().roles;
  for (std::size_t r = 0; r < roles.size(); ++r)
    if (use.constituents[r] < 0 && !roles[r].optional()) return false;
  return true;
}

// Whether all rows conserve; adds E1245 for those that do not.
bool check_rows(const ProcessUse& use, const std::vector<Constituent>& constituents, const std::string& where,
                const Place& place, Problems& problems) {
  const auto& rows = use.process->info().rows;
  bool good = true;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const int row = static_cast<int>(r);
    if (rows[r].exchange != Exchange::internal) continue;
    const Composition net = element_balance(use, row, constituents);
    for (const Element& element : kElements) {
      if (!passes_on(use, row, element.part, constituents) || std::fabs(net.*element.part) <= kRounding)
        continue;
      good = false;
      problems.add(Code::E1245, place,
                   {use.id, rows[r].id + (where.empty() ? "" : " (" + where + ")"),
                    number_text(net.*element.part), element.symbol});
    }
  }
  return good;
}

}  // namespace

bool is_yield(const ProcessInfo& info, std::size_t parameter) {
  return std::any_of(info.terms.begin(), info.terms.end(),
                     [&](const Term& term) { return term.yield == static_cast<int>(parameter); });
}

ProcessUse on_stretch(ProcessUse use, const std::string& stretch) {
  for (ParameterValue& parameter : use.parameters)
    for (const ParameterValue::AtStretch& own : parameter.stretches)
      if (own.stretch == stretch) parameter.value = own.value;
  return use;
}

void check_elements(const ProcessUse& use, const std::vector<Constituent>& constituents,
                    const std::string& where, const Place& place, Problems& problems) {
  if (!is_whole(use) || !check_rows(use, constituents, where, place, problems)) return;
  ProcessUse warmer = use;
  for (std::size_t p = 0; p < warmer.parameters.size(); ++p)
    if (is_yield(use.process->info(), p)) warmer.parameters[p].value *= warmer.parameters[p].theta;
  check_rows(warmer, constituents, (where.empty() ? "" : where + ", ") + std::string("21 degC"), place,
             problems);
}

}  // namespace limpid
