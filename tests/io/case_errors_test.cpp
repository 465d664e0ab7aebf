// Each fault that reading a case or a plan can find: one patch to the template, and exactly the problem it
// must give.
#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "io/text.hpp"
#include "model/process.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

struct Fault {
  const char *file, *from, *to, *expected;
};
void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.file << ": " << fault.to;
}

class CaseFaults : public testing::TestWithParam<Fault> {};

TEST_P(CaseFaults, IsToldWithItsPlace) {
  const Fault& fault = GetParam();
  CaseFolder folder;
  folder.patch(fault.file, fault.from, fault.to);
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  read_plan(folder.path() / "plans/upgrade.toml", c, problems);
  EXPECT_EQ(codes_of(problems, folder.path()), fault.expected);
}

constexpr const char* kCase = "case.toml";
constexpr const char* kPlan = "plans/upgrade.toml";
constexpr const char* kSources = "sources.csv";
constexpr const char* kReaches = "reaches.csv";

const Fault kKeys[] = {
    {kCase, "step = \"10 min\"", "step = 10 min", "case.toml:13 E1101"},
    {kCase, "step =", "stpe =", "case.toml:13 E1102"},
    {kCase, "[assessment]", "[assesment]", "case.toml:51 E1102"},
    {kCase, "begin = 2025-01-01\n", "", "case.toml:10 E1103"},
    {kCase, "[network]", "[netwrk]",
     "case.toml:0 E1103; case.toml:0 E1103; case.toml:0 E1103; case.toml:23 E1102"},
    {kCase, "id = \"mini\"", "id = 7", "case.toml:6 E1104"},
    {kCase, "use = [\"tracer\", \"NH3_N\"]", "use = [\"tracer\", \"NH3_N\", 3]", "case.toml:31 E1104"},
    {kCase, "[sections] ", "[[sections]] ", "case.toml:48 E1104"},
    {kCase, "kind = \"spin_up\"", "kind = \"spinup\"", "case.toml:17 E1105"},
    {kCase, "\"P10D\"", "\"ten days\"", "case.toml:18 E1106"},
    {kCase, "[time]  ", "[time]\noffset = \"8\" #", "case.toml:11 E1107"},
    {kReaches, "manning_n", "mannings_n", "reaches.csv:1 E1025; reaches.csv:1 E1108"},
    {kCase, "\"nodes.csv\"", "\"../nodes.csv\"", "case.toml:24 E1109"},
    {kCase, "\"nodes.csv\"", "\"/etc/passwd\"", "case.toml:24 E1109"},
    {kCase, "\"2021\"", "\"wet\"", "case.toml:14 E1110"},
    {"channels.csv", "trapezoidal,6,1.5", "trapezoidal,,1.5", "channels.csv:2 E1111"},
    {kCase, "kind = \"spin_up\"", "kind = \"file\"", "case.toml:17 E1111"},
    {kCase, "begin = 2025-01-01", "begin = \"2025-13-01\"", "case.toml:11 E1112"},
};

