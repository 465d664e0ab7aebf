// Simulation's books of what reaches lose: evaporation and seepage, an account each for every reach.
#include "solvers/simulation.hpp"

namespace limpid {

void Simulation::declare_losses() {
  losses_.assign(basin_.network.reaches.size(), {});
  for (std::size_t r = 0; r < losses_.size(); ++r) {
    const Reach& reach = basin_.network.reaches[r];
    const std::string evaporation = "evaporation:" + reach.id, seepage = "seepage:" + reach.id;
    if (!reach.evaporation.is_zero()) {
      losses_[r].evaporated = ledger_.account(evaporation);
      losses_[r].water_evaporated = water_ledger_.account(evaporation);
    }
    if (!reach.seepage.is_zero()) {
      losses_[r].seeped = ledger_.account(seepage);
      losses_[r].water_seeped = water_ledger_.account(seepage);
    }
  }
}

void Simulation::book_losses() {
  if (amounts_.seeped.empty()) return;
  const Rows& shape = stores_.water.rows;
  for (std::size_t k = 0; k < basin_.network.chains.size(); ++k) {
    const Chain& chain = basin_.network.chains[k];
    const LossAccounts& accounts = losses_[static_cast<std::size_t>(chain.reach)];
    const std::size_t row = shape.at(static_cast<int>(k));
    const auto book = [&](int account, int water, const std::vector<double>& amounts,
                          const std::vector<double>& volumes) {
      if (account < 0) return;
      ledger_.book(account, shape, amounts.data() + row, -1.0);
      for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i)
        water_ledger_.book_constituent(water, 0, &volumes[static_cast<std::size_t>(i)], -1.0);
    };
    book(accounts.evaporated, accounts.water_evaporated, amounts_.river_evaporated, water_.evaporated);
    book(accounts.seeped, accounts.water_seeped, amounts_.seeped, water_.seeped);
  }
}

}  // namespace limpid
