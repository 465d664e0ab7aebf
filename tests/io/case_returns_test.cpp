// Returns in a case: rows of the inventory that give back what an abstraction takes, their faults, and a run.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

using ::testing::HasSubstr;

// The template whose intake gives back 40 % upstream of itself: half of the ammonia is taken out, 2 kg/d of
// tracer are added.
class ReturnFolder : public CaseFolder {
 public:
  ReturnFolder() {
    std::istringstream in(text("sources.csv"));
    std::string line, all;
    while (std::getline(in, line)) {
      const bool head = line.starts_with("id,");
      all += line + (line.starts_with("#") ? "\n" : head ? ",of,share,NH3_N [%],tracer [kg/d]\n" : ",,,,\n");
    }
    write("sources.csv", all + "back,灌区退水,return,,R05,800,,irrigation,安平县,,,,,,,intake,40 %,50,2\n");
  }
};

TEST(CaseReturns, AreSourcesThatFollowTheirAbstraction) {
  const ReturnFolder folder;
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const Source& back = c.basin.sources.back();
  EXPECT_TRUE(back.is_return());
  EXPECT_EQ(back.return_of, 4);
  EXPECT_DOUBLE_EQ(back.return_share, 0.4);
  EXPECT_DOUBLE_EQ(back.removal[1], 0.5);
  EXPECT_EQ(back.loads[0].kind, SourceLoad::Kind::load);
  EXPECT_EQ(back.loads[1].kind, SourceLoad::Kind::none);
  EXPECT_GE(back.junction, 0);
  EXPECT_TRUE(c.basin.sources[4].carries_water);
}

TEST(CaseReturns, FaultsAreToldWithTheirPlace) {
  struct Fault {
    const char *from, *to, *expected;
  };
  const char* two = ",intake,40 %,50,2\n";
  for (const Fault& fault :
       {Fault{"intake,40 %", "intakes,40 %", "sources.csv:8 E1212"},
        Fault{"intake,40 %", "wwtp,40 %", "sources.csv:8 E1414"},
        Fault{"intake,40 %", "back,40 %", "sources.csv:8 E1414"},  // a return of a return
        Fault{"intake,40 %", ",40 %", "sources.csv:8 E1111"},
        Fault{"intake,40 %", "intake,", "sources.csv:8 E1111"},
        Fault{"intake,40 %", "intake,140 %", "sources.csv:8 E1330"},
        Fault{"intake,40 %", "intake,-40 %", "sources.csv:8 E1330"},
        Fault{two, ",intake,40 %,50,2\nmore,又退水,return,N8,,,,,,,,,,,,intake,70 %,,\n",
              "sources.csv:9 E1415"},
        Fault{",安平县,,,,,,,intake", ",安平县,,0.2,,,,,intake", "sources.csv:8 E1416"},
        Fault{"0.1,,,,,,,,", "0.1,,,,,back,,,", "sources.csv:7 E1416"},
        Fault{"0.1,,,,,,,,", "0.1,,,,,,,30,", "sources.csv:7 E1416"},
        Fault{",,,,,intake,40 %,50", ",,,3,,intake,40 %,50", "sources.csv:8 E1416"},
        Fault{"40 %,50", "40 %,150", "sources.csv:8 E1330"},
        Fault{",R05,800", ",R55,800", "sources.csv:8 E1205"},
        Fault{",R05,800", ",R05,", "sources.csv:8 E1225"}}) {
    const ReturnFolder folder;
    folder.patch("sources.csv", fault.from, fault.to);
    EXPECT_EQ(folder.codes(), fault.expected) << fault.to;
  }
}

TEST(CaseReturns, FaultsAreLettersInBothLanguages) {
  const ReturnFolder folder;
  folder.patch("sources.csv", "intake,40 %", "wwtp,40 %");
  Problems problems;
  read_case(folder.path(), problems);
  ASSERT_EQ(problems.sorted().size(), 1u);
  EXPECT_THAT(problems.sorted()[0].text(Lang::en), HasSubstr("return \"back\": \"wwtp\" is no abstraction"));
  EXPECT_THAT(problems.sorted()[0].text(Lang::zh), HasSubstr("退水 \"back\"：\"wwtp\" 不是取水"));
}

