// Properties of every registered process, and a number from outside for each.
#include "model/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "model/limitation.hpp"
#include "model/oxygen.hpp"
#include "model/problem.hpp"
#include "model/process_description.hpp"

namespace limpid {
namespace {

constexpr double kDay = 86400.0;

// The river's surroundings that the tests start from.
std::map<Env, double> usual_surroundings() {
  return {{Env::temperature, 20}, {Env::depth, 1.5},   {Env::velocity, 0.4}, {Env::slope, 1e-3},
          {Env::discharge, 10},   {Env::elevation, 0}, {Env::wind, 2}};
}

// One process at one point: rates [row] from concentrations [role]; parameters in their declared units.
class OnePoint {
 public:
  explicit OnePoint(const std::string& id) : process_(find_process(id)), surroundings_(usual_surroundings()) {
    if (!process_) throw std::runtime_error("no process " + id);
    for (const Parameter& p : process_->info().parameters)
      parameter_.push_back(p.required() ? 0.5 * (p.low + p.high) : p.value);
  }
  OnePoint& set(const std::string& parameter, double value) {
    for (std::size_t k = 0; k < parameter_.size(); ++k)
      if (process_->info().parameters[k].id == parameter) return parameter_[k] = value, *this;
    throw std::runtime_error("no parameter " + parameter);
  }
  OnePoint& set(Env e, double value) { return surroundings_[e] = value, *this; }

  std::vector<double> rates(const std::vector<double>& concentration) const {
    std::vector<Row> c = rows(concentration), p, e, k(info().coefficients.size()), r(info().rows.size());
    for (std::size_t i = 0; i < parameter_.size(); ++i)
      p.push_back(row(info().parameters[i].unit.unit.to_inside(parameter_[i]) *
                      std::pow(info().parameters[i].theta, surroundings_.at(Env::temperature) - 20.0)));
    for (const Env env : info().environment) e.push_back(row(surroundings_.at(env)));
    process_->coefficients(in(e).data(), in(p).data(), out(k).data());
    process_->rates(in(c).data(), in(p).data(), in(k).data(), out(r).data());
    std::vector<double> result;
    for (const Row& x : r) result.push_back(x[kBlock - 1]);
    return result;
  }
  // g m-3 d-1
  double per_day(std::size_t which, const std::vector<double>& concentration) const {
    return rates(concentration)[which] * kDay;
  }
  const ProcessInfo& info() const { return process_->info(); }

