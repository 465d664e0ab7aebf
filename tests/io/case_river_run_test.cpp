// A case with the ready set `river`, read from its files and run for a summer's day.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "scenarios/batch.hpp"
#include "solvers/simulation.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kCase = "case.toml";
constexpr const char* kUse =
    "use = [\"DO\", \"CBOD_fast\", \"CBOD_slow\", \"ORGN\", \"NH3_N\", \"NO2_N\", \"NO3_N\", \"ORGP\", "
    "\"PO4_P\", \"phytoplankton\", \"detritus\", \"ISS\", \"fecal_coliform\", \"alkalinity\", \"DIC\", "
    "\"bottom_algae\", \"bottom_algae_N\", \"bottom_algae_P\"]";
constexpr const char* kInitial =
    "DO = \"8 mg/L\"\nphytoplankton = \"1 mg/L\"\nbottom_algae = \"20 g/m2\"\nbottom_algae_N = \"1.2 g/m2\"\n"
    "bottom_algae_P = \"0.05 g/m2\"\nalkalinity = \"120 mg/L\"\nDIC = \"30 mg/L\"\nNH3_N";
// The head, the brook and the plant give all that the water carries.
constexpr const char* kSources =
    "id,name_zh,kind,node,reach,chainage [m],flow [m3/s],DO [mg/L],CBOD_fast [mg/L],CBOD_slow [mg/L],"
    "ORGN [mg/L],NH3_N [mg/L],NO2_N [mg/L],NO3_N [mg/L],ORGP [mg/L],PO4_P [mg/L],phytoplankton [mg/L],"
    "detritus [mg/L],ISS [mg/L],fecal_coliform [count/L],alkalinity [mg/L],DIC [mg/L]\n"
    "head,源头,boundary,N0,,,8,8.5,2,2,0.4,0.1,0.01,1.2,0.03,0.03,0.5,1,20,500,110,27\n"
    "brook,小溪,boundary,T0,,,1.5,9,1,1,0.2,0.05,0.01,0.8,0.02,0.02,0.2,0.5,5,200,90,22\n"
    "wwtp,污水处理厂,point,,R04,1200,12000 m3/d,3,25,10,3,15,0.5,4,0.6,1.5,0,4,12,20000,180,46\n";

CaseFolder& river_day(CaseFolder& folder) {
  folder.patch(kCase, "begin = 2025-01-01\nend = 2027-01-01", "begin = 2025-07-01\nend = 2025-07-02");
  folder.patch(kCase, "spin_up = \"P10D\"", "spin_up = \"P1D\"");
  folder.patch(kCase, "NH3_N = \"0.2 mg/L\"", std::string(kInitial) + " = \"0.2 mg/L\"");
  folder.patch(kCase, "use = [\"tracer\", \"NH3_N\"]", kUse);
  const std::string all = folder.text(kCase);
  const auto begin = all.find("[processes.decay_NH3_N]"), end = all.find("[climate]");
  folder.patch(kCase, all.substr(begin, end - begin), "[processes]\nset = \"river\"\n\n");
  folder.patch(kCase, "[climate]  ", "[climate]\nlatitude = 30\nlongitude = 104.7\ncloud = 0.3\n#");
  folder.patch("sources.csv", "", kSources);
  folder.patch(kCase, "patterns = \"patterns.csv\"", "");
  return folder;
}

// The least content of each kind that any hour saw.
class Least : public Observer {
 public:
  void observe(const Simulation& simulation, double) override {
    const int kinds = static_cast<int>(simulation.basin().constituents.size());
    least.resize(static_cast<std::size_t>(kinds), 1e300);
    for (int c = 0; c < kinds; ++c)
      for (int cell = 0; cell < simulation.basin().network.cell_count(); ++cell)
        least[static_cast<std::size_t>(c)] =
            std::min(least[static_cast<std::size_t>(c)], simulation.stores().amount(cell, c, 0));
    ++looks;
  }
  std::vector<double> least;
  int looks = 0;
};

TEST(RiverSetCase, RunsFromItsFilesForADay) {
  CaseFolder folder;
  Problems problems;
  const Case c = read_case(river_day(folder).path(), problems);
  for (const Problem& problem : problems.sorted()) ADD_FAILURE() << problem.text(Lang::en);
  ASSERT_FALSE(problems.has_errors());
  const Plan nothing;
  Batch batch(c.basin, c.run, {&nothing});
  Simulation simulation(c.basin, batch, c.run);
  simulation.initialise();
  Least hours;
  ASSERT_TRUE(simulation.run({&hours}));
  EXPECT_TRUE(simulation.failures().empty());
  EXPECT_EQ(hours.looks, 25);
  EXPECT_LT(simulation.closure(-1, 0), 1e-12);
  double worst = 0;
  for (int i = 0; i < static_cast<int>(c.basin.constituents.size()); ++i) {
    const std::string& id = c.basin.constituents[static_cast<std::size_t>(i)].id;
    worst = std::max(worst, simulation.closure(i, 0));
    EXPECT_LT(simulation.closure(i, 0), 1e-12) << id;
    EXPECT_GE(hours.least[static_cast<std::size_t>(i)], 0) << id;
    EXPECT_GT(simulation.stores().total(i, 0), 0) << id;
  }
  std::printf("set river from files, a day: closure %.1e\n", worst);
  // Plants grew, the plant's ammonia was nitrified, air and bed took part.
  const Ledger& ledger = simulation.ledger();
  const auto gross = [&](const char* account, const char* id) {
    const int at = ledger.find(account);
    return at < 0 ? 0.0 : ledger.gross(at, c.basin.constituent(id), 0);
  };
  for (const auto& [account, id] :
       {std::pair{"process:bottom_algae", "bottom_algae"},
        std::pair{"process:phytoplankton", "phytoplankton"}, std::pair{"process:nitritation", "NO2_N"},
        std::pair{"process:cbod_fast_oxidation", "CBOD_fast"}, std::pair{"atmosphere", "DO"},
        std::pair{"atmosphere", "DIC"}, std::pair{"bed", "ISS"}})
    EXPECT_GT(gross(account, id), 0) << account << " " << id;
}

// Ammonia that is left after a day of first-order decay, by the integrator that the case names.
double ammonia_after_a_day(const std::string& integrator) {
  CaseFolder folder;
  folder.patch(kCase, "begin = 2025-01-01\nend = 2027-01-01", "begin = 2025-07-01\nend = 2025-07-02");
  folder.patch(kCase, "spin_up = \"P10D\"", "spin_up = \"P1D\"");
  folder.patch(kCase, "[climate]  ", "[kinetics]\nintegrator = \"" + integrator + "\"\n\n[climate]  ");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  for (const Problem& problem : problems.sorted()) ADD_FAILURE() << problem.text(Lang::en);
  const Plan nothing;
  Batch batch(c.basin, c.run, {&nothing});
  Simulation simulation(c.basin, batch, c.run);
  simulation.initialise();
  simulation.run({});
  EXPECT_LT(simulation.closure(-1, 0), 1e-12);
  return simulation.stores().total(c.basin.constituent("NH3_N"), 0);
}

TEST(IntegratorCase, IsTheOneThatTheFileNames) {
  const double reference = ammonia_after_a_day("cvode");
  for (const char* integrator : {"mean-state", "two-stage"}) {
    const double total = ammonia_after_a_day(integrator);
    EXPECT_NE(total, reference) << integrator;
    EXPECT_NEAR(total, reference, 1e-5 * reference) << integrator;
  }
  EXPECT_EQ(ammonia_after_a_day("cvode"), reference);
}

}  // namespace
}  // namespace limpid