const Fault kReferences[] = {
    {"nodes.csv", "N8,", "N7,", "nodes.csv:12 E1201; reaches.csv:9 E1206"},
    {kReaches, "R02,", "R01,", "reaches.csv:3 E1201"},
    {kSources, "brook,小溪", "head,小溪", "sources.csv:4 E1201"},
    {kCase, "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"NH4-N\"]", "case.toml:31 E1202"},
    {kCase, "constituent = \"NH3_N\"", "constituent = \"NH3N\"", "case.toml:35 E1202"},
    {kCase, "NH3_N = \"0.2 mg/L\"", "NH3N = \"0.2 mg/L\"", "case.toml:21 E1202"},
    {kSources, "tracer [mg/L]", "trace [mg/L]", "sources.csv:2 E1202"},
    {kCase, "\"first_order_decay\"", "\"first_order\"", "case.toml:34 E1203"},
    {kReaches, "R03,清河3,Qing 3,N2", "R03,清河3,Qing 3,N22", "reaches.csv:4 E1206"},
    {kSources, "R04", "R4", "sources.csv:5 E1205"},
    {kSources, "boundary,N0", "boundary,N00", "sources.csv:3 E1206"},
    {kReaches, "0.035,river,420", "0.035,rivver,420", "reaches.csv:2 E1207"},
    {kCase, "stretch.\"下段\"", "stretch.\"下游\"", "case.toml:38 E1208"},
    {kReaches, "420,8,青河县,上段", "420,8,青河县", "reaches.csv:2 E1021"},
    {kCase, "[climate]  ", "[climate.valley]\nwater_temperature = \"18 degC\"\n[climate.hills]",
     "reaches.csv:1 E1025"},
    {kSources, "wet_season", "wetseason", "sources.csv:6 E1214"},
    {kCase, "k = \"0.15 1/d\"", "k = \"0.15 1/d\"\nkk = \"1 1/d\"", "case.toml:37 E1215"},
    {kCase, "[climate]  ", "[derived]\nuse = [\"TNN\"]\n[climate]", "case.toml:42 E1216"},
    {kCase, "GB3838-2002", "GB3838", "case.toml:52 E1217"},
    {"sections.csv", "III,NH3_N", "III,NH3N", "sections.csv:2 E1218"},
    {kSources, "flows.csv:小溪", "flows.csv:大溪", "sources.csv:4 E1219"},
    {kCase, "[climate]  ", "[processes.reaeration]\n[climate]", "case.toml:41 E1220"},
    {kCase, "constituent = \"NH3_N\"\n", "", "case.toml:33 E1221"},
    {kCase, "[climate]  ", "[derived]\nuse = [\"BOD5\"]\n[climate]", "case.toml:42 E1222"},
    {kCase, "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"TN\"]\n[derived]\nuse = [\"TN\"]",
     "case.toml:33 E1223"},
    {kCase, "[processes.decay_NH3_N] ",
     "[constituents.define.NH3_N]\nbasis = \"gram\"\n[processes.decay_NH3_N]", "case.toml:33 E1224"},
    {kSources, "point,,R04,1200", "point,,R04,", "sources.csv:5 E1225"},
    {kSources, "boundary,N0", "boundary,", "sources.csv:3 E1225"},
    {kSources, "R04,1200", "R04,12000", "sources.csv:5 E1226"},
    {"sections.csv", "R08,2.5", "R08,2500", "sections.csv:2 E1226"},
    {"sections.csv", "III,NH3_N", "III,NH3_N|TP", "sections.csv:2 W1229"},
    {kSources, "boundary,T0", "boundary,N3", "nodes.csv:10 W1230"},
    {kCase, "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"pH\"]", "case.toml:31 E1231"},
    {kSources, "tracer [mg/L]", "TP [mg/L]", "sources.csv:2 W1232"},
};

