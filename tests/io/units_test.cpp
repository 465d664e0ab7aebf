#include "io/units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace limpid {
namespace {

constexpr double kDay = 86400.0, kYear = 365.25 * kDay;
constexpr NamedUnit kArealLoad{"kg/ha/a", unit::dims(-2, -1, 1, 1000.0 / 1e4 / kYear)};

struct Known {
  const char* text;
  double factor;
  const char* dimension;
};

class KnownUnit : public testing::TestWithParam<Known> {};

TEST_P(KnownUnit, HasFactorAndDimension) {
  const UnitReading reading = read_unit(GetParam().text);
  ASSERT_EQ(reading.fault, UnitFault::none) << GetParam().text << " at " << reading.symbol;
  EXPECT_EQ(dimension_text(reading.unit), GetParam().dimension) << GetParam().text;
  EXPECT_NEAR(reading.unit.factor / GetParam().factor, 1.0, 4e-15) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Units, KnownUnit,
    testing::Values(
        Known{"t/a", 1e6 / kYear, "g s-1"},  // tonne per year, not per are
        Known{"吨/年", 1e6 / kYear, "g s-1"}, Known{"kt/a", 1e9 / kYear, "g s-1"},
        Known{"万t/d", 1e10 / kDay, "g s-1"}, Known{"万吨/天", 1e10 / kDay, "g s-1"},
        Known{"kg/d", 1000 / kDay, "g s-1"}, Known{"公斤/日", 1000 / kDay, "g s-1"},
        Known{"g/m2/d", 1 / kDay, "g m-2 s-1"}, Known{"g m-2 d-1", 1 / kDay, "g m-2 s-1"},
        Known{"g/(m2·d)", 1 / kDay, "g m-2 s-1"}, Known{"kg/(亩·a)", 1500 / 1e3 / kYear, "g m-2 s-1"},
        Known{"kg/ha/yr", 0.1 / kYear, "g m-2 s-1"}, Known{"L/s/km2", 1e-9, "m s-1"},
        Known{"m3/s", 1, "m3 s-1"}, Known{"m³/s", 1, "m3 s-1"}, Known{"㎥/s", 1, "m3 s-1"},
        Known{"m3 s-1", 1, "m3 s-1"}, Known{"m³·s⁻¹", 1, "m3 s-1"}, Known{"m^3/s", 1, "m3 s-1"},
        Known{"m3.s-1", 1, "m3 s-1"}, Known{"立方米每秒", 1, "m3 s-1"}, Known{"ｍ３／ｓ", 1, "m3 s-1"},
        Known{"m3/d", 1 / kDay, "m3 s-1"}, Known{"万m3/d", 1e4 / kDay, "m3 s-1"},
        Known{"万 m³/d", 1e4 / kDay, "m3 s-1"}, Known{"10^4 m3/d", 1e4 / kDay, "m3 s-1"},
        Known{"10⁴m³/d", 1e4 / kDay, "m3 s-1"}, Known{"亿m3", 1e8, "m3"}, Known{"亿立方米", 1e8, "m3"},
        Known{"hm3", 1e6, "m3"}, Known{"mg/L", 1, "g m-3"}, Known{"mg/l", 1, "g m-3"},
        Known{"毫克/升", 1, "g m-3"}, Known{"毫克每升", 1, "g m-3"}, Known{"mg per L", 1, "g m-3"},
        Known{"g/m3", 1, "g m-3"}, Known{"kg/m3", 1000, "g m-3"}, Known{"μg/L", 1e-3, "g m-3"},
        Known{"µg/L", 1e-3, "g m-3"}, Known{"ug/L", 1e-3, "g m-3"}, Known{"ng/L", 1e-6, "g m-3"},
        Known{"万元", 1e4, "元"}, Known{"千万元", 1e7, "元"}, Known{"元/a", 1 / kYear, "元 s-1"},
        Known{"万元/年", 1e4 / kYear, "元 s-1"}, Known{"元/kWh", 1 / 3.6e6, "元 J-1"},
        Known{"1/d", 1 / kDay, "s-1"}, Known{"d-1", 1 / kDay, "s-1"}, Known{"/d", 1 / kDay, "s-1"},
        Known{"d⁻¹", 1 / kDay, "s-1"}, Known{"1/h", 1 / 3600.0, "s-1"}, Known{"degC", 1, "degC"},
        Known{"℃", 1, "degC"}, Known{"°C", 1, "degC"}, Known{"K", 1, "degC"}, Known{"W/m2", 1, "J m-2 s-1"},
        Known{"MJ/m2/d", 1e6 / kDay, "J m-2 s-1"}, Known{"亩", 2000.0 / 3, "m2"},
        Known{"万亩", 2e7 / 3, "m2"}, Known{"CFU/100mL", 1e4, "count m-3"},
        Known{"CFU/100 mL", 1e4, "count m-3"}, Known{"个/L", 1000, "count m-3"},
        Known{"MPN/L", 1000, "count m-3"}, Known{"g/(人·d)", 1 / kDay, "g count-1 s-1"},
        Known{"g/人/d", 1 / kDay, "g count-1 s-1"}, Known{"%", 0.01, "1"}, Known{"‰", 0.001, "1"},
        Known{"1", 1, "1"}, Known{"-", 1, "1"}, Known{"", 1, "1"}, Known{"mmol/L", 1, "mol m-3"},
        Known{"mm/d", 1e-3 / kDay, "m s-1"}, Known{"cm", 0.01, "m"}, Known{"km/h", 1 / 3.6, "m s-1"},
        // by UDUNITS-2
        Known{"inch", 0.0254, "m"}, Known{"mile", 1609.344, "m"}, Known{"ft3/s", 0.028316846592, "m3 s-1"},
        Known{"kPa", 1e6, "g m-1 s-2"}, Known{"lb/d", 453.59237 / kDay, "g s-1"}));

TEST(Units, ReadingsMatchTheDeclaredUnitsBitForBit) {
  for (const NamedUnit* named : {&unit::none,
                                 &unit::metre,
                                 &unit::square_metre,
                                 &unit::cubic_metre,
                                 &unit::second,
                                 &unit::metre_per_second,
                                 &unit::metre_per_day,
                                 &unit::square_metre_per_second,
                                 &unit::cubic_metre_per_second,
                                 &unit::per_day,
                                 &unit::per_second,
                                 &unit::gram,
                                 &unit::mg_per_litre,
                                 &unit::litre_per_mg,
                                 &unit::gram_per_second,
                                 &unit::kg_per_day,
                                 &unit::gram_per_m2_day,
                                 &unit::degree_celsius,
                                 &unit::yuan,
                                 &unit::yuan_per_year}) {
    const UnitReading reading = read_unit(named->text);
    ASSERT_EQ(reading.fault, UnitFault::none) << named->text;
    EXPECT_TRUE(reading.unit.same_dimension(named->unit)) << named->text;
    EXPECT_EQ(reading.unit.factor, named->unit.factor) << named->text;
    EXPECT_EQ(reading.unit.offset, named->unit.offset) << named->text;
  }
}

TEST(Units, TemperatureOffsetsHoldForALoneUnitOnly) {
  EXPECT_DOUBLE_EQ(read_unit("K").unit.to_inside(293.15), 20.0);
  EXPECT_NEAR(read_unit("degF").unit.to_inside(68), 20.0, 1e-10);
  EXPECT_EQ(read_unit("W/m2/K").unit.offset, 0.0);
  EXPECT_EQ(read_unit("1/K").unit.offset, 0.0);
  EXPECT_EQ(read_unit("K2").unit.offset, 0.0);
}

TEST(Units, SpeciesLettersAreStrippedOnlyWhereAsked) {
  for (const char* text : {"mg N L-1", "mg N/L", "mg-N/L", "mg/L as N", "mg/L N", "mg/L-N", "mg/L"}) {
    const UnitReading reading = read_unit(text, "N");
    ASSERT_EQ(reading.fault, UnitFault::none) << text;
    EXPECT_EQ(dimension_text(reading.unit), "g m-3") << text;
    EXPECT_EQ(reading.unit.factor, 1.0) << text;
  }
  EXPECT_EQ(dimension_text(read_unit("g O2/m2/d", "O2").unit), "g m-2 s-1");
  EXPECT_EQ(dimension_text(read_unit("mg/L as CaCO3", "CaCO3").unit), "g m-3");
  EXPECT_EQ(dimension_text(read_unit("mg N L-1").unit), "g2 m-2 s-2");  // a newton, as physics has it
  EXPECT_NE(dimension_text(read_unit("mg P/L", "N").unit), "g m-3");    // phosphorus where nitrogen is meant
}

TEST(Units, UnknownTonAndMonthAreRefused) {
  EXPECT_EQ(read_unit("ton/a").fault, UnitFault::ambiguous_ton);
  EXPECT_EQ(read_unit("tons").fault, UnitFault::ambiguous_ton);
  EXPECT_EQ(read_unit("万ton").fault, UnitFault::ambiguous_ton);
  EXPECT_EQ(read_unit("t/月").fault, UnitFault::month);
  EXPECT_EQ(read_unit("kg/month").fault, UnitFault::month);
  for (const char* text :
       {"mg/Lt", "blorp", "kg//d", "m3/(s", "m3/s)", "mA", "0 m", "m999", "kg/", "*m", "m^", "(", "m 3"}) {
    EXPECT_EQ(read_unit(text).fault, UnitFault::unknown) << text;
  }
}

TEST(Units, AnyTextIsReadOrRefusedWithoutACrash) {
  const std::vector<std::string> pieces{"m", "3", "/",  "(",   ")", "万", "kg", "-", "^",
                                        ".", " ", "每", "1e5", "t", "³",  "⁻",  "N"};
  std::uint64_t state = 7;
  for (int trial = 0; trial < 20000; ++trial) {
    std::string text;
    for (int k = 0; k < 7; ++k) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += pieces[(state >> 33U) % pieces.size()];
    }
    const UnitReading reading = read_unit(text, "N");
    EXPECT_TRUE(reading.fault != UnitFault::none || reading.unit.factor > 0.0) << text;
  }
}

