// Who gave and who took: account x constituent x lane, summed in fixed order with compensation.
//
// Stores are State; an account is the world outside (boundary, source, outlet, atmosphere, bed, abstraction)
// or, under the name process:<id>, a transformation. An amount is booked with the sign it has for the river.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "solvers/state.hpp"

namespace limpid {

class Checkpoint;

class Ledger {
 public:
  Ledger() = default;
  explicit Ledger(const Rows& rows) : rows_(rows) {}

  // Accounts are declared at set-up; their order is the order of ledger.csv. The same name gives the same
  // account.
  int account(const std::string& name);
  const std::vector<std::string>& accounts() const { return names_; }
  int find(const std::string& name) const;  // -1: no such account

  void checkpoint(Checkpoint& file);  // sums with their compensation; of the same accounts

  // Opens a new balance: every account stays, with nothing booked.
  void clear();

  // Books a row of amounts, times sign: the ledger's first `shape.constituents` constituents.
  void book(int account, const Rows& shape, const double* row, double sign = 1.0);
  void book(int account, const double* row, double sign = 1.0) { book(account, rows_, row, sign); }
  // Books one constituent, all lanes.
  void book_constituent(int account, int constituent, const double* lanes, double factor);

  double net(int account, int constituent, int lane) const;    // amount the river got
  double gross(int account, int constituent, int lane) const;  // sum of |bookings|

  // |S1 - S0 - sum net| / (S0 + sum gross); 0 when nothing was there, infinite when an amount came from
  // nowhere.
  double closure(int constituent, int lane, double stock0, double stock1) const;

 private:
  std::size_t entry(int account) const { return rows_.at(account); }
  void add(std::size_t at, double amount);
  Rows rows_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> places_;  // of names_
  std::vector<double> net_, compensation_, gross_;
};

}  // namespace limpid