 private:
  using Row = std::array<double, kBlock>;
  static Row row(double value) {
    Row r;
    r.fill(value);
    return r;
  }
  static std::vector<Row> rows(const std::vector<double>& values) {
    std::vector<Row> list;
    for (const double v : values) list.push_back(row(v));
    return list;
  }
  static std::vector<const double*> in(const std::vector<Row>& rows) {
    std::vector<const double*> list;
    for (const Row& r : rows) list.push_back(r.data());
    return list;
  }
  static std::vector<double*> out(std::vector<Row>& rows) {
    std::vector<double*> list;
    for (Row& r : rows) list.push_back(r.data());
    return list;
  }
  const Process* process_;
  std::map<Env, double> surroundings_;
  std::vector<double> parameter_;
};

double uniform(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

TEST(ProcessRegistry, IsSortedAndComplete) {
  std::vector<std::string> ids;
  for (const Process* p : processes()) ids.push_back(p->info().id);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  const std::vector<std::string> expected = {"cbod_oxidation", "first_order_decay", "internal_release",
                                             "nitrification",  "reaeration",        "sediment_oxygen_demand",
                                             "settling",       "transformation"};
  for (const auto& id : expected) EXPECT_NE(find_process(id), nullptr) << id;
  EXPECT_EQ(find_process("nitrificatio"), nullptr);
  EXPECT_EQ(find_process(""), nullptr);
}

TEST(ProcessRegistry, RefusesTheSameIdTwice) {
  EXPECT_THROW(register_process(processes().front()), std::logic_error);
}

TEST(EveryProcess, DeclaresUnitsRangesAndSources) {
  for (const Process* process : processes()) {
    const ProcessInfo& info = process->info();
    SCOPED_TRACE(info.id);
    for (const char* text : {info.name_zh, info.name_en, info.equation, info.source})
      EXPECT_GT(std::strlen(text), 0u);
    EXPECT_FALSE(info.rows.empty());
    for (const Parameter& p : info.parameters) {
      SCOPED_TRACE(p.id);
      for (const char* text : {p.unit.text, p.meaning, p.source}) EXPECT_GT(std::strlen(text), 0u);
      EXPECT_LT(p.low, p.high);
      EXPECT_GT(p.theta, 0.9);
      EXPECT_LT(p.theta, 1.2);
      if (p.required()) continue;
      EXPECT_LE(p.low, p.value);
      EXPECT_LE(p.value, p.high);
    }
  }
}

TEST(EveryProcess, HasTermsThatNameItsRowsRolesAndParameters) {
  for (const Process* process : processes()) {
    const ProcessInfo& info = process->info();
    SCOPED_TRACE(info.id);
    std::vector<int> used(info.rows.size(), 0);
    for (const Term& t : info.terms) {
      ASSERT_TRUE(t.row >= 0 && t.row < static_cast<int>(info.rows.size()));
      ASSERT_TRUE(t.role >= 0 && t.role < static_cast<int>(info.roles.size()));
      ASSERT_TRUE(t.yield >= -1 && t.yield < static_cast<int>(info.parameters.size()));
      if (t.yield >= 0) {
        EXPECT_GE(info.parameters[static_cast<std::size_t>(t.yield)].low, 0.0);
      }
      EXPECT_NE(t.coefficient, 0.0);
      used[static_cast<std::size_t>(t.row)] = 1;
    }
    for (const int u : used) EXPECT_EQ(u, 1);
  }
}

// Rates at a random state with each role in turn at 0 (as the solver sees it, 1e-30) and nearby.
TEST(EveryProcess, HasRatesThatAreFiniteNotNegativeAndVanishWithTheirReactants) {
  std::mt19937_64 random(20260101);
  for (const Process* process : processes()) {
    const ProcessInfo& info = process->info();
    SCOPED_TRACE(info.id);
    for (int trial = 0; trial < 300; ++trial) {
      OnePoint point(info.id);
      point.set(Env::temperature, 35 * uniform(random))
          .set(Env::depth, std::pow(10.0, -3 + 4 * uniform(random)));
      point.set(Env::velocity, trial % 5 == 0 ? 0.0 : 3 * uniform(random) - 0.5)
          .set(Env::elevation, 4000 * uniform(random));
      for (const Parameter& p : info.parameters) point.set(p.id, p.low + (p.high - p.low) * uniform(random));
      std::vector<double> c;
      for (std::size_t i = 0; i < info.roles.size(); ++i)
        c.push_back(std::pow(10.0, -9 + 11 * uniform(random)));
      for (std::size_t i = 0; i <= info.roles.size(); ++i) {
        for (const double low : {1e-30, 1e-12, 1e-3}) {
          std::vector<double> at = c;
          if (i < info.roles.size()) at[i] = low;
          const auto rates = point.rates(at);
          for (std::size_t j = 0; j < rates.size(); ++j) {
            EXPECT_TRUE(std::isfinite(rates[j]));
            EXPECT_GE(rates[j], 0.0);
          }
          if (i == info.roles.size()) continue;
          for (const Term& t : info.terms)
            if (t.role == static_cast<int>(i) && t.coefficient < 0 &&
                !info.rows[static_cast<std::size_t>(t.row)].zero_order) {
              const auto j = static_cast<std::size_t>(t.row);
              EXPECT_LE(rates[j] / low, 1e5 * (1 + point.rates(c)[j] / c[i]))
                  << info.roles[i].id << " " << low;
            }
        }
      }
    }
  }
}

TEST(EveryProcess, ConservesElementsWithinTheWater) {
  std::vector<Constituent> constituents;
  const auto add = [&](const char* id, Composition composition) {
    Constituent c;
    c.id = id;
    c.composition = composition;
    constituents.push_back(c);
  };
  add("DO", {});
  add("CBOD_fast", {});
  add("NH3_N", {1, 0, 0});
  add("NO3_N", {1, 0, 0});
  add("ORGN", {1, 0, 0});
  add("PO4_P", {0, 1, 0});
  add("ORGP", {0, 1, 0});
  const auto find = [&](const std::string& id) {
    for (std::size_t i = 0; i < constituents.size(); ++i)
      if (constituents[i].id == id) return static_cast<int>(i);
    return -1;
  };
  int checked = 0;
  for (const Process* process : processes()) {
    const ProcessInfo& info = process->info();
    SCOPED_TRACE(info.id);
    ProcessUse use = default_use(*process);
    for (std::size_t i = 0; i < info.roles.size(); ++i)
      use.constituents[i] =
          find(info.roles[i].constituent ? info.roles[i].constituent : (i == 0 ? "ORGN" : "NH3_N"));
    for (std::size_t j = 0; j < info.rows.size(); ++j) {
      if (info.rows[j].exchange != Exchange::internal || info.id == std::string("first_order_decay"))
        continue;
      const Composition net = element_balance(use, static_cast<int>(j), constituents);
      EXPECT_NEAR(net.nitrogen, 0, 1e-9);
      EXPECT_NEAR(net.phosphorus, 0, 1e-9);
      EXPECT_NEAR(net.carbon, 0, 1e-9);
      ++checked;
    }
  }
  EXPECT_GE(checked, 3);
}

TEST(ElementBalance, SeesAYieldThatMakesMatter) {
  ProcessUse use = default_use(*find_process("transformation"));
  Constituent a;
  a.composition.phosphorus = 1;
  use.constituents = {0, 1};
  use.parameters[1].value = 1.5;
  EXPECT_NEAR(element_balance(use, 0, {a, a}).phosphorus, 0.5, 1e-15);
}

// Worked numbers from outside.

TEST(Nitrification, FollowsTheQual2eRateAndOxygenDemand) {
  OnePoint point("nitrification");
  point.set("k_n", 0.3);
  EXPECT_NEAR(point.per_day(0, {2.0, 1.0, 5.0}), 0.3 * 2.0 * (1 - std::exp(-3.0)), 1e-12);
  point.set(Env::temperature, 10);
  EXPECT_NEAR(point.per_day(0, {2.0, 1.0, 5.0}), 0.3 * std::pow(1.083, -10) * 2.0 * (1 - std::exp(-3.0)),
              1e-12);
  // NH4+ + 2 O2 -> NO3- + 2 H+ + H2O: 64 g of oxygen per 14 g of nitrogen.
  const ProcessUse use = default_use(*find_process("nitrification"));
  EXPECT_NEAR(use.parameters[2].value, 64.0 / 14.007, 0.005);
}

TEST(CbodOxidation, IsHalvedAtTheHalfSaturation) {
  OnePoint point("cbod_oxidation");
  point.set("k_d", 0.3).set("k_o", 0.5);
  EXPECT_NEAR(point.per_day(0, {10.0, 0.5}), 1.5, 1e-12);
  EXPECT_NEAR(point.set("k_o", 0).per_day(0, {10.0, 8.0}), 3.0, 1e-12);
  EXPECT_NEAR(point.set(Env::temperature, 25).per_day(0, {10.0, 8.0}), 3.0 * std::pow(1.047, 5), 1e-12);
}

TEST(FirstOrderDecay, IsRateTimesContent) {
  EXPECT_NEAR(OnePoint("first_order_decay").set("k", 0.2).per_day(0, {30.0}), 6.0, 1e-12);
}

TEST(Settling, IsVelocityOverDepth) {
  EXPECT_NEAR(OnePoint("settling").set("v_s", 0.5).set(Env::depth, 2).per_day(0, {40.0}), 10.0, 1e-12);
}

TEST(Transformation, IsRateTimesReactant) {
  EXPECT_NEAR(OnePoint("transformation").set("k", 0.1).per_day(0, {3.0, 99.0}), 0.3, 1e-12);
}

TEST(InternalRelease, IsFluxOverDepth) {
  EXPECT_NEAR(OnePoint("internal_release").set("flux", 0.06).set(Env::depth, 3).per_day(0, {0.0}), 0.02,
              1e-12);
}

TEST(SedimentOxygenDemand, IsDemandOverDepthAndFadesWithoutOxygen) {
  OnePoint point("sediment_oxygen_demand");
  point.set("sod", 2).set("k_o", 0).set(Env::depth, 2);
  EXPECT_NEAR(point.per_day(0, {8.0}), 1.0, 1e-12);
  EXPECT_NEAR(point.set("k_o", 0.1).per_day(0, {0.1}), 0.5, 1e-12);
}

double k_a(OnePoint& point, double u, double h, double formula) {
  point.set("formula", formula).set(Env::velocity, u).set(Env::depth, h);
  return point.per_day(1, {1.0});
}

TEST(Reaeration, GivesThePublishedFormulas) {
  OnePoint point("reaeration");
  EXPECT_NEAR(k_a(point, 0.3, 1.0, 1), 3.93 * std::sqrt(0.3), 1e-12);
  EXPECT_NEAR(k_a(point, 0.3, 1.0, 2), 5.026 * std::pow(0.3, 0.969), 1e-12);
  EXPECT_NEAR(k_a(point, 0.5, 2.0, 2), 5.026 * std::pow(0.5, 0.969) / std::pow(2.0, 1.673), 1e-12);
  EXPECT_NEAR(k_a(point, 0.3, 0.5, 3), 5.32 * std::pow(0.3, 0.67) / std::pow(0.5, 1.85), 1e-12);
}

TEST(Reaeration, ChoosesAsQual2kDoes) {
  OnePoint point("reaeration");
  EXPECT_EQ(k_a(point, 0.3, 0.60, 0), k_a(point, 0.3, 0.60, 3));  // shallow: Owens-Gibbs
  EXPECT_EQ(k_a(point, 0.3, 0.62, 0), k_a(point, 0.3, 0.62, 1));  // 3.45 U^2.5 = 0.170: O'Connor-Dobbins
  EXPECT_EQ(k_a(point, 1.0, 3.40, 0), k_a(point, 1.0, 3.40, 2));  // Churchill
  EXPECT_EQ(k_a(point, 1.0, 3.50, 0), k_a(point, 1.0, 3.50, 1));
  EXPECT_EQ(k_a(point, -1.0, 3.50, 0), k_a(point, 1.0, 3.50, 0));  // reversed flow
}

TEST(Reaeration, TakesAGivenRateAMinimumAndAFactor) {
  OnePoint point("reaeration");
  EXPECT_NEAR(point.set("k_a_given", 2.5).per_day(1, {4.0}), 10.0, 1e-12);
  EXPECT_NEAR(point.set("multiplier", 2).per_day(1, {4.0}), 20.0, 1e-12);
  EXPECT_NEAR(point.set(Env::temperature, 10).per_day(1, {4.0}), 20.0 * std::pow(1.024, -10), 1e-12);
  OnePoint pool("reaeration");
  pool.set("k_l_min", 0.6).set(Env::velocity, 0).set(Env::depth, 3);
  EXPECT_NEAR(pool.per_day(1, {1.0}), 0.2, 1e-12);
}

TEST(Reaeration, IsInBalanceAtSaturation) {
  OnePoint point("reaeration");
  point.set(Env::temperature, 12).set(Env::elevation, 2000);
  const double saturated = oxygen_saturation(12) * (1 - 0.0001148 * 2000);
  const auto r = point.rates({saturated});
  EXPECT_NEAR(r[0] / r[1], 1.0, 1e-14);
}

// The table's column DOsat_mgL at 1 atm, Benson & Krause; published_APHA to one unit of its last printed
// digit.
TEST(OxygenSaturation, AgreesWithThePublishedTable) {
  std::ifstream file(std::string(LIMPID_SOURCE_DIR) + "/tests/data/do_saturation.csv");
  ASSERT_TRUE(file);
  std::string line, part;
  int rows = 0, published = 0;
  while (std::getline(file, line)) {
    if (line[0] == '#' || line[0] == 'T') continue;
    std::vector<std::string> cell;
    for (std::stringstream text(line); std::getline(text, part, ',');) cell.push_back(part);
    if (std::stod(cell[2]) != 1.0) continue;
    const double value = oxygen_saturation(std::stod(cell[0]), std::stod(cell[1]));
    EXPECT_NEAR(value, std::stod(cell[3]), 1e-6 * value);
    ++rows;
    if (cell[4].empty()) continue;
    const auto decimals = static_cast<double>(cell[4].size() - cell[4].find('.') - 1);
    EXPECT_NEAR(value, std::stod(cell[4]), std::pow(10.0, -decimals));
    ++published;
  }
  EXPECT_EQ(rows, 27);
  EXPECT_EQ(published, 9);
}

TEST(OneMinusExp, AgreesWithTheExactFunctionAndVanishesWithItsArgument) {
  for (double x = 1e-30; x < 50; x *= 1.37) EXPECT_NEAR(one_minus_exp(x) / -std::expm1(-x), 1.0, 2e-14) << x;
  EXPECT_EQ(one_minus_exp(0.0), 0.0);
}

}  // namespace
}  // namespace limpid