class Quantities : public testing::Test {
 protected:
  std::optional<double> read(std::string_view text, const NamedUnit& expected,
                             std::string_view species = {}) {
    return parse_quantity(text, expected, {"case.toml", 3, 5}, "processes.decay.k", problems_, species);
  }
  std::string only_problem(Lang lang) {
    const auto list = problems_.sorted();
    return list.size() == 1 ? list.front().text(lang) : std::to_string(list.size()) + " problems";
  }
  Problems problems_;
};

TEST_F(Quantities, ReadInsideUnits) {
  EXPECT_EQ(read("0.3 1/d", unit::per_day), 0.3 * (1.0 / kDay));
  EXPECT_EQ(read("0.3/d", unit::per_day), 0.3 * (1.0 / kDay));
  EXPECT_EQ(read("０．３ １／ｄ", unit::per_day), 0.3 * (1.0 / kDay));
  EXPECT_EQ(read("4200 万元", unit::yuan), 4.2e7);
  EXPECT_EQ(read("4200万元", unit::yuan), 4.2e7);
  EXPECT_EQ(read("85 %", unit::none), 0.85);
  EXPECT_EQ(read("0.85", unit::none), 0.85);
  EXPECT_EQ(read("−2 ℃", unit::degree_celsius), -2.0);
  EXPECT_EQ(read("+2.5e-1 m", unit::metre), 0.25);
  EXPECT_EQ(read("1.5 mg N/L", unit::mg_per_litre, "N"), 1.5);
  EXPECT_DOUBLE_EQ(*read("1.2 万t/a", unit::gram_per_second), 1.2e10 / kYear);
  EXPECT_DOUBLE_EQ(*read("10 kg/亩/a", kArealLoad), 15.0 / kYear);
  EXPECT_TRUE(problems_.empty());
}

