#include "io/csv.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "io/observed_value.hpp"
#include "io/series_table.hpp"
#include "io/text.hpp"

namespace limpid {
namespace {

class Csv : public testing::Test {
 protected:
  std::optional<Table> parse(std::string text) { return Table::parse(std::move(text), "t.csv", problems_); }
  std::vector<std::string> problems(Lang lang = Lang::en) {
    std::vector<std::string> all;
    for (const Problem& problem : problems_.sorted()) {
      const std::string text = problem.text(lang);
      all.push_back(text.substr(0, text.find('\n')));
    }
    return all;
  }
  using Lines = std::vector<std::string>;
  Problems problems_;
};

TEST_F(Csv, QuotedFieldsHoldCommasLineEndsAndQuotes) {
  const auto t = parse("id,name\n1,\"a, \"\"b\"\"\nc\"\n2, x \n");
  ASSERT_TRUE(t);
  ASSERT_EQ(t->rows(), 2U);
  EXPECT_EQ(t->field(0, 1).text, "a, \"b\"\nc");
  EXPECT_EQ(t->field(1, 1).text, "x");
  EXPECT_EQ(t->place(1, 1), (Place{"t.csv", 4, 4}));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(Csv, CommentsBeforeTheHeaderAndTrailingEmptyLinesAreSkipped) {
  const auto t = parse("# source: x, y\n\n  # more\nid,flow [m3/s],氨氮(mg/L),水温（℃）,\n1,2,3,4\n,,,\n\n");
  ASSERT_TRUE(t);
  ASSERT_EQ(t->rows(), 1U);
  ASSERT_EQ(t->columns().size(), 4U);
  EXPECT_EQ(t->columns()[1].name, "flow");
  EXPECT_EQ(t->columns()[1].unit, "m3/s");
  EXPECT_EQ(t->columns()[2].unit, "mg/L");
  EXPECT_EQ(t->columns()[3].name, "水温");
  EXPECT_EQ(t->columns()[3].unit, "℃");
  EXPECT_EQ(t->columns()[3].place, (Place{"t.csv", 4, 25}));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(Csv, RaggedRowsAreNamedAndLeftOut) {
  const auto t = parse("a,b\n1\n1,2,3\n1,2,,\n3,4\n");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->rows(), 2U);
  EXPECT_EQ(problems(), (Lines{"t.csv:2: error E1021: this row has 1 fields, the header has 2",
                               "t.csv:3: error E1021: this row has 3 fields, the header has 2"}));
}

TEST_F(Csv, BrokenQuotesAreNamed) {
  parse("a,b\n\"x\"y,2\n1,\"open\n");
  EXPECT_EQ(problems(),
            (Lines{"t.csv:2:4: error E1023: text after the closing quotation mark: y",
                   "t.csv:3:3: error E1022: the quotation mark that opens here is never closed"}));
}

TEST_F(Csv, OnlyCommentsIsNoTable) {
  EXPECT_FALSE(parse("# nothing\n\n"));
  EXPECT_EQ(problems(), Lines{"t.csv: error E1020: table t.csv has no header line"});
}

TEST_F(Csv, DoubleColumnsAreNamed) {
  parse("id,x [m],x [s],x [m]\n");
  EXPECT_EQ(problems(), Lines{"t.csv:1:16: error E1024: column \"x [m]\" appears twice in the header"});
}

TEST_F(Csv, MissingColumnOffersTheNearestName) {
  const auto t = parse("id,lenght [m]\nr1,3\n");
  EXPECT_FALSE(t->require("length", problems_));
  EXPECT_EQ(
      problems(),
      Lines{
          "t.csv:1: error E1025: column \"length\" is missing; nearest: \"lenght\"; there are: id, lenght"});
  EXPECT_EQ(problems(Lang::zh).front().substr(0, 7), "t.csv:1");
}

TEST_F(Csv, NumbersWithPlacesAndTheWordsThatStoodThere) {
  const auto t = parse("x\n1.5\n１．５\n+2\nNaN\n-inf\n1e999\n1,234\n\"1,234\"\nabc\n0x10\n1.5.\n\"\"\n");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->number(0, 0, problems_), 1.5);
  EXPECT_EQ(t->number(1, 0, problems_), 1.5);
  EXPECT_EQ(t->number(2, 0, problems_), 2.0);
  EXPECT_EQ(problems(), Lines{"t.csv:8: error E1021: this row has 2 fields, the header has 1"});
  problems_ = {};
  for (std::size_t row = 3; row < t->rows(); ++row) EXPECT_FALSE(t->number(row, 0, problems_)) << row;
  EXPECT_EQ(problems(), (Lines{"t.csv:5:1: error E1302: x: \"NaN\" is not a finite number",
                               "t.csv:6:1: error E1302: x: \"-inf\" is not a finite number",
                               "t.csv:7:1: error E1302: x: \"1e999\" is not a finite number",
                               "t.csv:9:1: error E1304: x: \"1,234\" holds a comma",
                               "t.csv:10:1: error E1301: x: \"abc\" is not a number",
                               "t.csv:11:1: error E1301: x: \"0x10\" is not a number",
                               "t.csv:12:1: error E1301: x: \"1.5.\" is not a number",
                               "t.csv:13:1: error E1303: column \"x\" is empty in this row"}));
}

TEST_F(Csv, OptionalNumbersIntegersTextAndBooleans) {
  const auto t = parse("a,b,c,d\n,7,断面,是\nx,7.5,,maybe\n");
  EXPECT_FALSE(t->optional_number(0, 0, problems_));
  EXPECT_EQ(t->number_or(0, 0, 9, problems_), 9.0);
  EXPECT_EQ(t->integer(0, 1, problems_), 7);
  EXPECT_EQ(t->text(0, 2, problems_), "断面");
  EXPECT_EQ(t->boolean(0, 3, problems_), true);
  EXPECT_TRUE(problems_.empty());
  EXPECT_FALSE(t->optional_number(1, 0, problems_));
  EXPECT_FALSE(t->integer(1, 1, problems_));
  EXPECT_FALSE(t->text(1, 2, problems_));
  EXPECT_FALSE(t->boolean(1, 3, problems_));
  EXPECT_EQ(problems(), (Lines{"t.csv:3:1: error E1301: a: \"x\" is not a number",
                               "t.csv:3:3: error E1305: b: \"7.5\" is not a whole number",
                               "t.csv:3:7: error E1303: column \"c\" is empty in this row",
                               "t.csv:3:8: error E1307: d: \"maybe\" is neither true nor false"}));
}

TEST_F(Csv, TimesAcceptFullWidthAndRefuseTheRest) {
  const auto t = parse("t\n2025-09-01T08:00\n２０２５－０９－０１\n2025-13-01\n");
  EXPECT_EQ(seconds_of(*t->time(0, 0, problems_)), 1756684800.0);
  EXPECT_EQ(seconds_of(*t->time(1, 0, problems_)), 1756684800.0 - 8 * 3600);
  EXPECT_FALSE(t->time(2, 0, problems_));
  EXPECT_EQ(problems(), Lines{"t.csv:4:1: error E1306: t: \"2025-13-01\" is not a date or time"});
}

// What is written by the rules of RFC 4180 is read back, whatever it holds.
TEST_F(Csv, WrittenTablesReadBack) {
  std::mt19937_64 random(20250901);
  const std::vector<std::string> pieces{"a", ",", "\"", "\n", "断", " ", "#", "1.5", "'"};
  for (int trial = 0; trial < 300; ++trial) {
    std::string text = "p,q\n";
    std::vector<std::string> cells;
    for (int i = 0; i < 8; ++i) {
      std::string cell, quoted;
      for (auto n = random() % 5; n > 0; --n) cell += pieces[random() % pieces.size()];
      for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
      cells.push_back(cell);
      text += "\"" + quoted + "\"" + (i % 2 == 0 ? "," : "\n");
    }
    const auto t = parse(text);
    ASSERT_TRUE(t && t->rows() == 4 && problems_.empty()) << text;
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(t->field(i / 2, i % 2).text, cells[i]) << text;
  }
}

TEST_F(Csv, AnyBytesGiveATableOrProblems) {
  std::mt19937_64 random(7);
  const std::string alphabet = "\xEF\xBB\xBF\xB6\xCF\xE6\x96\xAD,,,\"\"\"\r\n\n#[](a1 \xFF";
  int tables = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    Problems found;
    std::string bytes;
    for (auto n = random() % 24; n > 0; --n) bytes += alphabet[random() % alphabet.size()];
    auto file = decode_text(bytes, "t.csv", found);
    auto table = file ? Table::parse(file->text, "t.csv", found) : std::nullopt;
    EXPECT_TRUE(table || found.has_errors());
    if (!table) continue;
    ++tables;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      for (std::size_t column = 0; column < table->columns().size(); ++column) {
        EXPECT_EQ(first_invalid_utf8(table->field(row, column).text), std::string_view::npos);
        EXPECT_GT(table->place(row, column).line, 0);
      }
    }
  }
  EXPECT_GT(tables, 1000);
}