const Fault kValues[] = {
    {kReaches, "3.2,0.0021", "long,0.0021", "reaches.csv:2 E1315"},
    {kReaches, "3.2,0.0021,0.035", "3.2,0.0021,rough", "reaches.csv:2 E1301"},
    {kReaches, "3.2,0.0021", "nan,0.0021", "reaches.csv:2 E1302"},
    {kReaches, "3.2,0.0021", ",0.0021", "reaches.csv:2 E1303"},
    {kReaches, "length [km]", "length [d]", "reaches.csv:1 E1311"},
    {kReaches, "length [km]", "length", "reaches.csv:1 E1317"},
    {kReaches, "3.2,0.0021", "0,0.0021", "reaches.csv:2 E1403"},
    {kReaches, "3.2,0.0021", "-3.2,0.0021", "reaches.csv:2 E1403"},
    {kReaches, "3.2,0.0021", "3.2,0", "reaches.csv:2 E1404"},
    {kReaches, "0.0021,0.035", "0.0021,0", "reaches.csv:2 E1405"},
    {kCase, "\"1 km\"", "\"1 s\"", "case.toml:28 E1311"},
    {kCase, "\"1 km\"", "1000", "case.toml:28 E1312"},
    {kCase, "\"1 km\"", "\"-1 km\"", "case.toml:28 E1330"},
    {kCase, "k = \"0.15 1/d\"", "k = \"0.15 m/d\"", "case.toml:36 E1311"},
    {kCase, "k = \"0.15 1/d\"", "k = \"5 1/s\"", "case.toml:36 W1316"},
    {kCase, "k = \"0.15 1/d\"\n", "", "case.toml:33 E1103"},
    {kCase, "k = \"0.15 1/d\"", "k = { value = \"0.15 1/d\", theta = 20 }", "case.toml:36 E1330"},
    {kSources, "12000 m3/d", "12000 m3", "sources.csv:5 E1311"},
    {kSources, "12000 m3/d", "-0.1", "sources.csv:5 E1330"},
    {kSources, ",15,", ",-15,", "sources.csv:5 E1330"},
    {kSources, ",15,", ",15 kg/L,", "sources.csv:5 W1316"},
    {kSources, "R06,0,3300", "R06,3000,2000", "sources.csv:6 E1330"},
    {kSources, "NH3_N [kg/d]", "NH3_N [kg]", "sources.csv:2 E1311"},
    {kSources, "NH3_N [kg/d]", "NH3_N", "sources.csv:2 E1317"},
    {kSources, ",15,", ",15,3", "sources.csv:5 E1336"},
    {kSources, "12000 m3/d", "0", "plans/upgrade.toml:7 E1510; sources.csv:5 E1337"},
    {kSources, "flows.csv:小溪,,1", "flows.csv:小溪,,flows.csv:小溪", "flows.csv:1 E1311"},
    {kCase, "\"2021\"", "\"2022\"", "case.toml:42 E1334; sources.csv:3 E1334; sources.csv:4 E1334"},
    {kCase, "end = 2027-01-01", "end = 2024-01-01", "case.toml:12 E1331"},
    {kCase, "\"P10D\"", "\"1e300 s\"", "case.toml:18 E1330"},
    {kCase, "\"10 min\"", "\"7 min\"", "case.toml:13 E1332"},
    {kCase, "[assessment]", "[output]\nsection_interval = \"15 min\"\n[assessment]", "case.toml:52 E1333"},
    {"nodes.csv", "104.645,29.925", "104.645,", "nodes.csv:4 E1338"},
    {"flows.csv", "2021-01-11", "2021-01-01", "flows.csv:4 E1321"},
    {"flows.csv", "2021-01-11", "", "flows.csv:4 E1320"},
    {"temperature.csv", "水温 [degC]", "水温", "temperature.csv:1 E1317"},
    {"temperature.csv", "time [linear]", "time [lineal]", "temperature.csv:1 E1105"},
    {kCase, "\"temperature.csv:水温\"", "\"288 degC\"", "case.toml:42 E1330"},
    {kCase, "[climate]                             # 水温\nwater_temperature = \"temperature.csv:水温\"\n",
     "", "case.toml:33 W1228"},
    {"patterns.csv", "m12", "m13", "patterns.csv:1 E1025; patterns.csv:1 E1108"},
    {"sections.csv", "III,NH3_N", "VII,NH3_N", "sections.csv:2 E1105"},
    {"sections.csv", "2025-12-31", "2025-12-32", "sections.csv:2 E1306"},
    {kCase, "[assessment]", "[assessment]\nmin_months = 8", ""},
    {kCase, "[assessment]", "[assessment]\nmin_months = 7", "case.toml:52 E1330"},
    {kCase, "[assessment]", "[assessment]\nmin_months = 13", "case.toml:52 E1330"},
    {kCase, "[assessment]", "[assessment]\nmin_months = \"8\"", "case.toml:52 E1104"},
    {"sections.csv", "R08,2.5", "R05,0.1", "sections.csv:2 W1450"},
    {kReaches, "N7,N8,", "N7,N3,",
     "reaches.csv:2 E1402; reaches.csv:3 E1402; reaches.csv:4 E1402; reaches.csv:5 E1401; reaches.csv:10 "
     "E1402; "
     "reaches.csv:11 E1402"},
};

