// plan compare as it is typed: slips, differences, cost, attribution, how sure, bases; sources of a run.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/how_sure_reader.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/io/typed.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class PlanCompareTest : public testing::Test {
 protected:
  PlanCompareTest() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-07-01");
    folder_.patch("case.toml", "\"10 min\"", "\"2 h\"");
    folder_.patch(
        "case.toml", "[assessment]",
        "[hydraulics]\nscheme = \"steady\"\n\n[output]\nsection_interval = \"6 h\"\nmap_interval = \"0 "
        "s\"\n\n[tags]\nconstituents = [\"NH3_N\"]\n\n[tags.groups]\nworks = \"source:wwtp\"\nvillages = "
        "\"sector:village\"\n\n[assessment]");
    folder_.patch("sections.csv", "2025-12-31", "2025-06-15");
    std::string other = folder_.text("plans/upgrade.toml");
    other.replace(other.find("start = 2025-03-01"), 18, "start = 2025-05-01");
    other.replace(other.find("\"1.5 mg/L\""), 10, "\"2.5 mg/L\"");
    folder_.write("plans/late.toml", other +
                                         "\n[[measure]]\nid = \"extra\"\ntype = \"interception\"\nat = "
                                         "\"source:wwtp\"\ncoverage = 0.1\nstart = 2025-04-01\n"
                                         "energy = \"7305 kWh/a\"\nevidence = \"invented\"\n");
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  Json compare(std::vector<std::string> more, std::vector<std::string> plans = {"plans/upgrade.toml"}) {
    std::vector<std::string> words{"plan", "compare", folder_.path().string()};
    for (const std::string& plan : plans) words.push_back(path(plan));
    words.insert(words.end(), {"-o", path("out"), "--force", "--json"});
    words.insert(words.end(), more.begin(), more.end());
    said_ = limpid(words);
    EXPECT_EQ(said_.status, 0) << said_.err;
    return said_.status == 0 ? Json::parse(said_.out) : Json();
  }
  static Json result(const Json& plan, const char* indicator = "NH3_N") {
    for (const Json& r : plan.at("results"))
      if (r.at("indicator") == indicator && r.at("rule") == "monthly") return r;
    return {};
  }

  CaseFolder folder_;
  Said said_;
};

TEST_F(PlanCompareTest, TellsDifferencesCostAndAttribution) {
  const Json j = compare({"--attribute"}, {"plans/upgrade.toml", "plans/late.toml"});
  const Json &first = j["plans"][1], &late = j["plans"][2];
  EXPECT_TRUE(first["differences"].empty());
  std::map<std::string, std::pair<std::string, std::string>> differences;
  for (const Json& d : late["differences"])
    differences[d["measure"].get<std::string>() + " " + d["field"].get<std::string>()] = {d["first"],
                                                                                          d["this"]};
  EXPECT_EQ(differences.size(), 3u) << late["differences"].dump();
  EXPECT_EQ(differences["wwtp_upgrade start"].second, "2025-05-01");
  EXPECT_EQ(differences["wwtp_upgrade effect"].second, "cap_concentration NH3_N=2.5 g m-3");
  EXPECT_EQ(differences["extra measure"].second, "present");
  // 1800 and 600 万元; 150 万元/a from 1 March (122 of 365 days), 20 from 1 April (91).
  ASSERT_EQ(first["cash_flow"].size(), 1u);
  EXPECT_NEAR(first["cash_flow"][0]["capex_cny"], 2.4e7, 1e-3);
  EXPECT_NEAR(first["cash_flow"][0]["opex_cny"], 1.5e6 * 122 / 365 + 2e5 * 91 / 365, 1);
  EXPECT_NEAR(late["energy_kwh"]["2025"], 7305.0 * 91 / 365, 1e-6);
  const double kg = first["removed_kg_in_run"]["NH3_N"], total = first["total_cny_in_run"];
  EXPECT_GT(kg, 0);
  EXPECT_NEAR(first["cny_per_kg"]["NH3_N"].get<double>() * kg, total, 1e-3);
  for (const Json* plan : {&first, &late}) {
    std::map<std::string, double> sum;
    for (const Json& a : (*plan)["attribution"]) {
      EXPECT_EQ(a["section_id"], "S1");
      sum[a["indicator"]] += a["share"].get<double>();
    }
    ASSERT_EQ(sum.size(), 2u);
    for (const auto& [indicator, all] : sum) EXPECT_NEAR(all, 1, 1e-9) << indicator;
  }
  EXPECT_TRUE(fs::exists(path("out/attribution.csv")));
  EXPECT_TRUE(fs::exists(path("out/cash_flow.csv")));
  EXPECT_TRUE(fs::exists(path("out/differences.csv")));
}