class SeriesTable : public Csv {
 protected:
  std::optional<std::vector<SeriesValues>> read(std::string text) {
    table_ = parse(std::move(text));
    return table_ ? read_series(*table_, "time",
                                {{"flow", unit::cubic_metre_per_second}, {"NH3_N", unit::mg_per_litre, "N"}},
                                problems_)
                  : std::nullopt;
  }
  std::optional<Table> table_;
};

TEST_F(SeriesTable, ConvertsUnitsAndTimes) {
  const auto series = read("time,flow [L/s],NH3_N [mg N/L]\n2025-01-01,1500,0.5\n2025-01-02,500,0.25\n");
  ASSERT_TRUE(series) << problems().front();
  EXPECT_EQ((*series)[0].values, (std::vector<double>{1.5, 0.5}));
  EXPECT_EQ((*series)[1].values, (std::vector<double>{0.5, 0.25}));
  EXPECT_EQ((*series)[0].times[1] - (*series)[0].times[0], 86400.0);
  EXPECT_EQ((*series)[0].times[0], 1735660800.0);
}

TEST_F(SeriesTable, AllFaultsAreListedAtOnce) {
  EXPECT_FALSE(read(
      "time,flow [mg/L],NH3_N [mg/L]\n2025-01-01,1,NaN\n2025-01-03,2,low\n2025-01-02,3,1\n,4,2\nx,5,3\n"));
  EXPECT_EQ(
      problems(),
      (Lines{"t.csv:1:6: error E1311: flow: \"mg/L\" reads as g m-3; a unit like m3/s (m3 s-1) is expected",
             "t.csv:2:14: error E1302: NH3_N: \"NaN\" is not a finite number",
             "t.csv:3:14: error E1301: NH3_N: \"low\" is not a number",
             // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one line of text, too long for one of code
             "t.csv:4:1: error E1321: time 2025-01-02T00:00:00+08:00 is not after 2025-01-03T00:00:00+08:00 "
             "of line 3",
             "t.csv:5:1: error E1320: time is missing in this row",
             "t.csv:6:1: error E1306: time: \"x\" is not a date or time"}));
}

