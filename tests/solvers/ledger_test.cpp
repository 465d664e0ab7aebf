#include "solvers/ledger.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace limpid {
namespace {

const std::vector<std::string> kAccounts = {"boundary", "source",      "diffuse",
                                            "outlet",   "abstraction", "atmosphere",
                                            "bed",      "burial",      "process:nitrification"};

TEST(Ledger, KeepsAccountsInTheOrderDeclared) {
  Ledger ledger(Rows(2, 3));
  EXPECT_EQ(ledger.account("outlet"), 0);
  EXPECT_EQ(ledger.account("bed"), 1);
  EXPECT_EQ(ledger.account("outlet"), 0);
  EXPECT_EQ(ledger.find("bed"), 1);
  EXPECT_EQ(ledger.find("ice"), -1);
  EXPECT_EQ(ledger.accounts(), (std::vector<std::string>{"outlet", "bed"}));
}

TEST(Ledger, AddsRowsAndConstituentsByLane) {
  const Rows rows(2, 3);
  Ledger ledger(rows);
  const int source = ledger.account("source"), outlet = ledger.account("outlet");
  const std::vector<double> row = {1, 2, 3, 10, 20, 30, 0, 0};
  ledger.book(source, row.data());
  ledger.book(outlet, row.data(), -0.5);
  const std::vector<double> lanes = {7, 8, 9};
  ledger.book_constituent(source, 1, lanes.data(), -2.0);
  EXPECT_EQ(ledger.net(source, 0, 2), 3);
  EXPECT_EQ(ledger.net(source, 1, 0), 10 - 14);
  EXPECT_EQ(ledger.gross(source, 1, 0), 10 + 14);
  EXPECT_EQ(ledger.net(outlet, 1, 2), -15);
}

TEST(Ledger, SurvivesCancellation) {
  Ledger ledger(Rows(1, 1));
  const int a = ledger.account("source");
  const double big = 1e18, small = 1.0;
  for (int n = 0; n < 1000; ++n) {
    ledger.book(a, &big);
    ledger.book(a, &small);
    ledger.book(a, &big, -1.0);
  }
  EXPECT_EQ(ledger.net(a, 0, 0), 1000.0);
}

// Closure = |S1 - S0 - net| / (S0 + gross).
TEST(Ledger, ClosesByItsFormula) {
  Ledger ledger(Rows(1, 1));
  const int in = ledger.account("source"), out = ledger.account("outlet");
  const double four = 4, one = 1;
  ledger.book(in, &four);
  ledger.book(out, &one, -1.0);
  EXPECT_EQ(ledger.closure(0, 0, 10.0, 13.0), 0.0);
  EXPECT_DOUBLE_EQ(ledger.closure(0, 0, 10.0, 13.25), 0.25 / 15.0);
  EXPECT_EQ(Ledger(Rows(1, 1)).closure(0, 0, 0.0, 0.0), 0.0);
  EXPECT_TRUE(std::isinf(Ledger(Rows(1, 1)).closure(0, 0, 0.0, 1.0)));
  EXPECT_TRUE(std::isnan(ledger.closure(0, 0, 10.0, std::nan(""))));
}

TEST(State, TotalIsCompensatedAndPerLane) {
  State state(3, Rows(1, 2));
  const double values[3] = {1e18, 1.0, -1e18};
  for (int c = 0; c < 3; ++c) state.row(c)[0] = values[c], state.row(c)[1] = c;
  EXPECT_EQ(state.total(0, 0), 1.0);
  EXPECT_EQ(state.total(0, 1), 3.0);
}

// A leak of one part in 1e9 in one account, constituent and lane shows there and nowhere else, whatever the
// account.
TEST(Ledger, CatchesALeakInEveryAccountAndOneLaneOnly) {
  constexpr int kConstituents = 2, kLanes = 3;
  const Rows rows(kConstituents, kLanes);
  for (std::size_t leaking = 0; leaking < kAccounts.size(); ++leaking) {
    Ledger ledger(rows);
    State state(4, rows);
    double start[kConstituents][kLanes];
    for (int c = 0; c < 4; ++c)
      for (int i = 0; i < rows.used(); ++i) state.row(c)[i] = 100.0 + 7 * c + i;
    for (int k = 0; k < kConstituents; ++k)
      for (int l = 0; l < kLanes; ++l) start[k][l] = state.total(k, l);
    for (std::size_t a = 0; a < kAccounts.size(); ++a) {
      const int account = ledger.account(kAccounts[a]);
      std::vector<double> moved(static_cast<std::size_t>(rows.width), 0.0);
      for (int i = 0; i < rows.used(); ++i)
        moved[static_cast<std::size_t>(i)] = (a % 2 ? -1.0 : 1.0) * (3 + i + 0.1 * static_cast<double>(a));
      for (int i = 0; i < rows.used(); ++i)
        state.row(static_cast<int>(a) % 4)[i] += moved[static_cast<std::size_t>(i)];
      if (a == leaking) moved[static_cast<std::size_t>(rows.index(1, 2))] *= 1 + 1e-9;
      ledger.book(account, moved.data());
    }
    for (int k = 0; k < kConstituents; ++k)
      for (int l = 0; l < kLanes; ++l) {
        const double closure = ledger.closure(k, l, start[k][l], state.total(k, l));
        if (k == 1 && l == 2)
          EXPECT_GT(closure, 1e-12) << kAccounts[leaking];
        else
          EXPECT_LT(closure, 1e-15) << kAccounts[leaking];
      }
  }
}

}  // namespace
}  // namespace limpid
