// Properties of every registered process.
#include "model/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <random>

#include "model/limitation.hpp"
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
      const Bounds& possible = p.possible;  // at the ends of the plausible range, too, or next to them
      EXPECT_TRUE(possible.hold(p.low) || (possible.above_low && p.low == possible.low));
      EXPECT_TRUE(possible.hold(p.high));
      EXPECT_TRUE(!possible.whole || p.high == possible.high);
      if (p.required()) continue;
      EXPECT_TRUE(possible.hold(p.value));
      EXPECT_LE(p.low, p.value);
      EXPECT_LE(p.value, p.high);
    }
  }
}

// A meaning that counts up its choices, "0 half-saturation, 1 Smith, 2 Steele", declares them as such.
TEST(EveryProcess, DeclaresItsChoices) {
  int choices = 0;
  for (const Process* process : processes())
    for (const Parameter& p : process->info().parameters) {
      const std::string meaning = p.meaning;
      const bool counts = meaning.starts_with("0 ") && meaning.find(", 1 ") != std::string::npos;
      EXPECT_EQ(p.possible.whole, counts) << process->info().id << " " << p.id;
      choices += counts;
    }
  EXPECT_GE(choices, 9);
}

TEST(Bounds, HoldWhatTheySay) {
  const double nan = std::nan(""), most = 1e300;
  for (const double value : {0.0, 0.5, most}) EXPECT_TRUE(Bounds{}.hold(value));
  for (const double value : {-1e-9, nan}) EXPECT_FALSE(Bounds{}.hold(value));
  for (const double value : {0.0, 0.3, 1.0}) EXPECT_TRUE(kShare.hold(value));
  for (const double value : {-0.1, 1.1, nan}) EXPECT_FALSE(kShare.hold(value));
  for (const double value : {0.0, -1.0, nan}) EXPECT_FALSE(kPositive.hold(value));
  EXPECT_TRUE(kPositive.hold(1e-9));
  for (const double value : {0.0, 1.0, 2.0}) EXPECT_TRUE(choice_up_to(2).hold(value));
  for (const double value : {-1.0, 0.5, 3.0, most, nan}) EXPECT_FALSE(choice_up_to(2).hold(value));
  EXPECT_EQ(bounds_text({}), ">= 0");
  EXPECT_EQ(bounds_text(kShare), "0 .. 1");
  EXPECT_EQ(bounds_text(kPositive), "> 0");
  EXPECT_EQ(bounds_text(choice_up_to(2)), "0, 1, 2");
}

TEST(Limitation, KeepsWhatIsNotANumber) {
  const double nan = std::nan("");
  for (const auto& [a, b] : {std::pair{nan, 1.0}, {1.0, nan}, {nan, nan}}) {
    EXPECT_TRUE(std::isnan(least_of(a, b)));
    EXPECT_TRUE(std::isnan(most_of(a, b)));
  }
  EXPECT_TRUE(std::isnan(at_least(0.0, nan)));
  EXPECT_EQ(least_of(1.0, 2.0), 1.0);
  EXPECT_EQ(most_of(1.0, 2.0), 2.0);
  EXPECT_EQ(at_least(0.0, -1.0), 0.0);
  EXPECT_EQ(at_least(0.0, 3.0), 3.0);
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

// What the processes take by default, with what it holds of nitrogen, phosphorus and carbon.
std::vector<Constituent> usual_constituents() {
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
  return constituents;
}

// The process on them; where it names no constituent, on ORGN and NH3_N.
ProcessUse usual_use(const Process& process, const std::vector<Constituent>& constituents) {
  ProcessUse use = default_use(process);
  const auto roles = process.info().roles;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const std::string wanted = roles[i].constituent ? roles[i].default_id() : (i == 0 ? "ORGN" : "NH3_N");
    const auto found = std::ranges::find(constituents, wanted, &Constituent::id);
    if (found != constituents.end()) use.constituents[i] = static_cast<int>(found - constituents.begin());
    EXPECT_TRUE(use.constituents[i] >= 0 || roles[i].optional()) << roles[i].id;
  }
  return use;
}