TEST_F(Quantities, WrongDimensionNamesBothReadings) {
  EXPECT_FALSE(read("0.3 mg/L", unit::per_day));
  EXPECT_EQ(only_problem(Lang::en),
            "case.toml:3:5: error E1311: processes.decay.k: \"0.3 mg/L\" reads as 0.3 g m-3; a unit like 1/d "
            "(s-1) is "
            "expected\n    correct the unit, or the name of what it stands for");
  EXPECT_NE(only_problem(Lang::zh).find("\"0.3 mg/L\" 的含义为 0.3 g m-3；应使用如 1/d（s-1）的单位"),
            std::string::npos);
}

TEST_F(Quantities, NewtonInsteadOfNitrogenIsCaughtByItsDimension) {
  EXPECT_FALSE(read("1 mg N L-1", unit::mg_per_litre));
  EXPECT_NE(only_problem(Lang::en).find("reads as 1000 g2 m-2 s-2"), std::string::npos)
      << only_problem(Lang::en);
}

TEST_F(Quantities, BareNumberShowsTheExpectedUnit) {
  EXPECT_FALSE(read("0.3", unit::per_day));
  EXPECT_EQ(only_problem(Lang::en),
            "case.toml:3:5: error E1312: processes.decay.k: 0.3 has no unit; 1/d is expected\n    write "
            "\"0.3 1/d\"");
}

