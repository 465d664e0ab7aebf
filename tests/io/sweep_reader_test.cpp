// Sweep files: what is read, each fault with its place, and the table of a design there and back.
#include "io/sweep_reader.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "io/design_table.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kSweep = R"([sweep]
id = "s"
case = "."
plans = ["baseline", "plans/upgrade.toml"]
begin = 2025-01-10
end = 2025-02-01

[years.wet]
forcing_years = { default = "2021" }
weight = 2
[years.dry]
forcing_years = { 2025 = 2021, 2026 = 2021 }

[design]
method = "latin_hypercube"
members = 12
seed = 3

[[factor]]
id = "plan"
kind = "plan"

[[factor]]
id = "hydrology"
kind = "years"

[[factor]]
id = "late"
kind = "start"
measure = "wwtp_upgrade"
low = "0 d"
high = "90 d"

[[factor]]
id = "k"
kind = "parameter"
process = "decay_NH3_N"
parameter = "k"
distribution = "lognormal"
median = 1
deviation = "20 %"
low = 0.8
high = "125 %"

[[factor]]
id = "villages"
kind = "load"
sector = "village"
values = [0.8, 1, 1.2]
weights = [1, 2, 1]

[[factor]]
id = "cap"
kind = "level"
measure = "wwtp_upgrade"
key = "NH3_N"
low = "1000 ug/L"
high = "2 mg/L"
)";

class SweepFolder : public CaseFolder {
 public:
  SweepFolder() { write("sweep.toml", kSweep); }
  SweepFile read(Problems& problems) const { return read_sweep(path() / "sweep.toml", problems); }
  std::string codes() const {
    Problems problems;
    read(problems);
    return codes_of(problems, path());
  }
};

TEST(SweepReader, ReadsFactorsInTheUsersUnits) {
  const SweepFolder folder;
  Problems problems;
  const SweepFile file = folder.read(problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const Design& design = file.sweep.design;
  EXPECT_EQ(design.members(), 12u);
  ASSERT_EQ(design.factors.size(), 6u);
  EXPECT_EQ(file.sweep.plan_names, (std::vector<std::string>{"baseline", "upgrade"}));
  EXPECT_EQ(format_date(file.c.run.grid.begin), "2025-01-10");
  EXPECT_EQ(format_date(file.c.run.grid.end), "2025-02-01");
  EXPECT_EQ(file.files.size(), 2u);
  EXPECT_EQ(design.factors[0].labels, file.sweep.plan_names);
  EXPECT_EQ(design.factors[1].distribution.weights, (std::vector<double>{2, 1}));
  EXPECT_EQ(design.factors[2].unit, "d");
  EXPECT_EQ(design.factors[2].to_inside, 86400);
  EXPECT_EQ(design.factors[2].distribution.high, 90);
  EXPECT_EQ(design.factors[3].distribution.high, 1.25);
  EXPECT_DOUBLE_EQ(design.factors[3].distribution.deviation, 0.2);
  EXPECT_EQ(design.factors[4].sector, "village");
  EXPECT_EQ(design.factors[5].unit, "ug/L");
  EXPECT_DOUBLE_EQ(design.factors[5].to_inside, 1e-3);
  EXPECT_DOUBLE_EQ(design.factors[5].distribution.high, 2000);
  std::string water;
  for (const Factor& f : design.factors) water += f.water ? "w" : "-";
  EXPECT_EQ(water, "-w----");
}

TEST(SweepReader, AMemberTakesEffectInInsideUnits) {
  const SweepFolder folder;
  Problems problems;
  const SweepFile file = folder.read(problems);
  const auto& values = file.sweep.design.values;
  const auto with_plan =
      std::find_if(values.begin(), values.end(), [](const auto& row) { return row[0] == 1; });
  ASSERT_NE(with_plan, values.end());
  const Scenario s = scenario_of(
      file.c.basin, file.sweep, static_cast<std::size_t>(with_plan - values.begin()), file.c.run.grid.offset);
  const Measure& works = s.plan.measures[0];
  EXPECT_DOUBLE_EQ(works.effects[0].value, (*with_plan)[5] * 1e-3);
  EXPECT_NEAR(seconds_of(works.start) - seconds_of(*parse_time("2025-03-01")), 86400 * (*with_plan)[2], 0.5);
}

struct Fault {
  const char *from, *to, *expected;
};
void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.to;
}

