// A rate, parameter or content that is not a number is found where it began, in its lane alone.
#include "solvers/rate_inquest.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <limits>

#include "model/process_adapter.hpp"
#include "tests/solvers/kinetics_case.hpp"

namespace limpid {
namespace {

using namespace kinetics_case;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Half of the ammonia's content is no number above a limit; not registered.
struct Faulty {
  static constexpr const char *id = "faulty", *name_zh = "故障", *name_en = "faulty", *equation = "r = k C",
                              *source = "a test";
  enum Roles { substance };
  static constexpr Role roles[] = {{"substance", "NH3_N"}};
  enum Parameters { k, limit };
  static constexpr Parameter parameters[] = {
      {"k", unit::per_day, 0.1, 0.0, 10.0, "rate", "a test"},
      {"limit", unit::mg_per_litre, 1000.0, 0.0, 1e9, "above it the rate fails", "a test"}};
  enum Rows { loss, rot };
  static constexpr ProcessRow rows[] = {{"loss"}, {"rot"}};
  static constexpr Term terms[] = {{loss, substance, -1.0}, {rot, substance, -1.0}};
  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { per_depth };
  static constexpr const char* coefficient_names[] = {"1/h"};

  static std::array<double, 1> coefficients(const Point<Faulty>& x) { return {1.0 / x[Env::depth]}; }
  static std::array<double, 2> rates(const Point<Faulty>& x) {
    return {x[k] * x[substance], x[substance] > x[limit] ? kNaN : 0.5 * x[k] * x[substance]};
  }
};

const Process& faulty() {
  static const ProcessAdapter<Faulty> process;
  return process;
}

Basin faulty_river(int cells) {
  Basin basin = river(cells);
  ProcessUse use = default_use(faulty());
  use.id = "ammonia_rot";
  use.constituents[0] = constituent(basin, "NH3_N");
  basin.processes.push_back(use);
  return basin;
}

struct Rivers {
  explicit Rivers(const Basin& the_basin, int lanes)
      : basin(the_basin),
        rows(10, lanes),
        ledger(rows),
        kinetics(basin, lanes, ledger),
        volume(basin.network.cell_reach.size(), 500.0),
        state(filled(rows, volume, clean_river())) {}
  void advance(const std::vector<LaneParameter>& parameters = {}) {
    kinetics.set_lane_parameters(parameters);
    kinetics.prepare(surroundings(static_cast<int>(volume.size())));
    kinetics.advance(1800, volume, state, ledger);
  }
  double& at(int cell, const char* id, int lane) {
    return state.row(cell)[rows.index(constituent(basin, id), lane)];
  }
  Basin basin;
  Rows rows;
  Ledger ledger;
  Kinetics kinetics;
  std::vector<double> volume;
  State state;
};

int process_number(const Basin& basin, const std::string& id) {
  for (std::size_t p = 0; p < basin.processes.size(); ++p)
    if (basin.processes[p].id == id) return static_cast<int>(p);
  throw std::runtime_error("no process " + id);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RateInquest, NamesTheRowAndWhatItWasMadeOf) {
  for (const int lanes : {1, 3, 4}) {
    Rivers rivers(faulty_river(40), lanes), healthy(faulty_river(40), lanes);
    const int lane = lanes - 1;
    rivers.at(17, "NH3_N", lane) = 1200 * 500.0;  // above the limit
    rivers.advance();
    healthy.advance();
    const PointFault* fault = rivers.kinetics.fault(lane);
    ASSERT_TRUE(fault) << lanes;
    EXPECT_EQ(fault->lane, lane);
    EXPECT_EQ(fault->cell, 17);
    EXPECT_EQ(rivers.basin.constituents[static_cast<std::size_t>(fault->constituent)].id, "NH3_N");
    EXPECT_EQ(fault->cause.process, "ammonia_rot");
    EXPECT_EQ(fault->cause.row, "rot");  // not the loss, which is finite
    EXPECT_TRUE(std::isnan(fault->cause.rate));
    const std::string text = fault_text(fault->cause);  // 1/h: 0.4 + 0.1 * 17 m
    EXPECT_EQ(text.substr(0, text.find(", k = ")), "ammonia_rot.rot = nan (NH3_N = 1200 g m-3") << text;
    EXPECT_TRUE(holds(text, "k = 0.1 1/d, limit = 1000 mg/L, 1/h = 0.47619)")) << text;
    for (int other = 0; other < lane; ++other) EXPECT_FALSE(rivers.kinetics.fault(other));
    for (int cell = 0; cell < 40; ++cell)
      for (int i = 0; i < 10; ++i)
        for (int l = 0; l < lanes; ++l) {
          if (l == lane && cell == 17) continue;
          EXPECT_EQ(rivers.state.row(cell)[rivers.rows.index(i, l)],
                    healthy.state.row(cell)[rivers.rows.index(i, l)]);
        }
    EXPECT_EQ(rivers.kinetics.counts().limited, healthy.kinetics.counts().limited);
  }
}

// The contents are those at the begin of the sub-step that failed.
TEST(RateInquest, GoesBackToTheSubStepThatFailed) {
  Basin basin = faulty_river(9);
  basin.schemes.kinetics_sub_steps = 6;
  Rivers rivers(basin, 1);
  const auto faulty_at = process_number(basin, "ammonia_rot");
  // Ammonia is released: it passes the limit on the way, at 5 kg per m2 and day.
  const auto release = process_number(basin, "release_nh3");
  rivers.advance({{release, 0, "", 0, 5000.0 / 86400}, {faulty_at, 1, "", 0, 50.0}});
  const PointFault* fault = rivers.kinetics.fault(0);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->cause.process, "ammonia_rot");
  const std::string& values = fault->cause.values;
  const double content = std::stod(values.substr(values.find("NH3_N = ") + 8));
  EXPECT_GT(content, 50.0);   // what made the rate fail, not the 1.5 g/m3 of the begin
  EXPECT_LT(content, 150.0);  // and one sub-step's release (36 g/m3 in the shallowest cell) beyond at most
}

TEST(RateInquest, NamesTheParameterThatIsNotANumber) {
  const Basin basin = faulty_river(20);
  const int p = process_number(basin, "nitrification"), r_on = 2;
  for (const int parameter : {0, 1, r_on}) {
    Rivers rivers(basin, 2);
    rivers.advance({{p, parameter, "", 1, kNaN}});
    const PointFault* fault = rivers.kinetics.fault(1);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->cell, 0);
    EXPECT_EQ(fault->cause.process, "nitrification");
    EXPECT_EQ(fault->cause.row, "oxidation");
    EXPECT_EQ(std::isfinite(fault->cause.rate), parameter == r_on);  // a stoichiometric number
    const char* shown[] = {"k_n = nan 1/d", "k_o = nan L/mg", "r_on = nan 1"};
    EXPECT_TRUE(holds(fault->cause.values, shown[parameter])) << fault->cause.values;
    EXPECT_FALSE(rivers.kinetics.fault(0));
  }
}

TEST(RateInquest, WhatCameSoBlamesNoProcess) {
  Rivers rivers(faulty_river(20), 2);
  rivers.at(3, "NO3_N", 1) = rivers.at(3, "NH3_N", 1) = kNaN;
  rivers.advance();
  const PointFault* fault = rivers.kinetics.fault(1);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->cause.process, "");
  EXPECT_EQ(fault_text(fault->cause), "NH3_N = nan g m-3, NO3_N = nan g m-3");
}

TEST(RateInquest, IsTheSameOnAnyNumberOfThreads) {
  const int before = omp_get_max_threads();
  std::string first;
  for (const int threads : {1, 2, 3}) {
    omp_set_num_threads(threads);
    Rivers rivers(faulty_river(6000), 3);
    for (const int cell : {5900, 3100, 1777}) rivers.at(cell, "NH3_N", 1) = (1100.0 + cell) * 500;
    rivers.advance();
    const PointFault* fault = rivers.kinetics.fault(1);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->cell, 1777);
    if (first.empty()) first = fault_text(fault->cause);
    EXPECT_EQ(fault_text(fault->cause), first);
  }
  omp_set_num_threads(before);
}

}  // namespace
}  // namespace limpid
