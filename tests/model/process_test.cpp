// Properties of every registered process.
#include "model/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "tests/model/one_point.hpp"

namespace limpid {
namespace {

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
    EXPECT_FALSE(info.rows.empty() && info.provides.empty());
    for (const Provided& p : info.provides)
      for (const char* text : {p.id, p.unit.text, p.meaning}) EXPECT_GT(std::strlen(text), 0u);
    for (const Reading& r : info.readings) EXPECT_NE(find_provider(r.id), nullptr) << r.id;
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
  for (const char* id : {"DO", "alkalinity", "fecal_coliform", "TSS"}) add(id, {});
  for (const char* id : {"CBOD_fast", "CBOD_slow"}) add(id, {0, 0, 0.375});
  for (const char* id : {"detritus", "bottom_algae"}) add(id, {0, 0, 0.4});
  add("phytoplankton", {0.072, 0.01, 0.4});
  add("bottom_algae_N", {1, 0, 0});
  add("bottom_algae_P", {0, 1, 0});
  add("DIC", {0, 0, 1});
  add("NO2_N", {1, 0, 0});
  for (const char* g : {"G1", "G2", "G3"}) {
    add((std::string("bed_POC_") + g).c_str(), {0, 0, 1});
    add((std::string("bed_PON_") + g).c_str(), {1, 0, 0});
    add((std::string("bed_POP_") + g).c_str(), {0, 1, 0});
  }
  add("bed_NH4_N", {1, 0, 0});
  add("bed_NO3_N", {1, 0, 0});
  add("bed_PO4_P", {0, 1, 0});
  add("NH3_N", {1, 0, 0});
  add("NO3_N", {1, 0, 0});
  add("ORGN", {1, 0, 0});
  add("PO4_P", {0, 1, 0});
  add("ORGP", {0, 1, 0});
  for (const char* id : {"age", "temperature", "bed_heat"}) add(id, {});
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
          find(info.roles[i].constituent ? info.roles[i].default_id() : (i == 0 ? "ORGN" : "NH3_N"));
    for (std::size_t i = 0; i < info.roles.size(); ++i)
      ASSERT_TRUE(use.constituents[i] >= 0 || info.roles[i].optional()) << info.roles[i].id;
    for (std::size_t j = 0; j < info.rows.size(); ++j) {
      if (info.rows[j].exchange != Exchange::internal || info.id == std::string("first_order_decay") ||
          info.id == std::string("pathogen_decay"))
        continue;
      const Composition net = element_balance(use, static_cast<int>(j), constituents);
      EXPECT_NEAR(net.nitrogen, 0, 1e-9);
      EXPECT_NEAR(net.phosphorus, 0, 1e-9);
      EXPECT_NEAR(net.carbon, 0, 1e-9);
      ++checked;
    }
  }
  EXPECT_GE(checked, 25);
}

TEST(ElementBalance, SeesAYieldThatMakesMatter) {
  ProcessUse use = default_use(*find_process("transformation"));
  Constituent a;
  a.composition.phosphorus = 1;
  use.constituents = {0, 1};
  use.parameters[1].value = 1.5;
  EXPECT_NEAR(element_balance(use, 0, {a, a}).phosphorus, 0.5, 1e-15);
}

}  // namespace
}  // namespace limpid
