// A day's inputs held at their means: water, loads, light, stages, what is left alone.
#include "solvers/constant_forcing.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace limpid {
namespace {

constexpr double kDay = 86400;

// Two sources and an outlet: flows of 2 and t/day m3/s, loads of 3 g/s and t/day g/s, a stage that rises by 4
// m a day, light in the second half of the day with an albedo of 0.1 that is 0.9 in the dark.
class RisingDay : public Forcing {
 public:
  int lanes() const override { return 1; }
  void water(double t0, double t1, WaterInput& out) override {
    out.dt = t1 - t0;
    out.volume = {2 * out.dt, integral(t0, t1)};
    out.rate = {2, t1 / kDay};
    out.outlets = {{4 * t0 / kDay, 4 * t1 / kDay, {}}};
  }
  bool loads(double t0, double t1, const Rows& rows, std::vector<double>& out) override {
    out.assign(rows.at(2), 0.0);
    out[0] = 3 * (t1 - t0);
    out[rows.at(1)] = integral(t0, t1);
    return true;
  }
  void environment(double, double t1, Environment& out) override {
    const bool light = t1 > 0.5 * kDay;
    out[Env::solar][0] = light ? 400 : 0;
    out[Env::albedo][0] = light ? 0.1 : 0.9;
    out[Env::temperature][0] = t1 / kDay;
  }
  void parameters(double t, std::vector<LaneParameter>& out) override { out.push_back({0, 0, "", 0, t}); }

 private:
  static double integral(double t0, double t1) { return (t1 * t1 - t0 * t0) / (2 * kDay); }
};

TEST(ConstantForcing, HoldsTheMeansOfADay) {
  RisingDay day;
  ConstantForcing held(day, 1, 0, kDay, 24);
  EXPECT_TRUE(held.is_steady());
  WaterInput water;
  held.water(600, 1200, water);
  EXPECT_NEAR(water.volume[0], 1200, 1e-9);
  EXPECT_NEAR(water.volume[1], 300, 1e-9);
  EXPECT_NEAR(water.rate[1], 0.5, 1e-15);
  EXPECT_NEAR(water.outlets[0].stage0, 2, 1e-12);
  EXPECT_EQ(water.outlets[0].stage0, water.outlets[0].stage1);
  const Rows rows(1, 1);
  std::vector<double> loads;
  EXPECT_TRUE(held.loads(0, 600, rows, loads));
  EXPECT_NEAR(loads[0], 1800, 1e-9);
  EXPECT_NEAR(loads[rows.at(1)], 300, 1e-9);
  EXPECT_FALSE(held.loads(600, 1200, rows, loads));
}

TEST(ConstantForcing, LightKeepsWhatItBringsAndTheRestIsLeftAlone) {
  RisingDay day;
  ConstantForcing held(day, 1, 0, kDay, 24);
  Environment env;
  for (auto& values : env.values) values.assign(1, 7.0);
  held.environment(0, 600, env);
  EXPECT_NEAR(env[Env::solar][0], 200, 1e-9);
  EXPECT_NEAR(env[Env::albedo][0], 0.1, 1e-12);
  EXPECT_NEAR(env[Env::temperature][0], 12.5 / 24, 1e-12);  // at the ends of the hours
  EXPECT_EQ(env[Env::depth][0], 7.0);
  std::vector<LaneParameter> parameters;
  held.parameters(0, parameters);
  ASSERT_EQ(parameters.size(), 1u);
  EXPECT_EQ(parameters[0].value, 0.5 * kDay);
}

}  // namespace
}  // namespace limpid
