// For every process of the river set a number from outside: a published formula, constant or table, or a
// balance that must hold.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/oxygen.hpp"
#include "tests/model/one_point.hpp"

namespace limpid {
namespace {

// Plummer & Busenberg 1982 at 25 degC: pK1 6.352, pK2 10.329; textbooks: pKH 1.47, pKw 14.0.
TEST(CarbonateSystem, HasThePublishedConstantsAt25Degrees) {
  const CarbonateConstants k = carbonate_constants(25, 0);
  EXPECT_NEAR(-std::log10(k.k1), 6.352, 1e-3);
  EXPECT_NEAR(-std::log10(k.k2), 10.329, 1e-3);
  EXPECT_NEAR(-std::log10(k.kw), 14.0, 6e-3);
  EXPECT_NEAR(-std::log10(co2_solubility(25)), 1.47, 5e-3);
  EXPECT_NEAR(-std::log10(ammonia_constant(25)), 9.246, 1e-3);  // Emerson et al. 1975
}

TEST(CarbonateSystem, FindsTheHydrogenIonsThatItStartedFrom) {
  for (const double t : {0.0, 12.0, 30.0})
    for (const double alkalinity : {1e-5, 1e-3, 1e-2})
      for (double ph = 4.5; ph <= 11; ph += 0.25) {  // 7 and 10.5 are ends of the halved brackets
        const CarbonateConstants k = carbonate_constants(t, 0.008);
        const double carbon = inorganic_carbon(ph, alkalinity, k);
        if (carbon <= 0) continue;
        EXPECT_NEAR(-std::log10(hydrogen_ions(carbon, alkalinity, k)), ph, 1e-8) << t << " " << alkalinity;
      }
}

TEST(CarbonateSystem, StaysInItsBracketWhateverTheWaterHolds) {
  const CarbonateConstants k = carbonate_constants(20, 0.008);
  for (const double carbon : {0.0, 1e-30, 1e-3, 1.0})
    for (const double alkalinity : {0.0, 1e-30, 1e-3, 1.0}) {
      const double h = hydrogen_ions(carbon, alkalinity, k);
      EXPECT_GE(h, 1e-14);
      EXPECT_LE(h, 1.0);
    }
}

TEST(CarbonateSystem, GivesPhosphateItsChargeAndAmmoniumItsShare) {
  EXPECT_NEAR(phosphate_charge(std::pow(10, -7.2)), 1.5, 1e-4);
  EXPECT_NEAR(phosphate_charge(std::pow(10, -4.7)), 1.0, 1e-2);
  const CarbonateConstants k = carbonate_constants(20, 1.6e-5 * 500);
  const double carbon = 1e3 * kGramCarbonPerMole * inorganic_carbon(8.0, 2e-3, k);
  const auto provided = OnePoint("carbonate_system").rates({carbon, 2 * kCarbonatePerEquivalent});
  EXPECT_NEAR(1 - provided[2], 0.03807126, 1e-8);  // Emerson et al. 1975 at pH 8, 20 degC
  EXPECT_NEAR(provided[0] + provided[1], 1 / (1 + k.k2 / (1e-8 * (1 + 1e-8 / k.k1))), 1e-6);
}

TEST(NitrogenPreference, IsThatOfThomannAndFitzpatrick) {
  for (const double a : {1e-30, 0.01, 1.0})
    for (const double b : {1e-30, 0.02, 3.0}) {
      const NitrogenPreference p = nitrogen_preference(a, b, 0.025);
      EXPECT_NEAR(p.ammonium + p.nitrate, 1.0, 1e-14);
      EXPECT_NEAR(p.ammonium, a * b / ((0.025 + a) * (0.025 + b)) + a * 0.025 / ((a + b) * (0.025 + b)),
                  1e-12);
    }
}

TEST(OxygenLimitation, HasThreeLaws) {
  EXPECT_NEAR(oxygen_limitation(0, 2, 0.5), 0.8, 1e-15);
  EXPECT_NEAR(oxygen_limitation(1, 2, 1 / 0.6), 1 - std::exp(-1.2), 1e-15);
  EXPECT_NEAR(oxygen_limitation(2, 2, 1), 0.8, 1e-15);
  EXPECT_EQ(oxygen_limitation(0, 2, 0), 1.0);
}

// The mean over the depth is the integral of the law at each depth.
TEST(LightLimitation, IntegratesOverTheDepth) {
  for (const double law : {0.0, 1.0, 2.0}) {
    const double k_e = 1.3, depth = 2.0, top = 150, half = 40;
    double sum = 0;
    constexpr int kParts = 20000;
    for (int n = 0; n < kParts; ++n)
      sum += light_limitation(law, top * std::exp(-k_e * depth * (n + 0.5) / kParts), half);
    EXPECT_NEAR(mean_light_limitation(law, top, top * std::exp(-k_e * depth), k_e * depth, half),
                sum / kParts, 1e-8)
        << law;
    EXPECT_EQ(mean_light_limitation(law, 0, 0, k_e * depth, half), 0.0);
  }
}

TEST(UnderwaterLight, AddsUpExtinction) {
  OnePoint point("underwater_light");
  point.set(Env::solar, 400).set(Env::albedo, 0.1);
  const auto provided = point.rates({10, 2, 0.8});  // 8 ug/L of chlorophyll: 8^(2/3) = 4
  EXPECT_NEAR(provided[0], 0.2 + 0.52 + 0.348 + 0.0704 + 0.216, 1e-9);
  EXPECT_NEAR(provided[1], 0.47 * 360, 1e-12);
  EXPECT_NEAR(provided[2], 360, 1e-12);
}

TEST(Phytoplankton, GrowsByTheScarcestAndByLight) {
  OnePoint point("phytoplankton");
  point.set(Env::depth, 1).read("k_e", 1.0).read("par", 28.0);
  const std::vector<double> c = {2.0, 8.0, 0.04, 0.0, 1.0};  // N halves growth
  const double light = std::log(2 / (1 + std::exp(-1.0)));
  const auto rates = point.rates(c);
  EXPECT_NEAR((rates[0] + rates[1]) * kDay, 1.0 * light * 0.5 * 2.0, 1e-9);
  EXPECT_NEAR(rates[0] / (rates[0] + rates[1]), 1.0, 1e-12);  // there is ammonium only
  EXPECT_NEAR(rates[2] * kDay, 0.2 * (1 - std::exp(-8 / 1.667)) * 2.0, 1e-9);
  EXPECT_NEAR(rates[3] * kDay, 0.15 * 2.0, 1e-12);
  // 106 CO2 + 16 NO3- ... -> 138 O2, on ammonium 107 (QUAL2K).
  const ProcessInfo& info = point.info();
  double on_ammonium = 0, on_nitrate = 0;
  for (const Term& t : info.terms)
    if (t.role == 1 && t.row < 2) (t.row == 0 ? on_ammonium : on_nitrate) = t.coefficient;
  EXPECT_NEAR(on_nitrate / on_ammonium, 1.29, 1e-3);
}

// Droop 1974: no growth at the least store, half of the largest at twice of it.
TEST(BottomAlgae, GrowsByItsStores) {
  OnePoint point("bottom_algae");
  point.set(Env::depth, 0.5).read("k_e", 0.0).read("par", 28.0);
  const auto growth = [&](double n) {
    const auto r = point.rates({100, n * 0.030 * 100, 1.0, 8, 1, 1, 1, 1, 1, 1});
    return (r[0] + r[1]) * kDay;
  };
  EXPECT_EQ(growth(1), 0.0);
  EXPECT_NEAR(growth(2), 50 / 0.5 * 0.5 * 0.5, 1e-9);  // light and store halve it
  // Rhee 1973: uptake is full at the least store.
  const auto r = point.rates({100, 3.0, 0.04, 8, 1, 1, 1, 1, 1, 1});
  EXPECT_NEAR((r[7] + r[8]) * kDay, 0.450 * 2 / 2.16 * 100, 1e-9);
}

TEST(Denitrification, NeedsCarbonAndLittleOxygen) {
  OnePoint point("denitrification");
  point.set("v_di", 0.1).set(Env::depth, 2);
  EXPECT_NEAR(point.per_day(0, {3.0, 0.1, 1.0}), 0.1 * 3 * 0.5 * std::exp(-0.6), 1e-12);
  EXPECT_NEAR(point.per_day(1, {3.0, 0.1, 1.0}), 0.1 / 2 * 3, 1e-12);
  EXPECT_NEAR(point.per_day(2, {3.0, 1e-30, 1.0}), 0.15 * 50.04345 / 14.0067, 1e-9);  // 1 eq/mol
}

// NH4+ -> NO2- takes 3/2 O2, NO2- -> NO3- takes 1/2, and the first frees two protons.
TEST(Nitrification, InTwoStepsTakesWhatItTakesInOne) {
  const auto oxygen = [](const char* id) { return default_use(*find_process(id)).parameters[2].value; };
  EXPECT_NEAR(oxygen("nitritation") + oxygen("nitratation"), oxygen("nitrification"), 1e-12);
  EXPECT_NEAR(oxygen("nitritation"), 48.0 / 14.007, 5e-3);
  OnePoint first("nitritation"), second("nitratation");
  EXPECT_NEAR(first.per_day(0, {2, 1, 5}), 0.1 * 2 * (1 - std::exp(-3.0)), 1e-12);
  EXPECT_NEAR(first.per_day(1, {2, 1, 5}) / first.per_day(0, {2, 1, 5}), 2 * 50.04345 / 14.0067, 1e-12);
  EXPECT_NEAR(second.per_day(0, {2, 1, 5}), 1.1 * 2 * (1 - std::exp(-3.0)), 1e-12);
}

TEST(OrganicMatter, TurnsByFirstOrder) {
  EXPECT_NEAR(OnePoint("cbod_hydrolysis").set("k_hc", 0.2).per_day(0, {3, 1}), 0.6, 1e-12);
  EXPECT_NEAR(OnePoint("detritus_dissolution").set("k_dt", 0.2).per_day(0, {3, 1}), 0.6, 1e-12);
  EXPECT_NEAR(OnePoint("organic_nitrogen_hydrolysis").per_day(0, {3, 1}), 0.3, 1e-12);
  EXPECT_NEAR(OnePoint("organic_phosphorus_hydrolysis").per_day(0, {3, 1}), 0.3, 1e-12);
  EXPECT_NEAR(OnePoint("organic_nitrogen_hydrolysis").per_day(1, {3, 1}), 0.3 * 3.5728, 1e-4);
  EXPECT_NEAR(OnePoint("organic_phosphorus_hydrolysis").per_day(1, {3, 1}), 0.3 * 1.5 * 1.61567, 1e-4);
}

TEST(GasExchange, IsInBalanceWithTheAir) {
  OnePoint co2("co2_exchange");
  co2.read("k_a", 5 / kDay).read("co2_share", 0.1);
  const double dissolved = 1e3 * kGramCarbonPerMole * co2_solubility(20) * 420e-6;
  const auto r = co2.rates({dissolved / 0.1});
  EXPECT_NEAR(r[0] / r[1], 1.0, 1e-12);
  EXPECT_NEAR(r[1] * kDay, 0.923 * 5 * dissolved, 1e-12);
  OnePoint ammonia("ammonia_exchange");
  ammonia.read("k_a", 5 / kDay).read("ammonium_share", 0.9);
  const auto a = ammonia.rates({2e-9 / 1.36785e-5 * 14 / 0.1});
  EXPECT_NEAR(a[0] / a[1], 1.0, 1e-12);
}

TEST(WindReaeration, GivesThePublishedFormulas) {
  OnePoint point("wind_reaeration");
  point.set(Env::wind, 5).set(Env::depth, 2);
  const double expected[] = {0.728 * std::sqrt(5.0) - 1.585 + 0.93, 0.0986 * std::pow(5, 1.64), 4.32, 1.75};
  for (int formula = 0; formula < 4; ++formula)
    EXPECT_NEAR(point.set("formula", formula).per_day(1, {1.0}), expected[formula] / 2, 1e-9);
}

TEST(SlopeReaeration, GivesTheFormulasOfTheSlope) {
  const auto k_a = [](double formula, double u, double h, double q, double s) {
    OnePoint point("slope_reaeration");
    point.set("formula", formula).set(Env::velocity, u).set(Env::depth, h);
    return point.set(Env::discharge, q).set(Env::slope, s).per_day(1, {1.0});
  };
  EXPECT_NEAR(k_a(0, 0.3, 0.5, 0.3, 1e-3), 31183 * 0.3e-3, 1e-9);
  EXPECT_NEAR(k_a(0, 0.3, 0.5, 3.0, 1e-3), 15308 * 0.3e-3, 1e-9);
  const double width = 3.0 / 0.15, friction = std::sqrt(9.80665 * 1e-3 * width * 0.5 / (width + 1));
  EXPECT_NEAR(k_a(1, 0.3, 0.5, 3.0, 1e-3),
              2.16 * (1 + 9 * std::pow(0.3 / std::sqrt(9.80665 * 0.5), 0.25)) * friction / 0.5, 1e-9);
  EXPECT_NEAR(k_a(2, 0.3, 0.5, 0.3, 1e-3), 517 * std::pow(3e-4, 0.524) * std::pow(0.3, -0.242), 1e-9);
  EXPECT_NEAR(k_a(2, 0.3, 0.5, 3.0, 1e-3), 596 * std::pow(3e-4, 0.528) * std::pow(3.0, -0.136), 1e-9);
  EXPECT_NEAR(k_a(3, 0.3, 0.5, 0.3, 1e-3), 88 * std::pow(3e-4, 0.313) * std::pow(0.5, -0.353), 1e-9);
  EXPECT_NEAR(k_a(3, 0.3, 0.5, 3.0, 1e-3),
              142 * std::pow(3e-4, 0.333) * std::pow(0.5, -0.66) * std::pow(width, -0.243), 1e-9);
  EXPECT_NEAR(k_a(4, 0.3, 0.5, 3.0, 1e-3), 5.14 * 0.3 / std::pow(0.5, 1.33), 1e-9);
}

// Water that passes the stretch in L/U has its deficit divided by the ratio.
TEST(WeirReaeration, DividesTheDeficitAlongItsStretch) {
  OnePoint point("weir_reaeration");
  point.set("drop", 2).set("length", 50).set(Env::velocity, 0.4);
  const double ratio = 1 + 0.38 * 1.25 * 0.9 * 2 * (1 - 0.22) * (1 + 0.92);
  EXPECT_NEAR(std::exp(point.rates({1.0})[1] * 50 / 0.4), ratio, 1e-12);
  EXPECT_EQ(point.set("drop", 0).rates({1.0})[1], 0.0);
}

TEST(PathogenDecay, AddsDarknessSaltAndLight) {
  OnePoint point("pathogen_decay");
  point.set("salinity", 35).set(Env::depth, 2).read("k_e", 1.5).read("short_wave", 200);
  EXPECT_NEAR(point.per_day(0, {1e4}), (0.8 + 0.21 + 0.086 * 200 * (1 - std::exp(-3.0)) / 3) * 1e4, 1e-6);
}

// What decays in the bed comes back as ammonium and nitrate, less what is buried, where nothing denitrifies.
TEST(SedimentFlux, GivesBackTheNitrogenThatSettles) {
  OnePoint point("sediment_flux");
  point.set("kappa_NO3_1", 0).set("kappa_NO3_2", 0).set("w_2", 1e-9).set("f_N1", 1).set("f_N2", 0);
  point.set(Env::depth, 1);
  const std::vector<double> c = {8, 0, 2, 0.2, 0.1, 8, 3, 1, 2};
  const auto r = point.rates(c);
  const double out = (r[8] - r[9] + r[10] - r[11]) * kDay, in = r[2] * kDay;
  EXPECT_NEAR(in, 0.15 * 2, 1e-12);
  EXPECT_NEAR(out / in, 1.0, 1e-5);
}

// The demand is the oxygen that its methane and its ammonium take up.
TEST(SedimentFlux, ClosesItsOxygen) {
  OnePoint point("sediment_flux");
  point.set(Env::depth, 1);
  const auto r = point.rates({20, 0, 2, 0.2, 0.1, 8, 0, 0.001, 0.001});
  const double nitrified = (r[5] - r[14] / 0.375) / (64.0 / 14.0);
  EXPECT_GT(r[5], 0);
  EXPECT_GT(nitrified, 0);
  EXPECT_LT(nitrified, r[2]);                                  // not more than settles
  EXPECT_LT(r[5], r[0] * 32.0 / 12 * 0.4 + r[2] * 64.0 / 14);  // nor more oxygen than that matter can take
  const auto none = point.rates({20, 0, 2, 0.2, 0.1, 1e-30, 0, 0.001, 0.001});
  EXPECT_EQ(none[5], 0.0);
}

// Left alone under constant water, the stores come to rest where what leaves is what sediment_flux says.
TEST(SedimentDiagenesis, ComesToTheFluxesOfABedInBalance) {
  OnePoint stored("sediment_diagenesis"), balanced("sediment_flux");
  stored.set(Env::depth, 1), balanced.set(Env::depth, 1);
  const std::vector<double> water = {20, 0, 2, 0.2, 0.1, 8, 2, 0.5, 1};
  const auto flux = balanced.rates(water);
  std::vector<double> c = water, store(12, 0.0);
  const double settled[] = {flux[0] * 0.4 * kDay, flux[2] * kDay, flux[3] * kDay};  // C, N, P
  const double share[3][2] = {{0.65, 0.2}, {0.65, 0.25}, {0.65, 0.2}}, decay[] = {0.035, 0.0018};
  for (std::size_t e = 0; e < 3; ++e)
    for (std::size_t g = 0; g < 2; ++g) store[3 * e + g] = settled[e] * share[e][g] / (decay[g] + 5e-5);
  std::vector<double> r;
  constexpr double kStep = 0.05;  // d
  for (int n = 0; n < 24000; ++n) {
    c.resize(9);
    c.insert(c.end(), store.begin(), store.end());
    r = stored.rates(c);
    const auto step = [&](double rate) { return kStep * kDay * rate; };
    store[9] = std::max(store[9] + step(r[5] + r[6] - r[17] + r[18] - r[19] - r[35]), 0.0);
    store[10] = std::max(store[10] + step(r[19] + r[20] - r[21] + r[22] - r[23] - r[36]), 0.0);
    store[11] = std::max(store[11] + step(r[7] + r[8] - r[24] + r[25] - r[37]), 0.0);
  }
  EXPECT_NEAR(r[16] / flux[5], 1, 1e-4);                                // demand
  EXPECT_NEAR((r[17] - r[18] - r[20]) / (flux[8] - flux[9]), 1, 1e-4);  // ammonia
  EXPECT_NEAR((r[21] - r[22]) / (flux[10] - flux[11]), 1, 1e-4);        // nitrate
  EXPECT_NEAR((r[24] - r[25]) / (flux[12] - flux[13]), 1, 1e-4);        // phosphate
  const double methane = (r[9] + r[10]) * 32 / 12 - r[15];
  EXPECT_NEAR(methane / (flux[6] - flux[7]), 1, 1e-4);
}

}  // namespace
}  // namespace limpid
