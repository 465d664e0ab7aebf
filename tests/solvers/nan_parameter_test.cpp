// No process hides a parameter that is not a number: in the set `river`, with and without diagenesis, each
// makes the amounts that it touches not a number, in its lane only.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/solvers/river_set.hpp"

namespace limpid {
namespace {

using namespace river_case;

constexpr int kCells = 9;

// Sick points of each lane after a step with one parameter of lane 1 not a number.
std::array<int, 2> sick_points(const Basin& basin, int process, int parameter) {
  const int kinds = static_cast<int>(basin.constituents.size()), carried_kinds = basin.carried_count();
  const Rows rows(kinds, 2);
  Ledger ledger(rows);
  Kinetics kinetics(basin, 2, ledger);
  const std::vector<double> volume(kCells, 500.0), all = usual();
  const std::vector<double> first(all.begin(), all.begin() + carried_kinds),
      rest(all.begin() + carried_kinds, all.end());
  State carried = kinetics_case::filled(Rows(carried_kinds, 2), volume, first),
        attached = kinetics_case::filled(Rows(kinds - carried_kinds, 2), volume, rest);
  kinetics.set_lane_parameters({{process, parameter, "", 1, std::nan("")}});
  kinetics.prepare(day(kCells));
  kinetics.advance(600, volume, carried, &attached, ledger);
  std::array<int, 2> sick{};
  for (const State* state : {&carried, &attached})
    for (int cell = 0; cell < kCells; ++cell)
      for (int i = 0; i < state->rows.constituents; ++i)
        for (int lane = 0; lane < 2; ++lane)
          sick[static_cast<std::size_t>(lane)] +=
              !std::isfinite(state->row(cell)[state->rows.index(i, lane)]);
  return sick;
}

void choose(ProcessUse& use, const std::string& parameter, double value) {
  const auto parameters = use.process->info().parameters;
  for (std::size_t k = 0; k < parameters.size(); ++k)
    if (parameters[k].id == parameter) use.parameters[k].value = value;
}

class NaNParameter : public testing::TestWithParam<bool> {};

TEST_P(NaNParameter, ShowsInTheAmounts) {
  const Basin plain = river_set(kCells, GetParam());
  int tried = 0;
  for (std::size_t p = 0; p < plain.processes.size(); ++p) {
    const ProcessInfo& info = plain.processes[p].process->info();
    for (std::size_t k = 0; k < info.parameters.size(); ++k) {
      const Parameter& parameter = info.parameters[k];
      if (parameter.possible.whole) continue;  // choices: they are compared, not multiplied
      Basin basin = plain;
      const std::string id = parameter.id;
      // growth of the first order, which alone reads these two
      if (info.id == std::string("bottom_algae") && (id == "k_g" || id == "a_max"))
        choose(basin.processes[p], "order", 1);
      const auto sick = sick_points(basin, static_cast<int>(p), static_cast<int>(k));
      EXPECT_EQ(sick[0], 0) << basin.processes[p].id << " " << id;
      EXPECT_GE(sick[1], kCells) << basin.processes[p].id << " " << id;
      ++tried;
    }
  }
  EXPECT_GT(tried, 70);
}

INSTANTIATE_TEST_SUITE_P(RiverSet, NaNParameter, testing::Values(false, true));

}  // namespace
}  // namespace limpid
