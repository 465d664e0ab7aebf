#include "solvers/tag_rules.hpp"

#include <algorithm>

#include "solvers/extent_sums.hpp"

namespace limpid {

namespace {

using Element = double Composition::*;
constexpr Element kElements[] = {&Composition::nitrogen, &Composition::phosphorus, &Composition::carbon};

// The element by which a constituent's shares are handed on; nullptr if it declares none.
Element element_of(const Constituent& constituent) {
  for (const Element element : kElements)
    if (constituent.composition.*element > 0) return element;
  return nullptr;
}

class Building {
 public:
  Building(const Basin& basin, const Stoichiometry& s, Ledger& ledger, TagRules& rules)
      : basin_(basin), s_(s), ledger_(ledger), rules_(rules), tagged_(basin.constituents.size(), -1) {
    rules.groups = basin.tag_groups.size();
    for (std::size_t c = 0; c < basin.constituents.size(); ++c) {
      const Constituent& tag = basin.constituents[c];
      if (!tag.is_tag() || tag.tag_group != 0) continue;
      const int column = s.column_of[static_cast<std::size_t>(tag.tag_of)];
      if (column < 0) continue;
      tagged_[static_cast<std::size_t>(tag.tag_of)] = static_cast<int>(rules.tagged.size());
      rules.tagged.push_back({column, static_cast<int>(c)});
    }
  }

  void add(std::size_t process, int first_nu) {
    use_ = &basin_.processes[process];
    first_nu_ = first_nu;
    const auto terms = use_->process->info().terms;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      if (is_open(terms[k])) continue;
      const int tagged = tagged_[index_of(terms[k])];
      if (tagged < 0) continue;
      TagRules::Term term{s_.first_row[process] + terms[k].row,
                          first_nu + static_cast<int>(k),
                          static_cast<std::size_t>(tagged),
                          booking(terms[k], static_cast<std::size_t>(tagged)),
                          terms[k].coefficient < 0,
                          rules_.donors.size(),
                          0};
      if (!term.consumes) list_donors(terms[k]);
      term.last_donor = rules_.donors.size();
      rules_.terms.push_back(term);
    }
  }

 private:
  bool is_open(const Term& term) const { return use_->constituents[static_cast<std::size_t>(term.role)] < 0; }
  std::size_t index_of(const Term& term) const {
    return static_cast<std::size_t>(use_->constituents[static_cast<std::size_t>(term.role)]);
  }
  const Constituent& constituent_of(const Term& term) const { return basin_.constituents[index_of(term)]; }

  std::size_t booking(const Term& term, std::size_t tagged) {
    const ProcessRow& row = use_->process->info().rows[static_cast<std::size_t>(term.row)];
    const int account = process_account(*use_, row, ledger_);
    auto& list = rules_.bookings;
    const auto found = std::find_if(list.begin(), list.end(), [&](const TagRules::Booking& b) {
      return b.account == account && b.tagged == tagged;
    });
    const auto at = static_cast<std::size_t>(found - list.begin());
    if (found == list.end()) list.push_back({account, tagged});
    return at;
  }

  void list_donors(const Term& product) {
    const Element element = element_of(constituent_of(product));
    const std::size_t first = rules_.donors.size();
    int reactants = 0;
    const auto terms = use_->process->info().terms;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      if (terms[k].row != product.row || terms[k].coefficient >= 0 || is_open(terms[k])) continue;
      ++reactants;
      const Constituent& reactant = constituent_of(terms[k]);
      const double held = element ? reactant.composition.*element : (element_of(reactant) ? 0.0 : 1.0);
      if (held > 0)
        rules_.donors.push_back({tagged_[index_of(terms[k])], first_nu_ + static_cast<int>(k), held});
    }
    if (!element && reactants != 1) rules_.donors.resize(first);
  }

  const Basin& basin_;
  const Stoichiometry& s_;
  Ledger& ledger_;
  TagRules& rules_;
  std::vector<int> tagged_;  // per constituent, into rules_.tagged; -1 = has no tags or takes no part
  const ProcessUse* use_ = nullptr;
  int first_nu_ = 0;
};

}  // namespace

TagRules::TagRules(const Basin& basin, const Stoichiometry& stoichiometry, const std::vector<int>& first_nu,
                   Ledger& ledger) {
  if (basin.tag_groups.empty()) return;
  Building building(basin, stoichiometry, ledger, *this);
  for (const int process : stoichiometry.processes)
    building.add(static_cast<std::size_t>(process), first_nu[static_cast<std::size_t>(process)]);
}

}  // namespace limpid
