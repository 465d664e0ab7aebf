#include "model/time.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace limpid {
namespace {

using std::chrono::seconds;

Time at(const char* text) {
  const auto t = parse_time(text);
  EXPECT_TRUE(t.has_value()) << text;
  return t.value_or(Time{});
}

TEST(ParseTime, KnownInstants) {
  EXPECT_EQ(at("1970-01-01T00:00:00Z").time_since_epoch().count(), 0);
  EXPECT_EQ(at("2001-09-09T01:46:40Z").time_since_epoch().count(), 1000000000);
  EXPECT_EQ(at("2001-09-09T09:46:40").time_since_epoch().count(), 1000000000);  // +08:00 is the default
  EXPECT_EQ(parse_time("2001-09-09T01:46:40", seconds{0}), at("2001-09-09T01:46:40Z"));
}

TEST(ParseTime, FormsThatMeanTheSame) {
  const Time t = at("2025-09-01T08:00:00+08:00");
  for (const char* text :
       {"2025-09-01T00:00:00Z", "2025-09-01T08:00", "2025-09-01 08:00", "2025-09-01 08:00:00",
        "2025-09-01T08:00:00+0800", "2025-09-01T08:00+08", "2025/9/1 8:00", "2025/09/01 08:00:00",
        "2025-9-1 8:00", "2025-08-31T20:00:00-04:00", "2025-09-01 08:00:00.000", "2025-09-01T05:30:00+05:30"})
    EXPECT_EQ(at(text), t) << text;
  EXPECT_EQ(at("2025-09-01") + seconds{8 * 3600}, t);
  EXPECT_EQ(at("2025/9/1") + seconds{8 * 3600}, t);
  EXPECT_EQ(at("2025-08-31 24:00"), at("2025-09-01"));
  EXPECT_EQ(at("2024-02-29"), at("2024-03-01") - std::chrono::days{1});
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const char* text : {"",
                           "2025",
                           "2025-09",
                           "2025-13-01",
                           "2025-00-01",
                           "2025-02-29",
                           "2025-04-31",
                           "25-09-01",
                           "2025-09-01T",
                           "2025-09-01T8",
                           "2025-09-01T08",
                           "2025-09-01T08:60",
                           "2025-09-01T25:00",
                           "2025-09-01T24:01",
                           "2025-09-01T08:00:60",
                           "2025-09-01T08:00:00.5",
                           "2025-09-01T08:00:00.",
                           "2025-09-01T08:00+",
                           "2025-09-01T08:00+8",
                           "2025-09-01T08:00+08:",
                           "2025-09-01T08:00+15:00",
                           "2025-09-01T08:00+08:60",
                           "2025-09-01 08:00 ",
                           " 2025-09-01",
                           "2025-09/01",
                           "2025/09-01",
                           "2025-09-01Z",
                           "2025-09-01x",
                           "-2025-09-01",
                           "2025-9",
                           "2025-+9-01",
                           "20250901"})
    EXPECT_FALSE(parse_time(text).has_value()) << text;
}

TEST(FormatTime, RoundTripsAtAnyOffset) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const Time t{seconds{static_cast<std::int64_t>(random() % 12000000000ull) - 4000000000ll}};  // 1843..2223
    const seconds offset{static_cast<std::int64_t>(random() % 105) * 900 - 12 * 3600};
    EXPECT_EQ(parse_time(format_time(t, offset), seconds{0}), t);
  }
  EXPECT_EQ(format_time(at("2025-09-01T00:00:00Z")), "2025-09-01T08:00:00+08:00");
  EXPECT_EQ(format_time(at("2025-09-01T00:00:00Z"), seconds{-12600}), "2025-08-31T20:30:00-03:30");
  EXPECT_EQ(format_date(at("2025-08-31T16:00:00Z")), "2025-09-01");
  EXPECT_EQ(format_date(at("2025-08-31T15:59:59Z")), "2025-08-31");
}

TEST(ParsePeriod, KnownPeriods) {
  const auto check = [](const char* text, int months, std::int64_t secs) {
    const auto p = parse_period(text);
    ASSERT_TRUE(p.has_value()) << text;
    EXPECT_EQ(p->months, months) << text;
    EXPECT_EQ(p->seconds, secs) << text;
  };
  check("P1Y6M", 18, 0);
  check("P2W", 0, 14 * 86400);
  check("P30D", 0, 30 * 86400);
  check("PT10M", 0, 600);
  check("PT1H30M", 0, 5400);
  check("P1M", 1, 0);
  check("P1Y2M3DT4H5M6S", 14, 3 * 86400 + 4 * 3600 + 5 * 60 + 6);
  check("PT0S", 0, 0);
  check("P40000D", 0, 40000ll * 86400);
}

TEST(ParsePeriod, RefusesWhatIsNoPeriod) {
  for (const char* text :
       {"",     "P",    "PT",    "1Y",     "P1",  "P1H",  "PT1Y",     "PT1D",    "P1D1Y",   "P1M1M",
        "P1YT", "P-1D", "P1.5D", "PT1H1H", "p1d", "P1D ", "P1DT1H1D", "PT1HT1M", "P99999Y", "P9999999999D"})
    EXPECT_FALSE(parse_period(text).has_value()) << text;
}