const Fault kPlans[] = {
    {kPlan, "[plan]", "[plan", "plans/upgrade.toml:2 E1101"},
    {kPlan, "ramp = \"P2M\"", "rampp = \"P2M\"", "plans/upgrade.toml:15 E1102"},
    {kPlan, "id = \"upgrade\"\n", "", "plans/upgrade.toml:2 E1103"},
    {kPlan, "start = 2025-03-01\n", "", "plans/upgrade.toml:7 E1103"},
    {kPlan, "\"cap_concentration\"", "\"cap\"", "plans/upgrade.toml:11 E1105"},
    {kPlan, "\"P2M\"", "\"2 months\"", "plans/upgrade.toml:15 E1314"},
    {kPlan, "id = \"villages\"", "id = \"wwtp_upgrade\"", "plans/upgrade.toml:21 E1201"},
    {kPlan, "NH3_N = \"1.5 mg/L\"", "NH3_M = \"1.5 mg/L\"", "plans/upgrade.toml:13 E1102"},
    {kPlan, "NH3_N = \"1.5 mg/L\"", "TP = \"0.3 mg/L\"", "plans/upgrade.toml:13 E1202"},
    {kPlan, "source:wwtp", "source:wwtpp", "plans/upgrade.toml:12 E1212"},
    {kPlan, "sector:village", "sector:villages", "plans/upgrade.toml:25 E1209"},
    {kPlan, "county:安平县", "county:平安县", "plans/upgrade.toml:25 E1210"},
    {kPlan, "source:wwtp", "permit:P-002", "plans/upgrade.toml:12 E1211"},
    {kPlan, "source:wwtp", "reach:R44", "plans/upgrade.toml:12 E1205"},
    {kPlan, "source:wwtp", "stretch:中段", "plans/upgrade.toml:12 E1208"},
    {kPlan, "\"1.5 mg/L\"", "\"1.5 kg/d\"", "plans/upgrade.toml:13 E1311"},
    {kPlan, "\"1800 万元\"", "\"1800 万吨\"", "plans/upgrade.toml:16 E1311"},
    {kPlan, "source:wwtp", "wwtp", "plans/upgrade.toml:12 E1501"},
    {kPlan, "\"40 %\"", "\"140 %\"", "plans/upgrade.toml:26 E1502"},
    {kPlan, "\"40 %\"", "-0.1", "plans/upgrade.toml:26 E1502"},
    {kPlan, "name_en = \"Upgrade\"", "limit_date = 2025-12-31", "plans/upgrade.toml:5 E1505"},
    {kPlan, "name_en = \"Village sewage\"", "target = \"III\"", "plans/upgrade.toml:23 E1505"},
    {kPlan, "county:安平县", "county:青河县", "plans/upgrade.toml:20 E1506"},
    {kPlan, "NH3_N = \"40 %\"", "tracer = \"40 %\"", "plans/upgrade.toml:20 E1506"},
    {kPlan, "ramp = \"P2M\"", "flow = 0.2", "plans/upgrade.toml:15 E1507"},
    {kPlan, "NH3_N = \"40 %\"\n", "", "plans/upgrade.toml:20 E1508"},
    {kPlan, "ramp = \"P2M\"", "end = 2025-02-01", "plans/upgrade.toml:15 E1509"},
    {kPlan, "ramp = \"P2M\"", "season = \"10-01/04-30\"", ""},
    {kPlan, "ramp = \"P2M\"", "season = \"10-01/04-31\"", "plans/upgrade.toml:15 E1120"},
    {kPlan, "ramp = \"P2M\"", "season = \"winter\"", "plans/upgrade.toml:15 E1120"},
    {kPlan, "ramp = \"P2M\"", "season = 2025-10-01", "plans/upgrade.toml:15 E1104"},
    {kPlan, "ramp = \"P2M\"", "season = \"01-01/02-28\"", "plans/upgrade.toml:7 W1511"},
    {kPlan, "source:wwtp", "source:villages", "plans/upgrade.toml:7 E1510"},
    {kPlan, "start = 2025-03-01", "start = 2026-01-01", "plans/upgrade.toml:7 W1511"},
    {kPlan, "start = 2025-03-01", "start = 2024-03-01\nend = 2024-12-01", "plans/upgrade.toml:7 W1512"},
    {kPlan, "start = 2025-03-01", "start = 2024-03-01\nend = 2025-06-01\nseason = \"07-01/09-30\"",
     "plans/upgrade.toml:7 W1512"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"cap_concentration\"\nat = \"sector:wwtp\"\nNH3_N = \"2 mg/L\"", "plans/upgrade.toml:20 E1504"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"scale_flow\"\nat = \"sector:village\"\nflow = -1.2", "plans/upgrade.toml:26 E1330"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"stretch:上段\"\nprocess = \"decay\"\nparameter = \"k\"\nvalue = \"1 "
     "1/d\"",
     "plans/upgrade.toml:26 E1203"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"stretch:上段\"\nprocess = \"decay_NH3_N\"\nparameter = \"kk\"\nvalue "
     "= \"1 1/d\"",
     "plans/upgrade.toml:27 E1215"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"stretch:上段\"\nprocess = \"decay_NH3_N\"\nparameter = \"k\"\nvalue "
     "= \"15 1/d\"",
     "plans/upgrade.toml:28 W1249"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"stretch:上段\"\nprocess = \"decay_NH3_N\"\nparameter = \"k\"\nvalue "
     "= \"-1 1/d\"",
     "plans/upgrade.toml:28 E1248"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"reach:R01\"\nprocess = \"decay_NH3_N\"\nparameter = \"k\"\nvalue = "
     "\"1 1/d\"",
     "plans/upgrade.toml:25 E1513"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"reach:R01\"\nprocess = \"transport\"\nparameter = "
     "\"dispersion\"\nvalue "
     "= \"12 m2/s\"",
     ""},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"stretch:上段\"\nprocess = \"transport\"\nparameter = "
     "\"dispersion_factor\"\nvalue = -0.5",
     "plans/upgrade.toml:28 E1330"},
    {kPlan, "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
     "type = \"set_parameter\"\nat = \"sector:village\"\nprocess = \"transport\"\nparameter = "
     "\"dispersoin\"\nvalue = 0.5",
     "plans/upgrade.toml:25 E1513; plans/upgrade.toml:27 E1215"},
};