TEST_F(PlanCompareTest, ASlipMovesTheStartAndNothingElse) {
  const Json plain = compare({}), none = compare({"--slip", "wwtp_upgrade=P0D"}),
             late = compare({"--slip", "wwtp_upgrade=P3M"});
  EXPECT_EQ(result(plain["plans"][1])["margin"], result(none["plans"][1])["margin"]);
  EXPECT_LT(result(late["plans"][1])["margin"], result(plain["plans"][1])["margin"]);
  EXPECT_EQ(late["plans"][1]["slips"]["wwtp_upgrade"], "P3M");
  const auto refused = [&](const std::string& slip) {
    return limpid({"plan", "compare", folder_.path().string(), path("plans/upgrade.toml"), "-o", path("no"),
                   "--slip", slip});
  };
  for (const auto& [slip, code] : std::map<std::string, std::string>{{"wwtp_upgrade=P6M", "E1517"},
                                                                     {"wwtp_upgrad=P1M", "E1105"},
                                                                     {"wwtp_upgrade=6", "E1106"},
                                                                     {"wwtp_upgrade", "E1520"}}) {
    const Said said = refused(slip);
    EXPECT_EQ(said.status, 2) << slip;
    EXPECT_NE(said.err.find(code), std::string::npos) << said.err;
    EXPECT_FALSE(fs::exists(path("no"))) << slip;
  }
}

TEST_F(PlanCompareTest, RunsOfAnotherBaseAreRefusedByName) {
  compare({});
  fs::copy(path("out/upgrade"), path("finished"), fs::copy_options::recursive);
  const Json same = compare({}, {"finished"});
  EXPECT_EQ(same["plans"][1]["plan"], "upgrade");
  folder_.patch("sources.csv", ",15,", ",16,");
  const Said unlike =
      limpid({"plan", "compare", folder_.path().string(), path("finished"), "-o", path("no")});
  EXPECT_EQ(unlike.status, 2);
  EXPECT_NE(unlike.err.find("E1519"), std::string::npos) << unlike.err;
  EXPECT_NE(unlike.err.find("sources.csv"), std::string::npos) << unlike.err;
  folder_.patch("case.toml", "default = \"2021\"", "default = \"2021\", 2025 = 2021");
  folder_.patch("sources.csv", ",16,", ",15,");
  const Said other = limpid({"plan", "compare", folder_.path().string(), path("finished"), "-o", path("no")});
  EXPECT_NE(other.err.find("case.toml"), std::string::npos) << other.err;
}

TEST_F(PlanCompareTest, HowSureWithAMemberAlone) {
  folder_.write(
      "sure.toml",
      "[how_sure]\nmembers = 6\nseed = 4\n\n[parameters.decay_NH3_N]\nk = 0.3\n\n[years.a]\nforcing_years = "
      "{ default = \"2021\" }\n\n[model_error]\nNH3_N = \"0.2 mg/L\"\n");
  const Json j = compare({"--how-sure", path("sure.toml")});
  const Json answer = result(j["plans"][1]);
  EXPECT_EQ(answer["members"], 6);
  EXPECT_GE(answer["p_met_and_held"], 0.0);
  EXPECT_LE(answer["p_met_and_held"], 1.0);
  EXPECT_FALSE(j["plans"][0]["results"][0].contains("p_met_and_held"));
  const std::string members = content_of(path("out/members.csv"));
  EXPECT_NE(members.find("upgrade,5,parameter,decay_NH3_N.k,"), std::string::npos) << members;
  const Said alone = limpid({"run", folder_.path().string(), "--plan", path("plans/upgrade.toml"),
                             "--how-sure", path("sure.toml"), "--member", "5", "-o", path("alone")});
  EXPECT_EQ(alone.status, 0) << alone.err;
  EXPECT_NE(content_of(path("alone/member.csv")).find("5,parameter,decay_NH3_N.k,"), std::string::npos);
  EXPECT_NE(content_of(path("alone/sections.csv")), content_of(path("out/upgrade/sections.csv")));
  const Said none = limpid(
      {"run", folder_.path().string(), "--how-sure", path("sure.toml"), "--member", "6", "-o", path("no")});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("E1524"), std::string::npos) << none.err;
  EXPECT_NE(limpid({"run", folder_.path().string(), "--member", "1", "-o", path("no")}).err.find("E1111"),
            std::string::npos);
}