class SweepFaults : public testing::TestWithParam<Fault> {};

TEST_P(SweepFaults, AreToldWithTheirPlace) {
  const Fault& fault = GetParam();
  const SweepFolder folder;
  folder.patch("sweep.toml", fault.from, fault.to);
  EXPECT_EQ(folder.codes(), fault.expected);
}

const Fault kHead[] = {
    {"id = \"s\"\n", "", "sweep.toml:1 E1103"},
    {"case = \".\"", "case = \"nowhere\"", "nowhere:0 E1001"},
    {"[design]", "[desing]", "sweep.toml:0 E1103; sweep.toml:14 E1102"},
    {"plans = [\"baseline\", ", "plans = [\"plans/upgrade.toml\", ", "sweep.toml:4 E1201"},
    {"plans = [", "plans = [\"plans/none.toml\", ", "plans/none.toml:0 E1001"},
    {"begin = 2025-01-10", "begin = 2024-12-31", "sweep.toml:5 E1330"},
    {"begin = 2025-01-10", "begin = 2025-03-01", "sweep.toml:6 E1331"},
    {"begin = 2025-01-10", "begin = \"2025-01-10T00:05\"", "sweep.toml:5 E1333"},
    {"{ default = \"2021\" }", "{ default = \"2019\" }", "sweep.toml:9 E1334"},
    {"begin = 2025-01-10", "series = [\"S1:NH3_N\", \"S9:NH3_N\", \"S1\"]",
     "sweep.toml:5 E1105; sweep.toml:5 E1105"},
    {"weight = 2", "weight = 0", "sweep.toml:10 E1330"},
    {"{ 2025 = 2021,", "{ 2025 = \"dry\",", "sweep.toml:12 E1110"},
};
INSTANTIATE_TEST_SUITE_P(Head, SweepFaults, testing::ValuesIn(kHead));

const Fault kDesign[] = {
    {"latin_hypercube", "latin_square", "sweep.toml:15 E1105"},
    {"members = 12\n", "", "sweep.toml:14 E1111"},
    {"members = 12", "members = 0", "sweep.toml:16 E1330"},
    {"members = 12", "members = 2000000", "sweep.toml:16 E1807"},
    {"seed = 3", "indices = true", "sweep.toml:17 E1822"},
    {"seed = 3", "list = \"d.csv\"", "sweep.toml:17 E1822"},
    {"seed = 3", "levels = 4", "sweep.toml:17 E1822"},
    {"latin_hypercube", "grid", "sweep.toml:16 E1822"},
    {"latin_hypercube\"\nmembers = 12", "morris\"\nmembers = 4\nlevels = 5", "sweep.toml:17 E1820"},
    {"latin_hypercube\"\nmembers = 12", "sobol\"\nmembers = 4\nwaters = 2\nindices = true",
     "sweep.toml:17 E1822"},
    {"latin_hypercube\"\nmembers = 12", "list\"", "sweep.toml:14 E1111"},
};
INSTANTIATE_TEST_SUITE_P(Design, SweepFaults, testing::ValuesIn(kDesign));

