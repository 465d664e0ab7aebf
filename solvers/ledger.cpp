#include "solvers/ledger.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/checkpoint.hpp"
#include "solvers/compensated_sum.hpp"

namespace limpid {

int Ledger::account(const std::string& name) {
  const auto [place, fresh] = places_.try_emplace(name, static_cast<int>(names_.size()));
  if (!fresh) return place->second;
  names_.push_back(name);
  const std::size_t size = rows_.at(static_cast<int>(names_.size()));
  for (auto* sums : {&net_, &compensation_, &gross_}) sums->resize(size, 0.0);
  return place->second;
}

int Ledger::find(const std::string& name) const {
  const auto place = places_.find(name);
  return place == places_.end() ? -1 : place->second;
}

void Ledger::add(std::size_t at, double amount) {
  add_compensated(net_[at], compensation_[at], amount);
  gross_[at] += std::fabs(amount);
}

void Ledger::book(int account, const Rows& shape, const double* row, double sign) {
  const std::size_t begin = entry(account), used = static_cast<std::size_t>(shape.used());
  for (std::size_t i = 0; i < used; ++i) add(begin + i, sign * row[i]);
}

void Ledger::book_constituent(int account, int constituent, const double* lanes, double factor) {
  const std::size_t begin = entry(account) + static_cast<std::size_t>(rows_.index(constituent, 0));
  for (std::size_t l = 0; l < static_cast<std::size_t>(rows_.lanes); ++l) add(begin + l, factor * lanes[l]);
}

void Ledger::clear() {
  for (auto* sums : {&net_, &compensation_, &gross_}) std::fill(sums->begin(), sums->end(), 0.0);
}

double Ledger::net(int account, int constituent, int lane) const {
  const std::size_t at = entry(account) + static_cast<std::size_t>(rows_.index(constituent, lane));
  return net_[at] + compensation_[at];
}

double Ledger::gross(int account, int constituent, int lane) const {
  return gross_[entry(account) + static_cast<std::size_t>(rows_.index(constituent, lane))];
}

double Ledger::closure(int constituent, int lane, double stock0, double stock1) const {
  CompensatedSum residual;
  residual.add(stock1);
  residual.add(-stock0);
  double scale = stock0;
  for (std::size_t a = 0; a < names_.size(); ++a) {
    const std::size_t at =
        entry(static_cast<int>(a)) + static_cast<std::size_t>(rows_.index(constituent, lane));
    residual.add(-net_[at]);
    residual.add(-compensation_[at]);
    scale += gross_[at];
  }
  const double open = std::fabs(residual.value());
  return open == 0.0 ? 0.0 : open / scale;
}

void Ledger::checkpoint(Checkpoint& file) {
  std::string mine, there;
  for (const std::string& name : names_) mine += name + "\n";
  there = mine;
  file.item("accounts", there);
  if (there != mine) throw CheckpointError("its accounts are others");
  for (auto* sums : {&net_, &compensation_, &gross_}) file.fixed("sums", *sums);
}

}  // namespace limpid
