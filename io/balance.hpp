// The balance of one lane as result files hold it: stocks, and what every account gave (+) or took (-).
#pragma once

#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

// Quantities: the constituents in order, then "water" [m3].
struct Balance {
  std::vector<std::string> quantities, units, accounts;
  std::vector<double> stock_begin, stock_end, closure;  // [quantity]
  std::vector<double> net;                              // [account][quantity]

  double amount(std::size_t account, std::size_t quantity) const {
    return net[account * quantities.size() + quantity];
  }
};

Balance lane_balance(const Basin& basin, const BatchOutcome& batch, int lane);

}  // namespace limpid