INSTANTIATE_TEST_SUITE_P(Keys, CaseFaults, testing::ValuesIn(kKeys));
INSTANTIATE_TEST_SUITE_P(References, CaseFaults, testing::ValuesIn(kReferences));
INSTANTIATE_TEST_SUITE_P(Values, CaseFaults, testing::ValuesIn(kValues));
INSTANTIATE_TEST_SUITE_P(Plans, CaseFaults, testing::ValuesIn(kPlans));

std::string after(const CaseFolder& folder, bool allow_path = false) {
  Problems problems;
  const Case c = read_case(folder.path(), problems, allow_path);
  read_plan(folder.path() / kPlan, c, problems);
  return codes_of(problems, folder.path());
}

TEST(CaseFiles, MissingEmptyAndFolder) {
  CaseFolder folder;
  folder.patch(kCase, "\"nodes.csv\"", "\"node.csv\"");
  folder.patch(kCase, "\"sections.csv\"", "\"plans\"");
  folder.write("patterns.csv", "");
  EXPECT_EQ(after(folder),
            "case.toml:24 E1001; case.toml:49 E1002; patterns.csv:0 E1003; sources.csv:6 E1214");
}

TEST(CaseFiles, ObservationsNameKnownSections) {
  CaseFolder folder;
  folder.patch(kCase, "[assessment]", "[observations]\nfile = \"observed.csv\"\n[assessment]");
  folder.write(
      "observed.csv",
      "time,section_id,constituent,value,unit\n2025-01-05,S1,NH3_N,0.3,mg/L\n2025-01-05,S2,NH3_N,0.4,mg/L\n");
  EXPECT_EQ(after(folder), "observed.csv:3 E1204");
}

TEST(CaseFiles, PatternsScaleConstantsOnly) {
  CaseFolder folder;
  folder.write("tracer.csv", "time,tracer [mg/L]\n2021-01-01,1\n2021-07-01,2\n2022-01-01,2\n");
  folder.patch(kSources, "flows.csv:小溪,,1", "flows.csv:小溪,wet_season,tracer.csv:tracer");
  EXPECT_EQ(after(folder), "sources.csv:4 E1335");
}

// A process that reads the wind; none of the built-in ones does.
class Windy : public Process {
 public:
  const ProcessInfo& info() const override { return kInfo; }
  void coefficients(const double* const*, const double* const*, double* const*) const override {}
  void rates(const double* const*, const double* const*, const double* const*,
             double* const*) const override {}