TEST_F(SeriesTable, EqualTimesAreNoOrder) {
  EXPECT_FALSE(read("time,flow [m3/s],NH3_N [mg/L]\n2025-01-01,1,1\n2025-01-01,2,1\n"));
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_NE(problems().front().find("E1321"), std::string::npos);
}

TEST_F(SeriesTable, HeaderWithoutUnitIsRefused) {
  EXPECT_FALSE(read("time,flow,NH3_N [mg/L]\n2025-01-01,1,1\n"));
  EXPECT_EQ(problems(), Lines{"t.csv:1:6: error E1317: column \"flow\" has no unit; m3/s is expected"});
}

TEST_F(SeriesTable, EmptyCellsAreGapsOfTheirColumnOnly) {
  const auto series =
      read("time,flow [m3/s],NH3_N [mg/L]\n2025-01-01,1,1\n2025-01-02,,1\n2025-01-03,,1\n2025-01-04,4,1\n");
  ASSERT_TRUE(series);
  EXPECT_EQ((*series)[0].values, (std::vector<double>{1, 4}));
  EXPECT_EQ((*series)[1].values.size(), 4U);
  EXPECT_EQ(problems(), Lines{"t.csv:3:12: warning W1322: gap in column \"flow\": 2 empty values after "
                              "2025-01-01T00:00:00+08:00; the neighbours bridge it"});
}

