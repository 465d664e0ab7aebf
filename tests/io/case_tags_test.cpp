// [tags]: read, refused where the shares could not add up, and run from a case folder to its results.
#include <gtest/gtest.h>

#include <cmath>

#include "io/state_file.hpp"
#include "model/tags.hpp"
#include "scenarios/scenario.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

// The template for a day, with a constituent at the bed behind what the water carries.
class CaseTags : public testing::Test {
 protected:
  CaseTags() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-01-02");
    folder_.patch("case.toml", "spin_up = \"P10D\"", "spin_up = \"P2D\"");
    folder_.patch("case.toml", "use = [\"tracer\", \"NH3_N\"]",
                  "use = [\"tracer\", \"bottom_algae\", \"NH3_N\"]");
    folder_.patch("case.toml", "[initial.concentration]",
                  "[initial.concentration]\nbottom_algae = \"2 g/m2\"");
  }
  Case read(const std::string& tags) {
    folder_.write("case.toml", folder_.text("case.toml") + tags);
    Problems problems;
    Case c = read_case(folder_.path(), problems);
    codes_ = codes_of(problems, folder_.path());
    for (const Problem& problem : problems.sorted()) text_ = problem.text(Lang::en);
    return c;
  }
  // Codes alone, of the template with these tags in place of the last.
  std::string codes(const std::string& tags) {
    const std::string before = folder_.text("case.toml");
    read(tags);
    folder_.write("case.toml", before);
    std::string list;
    for (std::size_t i = codes_.find(' '); i != std::string::npos; i = codes_.find(' ', i + 1))
      if (codes_[i + 1] == 'E' || codes_[i + 1] == 'W')
        list += (list.empty() ? "" : " ") + codes_.substr(i + 1, 5);
    return list;
  }

  CaseFolder folder_;
  std::string codes_, text_;
};

constexpr const char* kTags = R"(
[tags]
constituents = ["NH3_N"]
[tags.groups]
works = "source:wwtp"
heads = ["source:head", "source:brook"]
)";

TEST_F(CaseTags, StandBehindWhatIsCarried) {
  const Case c = read(kTags);
  EXPECT_EQ(codes_, "");
  std::vector<std::string> ids;
  for (const Constituent& constituent : c.basin.constituents) ids.push_back(constituent.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"tracer", "NH3_N", "NH3_N_from_works", "NH3_N_from_heads",
                                           "NH3_N_from_other", "bottom_algae"}));
  EXPECT_EQ(c.basin.tag_groups, (std::vector<std::string>{"works", "heads", "other"}));
  EXPECT_EQ(c.basin.carried_count(), 5);
  EXPECT_EQ(c.run.initial_concentration, (std::vector<double>{0, 0.2, 0, 0, 0, 2}));
  for (const Source& source : c.basin.sources) {
    const int expected = source.id == "wwtp" ? 0 : source.id == "head" || source.id == "brook" ? 1 : 2;
    EXPECT_EQ(tag_group(c.basin, source), expected) << source.id;
  }
}

TEST_F(CaseTags, AreRecordedAndAddUp) {
  const Case c = read(kTags);
  const auto results = run_scenarios(c.basin, c.run, c.assessment, {{}});
  const Record& record = results[0].record;
  const int total = record.quantity("NH3_N"), works = record.quantity("NH3_N_from_works"),
            heads = record.quantity("NH3_N_from_heads"), other = record.quantity("NH3_N_from_other");
  ASSERT_GE(std::min({total, works, heads, other}), 0);
  EXPECT_EQ(record.quantities[static_cast<std::size_t>(works)].unit, "g m-3");
  for (std::size_t t = 0; t < record.section_times.size(); ++t) {
    const double whole = record.section(t, 0, total);
    EXPECT_NEAR(record.section(t, 0, works) + record.section(t, 0, heads) + record.section(t, 0, other),
                whole, 1e-12 * whole);
    EXPECT_GT(record.section(t, 0, works), 0);
  }
  for (const double closure : results[0].batch->closure) EXPECT_LE(closure, 1e-12);
}

TEST_F(CaseTags, PlansActOnTotalsAndTagsFollow) {
  const Case c = read(kTags);
  Problems problems;
  folder_.write("p.toml",
                "[plan]\nid = \"p\"\n[[measure]]\nid = \"a\"\ntype = \"remove_fraction\"\nat = "
                "[\"source:wwtp\"]\nstart = 2025-01-01\nall = 0.5\nevidence = \"-\"\n");
  const Plan plan = read_plan(folder_.path() / "p.toml", c, problems);
  EXPECT_EQ(codes_of(problems, folder_.path()), "sections.csv:2 W1518");  // a run of days
  ASSERT_EQ(plan.measures.size(), 1u);
  EXPECT_EQ(plan.measures[0].effects.size(), 2u);  // tracer and NH3_N
  Problems refused;
  folder_.patch("p.toml", "all = 0.5", "NH3_N_from_works = 0.5");
  read_plan(folder_.path() / "p.toml", c, refused);
  EXPECT_EQ(codes_of(refused, folder_.path()), "p.toml:8 E1102; sections.csv:2 W1518");
}

