// Reads criteria (CSV) and finds those that are built in (model/criteria/).
//
// Comment lines before the header as in class tables (io/standard_reader.hpp). Columns: use, item, name_zh,
// name_en, unit; statistic ("value", "mean_of_days:30", ...); side = at_most | at_least | range; limit, a
// number in `unit` or "low-high", or formula and factor; events in years that are allowed; status =
// verified | unverified; source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/criterion.hpp"
#include "model/problem.hpp"

namespace limpid {

// Limits come out in mg/L. Usable only if no error was added (E1105, E1330, E1601, E1606, E1611 and those of
// Table).
CriteriaSet read_criteria(std::string text, const std::string& shown, Problems& problems);

const std::vector<CriteriaSet>& built_in_criteria();

// What a user chose: "ID" or "ID:USE".
struct ChosenCriteria {
  std::string chosen;  // as written
  const CriteriaSet* set = nullptr;
  std::vector<Criterion> criteria;  // those of the use and those of every use
};
// E1608 for an unknown id, E1609 for an unknown use, or none where the set has uses; each with the nearest.
std::vector<ChosenCriteria> choose_criteria(const std::vector<std::string>& chosen, const Place& place,
                                            Problems& problems);

// As choose_criteria without a place in a file; throws the first problem as Failure.
std::vector<ChosenCriteria> chosen_or_failure(const std::vector<std::string>& chosen);

// The problem of a standard that is not built in: E1610 if it is a set of criteria, else E1217.
Problem unknown_standard(const std::string& id, const Place& place);

}  // namespace limpid