 private:
  static constexpr Role kRoles[] = {{"constituent", "tracer"}};
  static constexpr Env kEnvironment[] = {Env::wind};
  static constexpr ProcessInfo kInfo{"test_wind", "", "", "", "", kRoles, {}, {}, {}, kEnvironment, {}};
};

TEST(CaseFiles, WindIsAskedForWhereItIsRead) {
  static const Windy process;
  register_process(&process);
  CaseFolder folder;
  folder.patch(kCase, "[climate]  ", "[processes.test_wind]\n[climate]");
  EXPECT_EQ(after(folder), "case.toml:41 E1227");
  folder.patch(kCase, "water_temperature", "wind = \"2 m/s\"\nwater_temperature");
  EXPECT_EQ(after(folder), "");
}

TEST(CaseFiles, ReachesNameTheirClimate) {
  CaseFolder folder;
  folder.patch(kCase, "[climate]  ", "[climate.valley]\nwater_temperature = \"18 degC\"\n[climate.hills]");
  std::string reaches = replace_all(folder.text(kReaches), "\n", ",valley\n");
  reaches.replace(reaches.find("valley"), 6, "climate");
  folder.write(kReaches, reaches);
  EXPECT_EQ(after(folder), "");
  folder.patch(kReaches, "上段,valley", "上段,vally");
  EXPECT_EQ(after(folder), "reaches.csv:2 E1213");
  folder.patch(kReaches, "上段,vally", "上段,");
  EXPECT_EQ(after(folder), "reaches.csv:2 E1303");
}

TEST(CaseFiles, PathsMayLeaveTheFolderIfAllowed) {
  CaseFolder folder, other;
  folder.patch(kCase, "\"nodes.csv\"", "\"../" + other.path().filename().string() + "/nodes.csv\"");
  EXPECT_EQ(after(folder), "case.toml:24 E1109");
  EXPECT_EQ(after(folder, true), "");
}

TEST(CaseFiles, LinksDoNotLeadOut) {
  CaseFolder folder, other;
  std::filesystem::remove(folder.path() / "nodes.csv");
  std::filesystem::create_symlink(other.path() / "nodes.csv", folder.path() / "nodes.csv");
  EXPECT_EQ(after(folder), "case.toml:24 E1109");
}

TEST(Plans, LoadsMayBeSetOneAfterTheOther) {
  const std::string first =
      "\n[[measure]]\nid = \"a\"\ntype = \"set_load\"\nat = \"source:villages\"\nNH3_N = \"10 "
      "kg/d\"\nevidence = \"-\"\n";
  const std::string second =
      "\n[[measure]]\nid = \"b\"\ntype = \"set_load\"\nat = \"sector:village\"\nNH3_N = \"8 kg/d\"\nevidence "
      "= \"-\"\n";
  const auto told = [&](const std::string& dates_a, const std::string& dates_b) {
    CaseFolder folder;
    folder.write(kPlan, "[plan]\nid = \"p\"\n" + first + dates_a + second + dates_b);
    return after(folder);
  };
  EXPECT_EQ(told("start = 2025-01-01\n", "start = 2025-03-01\n"), "plans/upgrade.toml:12 E1503");
  EXPECT_EQ(told("start = 2025-01-01\nend = 2025-03-01\n", "start = 2025-03-01\n"), "");
  EXPECT_EQ(told("start = 2025-01-01\nend = 2025-03-02\n", "start = 2025-03-01\n"),
            "plans/upgrade.toml:13 E1503");
  EXPECT_EQ(told("start = 2025-01-01\nend = 2025-03-02\n", "start = 2025-03-01\nlag = \"P1D\"\n"), "");
}

TEST(Plans, LoadsMayBeSetBySeason) {
  const auto told = [](const char* winter, const char* summer) {
    CaseFolder folder;
    const auto measure = [](const char* id, const char* season) {
      return std::string("\n[[measure]]\nid = \"") + id +
             "\"\ntype = \"set_load\"\nat = \"source:villages\"\nNH3_N = \"10 kg/d\"\nevidence = \"-\"\n" +
             "start = 2025-01-01\nseason = \"" + season + "\"\n";
    };
    folder.write(kPlan, "[plan]\nid = \"p\"\n" + measure("a", winter) + measure("b", summer));
    return after(folder);
  };
  EXPECT_EQ(told("10-01/03-31", "04-01/09-30"), "");
  EXPECT_EQ(told("10-01/04-01", "04-01/09-30"), "plans/upgrade.toml:13 E1503");
}

