// Where two results of one member part.
#pragma once

#include <optional>
#include <string>

#include "io/sweep_store.hpp"

namespace limpid {

struct MemberDifference {
  std::string what;  // a metric's name, closure/<constituent>, <series> at <time>, capex, opex, failure
  std::string there, here;
};

// The first in the order failure, metrics, closure, costs, series; bit by bit, any NaN like any other. What
// it took (seconds, lanes) is no part of it.
std::optional<MemberDifference> difference(const MemberResult& there, const MemberResult& here,
                                           const StoreDescription& names, const RunOptions& options);

}  // namespace limpid
