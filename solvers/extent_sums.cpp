#include "solvers/extent_sums.hpp"

#include "solvers/state.hpp"

namespace limpid {

int process_account(const ProcessUse& use, const ProcessRow& row, Ledger& ledger) {
  switch (row.exchange) {
    case Exchange::atmosphere:
      return ledger.account("atmosphere");
    case Exchange::bed:
      return ledger.account("bed");
    case Exchange::burial:
      return ledger.account("burial");
    case Exchange::ice:
      return ledger.account("ice");
    default:
      return ledger.account("process:" + use.id);
  }
}

ExtentSums::ExtentSums(const Basin& basin, const Stoichiometry& stoichiometry,
                       const std::vector<int>& first_nu, std::size_t lanes, Ledger& ledger)
    : lanes_(lanes) {
  for (std::size_t j = 0; j < stoichiometry.rows.size(); ++j) sums_.push_back({j, -1});
  for (const int process : stoichiometry.processes) {
    const auto p = static_cast<std::size_t>(process);
    int nu = first_nu[p];
    for (const Term& term : basin.processes[p].process->info().terms) {
      const int field = nu++;
      if (basin.processes[p].constituents[static_cast<std::size_t>(term.role)] < 0) continue;
      bookings_.push_back(booking(basin.processes[p], term, stoichiometry.first_row[p], field, ledger));
    }
  }
  chunks_ = ChunkSums(sums_.size(), lanes);
}

ExtentSums::Booking ExtentSums::booking(const ProcessUse& use, const Term& term, int first_row, int nu,
                                        Ledger& ledger) {
  const auto row = static_cast<std::size_t>(term.row);
  const int account = process_account(use, use.process->info().rows[row], ledger);
  const int constituent = use.constituents[static_cast<std::size_t>(term.role)];
  const auto sum = static_cast<std::size_t>(first_row) + row;
  if (term.yield < 0) return {account, constituent, sum, term.coefficient};
  sums_.push_back({sum, nu});
  return {account, constituent, sums_.size() - 1, term.coefficient < 0 ? -1.0 : 1.0};
}

void ExtentSums::add(std::size_t block, const BlockRow& volume, const std::vector<BlockRow>& extent,
                     const double* const* fields, Partial& partial) const {
  const BlockValue v = BlockValue::load(volume.v);
  const auto to = chunks_.adder(block, partial);
  const auto add = [&](auto amount_of) {
    for (std::size_t k = 0; k < sums_.size(); ++k) {
      BlockValue amount = v * BlockValue::load(extent[sums_[k].row].v);
      if (sums_[k].nu >= 0) amount *= BlockValue::load(fields[sums_[k].nu]);
      to(k, amount_of(amount));
    }
  };
  if (any_greater(BlockValue(kDryVolume), v))
    add([&](const BlockValue& amount) { return where_greater(v, 0.0, amount, 0.0); });
  else
    add([](const BlockValue& amount) { return amount; });
}

void ExtentSums::book(std::size_t chunks, Ledger& ledger) const {
  const std::vector<double> totals = chunks_.totals(chunks);
  for (const Booking& b : bookings_)
    ledger.book_constituent(b.account, b.constituent, totals.data() + b.sum * lanes_, b.factor);
}

}  // namespace limpid