TEST_F(PlanCompareTest, WhatIsNotKnownIsReadWithAllItsProblems) {
  Problems of_case;
  const Case c = read_case(folder_.path(), of_case);
  const auto codes = [&](const std::string& text) {
    folder_.write("sure.toml", text);
    Problems problems;
    read_how_sure(path("sure.toml"), c, problems);
    std::string list;
    for (const Problem& p : problems.sorted())
      list += (list.empty() ? "" : " ") + std::to_string(p.place.line) + ":" + info(p.code).id;
    return list;
  };
  EXPECT_EQ(codes("[how_sure]\nmembers = 10\n"), "");
  EXPECT_EQ(
      codes("[how_sure]\nmembers = 1\n[year.x]\n[years.y]\n[years.z]\nforcing_years = { 2025 = 1999 }\n"),
      "2:E1330 3:E1102 4:E1103 6:E1334");
  EXPECT_EQ(
      codes("[parameters.decay]\nk = 0.1\n[parameters.decay_NH3_N]\nkk = 0.1\nk = -1\n[model_error]\nNH3N = "
            "\"1 mg/L\"\nNH3_N = \"-1 mg/L\"\n"),
      "1:E1203 4:E1215 5:E1330 7:E1202 8:E1330");
}

// Without decay, and with all matter from the works whose water is a small part of the river's, the
// concentration follows dilution: 15 mg/L x 0.1389 m3/s = 1.0 mg/L x (f Q + 0.1389), Q of the headwaters
// and of what runs off.
TEST_F(PlanCompareTest, TheFlowAtWhichAPlanJustFails) {
  folder_.patch("case.toml", "[processes.decay_NH3_N]", "[processes.decay_tracer]");
  folder_.patch("case.toml", "constituent = \"NH3_N\"", "constituent = \"tracer\"");
  folder_.patch("case.toml", "[processes.decay_NH3_N.stretch", "[processes.decay_tracer.stretch");
  folder_.patch("sources.csv", "flows.csv:清河,,1,0.1,", "1.5,,1,0,");
  folder_.patch("sources.csv", "flows.csv:小溪,,1,0.1,", "0.5,,1,0,");
  folder_.patch("sources.csv", "village,安平县,,0,wet_season,,,40", "village,安平县,,1,,1,0,");  // runs off
  folder_.patch("sources.csv", "irrigation,安平县,,0.1,", "irrigation,安平县,,0,");
  folder_.patch("case.toml", "\"2 h\"", "\"30 min\"");  // longer, clean diffuse inflow leaves a ripple of 4 %
  folder_.write("plans/nothing.toml",
                "[plan]\nid = \"n\"\n\n[[measure]]\nid = \"n\"\ntype = \"remove_fraction\"\nat = "
                "\"source:wwtp\"\nNH3_N = 0\nstart = 2025-02-01\nevidence = \"invented\"\n");
  const Json j = compare({"--failing-flow"}, {"plans/nothing.toml"});
  ASSERT_EQ(j["plans"][1]["fails_below_flow"].size(), 1u);
  const double works = 12000.0 / 86400, exact = (15 * works - works) / 3;
  const Json& f = j["plans"][1]["fails_below_flow"][0];
  EXPECT_NEAR(f["factor"].get<double>(), exact,
              0.01 * exact);  // the works' own water bends the line a little
  EXPECT_NEAR(f["discharge_m3_per_s"].get<double>(), 3 * f["factor"].get<double>() + works, 1e-6);
}

TEST_F(PlanCompareTest, YearlyTargetsOnTheWay) {
  folder_.write("interim.csv", "section_id,year,target\nS1,2025,V\nS1,2025,I\n");
  const Json j = compare({"--interim", path("interim.csv")});
  for (const Json& plan : j["plans"]) {
    ASSERT_EQ(plan["interim"].size(), 2u);
    EXPECT_EQ(plan["interim"][0]["months"], 6);
    EXPECT_EQ(plan["interim"][0]["months_attained"], 6);   // never above 2.0 mg/L
    EXPECT_EQ(plan["interim"][0]["attained"], "missing");  // half a year has no annual value
    EXPECT_LT(plan["interim"][1]["months_attained"], 6);   // class I asks for 0.15 mg/L
  }
  EXPECT_TRUE(fs::exists(path("out/interim.csv")));
  folder_.write("interim.csv", "section_id,year,target\nS9,2025,V\nS1,2031,V\nS1,2025,good\n");
  const Said said = limpid({"plan", "compare", folder_.path().string(), path("plans/upgrade.toml"),
                            "--interim", path("interim.csv"), "-o", path("no")});
  EXPECT_EQ(said.status, 2);
  for (const char* code : {"E1204", "E1330", "E1105"})
    EXPECT_NE(said.err.find(code), std::string::npos) << code;
}