// A state with the same tags goes on with them; in one without, all that stands there is of the rest.
TEST_F(CaseTags, StatesKeepThem) {
  const std::string plain = folder_.text("case.toml");
  Case first = read(kTags);
  first.run.final_state = true;
  const auto results = run_scenarios(first.basin, first.run, first.assessment, {{}});
  const RiverState& end = results[0].batch->final_states.at(0);
  write_state(folder_.path() / "state.nc", first.basin, end);
  folder_.write("case.toml", plain);
  folder_.patch("case.toml", "kind = \"spin_up\"", "kind = \"file\"\nfile = \"state.nc\"");
  folder_.patch("case.toml", "begin = 2025-01-01", "begin = 2025-01-02");
  folder_.patch("case.toml", "end = 2025-01-02", "end = 2025-01-03");
  const std::string next = folder_.text("case.toml");
  Case c = read(kTags);
  EXPECT_EQ(codes_, "");
  ASSERT_TRUE(c.run.initial_state);
  EXPECT_EQ(c.run.initial_state->amount, end.amount);

  folder_.write("case.toml", next);
  c = read(std::string(kTags) + "rest = \"sector:village\"\n");
  EXPECT_EQ(codes_, "");
  ASSERT_TRUE(c.run.initial_state);
  const auto& amount = c.run.initial_state->amount;
  const std::size_t n = c.basin.constituents.size();
  for (std::size_t i = 0; i < amount.size(); i += n) {
    EXPECT_EQ(amount[i + 1], end.amount[i / n * 6 + 1]);
    for (const std::size_t group : {2, 3, 4}) EXPECT_EQ(amount[i + group], 0);
    EXPECT_EQ(amount[i + 5], amount[i + 1]);
    EXPECT_EQ(amount[i + 6], end.amount[i / n * 6 + 5]);
  }

  folder_.write("case.toml", next);  // a group less: what is left would not add up
  c = read("\n[tags]\nconstituents = [\"NH3_N\"]\n[tags.groups]\nworks = \"source:wwtp\"\n");
  ASSERT_TRUE(c.run.initial_state);
  const auto& fewer = c.run.initial_state->amount;
  for (std::size_t i = 0; i < fewer.size(); i += 5) {
    EXPECT_EQ(fewer[i + 2], 0);
    EXPECT_EQ(fewer[i + 3], fewer[i + 1]);
  }
}

TEST_F(CaseTags, MistakesAreTold) {
  const auto tags = [&](const std::string& constituents, const std::string& groups) {
    return codes("\n[tags]\nconstituents = " + constituents + "\n[tags.groups]\n" + groups + "\n");
  };
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = \"source:wwtp\""), "");
  EXPECT_EQ(tags("[\"NH3N\"]", "works = \"source:wwtp\""), "E1202");
  EXPECT_EQ(tags("[\"NH3_N\", \"NH3_N\"]", "works = \"source:wwtp\""), "E1201");
  EXPECT_EQ(tags("[\"bottom_algae\"]", "works = \"source:wwtp\""), "E1240");
  EXPECT_NE(text_.find("bottom_algae"), std::string::npos) << text_;
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = \"source:wtp\""), "E1212");
  EXPECT_NE(text_.find("nearest: \"wwtp\""), std::string::npos) << text_;
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = \"sector:wwtpp\""), "E1209");
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = \"wwtp\""), "E1501");
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = \"reach:R01\""), "E1242");
  EXPECT_EQ(tags("[\"NH3_N\"]", "works = 3"), "E1104");
  EXPECT_EQ(tags("[\"NH3_N\"]", "a = \"source:wwtp\"\nb = \"sector:wwtp\""), "E1243");
  EXPECT_EQ(tags("[\"NH3_N\"]", "a = [\"source:wwtp\", \"sector:wwtp\"]"), "");  // twice in one group
  EXPECT_EQ(tags("[\"NH3_N\"]", "other = \"source:wwtp\""), "E1244");
  EXPECT_EQ(tags("[\"NH3_N\"]", "\"a b\" = \"source:wwtp\""), "E1244");
  EXPECT_EQ(tags("[\"NH3_N\"]", "\"污水厂\" = \"source:wwtp\""), "E1244");
  EXPECT_EQ(tags("[\"NH3_N\"]", ""), "E1103");
  EXPECT_EQ(codes("\n[tags]\nconstituents = [\"NH3_N\"]\n"), "E1103");
  EXPECT_EQ(codes("\n[tags]\n[tags.groups]\na = \"source:wwtp\"\n"), "E1103");
  EXPECT_EQ(codes("\n[tags]\nconstituent = [\"NH3_N\"]\n[tags.groups]\na = \"source:wwtp\"\n"),
            "E1103 E1102");
}

TEST_F(CaseTags, AtMostThirtyTwoGroups) {
  const std::string rows = folder_.text("sources.csv");
  std::string more, groups;
  for (int k = 0; k < 32; ++k) {
    const std::string id = "w" + std::to_string(k);
    more += id + ",厂,point,,R04,1200,,wwtp,青河县,,12000 m3/d,,,15,\n";
    groups += id + " = \"source:" + id + "\"\n";
  }
  folder_.write("sources.csv", rows + more);
  const std::string head = "\n[tags]\nconstituents = [\"NH3_N\"]\n[tags.groups]\n";
  EXPECT_EQ(codes(head + groups), "E1241");
  EXPECT_EQ(codes(head + groups.substr(groups.find('\n') + 1)), "");
}

}  // namespace
}  // namespace limpid