const Fault kFactors[] = {
    {"kind = \"plan\"", "kind = \"plna\"", "sweep.toml:0 E1111; sweep.toml:21 E1105"},
    {"id = \"late\"", "id = \"k\"", "sweep.toml:35 E1201"},
    {"id = \"late\"", "id = \"note\"", "sweep.toml:28 E1201"},
    {"kind = \"years\"", "kind = \"years\"\nvalues = [\"wett\"]", "sweep.toml:26 E1803"},
    {"kind = \"years\"", "kind = \"years\"\nlow = 1", "sweep.toml:26 E1822"},
    {"measure = \"wwtp_upgrade\"\nlow", "low", "sweep.toml:27 E1111"},
    {"measure = \"wwtp_upgrade\"", "measure = \"wwtp\"", "sweep.toml:30 E1803"},
    {"low = \"0 d\"", "low = \"0 m\"", "sweep.toml:31 E1311"},
    {"low = \"0 d\"", "low = 0", "sweep.toml:31 E1312"},
    {"low = \"0 d\"\n", "", "sweep.toml:27 E1111"},
    {"high = \"90 d\"", "high = \"-90 d\"", "sweep.toml:31 E1805"},
    {"high = \"90 d\"", "high = \"90 d\"\nmode = \"3 d\"", "sweep.toml:33 E1822"},
    {"high = \"90 d\"", "high = \"90 d\"\nsector = \"village\"", "sweep.toml:33 E1822"},
    {"high = \"90 d\"", "high = \"90 d\"\nmode = \"91 d\"\ndistribution = \"triangular\"",
     "sweep.toml:33 E1805"},
    {"high = \"90 d\"", "high = \"90 d\"\ndistribution = \"gauss\"", "sweep.toml:33 E1105"},
    {"process = \"decay_NH3_N\"", "process = \"decay\"", "sweep.toml:37 E1203"},
    {"parameter = \"k\"", "parameter = \"kk\"", "sweep.toml:38 E1215"},
    {"deviation = \"20 %\"", "deviation = 0", "sweep.toml:41 E1805"},
    {"median = 1", "median = -1", "sweep.toml:40 E1805"},
    {"high = \"125 %\"", "high = 1e6", "sweep.toml:43 E1806"},
    {"low = 0.8\nhigh = \"125 %\"", "high = 1.25", ""},
    {"deviation = \"20 %\"\nlow = 0.8\nhigh = \"125 %\"", "deviation = 3", "sweep.toml:34 E1806"},
    {"sector = \"village\"", "sector = \"vilage\"", "sweep.toml:48 E1209"},
    {"values = [0.8, 1, 1.2]", "values = [0.8, -1, 1.2]", "sweep.toml:49 E1806"},
    {"values = [0.8, 1, 1.2]", "values = [0.8, 1]", "sweep.toml:50 E1805"},
    {"values = [0.8, 1, 1.2]", "values = []", "sweep.toml:49 E1805"},
    {"weights = [1, 2, 1]", "weights = [1, -2, 1]", "sweep.toml:50 E1805"},
    {"weights = [1, 2, 1]", "weights = [1, \"2\", 1]", "sweep.toml:50 E1104"},
    {"key = \"NH3_N\"", "key = \"DO\"", "sweep.toml:56 E1803"},
    {"low = \"1000 ug/L\"", "low = \"-1 mg/L\"", "sweep.toml:57 E1806"},
};
INSTANTIATE_TEST_SUITE_P(Factors, SweepFaults, testing::ValuesIn(kFactors));

TEST(SweepReader, TellsAllProblemsAtOnce) {
  const SweepFolder folder;
  folder.patch("sweep.toml", "members = 12", "members = \"many\"");
  folder.patch("sweep.toml", "sector = \"village\"", "sector = \"vilage\"");
  folder.patch("case.toml", "id = \"mini\"", "id = 7");
  EXPECT_EQ(folder.codes(), "sweep.toml:16 E1104; sweep.toml:48 E1209; case.toml:6 E1104");
}

TEST(SweepReader, AFactorOnANumberThatMatterHangsOnIsTold) {
  const SweepFolder folder;
  folder.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"ORGN\"]");
  folder.patch("case.toml", "[climate]",
               "[processes.more]\ntype = \"transformation\"\nreactant = \"ORGN\"\nproduct = \"NH3_N\"\n"
               "k = \"0.1 1/d\"\n[climate]");
  folder.patch("sweep.toml", "process = \"decay_NH3_N\"\nparameter = \"k\"",
               "process = \"more\"\nparameter = \"k\"");
  EXPECT_EQ(folder.codes(), "");
  folder.patch("sweep.toml", "process = \"more\"\nparameter = \"k\"",
               "process = \"more\"\nparameter = \"yield\"");
  EXPECT_EQ(folder.codes(), "sweep.toml:38 E1245");
}

TEST(SweepReader, WithoutFactorsThereIsNoDesign) {
  const SweepFolder folder;
  folder.write("sweep.toml", "[sweep]\nid = \"s\"\ncase = \".\"\n[design]\nmethod = \"grid\"\n");
  EXPECT_EQ(folder.codes(), "sweep.toml:0 E1111");
}

TEST(SweepReader, ASobolDesignHasAsManyDimensionsAsTheSequence) {
  const SweepFolder folder;
  std::string text =
      "[sweep]\nid = \"s\"\ncase = \".\"\n[design]\nmethod = \"sobol\"\nmembers = 1\nindices = true\n";
  for (int f = 0; f < 1834; ++f)
    text += "[[factor]]\nid = \"f" + std::to_string(f) + "\"\nkind = \"load\"\nlow = 0\nhigh = 1\n";
  folder.write("sweep.toml", text);
  EXPECT_EQ(folder.codes(), "sweep.toml:5 E1820");
}

