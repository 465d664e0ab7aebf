// Whose shares the products of reactions carry: the processes of a case as the tags see them.
//
// What a row uses of a constituent is taken from its tags by their shares. What it makes of a tagged
// constituent carries the shares of the reactants of that row that hold the product's element (nitrogen if it
// has any, else phosphorus, else carbon), by the amount of the element that each gives. A product without
// declared elements carries the shares of the row's only reactant if that declares none either. Everything
// else (bed release, reaeration, what comes from a reactant without tags) goes to the group of the rest.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/ledger.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {

struct TagRules {
  struct Donor {
    int tagged;      // into `tagged`; -1 = it has no tags
    int nu;          // field of its |nu|
    double element;  // g of the element per unit of its amount
  };
  struct Term {
    int row, nu;                  // of the extents; of the fields
    std::size_t tagged, booking;  // into `tagged`, `bookings`
    bool consumes;
    std::size_t first_donor, last_donor;  // [first, last) of `donors`; none = the group of the rest
  };
  struct Booking {
    int account;
    std::size_t tagged;
  };
  struct Tagged {
    int column;     // of the stoichiometry
    int first_tag;  // constituent; the other groups follow
  };
  std::size_t groups = 0;
  std::vector<Tagged> tagged;  // the constituents with tags that take part
  std::vector<Term> terms;
  std::vector<Donor> donors;
  std::vector<Booking> bookings;  // each account and constituent once

  // first_nu as in ParameterRows.
  TagRules(const Basin& basin, const Stoichiometry& stoichiometry, const std::vector<int>& first_nu,
           Ledger& ledger);
  bool idle() const { return terms.empty(); }
  std::size_t tags() const { return tagged.size() * groups; }
};

}  // namespace limpid