class ReturnPlans : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.write(
        "sources.csv",
        folder_.text("sources.csv") +
            "pipe,调水口,abstraction,N2,,,,,,,0,,,,,,,,\n"
            "arrival,调入,return,N5,,,,,,,,,,,,pipe,90 %,,\naqueduct,外调水,point,N1,,,,,,,0,,,,,,,,\n");
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    ASSERT_EQ(codes_of(problems, folder_.path()), "");
  }
  Plan read(const std::string& keys, Lang lang = Lang::en) {
    folder_.write("plans/one.toml",
                  "[plan]\nid = \"one\"\n\n[[measure]]\nid = \"m\"\nstart = 2025-02-01\n"
                  "evidence = \"invented\"\n" +
                      keys + "\n");
    Problems problems;
    Plan plan = read_plan(folder_.path() / "plans/one.toml", case_, problems);
    text_.clear();
    for (const Problem& p : problems.sorted())
      if (p.place.file.ends_with("one.toml"))
        text_ += std::string(info(p.code).id) + " " + p.text(lang) + "\n";
    return plan;
  }
  ReturnFolder folder_;
  Case case_;
  std::string text_;
};

TEST_F(ReturnPlans, SavingsTransfersAndChannels) {
  Plan plan = read("type = \"water_saving\"\nat = \"source:intake\"\nat_most = \"60 L/s\"");
  EXPECT_EQ(text_, "");
  EXPECT_EQ(plan.measures.at(0).action, ActionKind::cap_flow);
  EXPECT_NEAR(plan.measures.at(0).effects.at(0).value, 0.06, 1e-12);
  plan = read("type = \"water_transfer\"\nat = \"source:pipe\"\nflow = \"0.3 m3/s\"");
  EXPECT_EQ(text_, "");
  plan =
      read("type = \"water_transfer\"\nat = \"source:aqueduct\"\nflow = \"2 m3/s\"\nNH3_N = \"0.05 mg/L\"");
  EXPECT_EQ(text_, "");
  ASSERT_EQ(plan.measures.at(0).effects.size(), 2u);
  EXPECT_NEAR(plan.measures.at(0).effects.at(1).value, 0.05, 1e-12);
  plan = read(
      "type = \"channel_restoration\"\nat = \"stretch:下段\"\nwidth_factor = 1.5\nmanning_n = 0.045\n"
      "capex = \"900 万元\"");
  EXPECT_EQ(text_, "");
  ASSERT_EQ(plan.measures.size(), 2u);
  EXPECT_EQ(plan.measures[0].action, ActionKind::scale_width);
  EXPECT_EQ(plan.measures[1].action, ActionKind::set_roughness);
  EXPECT_EQ(plan.measures[1].capex, 0);
}

TEST_F(ReturnPlans, EveryFaultIsTold) {
  read("type = \"scale_flow\"\nat = \"source:back\"\nflow = -0.5");
  EXPECT_THAT(text_, HasSubstr("E1529 "));
  EXPECT_THAT(text_,
              HasSubstr("changes the flow of \"back\", which gives back what abstraction \"intake\" takes"));
  read("type = \"scale_flow\"\nat = \"source:back\"\nflow = -0.5", Lang::zh);
  EXPECT_THAT(text_, HasSubstr("退还取水 \"intake\" 的水"));
  read("type = \"water_transfer\"\nat = \"source:pipe\"\nflow = \"0.3 m3/s\"\nNH3_N = \"1 mg/L\"");
  EXPECT_THAT(text_, HasSubstr("E1531 "));
  EXPECT_THAT(text_, HasSubstr("gives NH3_N of the water that abstraction \"pipe\" takes"));
  read("type = \"water_transfer\"\nat = \"source:aqueduct\"\nflow = \"2 m3/s\"\nNH3_N = \"-1 mg/L\"");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read("type = \"gate_rule\"\nat = \"structure:weir\"\nopening = \"0.4 m\"");
  EXPECT_THAT(text_, HasSubstr("E1530 "));
  EXPECT_THAT(text_, HasSubstr("unknown structure \"weir\""));
  case_.basin.network.structures.emplace_back().id = "gate";
  const std::string gate = "type = \"gate_rule\"\nat = \"structure:gate\"\nopening = \"0.4 m\"\n";
  read(gate + "from_level = \"3 m\"");
  EXPECT_THAT(text_, HasSubstr("E1103 "));
  read(gate + "from_level = \"3 m\"\nfull_level = \"2 m\"");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  Plan plan = read(gate + "from_level = \"3 m\"\nfull_level = \"3.5 m\"");
  EXPECT_EQ(text_, "");
  EXPECT_EQ(plan.measures.at(0).action, ActionKind::open_by_level);
  read("type = \"water_saving\"\nat = \"source:intake\"\nat_most = \"-1 m3/s\"");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read("type = \"water_saving\"\nat = \"source:intake\"");
  EXPECT_THAT(text_, HasSubstr("E1508 "));
  const std::string channel = "type = \"channel_restoration\"\nat = \"stretch:下段\"\n";
  read(channel + "width_factor = 0");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read(channel + "manning_n = 2");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read(channel);
  EXPECT_THAT(text_, HasSubstr("E1508 "));
  read(channel + "flow = 0.3");
  EXPECT_THAT(text_, HasSubstr("E1507 "));
  read("type = \"channel_restoration\"\nat = \"source:intake\"\nwidth_factor = 2");
  EXPECT_THAT(text_, HasSubstr("E1513 "));
  read("type = \"cap_concentration\"\nat = \"source:back\"\nNH3_N = \"0.2 mg/L\"");
  EXPECT_EQ(text_, "");
}