// The table of the design that the sweep draws, read back as a list.
class DesignTable : public testing::Test {
 protected:
  void SetUp() override {
    Problems problems;
    drawn_ = folder_.read(problems).sweep.design;
    ASSERT_TRUE(problems.empty());
    write_design_csv(folder_.path() / "design.csv", drawn_);
    folder_.patch("sweep.toml", "latin_hypercube\"\nmembers = 12", "list\"\nlist = \"design.csv\"");
  }
  std::string codes_after(const std::string& from, const std::string& to) {
    folder_.patch("design.csv", from, to);
    return folder_.codes();
  }

  SweepFolder folder_;
  Design drawn_;
};

TEST_F(DesignTable, ReadsBackTheSameDoubles) {
  Problems problems;
  const SweepFile file = folder_.read(problems);
  ASSERT_EQ(codes_of(problems, folder_.path()), "");
  EXPECT_EQ(file.sweep.design.ids, drawn_.ids);
  EXPECT_EQ(file.sweep.design.values, drawn_.values);
  EXPECT_EQ(file.files.size(), 3u);
  EXPECT_EQ(folder_.text("design.csv").substr(0, 56),
            "id,plan,hydrology,late [d],k,villages,cap [ug/L]\nm000001");
  write_design_csv(folder_.path() / "again.csv", file.sweep.design);
  EXPECT_EQ(folder_.text("again.csv"), folder_.text("design.csv"));
}

TEST_F(DesignTable, TakesTheUnitsOfItsHeads) {
  folder_.write("design.csv",
                "id,plan,hydrology,late [h],k [%],villages,cap [mg/L],note\n"
                "mine,upgrade,dry,48,110,1.1,1.5,by hand\n");
  Problems problems;
  const SweepFile file = folder_.read(problems);
  ASSERT_EQ(codes_of(problems, folder_.path()), "");
  ASSERT_EQ(file.sweep.design.members(), 1u);
  EXPECT_EQ(file.sweep.design.ids[0], "mine");
  const Scenario s = scenario_of(file.c.basin, file.sweep, 0, file.c.run.grid.offset);
  EXPECT_EQ(format_date(s.plan.measures[0].start), "2025-03-03");
  EXPECT_DOUBLE_EQ(s.plan.measures[0].effects[0].value, 1.5);
  EXPECT_DOUBLE_EQ(s.assumptions.parameters[0].factor, 1.1);
}

TEST_F(DesignTable, FactorsOfAListNeedNoDistribution) {
  folder_.patch("sweep.toml", "low = \"0 d\"\nhigh = \"90 d\"\n", "");
  EXPECT_EQ(folder_.codes(), "");
}

TEST_F(DesignTable, TellsWhatIsWrongInIt) {
  EXPECT_EQ(codes_after("m000002", "m000001"), "design.csv:3 E1201");
  EXPECT_EQ(codes_after("id,plan", "di,plan"), "design.csv:1 E1025; design.csv:1 E1809");
}

TEST_F(DesignTable, MissesAFactor) {
  EXPECT_EQ(codes_after("villages", "vilages"), "design.csv:1 E1808; design.csv:1 E1809");
}

TEST_F(DesignTable, RefusesAUnitOfAnotherKind) {
  EXPECT_EQ(codes_after("late [d]", "late [m]"), "design.csv:1 E1311");
}

TEST_F(DesignTable, RefusesAHeadWithoutUnit) {
  EXPECT_EQ(codes_after("late [d]", "late"), "design.csv:1 E1317");
}

TEST_F(DesignTable, RefusesValuesThatCannotBe) {
  folder_.write("design.csv",
                "id,plan,hydrology,late [d],k,villages,cap [mg/L]\n"
                "a,upgrade,dry,1,1,-1,1\nb,upgarde,dry,x,1,1,1\n");
  EXPECT_EQ(folder_.codes(), "design.csv:2 E1823; design.csv:3 E1105; design.csv:3 E1301");
  folder_.write("design.csv", "id,plan,hydrology,late [d],k,villages,cap [mg/L]\n");
  EXPECT_EQ(folder_.codes(), "design.csv:0 E1820");
}

}  // namespace
}  // namespace limpid
