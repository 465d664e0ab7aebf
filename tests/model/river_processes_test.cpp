// For every process of the river set a number from outside: a published formula, constant or table, or a
// balance that must hold.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <string>

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

// Where the light is that of the law's parameter, half-saturation gives a half, Smith 1/sqrt(2), Steele its
// optimum; so does the mean over a depth that absorbs nothing.
TEST(LightLimitation, HasThePublishedValuesAtItsParameter) {
  const double expected[] = {0.5, 0.70710678118654752, 1.0};
  for (int law = 0; law < 3; ++law) {
    EXPECT_NEAR(light_limitation(law, 40, 40), expected[law], 1e-15) << law;
    constexpr double kThin = 1e-5;
    EXPECT_NEAR(mean_light_limitation(law, 40, 40 * std::exp(-kThin), kThin, 40), expected[law], 5e-6) << law;
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

// 5 m/s over 2 m of water by Banks & Herrera: 0.97286 m/d, 0.48643 1/d more than the current's 5 1/d, for
// carbon dioxide times 0.923.
TEST(WindReaeration, AddsToWhatTheCurrentExchanges) {
  OnePoint wind("wind_reaeration"), co2("co2_exchange"), ammonia("ammonia_exchange");
  wind.set(Env::wind, 5).set(Env::depth, 2);
  const auto r = wind.rates({3.0});
  EXPECT_NEAR(r[2] * kDay, 0.48643, 5e-6);
  EXPECT_NEAR((r[0] - r[1]) * kDay, 0.48643 * (oxygen_saturation(20) - 3), 5e-5);
  co2.read("k_a", 5 / kDay).read("k_a_wind", r[2]).read("co2_share", 0.1);
  EXPECT_NEAR(co2.per_day(1, {10.0}), 0.923 * 5.48643, 1e-5);
  // Two films: 1.171 x 5.48643 x 2 m/d in the water, 175.287 W + 262.93 m/d in the air.
  ammonia.set(Env::wind, 5).set(Env::depth, 2).read("k_a", 5 / kDay).read("k_a_wind", r[2]);
  ammonia.read("ammonium_share", 0.0);
  const double liquid = 12.8492, gas = 1139.366, henry = 1.36785e-5, rt = 8.206e-5 * 293.15;
  EXPECT_NEAR(ammonia.per_day(1, {1.0}), liquid * henry / (henry + rt * liquid / gas) / 2, 1e-5);
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
  EXPECT_NEAR(1 + point.set("cells", 1).rates({1.0})[1] * 50 / 0.4, ratio, 1e-12);  // a mixed cell
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

// Phosphorus likewise: of ORGP, of sinking phosphate and of algae.
TEST(SedimentFlux, GivesBackThePhosphorusThatSettles) {
  OnePoint point("sediment_flux");
  point.set("w_2", 1e-9).set("f_C1", 1).set("f_C2", 0).set("v_ip", 0.1).set("k_spi", 1e7);
  point.set(Env::depth, 1);
  const auto r = point.rates({8, 3, 2, 0.2, 0.1, 8, 3, 1, 2});
  const double in = (r[1] * 0.01 + r[3] + r[4]) * kDay, out = (r[12] - r[13]) * kDay;
  EXPECT_NEAR(in, 0.15 * 3 * 0.01 + 0.15 * 0.2 + 0.1 * 0.1, 1e-12);
  EXPECT_NEAR(out / in, 1.0, 1e-5);
}

// Carbon likewise, as inorganic carbon and as methane, where that stays dissolved; nitrate in the bed burns
// 5/4 mol of it per mol that it loses, which stays out of what the process gives back.
TEST(SedimentFlux, GivesBackTheCarbonThatSettles) {
  for (const double denitrifying : {0.0, 1.0}) {
    OnePoint point("sediment_flux");
    point.set("kappa_NO3_1", 0.1 * denitrifying).set("kappa_NO3_2", 0.25 * denitrifying);
    point.set("w_2", 1e-9).set("f_C1", 1).set("f_C2", 0).set("f_N1", 1).set("f_N2", 0).set(Env::depth, 1);
    const auto r = point.rates({2, 1, 0.5, 0.2, 0.1, 8, 0, 1, 2});
    const double in = 0.4 * (r[0] + r[1]) * kDay, out = (r[14] + 0.375 * (r[6] - r[7])) * kDay;
    const double lost_n = (r[2] + 0.072 * r[1] - r[8] + r[9] - r[10] + r[11]) * kDay;
    EXPECT_NEAR(in, 0.4 * 0.15 * 3, 1e-12);
    EXPECT_NEAR((in - out - lost_n * 1.25 * 12 / 14) / in, 0.0, 2e-5) << denitrifying;
    if (denitrifying > 0) {
      EXPECT_GT(lost_n, 0.01 * in);
    }
  }
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

// sediment_diagenesis at one point of 1 m depth; concentrations by role.
enum Of {
  kDetritus,
  kAlgae,
  kOrgN,
  kOrgP,
  kPo4,
  kDo,
  kCbod,
  kNh4,
  kNo3,
  kPoc1,
  kPon1 = 12,
  kPop1 = 15,
  kBedN = 18,
  kBedNo3,
  kBedP,
  kDic,
  kAlk,
  kRoles
};

struct Diagenesis {
  OnePoint point{"sediment_diagenesis"};
  std::vector<double> c = std::vector<double>(kRoles, 0.0);
  Diagenesis() { point.set(Env::depth, 1); }
  std::map<std::string, double> per_day() const {
    const auto r = point.rates(c);
    std::map<std::string, double> named;
    for (std::size_t j = 0; j < r.size(); ++j) named[point.info().rows[j].id] = r[j] * kDay;
    return named;
  }
  // What one unit of the row makes of the role, with the process's own parameters.
  double makes(const std::string& row, int role) const {
    double sum = 0;
    for (const Term& t : point.info().terms)
      if (t.role == role && row == point.info().rows[static_cast<std::size_t>(t.row)].id)
        sum += t.coefficient *
               (t.yield < 0 ? 1 : point.info().parameters[static_cast<std::size_t>(t.yield)].value);
    return sum;
  }
};

// 0.15 m/d over 1 m; of a gram of algae 0.4 g are carbon, 0.072 nitrogen, 0.01 phosphorus, each parted
// 65:20:15 (nitrogen 65:25:10) to G1, G2, G3.
TEST(SedimentDiagenesis, StoresWhatSettlesByItsThreeClasses) {
  Diagenesis bed;
  bed.c[kDetritus] = 2, bed.c[kAlgae] = 4, bed.c[kOrgN] = 1, bed.c[kOrgP] = 0.1, bed.c[kDo] = 8;
  const auto r = bed.per_day();
  EXPECT_NEAR(r.at("settling_detritus"), 0.3, 1e-12);
  EXPECT_NEAR(r.at("settling_algae"), 0.6, 1e-12);
  EXPECT_NEAR(r.at("settling_ORGN"), 0.15, 1e-12);
  EXPECT_NEAR(r.at("settling_ORGP"), 0.015, 1e-12);
  const double carbon[] = {0.26, 0.08, 0.06}, nitrogen[] = {0.0468, 0.018, 0.0072},
               phosphorus[] = {0.0065, 0.002, 0.0015};
  for (int g = 0; g < 3; ++g) {
    EXPECT_NEAR(bed.makes("settling_detritus", kPoc1 + g), carbon[g], 1e-12);
    EXPECT_NEAR(bed.makes("settling_algae", kPoc1 + g), carbon[g], 1e-12);
    EXPECT_NEAR(bed.makes("settling_algae", kPon1 + g), nitrogen[g], 1e-12);
    EXPECT_NEAR(bed.makes("settling_algae", kPop1 + g), phosphorus[g], 1e-12);
    EXPECT_NEAR(bed.makes("settling_ORGN", kPon1 + g), nitrogen[g] / 0.072, 1e-12);
    EXPECT_NEAR(bed.makes("settling_ORGP", kPop1 + g), phosphorus[g] / 0.01, 1e-12);
  }
}

// 5e-6 m/d through a layer of 0.1 m: 5e-5 of each store a day, G3's too, which nothing else takes.
TEST(SedimentDiagenesis, BuriesAllItsStores) {
  Diagenesis bed;
  bed.c[kDo] = 8;
  const char* rows[] = {"burial_POC_G1", "burial_POC_G2", "burial_POC_G3", "burial_PON_G1",
                        "burial_PON_G2", "burial_PON_G3", "burial_POP_G1", "burial_POP_G2",
                        "burial_POP_G3", "burial_NH4",    "burial_NO3",    "burial_PO4"};
  for (int store = 0; store < 12; ++store)
    bed.c[static_cast<std::size_t>(kPoc1 + store)] = 100.0 * (store + 1);
  const auto r = bed.per_day();
  for (int store = 0; store < 12; ++store)
    EXPECT_NEAR(r.at(rows[store]), 5e-3 * (store + 1), 1e-12) << rows[store];
  for (const int g3 : {kPoc1 + 2, kPon1 + 2, kPop1 + 2})
    for (const ProcessRow& row : bed.point.info().rows)
      if (bed.makes(row.id, g3) < 0) {
        EXPECT_EQ(std::string(row.id).substr(0, 6), "burial");
      }
}

// 100 g/m2 of G1 carbon decay by 0.035 1/d: 3.5 g/m2/d, as oxygen 28/3. Of it sqrt(2 x 0.02 x 110 x 28/3) =
// 6.40833 dissolve (0.02 m/d of pore water, 110 g/m3 of methane as oxygen at 1 m and 20 degC), the rest
// leaves as gas. With DO 8 the demand x solves x (0.49 + (x/8)^2) = 6.40833 x 0.49: 4.14214; that much
// becomes inorganic carbon, the rest of the dissolved methane goes to the water.
TEST(SedimentDiagenesis, SplitsCarbonIntoGasMethaneAndInorganicCarbon) {
  Diagenesis bed;
  bed.c[kDo] = 8, bed.c[kPoc1] = 100;
  const auto r = bed.per_day();
  EXPECT_NEAR(r.at("gas_G1"), 1.096876, 2e-6);
  EXPECT_EQ(r.at("gas_G2"), 0.0);
  EXPECT_NEAR(r.at("oxygen_demand"), 4.14214, 1e-4);
  EXPECT_NEAR(r.at("oxidation_G1"), 1.55330, 4e-5);
  EXPECT_NEAR(r.at("methane_release_G1"), 0.84982, 4e-5);
  EXPECT_NEAR(bed.makes("oxidation_G1", kDic), 1.0, 1e-12);
  EXPECT_NEAR(bed.makes("methane_release_G1", kCbod), 32.0 / 12, 1e-12);
  EXPECT_NEAR(bed.makes("methane_uptake", kDic), 0.375, 1e-12);
}

// Alkalinity [mg/L CaCO3]: 50.04345/14.0067 = 3.57282 per N and 50.04345/30.9738 = 1.61567 per charge of P.
// What ammonium or a lost nitrate brings it gains, what nitrate or phosphate of charge 1.5 brings it loses.
TEST(SedimentDiagenesis, BooksAlkalinityWithItsIons) {
  Diagenesis out, in;
  out.c[kDo] = 2, out.c[kPoc1] = 20, out.c[kBedN] = 20, out.c[kBedP] = 30, out.c[kBedNo3] = 0.5;
  const auto r = out.per_day();
  EXPECT_GT(r.at("ammonia_release"), 0);
  EXPECT_GT(r.at("nitrate_release"), 0);
  EXPECT_GT(r.at("phosphate_release"), 0);
  EXPECT_NEAR(r.at("buffering"), 3.57282 * r.at("ammonia_release"), 1e-5 * r.at("buffering"));
  EXPECT_NEAR(r.at("acidifying"),
              3.57282 * r.at("nitrate_release") + 1.61567 * 1.5 * r.at("phosphate_release"),
              1e-5 * r.at("acidifying"));
  in.c[kDo] = 8, in.c[kPoc1] = 20, in.c[kNh4] = 5, in.c[kNo3] = 10, in.c[kPo4] = 2;
  in.point.set("v_ip", 0.1);
  const auto s = in.per_day();
  const double ammonium = s.at("ammonia_uptake") + s.at("nitrification_of_uptake");
  EXPECT_GT(ammonium, 0);
  EXPECT_GT(s.at("nitrate_uptake"), 0);
  EXPECT_GT(s.at("phosphate_uptake"), 0);
  EXPECT_NEAR(s.at("settling_PO4"), 0.2, 1e-12);
  EXPECT_NEAR(s.at("acidifying"), 3.57282 * ammonium, 1e-5 * s.at("acidifying"));
  EXPECT_NEAR(s.at("buffering"),
              3.57282 * s.at("nitrate_uptake") + 1.61567 * 1.5 * (s.at("phosphate_uptake") + 0.2),
              1e-5 * s.at("buffering"));
}

// Of carbon, nitrogen and phosphorus: what water and stores hold together changes by gas, burial and what
// nitrate loses as N2, and by nothing else.
TEST(SedimentDiagenesis, LosesElementsToGasAndBurialOnly) {
  Diagenesis bed;
  for (std::size_t i = 0; i < bed.c.size(); ++i) bed.c[i] = 1.0 + 0.1 * static_cast<double>(i);
  bed.c[kPoc1] = 400;
  bed.point.set("v_ip", 0.1);
  const double holds[kRoles][3] = {{0.4, 0, 0}, {0.4, 0.072, 0.01}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1},
                                   {},          {0.375, 0, 0},      {0, 1, 0}, {0, 1, 0}, {1, 0, 0},
                                   {1, 0, 0},   {1, 0, 0},          {0, 1, 0}, {0, 1, 0}, {0, 1, 0},
                                   {0, 0, 1},   {0, 0, 1},          {0, 0, 1}, {0, 1, 0}, {0, 1, 0},
                                   {0, 0, 1},   {1, 0, 0},          {}};
  const auto r = bed.per_day();
  const auto sum = [&](const char* start) {
    double total = 0;
    for (const auto& [id, rate] : r)
      if (id.rfind(start, 0) == 0) total += rate;
    return total;
  };
  const double lost[] = {sum("gas") + sum("burial_POC"),
                         r.at("denitrification") + sum("burial_PON") + sum("burial_NH4") + sum("burial_NO3"),
                         sum("burial_POP") + sum("burial_PO4")};
  EXPECT_GT(sum("gas"), 0);
  EXPECT_GT(r.at("denitrification"), 0);
  for (int e = 0; e < 3; ++e) {
    double change = 0, turned = 0;
    for (const auto& [id, rate] : r)
      for (int role = 0; role < kRoles; ++role) {
        const double part = bed.makes(id, role) * holds[role][e] * rate;
        change += part, turned += std::fabs(part);
      }
    EXPECT_NEAR(change + lost[e], 0, 1e-12 * turned) << e;
  }
}

}  // namespace
}  // namespace limpid