// A limit date upstream of the works does not make a measure there early.
TEST(Plans, AreHeldAgainstTheLimitDatesOfTheSectionsBelow) {
  CaseFolder folder;
  folder.write("sections.csv",
               folder.text("sections.csv") + "S0,上游,Upper,省考,青河县,清河,R01,1.5,III,NH3_N,2026-12-31\n");
  EXPECT_EQ(after(folder), "");
  folder.patch(kPlan, "start = 2025-03-01", "start = 2026-03-01");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  read_plan(folder.path() / kPlan, c, problems);
  ASSERT_EQ(problems.sorted().size(), 1u);
  EXPECT_EQ(
      problems.sorted()[0].text(Lang::en),
      "plans/upgrade.toml:7:1: warning W1511: measure \"wwtp_upgrade\" begins to act on 2026-03-01, after "
      "2025-12-31, the last limit date of: S1\n    start it earlier if it is to count by the limit date");
  folder.patch("sections.csv", "NH3_N,2025-12-31", "NH3_N,");  // no limit date below: the last one of all
  EXPECT_EQ(after(folder), "");
  folder.patch(kPlan, "start = 2026-03-01", "start = 2027-01-01\nend = 2027-02-01");
  EXPECT_EQ(after(folder), "plans/upgrade.toml:7 W1511; plans/upgrade.toml:7 W1512");
}

TEST(Plans, LowestOfTwoCapsIfThePlanSaysSo) {
  CaseFolder folder;
  folder.patch(kPlan, "name_en = \"Upgrade\"", "cap_policy = \"lowest\"");
  folder.patch(kPlan,
               "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = \"40 %\"",
               "type = \"cap_concentration\"\nat = \"sector:wwtp\"\nNH3_N = \"2 mg/L\"");
  EXPECT_EQ(after(folder), "");
}

// Whatever is broken, reading ends with problems or without, never with an exception.
TEST(CaseErrors, DamagedFilesNeverThrow) {
  std::mt19937_64 random(20251124);
  const char* files[] = {kCase,          "nodes.csv",    kReaches,    "channels.csv",    kSources,
                         "patterns.csv", "sections.csv", "flows.csv", "temperature.csv", kPlan};
  const std::string pieces[] = {"",   ",",     "\"",  "\n",   "[", "]",   "=",
                                "-1", "1e400", "nan", "\xff", "0", "R01", "[[a]]"};
  CaseFolder folder;
  for (int i = 0; i < 400; ++i) {
    const std::string file = files[random() % std::size(files)], whole = folder.text(file);
    const std::size_t at = random() % (whole.size() + 1), length = random() % 12;
    folder.write(file, std::string(whole).replace(at, length, pieces[random() % std::size(pieces)]));
    EXPECT_NO_THROW(after(folder)) << i << " " << file << " " << at << " " << length;
    if (i % 3 == 0) folder.write(file, whole);  // else the damage adds up
    if (i % 40 == 39) folder.restore();
  }
}

TEST(CaseErrors, MessagesNameWhatStoodThereAndTheNearest) {
  CaseFolder folder;
  folder.patch(kCase, "step =", "stpe =");
  folder.patch(kCase, "\"2021\"", "\"2022\"");
  Problems problems;
  read_case(folder.path(), problems);
  ASSERT_EQ(problems.sorted().size(), 4u);
  EXPECT_EQ(problems.sorted()[0].text(Lang::en),
            "case.toml:13:1: error E1102: unknown key \"stpe\" in [time]; nearest: \"step\"\n"
            "    correct or remove it; allowed: begin, end, step, offset, forcing_years");
  EXPECT_EQ(problems.sorted()[2].text(Lang::zh),
            "sources.csv:3:38: 错误 E1334: 序列 flows.csv:清河 覆盖 2021-01-01T00:00:00+08:00 至 "
            "2022-01-01T00:00:00+08:00，计算需要 2022-01-01T00:00:00+08:00 至 2023-01-01T00:00:00+08:00\n"
            "    请补齐时段，或用 [time] forcing_years 指定替代年份");
}

}  // namespace
}  // namespace limpid