TEST(AddPeriod, KeepsTheDayOfMonthOrTakesTheLast) {
  const auto later = [](const char* text, const char* period) {
    return format_date(add(at(text), *parse_period(period)));
  };
  EXPECT_EQ(later("2025-01-31", "P1M"), "2025-02-28");
  EXPECT_EQ(later("2024-01-31", "P1M"), "2024-02-29");
  EXPECT_EQ(later("2024-02-29", "P1Y"), "2025-02-28");
  EXPECT_EQ(later("2024-02-29", "P4Y"), "2028-02-29");
  EXPECT_EQ(later("2025-03-31", "P6M"), "2025-09-30");
  EXPECT_EQ(later("2025-11-30", "P3M"), "2026-02-28");
  EXPECT_EQ(add(at("2025-01-31T23:30"), {1, 1800}), at("2025-03-01"));
  // Local midnight of the 1st is the 31st in UTC: the month must be counted locally.
  EXPECT_EQ(add(at("2025-03-01"), {1, 0}), at("2025-04-01"));
}

TEST(Months, ArithmeticAndBorders) {
  const Month m = Month::of(at("2025-09-30T23:59:59"));
  EXPECT_EQ(m.year(), 2025);
  EXPECT_EQ(m.month(), 9);
  EXPECT_EQ(m.text(), "2025-09");
  EXPECT_EQ(m.begin(), at("2025-09-01"));
  EXPECT_EQ(m.end(), at("2025-10-01"));
  EXPECT_EQ(Month::of(at("2025-10-01")).index, m.index + 1);
  EXPECT_EQ(Month{m.index + 4}.text(), "2026-01");
  EXPECT_EQ(Month{m.index - 9}.text(), "2024-12");
  EXPECT_EQ(Month::of(at("2025-09-30T23:59:59"), seconds{9 * 3600}).month(), 10);
}

TEST(ForcingYearsTest, IdentityByDefault) {
  const ForcingYears map;
  EXPECT_TRUE(map.is_identity());
  EXPECT_EQ(map.record_time(1234567890.25), 1234567890.25);
  EXPECT_EQ(map.record_year(2030), 2030);
}

TEST(ForcingYearsTest, KeepsLocalMonthDayAndTime) {
  const ForcingYears map({{2026, 2018}}, 2021);
  EXPECT_FALSE(map.is_identity());
  EXPECT_EQ(map.record_year(2026), 2018);
  EXPECT_EQ(map.record_year(2027), 2021);
  const auto maps = [&](const char* model, const char* record) {
    EXPECT_EQ(map.record_time(seconds_of(at(model))), seconds_of(at(record))) << model;
  };
  maps("2026-07-14T10:20:30", "2018-07-14T10:20:30");
  maps("2026-01-01", "2018-01-01");  // 2025-12-31T16:00Z
  maps("2026-12-31T23:59:59", "2018-12-31T23:59:59");
  maps("2027-01-01", "2021-01-01");
  EXPECT_EQ(map.record_time(seconds_of(at("2026-05-01T06:00")) + 0.125),
            seconds_of(at("2018-05-01T06:00")) + 0.125);
}

TEST(ForcingYearsTest, LeapDays) {
  const ForcingYears from_common({{2028, 2021}}, std::nullopt);
  EXPECT_EQ(from_common.record_time(seconds_of(at("2028-02-28T06:00"))), seconds_of(at("2021-02-28T06:00")));
  EXPECT_EQ(from_common.record_time(seconds_of(at("2028-02-29T06:00"))), seconds_of(at("2021-02-28T06:00")));
  EXPECT_EQ(from_common.record_time(seconds_of(at("2028-03-01T06:00"))), seconds_of(at("2021-03-01T06:00")));
  const ForcingYears from_leap({{2026, 2020}}, std::nullopt);
  EXPECT_EQ(from_leap.record_time(seconds_of(at("2026-02-28T23:00"))), seconds_of(at("2020-02-28T23:00")));
  EXPECT_EQ(from_leap.record_time(seconds_of(at("2026-03-01T00:00"))), seconds_of(at("2020-03-01T00:00")));
  const ForcingYears leap_to_leap({{2028, 2020}}, std::nullopt);
  EXPECT_EQ(leap_to_leap.record_time(seconds_of(at("2028-02-29T06:00"))), seconds_of(at("2020-02-29T06:00")));
}

TEST(ForcingYearsTest, EveryStepOfADayIsShiftedAlike) {
  const ForcingYears map({}, 2019);
  for (int day = 0; day < 366; ++day) {
    const double begin = seconds_of(at("2028-01-01")) + 86400.0 * day, shift = map.record_time(begin) - begin;
    for (int step = 0; step < 144; ++step)
      EXPECT_EQ(map.record_time(begin + 600.0 * step) - begin - 600.0 * step, shift);
    EXPECT_EQ(map.record_time(begin + 86399.75) - begin - 86399.75, shift);
  }
}

}  // namespace
}  // namespace limpid
