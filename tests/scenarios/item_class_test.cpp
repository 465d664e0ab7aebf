// Classes of single values: hand-written rows, and properties over the whole table.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "io/csv.hpp"
#include "io/standard_reader.hpp"
#include "scenarios/assessment.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

const StandardItem& item(const std::string& id) {
  return *standard().find(id);
}

std::string class_or_none(const std::optional<WaterClass>& c) {
  return c ? class_text(*c) : "none";
}

TEST(ItemClass, HandWrittenRows) {
  Problems problems;
  const auto table =
      Table::read(source_dir() + "/tests/data/gb3838_hand_rows.csv", "gb3838_hand_rows.csv", problems);
  ASSERT_TRUE(table && !problems.has_errors());
  ASSERT_GE(table->rows(), 150u);
  std::set<std::string> items;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string id(table->field(row, 0).text), value(table->field(row, 2).text);
    const bool lake = table->field(row, 1).text == "lake";
    const double number = value == "nan" ? kNone : read_number(value).value;
    EXPECT_EQ(class_or_none(item_class(item(id), number, lake)), table->field(row, 3).text)
        << id << " = " << value << ", line " << table->field(row, 0).line << ": "
        << table->field(row, 4).text;
    items.insert(id);
  }
  EXPECT_EQ(items.size(), 24u);
}

// The next double beyond a limit already belongs to a worse class: nothing is rounded on the way.
TEST(ItemClass, LimitsAreInclusiveToTheLastBit) {
  for (const StandardItem& i : standard().items)
    for (const bool lake : {false, true}) {
      if (!i.limits(lake).given() || i.side == LimitSide::range) continue;
      const double beyond = i.side == LimitSide::at_least ? -1e300 : 1e300;
      for (const double limit : i.limits(lake).values) {
        const auto at = item_class(i, limit, lake), past = item_class(i, std::nextafter(limit, beyond), lake);
        EXPECT_LT(*at, *past) << i.id << " at " << limit;
      }
    }
}

TEST(ItemClass, WorseValueNeverGetsABetterClass) {
  std::mt19937_64 random(20021);
  for (const StandardItem& i : standard().items) {
    if (!i.river.given() || i.side == LimitSide::range) continue;
    const double scale =
        1.5 * std::max(i.river.values[0], i.river.values[4]) / static_cast<double>(1U << 30U);
    for (int n = 0; n < 2000; ++n) {
      const double a = static_cast<double>(random() >> 34U) * scale,
                   b = static_cast<double>(random() >> 34U) * scale;
      const bool a_is_better = i.side == LimitSide::at_least ? a >= b : a <= b;
      EXPECT_EQ(true, a_is_better ? *item_class(i, a, false) <= *item_class(i, b, false)
                                  : *item_class(i, a, false) >= *item_class(i, b, false));
    }
  }
}

// meets(c) says the same as class <= c, whatever the value.
TEST(ItemClass, MeetsAgreesWithTheClass) {
  std::mt19937_64 random(38382002);
  for (const StandardItem& i : standard().items) {
    if (!i.lake.given()) continue;
    for (int n = 0; n < 500; ++n) {
      const double value = static_cast<double>(random() >> 34U) / static_cast<double>(1U << 30U) * 1.3 *
                           std::max(i.lake.values[0], i.lake.values[4]);
      for (int c = 1; c <= 6; ++c) {
        const auto water_class = static_cast<WaterClass>(c);
        EXPECT_EQ(*meets(i, value, water_class, true), *item_class(i, value, true) <= water_class)
            << i.id << value;
      }
    }
  }
}

TEST(ItemClass, MissingOrUnlimitedHasNoClass) {
  EXPECT_EQ(item_class(item("NH3_N"), kNone, false), std::nullopt);
  EXPECT_EQ(meets(item("DO"), kNone, WaterClass::worse_than_V, false), std::nullopt);
  EXPECT_EQ(item_class(item("TN"), 0.1, false), std::nullopt);
  EXPECT_EQ(item_class(item("TN"), 0.1, true), WaterClass::I);
  EXPECT_EQ(item_class(item("temperature"), 20, false), std::nullopt);
  EXPECT_EQ(limit_margin(item("TN"), 0.1, WaterClass::III, false), std::nullopt);
  EXPECT_EQ(limit_margin(item("TP"), 0.1, WaterClass::worse_than_V, false), std::nullopt);
}

TEST(Rounding, TiesGoToTheEvenDigit) {
  EXPECT_EQ(round_half_even(0.25, 1), 0.2);
  EXPECT_EQ(round_half_even(0.35, 1), 0.4);
  EXPECT_EQ(round_half_even(0.145, 2), 0.14);  // 0.145 is 0.14499999999999999 as a double
  EXPECT_EQ(round_half_even(1.005, 2), 1.00);
  EXPECT_EQ(round_half_even(1.015, 2), 1.02);
  EXPECT_EQ(round_half_even(2.5, 0), 2.0);
  EXPECT_EQ(round_half_even(3.5, 0), 4.0);
  EXPECT_EQ(round_half_even(0.2501, 1), 0.3);
  EXPECT_EQ(round_half_even(-0.25, 1), -0.2);
  EXPECT_EQ(round_half_even(-0.35, 1), -0.4);
  EXPECT_TRUE(std::isnan(round_half_even(kNone, 1)));
}

TEST(Rounding, StandardComparesAtTheDigitsOfTheLimit) {
  const auto rounded = [](const char* id, double value) {
    return *item_class(item(id), value, false, Rounding::standard);
  };
  EXPECT_EQ(rounded("NH3_N", 1.04), WaterClass::III);  // 1.0
  EXPECT_EQ(item_class(item("NH3_N"), 1.04, false), WaterClass::IV);
  EXPECT_EQ(rounded("NH3_N", 1.05), WaterClass::III);  // tie, to even: 1.0
  EXPECT_EQ(rounded("NH3_N", 1.06), WaterClass::IV);
  EXPECT_EQ(rounded("NH3_N", 0.154), WaterClass::I);  // two decimals at 0.15
  EXPECT_EQ(rounded("DO", 4.5), WaterClass::IV);      // tie, to even: 4
  EXPECT_EQ(rounded("DO", 4.6), WaterClass::III);
  EXPECT_EQ(rounded("COD_Cr", 20.5), WaterClass::III);
  EXPECT_EQ(rounded("Hg", 0.000054), WaterClass::I);
}

TEST(Margin, ThreeSides) {
  EXPECT_NEAR(*limit_margin(item("TP"), 0.05, WaterClass::III, false), 0.75, 1e-15);
  EXPECT_NEAR(*limit_margin(item("TP"), 0.05, WaterClass::III, true), 0.0, 1e-15);
  EXPECT_NEAR(*limit_margin(item("DO"), 10, WaterClass::III, false), 1.0, 1e-15);
  EXPECT_NEAR(*limit_margin(item("pH"), 7.5, WaterClass::I, false), 1.5 / 9, 1e-15);
  EXPECT_NEAR(*limit_margin(item("pH"), 6.3, WaterClass::I, false), 0.05, 1e-15);
}

TEST(Quality, WordsAndColours) {
  EXPECT_STREQ(quality_zh(WaterClass::I), "优");
  EXPECT_STREQ(quality_en(WaterClass::III), "good");
  EXPECT_STREQ(quality_zh(WaterClass::V), "中度污染");
  EXPECT_STREQ(colour_zh(WaterClass::worse_than_V), "红色");
  EXPECT_STREQ(colour_en(Quality::light), "yellow");
}

}  // namespace
}  // namespace limpid