TEST_F(SeriesTable, AColumnWithoutAnyValueIsAnError) {
  EXPECT_FALSE(read("time,flow [m3/s],NH3_N [mg/L]\n2025-01-01,1,\n2025-01-02,2,\n"));
  EXPECT_EQ(problems(),
            Lines{"t.csv:1:18: error E1323: column \"NH3_N\" of the series holds no value at all"});
}

TEST_F(SeriesTable, MissingRowsOfARegularSeriesAreAWarning) {
  std::string text = "time,flow [m3/s],NH3_N [mg/L]\n";
  for (int day = 1; day <= 28; ++day)
    if (day != 10 && day != 11)
      text += (day < 10 ? "2025-02-0" : "2025-02-") + std::to_string(day) + ",1,1\n";
  EXPECT_TRUE(read(text));
  EXPECT_EQ(problems(),
            Lines{"t.csv:10:1: warning W1324: times are missing: 1 steps are longer than usual (1 d); the "
                  "first follows 2025-02-09T00:00:00+08:00; the neighbours bridge them"});
}

TEST_F(SeriesTable, CalendarMonthsAndNowAndThenSamplesAreNoGaps) {
  EXPECT_TRUE(
      read("time,flow [m3/s],NH3_N [mg/L]\n2025-01-01,1,1\n2025-02-01,1,1\n2025-03-01,1,1\n2025-04-01,1,1\n"
           "2025-05-01,1,1\n"));
  EXPECT_TRUE(problems_.empty());
  EXPECT_TRUE(
      read("time,flow [m3/s],NH3_N [mg/L]\n2025-01-01,1,1\n2025-01-02,1,1\n2025-01-09,1,1\n2025-02-20,1,1\n"
           "2025-02-23,1,1\n"));
  EXPECT_TRUE(problems_.empty());
}

struct Observed {
  const char* text;
  ObservedKind kind;
  double value;
};
class ObservedForms : public testing::TestWithParam<Observed> {};
TEST_P(ObservedForms, AreRead) {
  const ObservedValue got = read_observed(GetParam().text, 0.05);
  EXPECT_EQ(got.kind, GetParam().kind) << GetParam().text;
  EXPECT_EQ(got.value, GetParam().value) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Csv, ObservedForms,
    testing::Values(Observed{"0.31", ObservedKind::value, 0.31},
                    Observed{"０．３１", ObservedKind::value, 0.31},
                    Observed{"<0.025", ObservedKind::below_limit, 0.0125},
                    Observed{"＜ 0.025", ObservedKind::below_limit, 0.0125},
                    Observed{"0.025L", ObservedKind::below_limit, 0.0125},
                    Observed{"0.025l", ObservedKind::below_limit, 0.0125},
                    Observed{"未检出", ObservedKind::below_limit, 0.025},
                    Observed{"ND", ObservedKind::below_limit, 0.025},
                    Observed{"--", ObservedKind::missing, 0}, Observed{"", ObservedKind::missing, 0},
                    Observed{" － ", ObservedKind::missing, 0}, Observed{"缺测", ObservedKind::missing, 0},
                    Observed{"<span title='原始值：7.281'>7.28</span>", ObservedKind::value, 7.28},
                    Observed{"abc", ObservedKind::unreadable, 0}, Observed{"<x", ObservedKind::unreadable, 0},
                    Observed{"1,2", ObservedKind::unreadable, 0},
                    Observed{"NaN", ObservedKind::unreadable, 0}));

TEST(ObservedValues, BelowAnUnknownLimitSaysSo) {
  const ObservedValue got = read_observed("未检出");
  EXPECT_EQ(got.kind, ObservedKind::below_limit);
  EXPECT_FALSE(got.limit_known);
}

}  // namespace
}  // namespace limpid