TEST(EveryProcess, ConservesElementsWithinTheWater) {
  const std::vector<Constituent> constituents = usual_constituents();
  int checked = 0;
  for (const Process* process : processes()) {
    const ProcessInfo& info = process->info();
    SCOPED_TRACE(info.id);
    const ProcessUse use = usual_use(*process, constituents);
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

// Of one unit of each row that crosses the water's border, by hand: what the water (with the stores that are
// attached to the bed) gains of N, P and C. A row that is not listed moves none of them.
TEST(EveryProcess, LetsElementsCrossTheBorderAsItSays) {
  const std::map<std::string, std::array<double, 3>> expected = {
      {"ammonia_exchange.invasion", {1, 0, 0}},
      {"ammonia_exchange.evasion", {-1, 0, 0}},
      {"co2_exchange.invasion", {0, 0, 1}},
      {"co2_exchange.evasion", {0, 0, -1}},
      {"denitrification.in_water", {-1, 0, 0}},  // 2.857 g of CBOD become 2.857 x 12/32 g of DIC
      {"denitrification.at_bed", {-1, 0, 0}},
      {"bed_equilibration.uptake", {-1, 0, 0}},  // of ORGN, as below
      {"bed_equilibration.supply", {1, 0, 0}},
      {"internal_release.release", {1, 0, 0}},
      {"settling.settling", {-1, 0, 0}},
      {"sorbed_settling.settling", {-1, 0, 0}},
      {"sediment_flux.settling_detritus", {0, 0, -0.4}},
      {"sediment_flux.settling_algae", {-0.072, -0.01, -0.4}},
      {"sediment_flux.settling_ORGN", {-1, 0, 0}},
      {"sediment_flux.settling_ORGP", {0, -1, 0}},
      {"sediment_flux.settling_PO4", {0, -1, 0}},
      {"sediment_flux.methane_release", {0, 0, 0.375}},
      {"sediment_flux.methane_uptake", {0, 0, -0.375}},
      {"sediment_flux.ammonia_release", {1, 0, 0}},
      {"sediment_flux.ammonia_uptake", {-1, 0, 0}},
      {"sediment_flux.nitrate_release", {1, 0, 0}},
      {"sediment_flux.nitrate_uptake", {-1, 0, 0}},
      {"sediment_flux.phosphate_release", {0, 1, 0}},
      {"sediment_flux.phosphate_uptake", {0, -1, 0}},
      {"sediment_flux.carbon_release", {0, 0, 1}},
      {"sediment_diagenesis.gas_G1", {0, 0, -1}},
      {"sediment_diagenesis.gas_G2", {0, 0, -1}},
      {"sediment_diagenesis.denitrification", {-1, 0, 0}},
      {"sediment_diagenesis.burial_POC_G1", {0, 0, -1}},
      {"sediment_diagenesis.burial_POC_G2", {0, 0, -1}},
      {"sediment_diagenesis.burial_POC_G3", {0, 0, -1}},
      {"sediment_diagenesis.burial_PON_G1", {-1, 0, 0}},
      {"sediment_diagenesis.burial_PON_G2", {-1, 0, 0}},
      {"sediment_diagenesis.burial_PON_G3", {-1, 0, 0}},
      {"sediment_diagenesis.burial_POP_G1", {0, -1, 0}},
      {"sediment_diagenesis.burial_POP_G2", {0, -1, 0}},
      {"sediment_diagenesis.burial_POP_G3", {0, -1, 0}},
      {"sediment_diagenesis.burial_NH4", {-1, 0, 0}},
      {"sediment_diagenesis.burial_NO3", {-1, 0, 0}},
      {"sediment_diagenesis.burial_PO4", {0, -1, 0}}};
  const std::vector<Constituent> constituents = usual_constituents();
  std::size_t seen = 0;
  for (const Process* process : processes()) {
    const ProcessUse use = usual_use(*process, constituents);
    for (std::size_t j = 0; j < process->info().rows.size(); ++j) {
      const ProcessRow& row = process->info().rows[j];
      if (row.exchange == Exchange::internal) continue;
      const std::string id = std::string(process->info().id) + "." + row.id;
      SCOPED_TRACE(id);
      const auto found = expected.find(id);
      const std::array<double, 3> gain = found == expected.end() ? std::array<double, 3>{} : found->second;
      seen += found != expected.end();
      const Composition net = element_balance(use, static_cast<int>(j), constituents);
      EXPECT_NEAR(net.nitrogen, gain[0], 1e-9);
      EXPECT_NEAR(net.phosphorus, gain[1], 1e-9);
      EXPECT_NEAR(net.carbon, gain[2], 1e-9);
    }
  }
  EXPECT_EQ(seen, expected.size());
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
