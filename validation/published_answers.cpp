#include "validation/published_answers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "model/oxygen.hpp"
#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;
constexpr int kCells = 400;  // of the reach that is looked at
constexpr double kCourant = 0.5, kResidences = 2;

// Runs until the reach has been filled `kResidences` times.
RunOptions until_steady(double length, double speed) {
  const double step = kCourant * length / kCells / speed;
  return plain_options(step, static_cast<int>(kResidences * kCells / kCourant));
}

std::string answer_of(const Reference& table, std::size_t row) {
  return "answer " + std::to_string(static_cast<int>(table.at(row, "answer")));
}

// A river and a tributary join; only the water below them decays. Concentration `place_m` below the junction.
double mixed(const Reference& table, std::size_t row) {
  const double q1 = table.at(row, "Q1_m3_s"), q2 = table.at(row, "Q2_m3_s"),
               speed = table.at(row, "speed_m_s"), place = table.at(row, "place_m"),
               length = std::max(1000.0, place);
  const auto reach = [&](double flow, int cells, int from, int to) {
    return UniformReach{length, flow / speed, flow, 0, 1.0, cells, from, to};
  };
  Basin basin = uniform_basin({reach(q1, 10, 0, 2), reach(q2, 10, 1, 2), reach(q1 + q2, kCells, 2, 3)});
  add_constituents(basin, {"tracer"});
  set_concentration(basin, add_boundary(basin, 0, q1), "tracer", Series::constant(table.at(row, "C1_mgL")));
  set_concentration(basin, add_boundary(basin, 1, q2), "tracer", Series::constant(table.at(row, "C2_mgL")));
  if (const double k = table.at(row, "decay_per_d"); k > 0) {
    basin.network.reaches[2].stretch = "below";
    ProcessUse& decay = add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", 0}});
    decay.parameters[0].stretches.push_back({"below", k / kDay});
  }
  const RunOptions options = until_steady(3 * length, speed);
  SingleRun run(basin, options);
  run.to_end();
  return run.at(0, 2, place);
}

// Water temperature at which this is the saturation.
double temperature_of(double saturation) {
  double cold = 0, warm = 40;
  for (int n = 0; n < 60; ++n) {
    const double middle = 0.5 * (cold + warm);
    (oxygen_saturation(middle) > saturation ? cold : warm) = middle;
  }
  return 0.5 * (cold + warm);
}

constexpr double kSpeed = 0.5, kDays = 5;  // the answers depend on times of flow only

// The answers' rates hold at the river's temperature.
Basin sag_basin(const Reference& table, std::size_t row, double length) {
  constexpr double kArea = 20, kFlow = kSpeed * kArea;
  const double saturation = table.at(row, "DO_saturation_mgL");
  Basin basin = uniform_basin({{length, kArea, kFlow, 0, 1.5, kCells}});
  add_constituents(basin, {"DO", "CBOD_fast"});
  set_temperature(basin, temperature_of(saturation));
  Source& head = add_boundary(basin, 0, kFlow);
  set_concentration(basin, head, "DO", Series::constant(saturation - table.at(row, "deficit_mgL")));
  set_concentration(basin, head, "CBOD_fast", Series::constant(table.at(row, "BOD_mgL")));
  add_process(basin, "reaeration", {}, {{"k_a_given", table.at(row, "ka_per_d")}});
  add_process(basin, "cbod_oxidation", {}, {{"k_d", table.at(row, "kd_per_d")}, {"k_o", 0}});
  for (ProcessUse& use : basin.processes)
    for (auto& parameter : use.parameters) parameter.theta = 1;
  return basin;
}

struct Lowest {
  double oxygen = 0, days = 0;
};

// Lowest point of the parabola through the lowest cell and its neighbours.
Lowest lowest_oxygen(const Reference& table, std::size_t row) {
  const double length = kDays * kDay * kSpeed;
  const Basin basin = sag_basin(table, row, length);
  const RunOptions options = until_steady(length, kSpeed);
  SingleRun run(basin, options);
  run.to_end();
  int i = 1;
  while (i + 2 < kCells && run.concentration(0, i + 1) < run.concentration(0, i)) ++i;
  const double above = run.concentration(0, i - 1), here = run.concentration(0, i),
               below = run.concentration(0, i + 1), bend = above - 2 * here + below,
               shift = 0.5 * (above - below) / bend;
  return {here - 0.25 * (above - below) * shift, (i + 0.5 + shift) * length / kCells / kSpeed / kDay};
}

}  // namespace

void published_answers(const CaseFolder& folder, Report& report) {
  const Reference mixing = folder.reference("mixing.csv"), sags = folder.reference("sags.csv");
  for (std::size_t row = 0; row < mixing.rows.size(); ++row) {
    const double place = mixing.at(row, "place_m");
    const std::string what =
        place > 0 ? ", at " + std::to_string(static_cast<int>(place / 1000)) + " km" : ", mixed";
    report.add(folder, answer_of(mixing, row) + what,
               std::fabs(mixed(mixing, row) / mixing.at(row, "C_mgL") - 1));
  }
  for (std::size_t row = 0; row < sags.rows.size(); ++row) {
    const Lowest lowest = lowest_oxygen(sags, row);
    const std::string what =
        answer_of(sags, row) + ", BOD " + std::to_string(std::lround(sags.at(row, "BOD_mgL")));
    report.add(folder, what + ", lowest DO", std::fabs(lowest.oxygen / sags.at(row, "DO_lowest_mgL") - 1));
    report.add(folder, what + ", time of lowest DO", std::fabs(lowest.days / sags.at(row, "days") - 1));
  }
}

}  // namespace limpid::validation
