#include "io/balance.hpp"

namespace limpid {

namespace {

void add_constituents(const Basin& basin, const BatchOutcome& batch, int lane, Balance& balance) {
  for (std::size_t c = 0; c < basin.constituents.size(); ++c) {
    const std::size_t at = c * static_cast<std::size_t>(batch.lanes) + static_cast<std::size_t>(lane);
    balance.quantities.push_back(basin.constituents[c].id);
    balance.units.emplace_back(basin.constituents[c].amount_unit());
    balance.stock_begin.push_back(batch.stock_begin[at]);
    balance.stock_end.push_back(batch.stock_end[at]);
    balance.closure.push_back(batch.closure[at]);
  }
}

}  // namespace

Balance lane_balance(const Basin& basin, const BatchOutcome& batch, int lane) {
  Balance balance;
  add_constituents(basin, batch, lane, balance);
  balance.quantities.emplace_back("water");
  balance.units.emplace_back("m3");
  balance.stock_begin.push_back(batch.water_begin);
  balance.stock_end.push_back(batch.water_end);
  balance.closure.push_back(batch.water_closure);

  balance.accounts = batch.ledger.accounts();
  for (const std::string& name : batch.water_ledger.accounts())
    if (batch.ledger.find(name) < 0) balance.accounts.push_back(name);
  for (const std::string& name : balance.accounts) {
    const int amounts = batch.ledger.find(name), water = batch.water_ledger.find(name);
    for (std::size_t c = 0; c < basin.constituents.size(); ++c)
      balance.net.push_back(amounts < 0 ? 0.0 : batch.ledger.net(amounts, static_cast<int>(c), lane));
    balance.net.push_back(water < 0 ? 0.0 : batch.water_ledger.net(water, 0, 0));
  }
  return balance;
}

}  // namespace limpid