double booked(const std::string& ledger, const std::string& account) {
  std::istringstream lines(ledger);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(account + ",")) return std::stod(line.substr(account.size() + 1));
  ADD_FAILURE() << account << " is not in the ledger";
  return 0;
}

// January 2025, all measures from the first: what the baseline does, what the plan does, by the ledgers.
TEST_F(ReturnPlans, AComparisonRunsThem) {
  folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-01-11");
  folder_.write(
      "plans/one.toml",
      "[plan]\nid = \"one\"\n"
      "[[measure]]\nid = \"s\"\ntype = \"water_saving\"\nat = \"source:intake\"\nat_most = \"60 L/s\"\n"
      "start = 2025-01-01\nevidence = \"invented\"\n"
      "[[measure]]\nid = \"t\"\ntype = \"water_transfer\"\nat = \"source:pipe\"\nflow = \"0.3 m3/s\"\n"
      "start = 2025-01-01\nevidence = \"invented\"\n"
      "[[measure]]\nid = \"a\"\ntype = \"water_transfer\"\nat = \"source:aqueduct\"\nflow = \"0.5 m3/s\"\n"
      "NH3_N = \"0.05 mg/L\"\nstart = 2025-01-06\nevidence = \"invented\"\n"
      "[[measure]]\nid = \"c\"\ntype = \"channel_restoration\"\nat = \"reach:R06\"\nwidth_factor = 2\n"
      "start = 2025-01-03\nramp = \"P5D\"\nevidence = \"invented\"\n");
  const auto out = folder_.path() / "out";
  ASSERT_EQ(
      std::system((binary_dir() + "/limpid plan compare --quiet --lang en " + folder_.path().string() + " " +
                   (folder_.path() / "plans/one.toml").string() + " -o " + out.string() + " >/dev/null 2>&1")
                      .c_str()),
      0);
  const std::string without = content_of(out / "baseline/ledger.csv"),
                    with = content_of(out / "one/ledger.csv");
  const double day = 86400;
  EXPECT_NEAR(booked(without, "water,abstraction:intake"), -0.1 * 10 * day, 1e-3);
  EXPECT_NEAR(booked(without, "water,source:back"), 0.04 * 10 * day, 0.04 * 600);
  EXPECT_EQ(booked(without, "water,source:arrival"), 0);
  EXPECT_NEAR(booked(with, "water,abstraction:intake"), -0.06 * 10 * day, 1e-3);
  EXPECT_NEAR(booked(with, "water,source:back"), 0.024 * 10 * day, 0.04 * 600);
  EXPECT_NEAR(booked(with, "water,abstraction:pipe"), -0.3 * 10 * day, 1e-3);
  EXPECT_NEAR(booked(with, "water,source:arrival"), 0.27 * 10 * day, 0.27 * 600);
  EXPECT_NEAR(booked(with, "water,source:aqueduct"), 0.5 * 5 * day, 1e-3);
  for (const char* run : {"baseline", "one"}) {
    const auto json = nlohmann::json::parse(content_of(out / run / "run.json"));
    for (const auto& [name, closure] : json.at("closure").items())
      EXPECT_LE(closure.get<double>(), 1e-12) << name;
  }
}

}  // namespace
}  // namespace limpid