TEST_F(Quantities, UnknownUnitOffersTheNearest) {
  EXPECT_FALSE(read("3 secnd", unit::second));
  EXPECT_NE(only_problem(Lang::en).find("nearest: \"second\""), std::string::npos) << only_problem(Lang::en);
}

TEST_F(Quantities, RefusedTextsHaveTheirOwnCodes) {
  const std::vector<std::pair<const char*, Code>> cases{
      {"5 ton/a", Code::E1313},   {"5 t/月", Code::E1314},  {"much", Code::E1315},
      {"", Code::E1315},          {"nan g/s", Code::E1302}, {"1e999 g/s", Code::E1302},
      {"1,234 g/s", Code::E1304}, {"3 g/s/", Code::E1310}};
  for (const auto& [text, code] : cases) {
    Problems problems;
    EXPECT_FALSE(parse_quantity(text, unit::gram_per_second, {"f", 1}, "w", problems)) << text;
    ASSERT_EQ(problems.sorted().size(), 1U) << text;
    EXPECT_EQ(problems.sorted().front().code, code) << text;
  }
}

TEST_F(Quantities, ImplausibleValuesShowBothReadings) {
  const Place place{"sources.csv", 14, 9};
  check_plausible(250000.0, "250 kg/m3", unit::mg_per_litre, 1, 1000, place, "NH3_N", problems_);
  EXPECT_TRUE(problems_.empty());  // 250 times above: odd, but not a thousand times
  check_plausible(2.5e6, "2500 kg/m3", unit::mg_per_litre, 1, 1000, place, "NH3_N", problems_);
  EXPECT_EQ(only_problem(Lang::en),
            "sources.csv:14:9: warning W1316: NH3_N: \"2500 kg/m3\" is 2500000 mg/L, more than 1000 times "
            "outside the "
            "plausible range 1 - 1000 mg/L; another unit would make it 2500 mg/L\n    check the unit and the "
            "decimal "
            "point");
}

TEST_F(Quantities, ImplausiblySmallValuesTakeTheBareNumberAsTheOtherReading) {
  check_plausible(25e-6, "25 ug/m3", unit::mg_per_litre, 1, 100, {}, "NH3_N", problems_);
  EXPECT_NE(only_problem(Lang::en).find("would make it 25 mg/L"), std::string::npos)
      << only_problem(Lang::en);
}

TEST_F(Quantities, ZeroAndNegativeValuesAreNotJudgedByScale) {
  check_plausible(0, "0 mg/L", unit::mg_per_litre, 1, 100, {}, "x", problems_);
  check_plausible(-5, "-5 degC", unit::degree_celsius, 0, 40, {}, "x", problems_);
  EXPECT_TRUE(problems_.empty());
}

}  // namespace
}  // namespace limpid