TEST_F(PlanCompareTest, TooManyMeasuresForAttribution) {
  std::string many = "[plan]\nid = \"many\"\n";
  for (int i = 0; i < 64; ++i)
    many +=
        "\n[[measure]]\nid = \"m" + std::to_string(i) +
        "\"\ntype = \"remove_fraction\"\nat = \"source:wwtp\"\nNH3_N = 0.01\nstart = 2025-02-01\nevidence = "
        "\"invented\"\n";
  folder_.write("plans/many.toml", many);
  const Said said = limpid(
      {"plan", "compare", folder_.path().string(), path("plans/many.toml"), "--attribute", "-o", path("no")});
  EXPECT_EQ(said.status, 2);
  EXPECT_NE(said.err.find("E1521"), std::string::npos) << said.err;
}

TEST_F(PlanCompareTest, SourcesOfARunByMonth) {
  compare({});
  const Said said =
      limpid({"sources", path("out/upgrade"), "--section", "S1", "--json", "-o", path("sources.csv")});
  ASSERT_EQ(said.status, 0) << said.err;
  const Json j = Json::parse(said.out);
  ASSERT_EQ(j["months"].size(), 6u);
  for (const Json& month : j["months"]) {
    double share = 0, arrived = 0, entered = 0;
    for (const Json& s : month["sources"]) {
      if (s["group"] == "all") {
        EXPECT_NEAR(s["load_arrived_kg_per_day"].get<double>(), arrived, 1e-9 * arrived);
        EXPECT_NEAR(s["load_entered_kg_per_day"].get<double>(), entered, 1e-9 * entered);
        // It decays on the way. (From March on the flow rises by jumps, which six-hourly values do not see
        // whole.)
        if (month["month"] <= "2025-02") {
          EXPECT_GT(s["load_lost_kg_per_day"], 0);
        }
        EXPECT_NEAR(s["concentration"].get<double>() * month["discharge_m3_per_s"].get<double>() * 86.4,
                    arrived, 1e-9 * arrived);
        continue;
      }
      share += s["share"].get<double>();
      arrived += s["load_arrived_kg_per_day"].get<double>();
      entered += s["load_entered_kg_per_day"].get<double>();
      // January, before the plan: 15 mg/L in 12000 m3/d, and 40 kg/d times 0.6.
      if (month["month"] == "2025-01" && s["group"] == "works") {
        EXPECT_NEAR(s["load_entered_kg_per_day"].get<double>(), 180, 1e-6);
      }
      if (month["month"] == "2025-01" && s["group"] == "villages") {
        EXPECT_NEAR(s["load_entered_kg_per_day"].get<double>(), 24, 1e-6);
      }
    }
    EXPECT_NEAR(share, 1, 1e-9);
  }
  EXPECT_NE(content_of(path("sources.csv")).find("S1,2025-06,NH3_N,works,"), std::string::npos);
  const Said printed = limpid({"sources", path("out/upgrade"), "--section", "下河口"});
  EXPECT_NE(printed.out.find("2025-06"), std::string::npos);
  EXPECT_NE(limpid({"sources", path("out/upgrade"), "--section", "S2"}).err.find("E1204"), std::string::npos);
}

TEST_F(PlanCompareTest, SourcesNeedTags) {
  folder_.restore();
  folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-01-05");
  folder_.patch("case.toml", "\"10 min\"", "\"2 h\"");
  folder_.patch("case.toml", "[assessment]", "[output]\nsection_interval = \"2 h\"\n\n[assessment]");
  ASSERT_EQ(limpid({"run", folder_.path().string(), "-o", path("plain"), "--quiet"}).status, 0);
  const Said said = limpid({"sources", path("plain"), "--section", "S1"});
  EXPECT_EQ(said.status, 2);
  EXPECT_NE(said.err.find("E1525"), std::string::npos) << said.err;
}

TEST(MeasuresCommand, ListsTheLibrary) {
  const Said said = limpid({"measures"});
  EXPECT_EQ(said.status, 0);
  EXPECT_NE(said.out.find("`wetland`"), std::string::npos);
}

}  // namespace
}  // namespace limpid
