// What a run says of itself when it is whole: lanes that failed, extents that were limited, balances that do
// not close.
#include "io/scenario_output.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/process_adapter.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

struct Told {
  int status;
  std::string text;
};

// The template case over two days, so patched that something goes wrong.
class StatusOf : public testing::Test {
 protected:
  StatusOf() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-01-03");
    folder_.patch("case.toml", "\"P10D\"", "\"P1D\"");
  }

  void read_and_run() {
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    ASSERT_FALSE(problems.has_errors()) << codes_of(problems, folder_.path());
    results_ = run_scenarios(case_.basin, case_.run, case_.assessment, {{}});
  }

  Told told(Lang lang = Lang::en) const {
    testing::internal::CaptureStderr();
    const int status = status_of(results_, {"baseline"}, case_.basin, case_.run.grid.offset, lang);
    return {status, testing::internal::GetCapturedStderr()};
  }

  // The same results with another closure of ammonia: no input is known that opens a balance.
  Told told_with_closure(double closure) {
    BatchOutcome outcome = *results_[0].batch;
    outcome.closure[1] = closure;
    results_[0].batch = std::make_shared<const BatchOutcome>(std::move(outcome));
    return told();
  }

  CaseFolder folder_;
  Case case_;
  std::vector<ScenarioResult> results_;
};

TEST_F(StatusOf, AGoodRunIsSilent) {
  read_and_run();
  const Told good = told();
  EXPECT_EQ(good.status, 0);
  EXPECT_EQ(good.text, "");
}

TEST_F(StatusOf, ALaneThatLeavesTheFiniteNumbersIsToldWithItsPlace) {
  folder_.patch("sources.csv", ",15,", ",1e308 kg/L,");
  read_and_run();
  EXPECT_TRUE(results_[0].failed);
  const Told failed = told();
  EXPECT_EQ(failed.status, 4);
  EXPECT_NE(failed.text.find("E4001: scenario \"baseline\" left the finite numbers at R0"), std::string::npos)
      << failed.text;
  EXPECT_NE(failed.text.find("(NH3_N) on 2025-01-01T00:10:00+08:00"), std::string::npos) << failed.text;
}

// A rate that is not registered and fails where there is more than nothing.
struct PlantedFault {
  static constexpr const char *id = "planted_fault", *name_zh = "故障", *name_en = "fault",
                              *equation = "r = k C", *source = "a test";
  enum Roles { substance };
  static constexpr Role roles[] = {{"substance", "NH3_N"}};
  enum Parameters { k };
  static constexpr Parameter parameters[] = {{"k", unit::per_day, 0.1, 0.0, 10.0, "rate", "a test"}};
  enum Rows { loss };
  static constexpr ProcessRow rows[] = {{"loss"}};
  static constexpr Term terms[] = {{loss, substance, -1.0}};
  static std::array<double, 1> rates(const Point<PlantedFault>& x) {
    return {x[substance] > 0.1 ? std::nan("") : x[k] * x[substance]};
  }
};

TEST_F(StatusOf, ARateThatIsNoNumberIsToldWithItsProcessAndValues) {
  static const ProcessAdapter<PlantedFault> process;
  Problems problems;
  case_ = read_case(folder_.path(), problems);
  ProcessUse use = default_use(process);
  use.id = "rot";
  use.constituents[0] = case_.basin.constituent("NH3_N");
  case_.basin.processes.push_back(use);
  results_ = run_scenarios(case_.basin, case_.run, case_.assessment, {{}});
  EXPECT_TRUE(results_[0].failed);
  const Told failed = told(), chinese = told(Lang::zh);
  EXPECT_EQ(failed.status, 4);
  EXPECT_NE(failed.text.find("E4001: scenario \"baseline\" left the finite numbers at R0"), std::string::npos)
      << failed.text;
  EXPECT_NE(failed.text.find("; first there: rot.loss = nan (NH3_N = "), std::string::npos) << failed.text;
  EXPECT_NE(failed.text.find("k = 0.1 1/d)"), std::string::npos) << failed.text;
  EXPECT_NE(chinese.text.find("最先出现：rot.loss = nan (NH3_N = "), std::string::npos) << chinese.text;
}

TEST_F(StatusOf, AProcessThatAsksForMoreThanThereIsIsToldButPasses) {
  // 5 g/L of organic matter against 8 mg/L of oxygen, and no slowing where oxygen is low.
  folder_.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"DO\", \"CBOD_fast\"]");
  folder_.patch("case.toml", "NH3_N = \"0.2 mg/L\"", "CBOD_fast = \"5000 mg/L\"\nDO = \"8 mg/L\"");
  folder_.patch("case.toml", "[climate]  ",
                "[processes.cbod_oxidation]\nk_d = \"3.5 1/d\"\nk_o = \"0 mg/L\"\n[climate]");
  read_and_run();
  const Told limited = told();
  EXPECT_EQ(limited.status, 0);
  EXPECT_NE(limited.text.find("warning W4002: process \"cbod_oxidation\" was limited in "), std::string::npos)
      << limited.text;
}

TEST_F(StatusOf, BalancesThatDoNotCloseWarnAndThenFail) {
  read_and_run();
  EXPECT_EQ(told_with_closure(1e-10).text, "");
  const Told unusual = told_with_closure(1.1e-10);
  EXPECT_EQ(unusual.status, 0);
  EXPECT_NE(unusual.text.find("W6002: the balance of NH3_N in scenario \"baseline\" closes to 1.1e-10"),
            std::string::npos)
      << unusual.text;
  EXPECT_EQ(told_with_closure(1e-8).status, 0);
  for (const double closure : {1.1e-8, std::nan("")}) {
    const Told open = told_with_closure(closure);
    EXPECT_EQ(open.status, 6);
    EXPECT_NE(open.text.find("E6001: the balance of NH3_N in scenario \"baseline\""), std::string::npos)
        << open.text;
  }
}

}  // namespace
}  // namespace limpid
