#include "validation/boulder_day.hpp"

#include <algorithm>
#include <cmath>

#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;

// The mean of a reach: of what is attached, per m2.
std::vector<double> reach_state(const Simulation& simulation, const std::vector<int>& cells) {
  const Basin& basin = simulation.basin();
  std::vector<double> state;
  for (std::size_t c = 0; c < basin.constituents.size(); ++c) {
    double amount = 0, per = 0;
    for (const int cell : cells) {
      amount += simulation.stores().amount(cell, static_cast<int>(c), 0);
      per += basin.constituents[c].phase == Phase::attached
                 ? simulation.plan_area(cell)
                 : simulation.water().volume1[static_cast<std::size_t>(cell)];
    }
    state.push_back(amount / per);
  }
  return state;
}

// The first row of a reference table is the headwater.
void read_column(const Reference& table, const std::string& column, double DailyValue::*of,
                 std::vector<DailyValue>& out) {
  out.resize(table.rows.size() - 1);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].*of = table.at(i + 1, column);
}

}  // namespace

void Daily::add(double value) {
  sum_ += value, ++count_;
  seen_.low = std::min(seen_.low, value), seen_.high = std::max(seen_.high, value);
}

DailyValue Daily::value() const {
  return {sum_ / count_, seen_.low, seen_.high};
}

BoulderDay::BoulderDay(const BoulderCreek& creek)
    : creek_(creek),
      days_(boulder_columns().size() + 1, std::vector<Daily>(creek.basin.network.reaches.size())) {}

void BoulderDay::look(const std::vector<double>& state, std::size_t reach) {
  const auto value = [&](const char* id) {
    return state[static_cast<std::size_t>(creek_.basin.constituent(id))];
  };
  for (std::size_t k = 0; k < boulder_columns().size(); ++k) {
    const BoulderColumn& column = boulder_columns()[k];
    const bool ph = column.id == std::string("pH");
    days_[k][reach].add(column.factor * (ph ? boulder_ph(creek_, state) : value(column.id)));
  }
  days_.back()[reach].add(value("temperature"));
}

void BoulderDay::look(const Simulation& simulation) {
  const auto cells = cells_of_reaches(creek_.basin.network);
  for (std::size_t i = 0; i < cells.size(); ++i) look(reach_state(simulation, cells[i]), i);
}

DayTable BoulderDay::table() const {
  DayTable table;
  for (const std::vector<Daily>& reaches : days_) {
    table.emplace_back();
    for (const Daily& daily : reaches) table.back().push_back(daily.value());
  }
  return table;
}

RunOptions boulder_options(const BoulderCreek& creek, double step) {
  RunOptions options = plain_options(step, static_cast<int>(std::lround(creek.q.days * kDay / step)));
  options.grid.begin = Time{std::chrono::seconds(std::llround(creek.begin))};
  options.grid.end = Time{std::chrono::seconds(std::llround(creek.begin + creek.q.days * kDay))};
  return options;
}

std::vector<std::vector<int>> cells_of_reaches(const Network& network) {
  std::vector<std::vector<int>> list(network.reaches.size());
  for (int cell = 0; cell < network.cell_count(); ++cell)
    list[static_cast<std::size_t>(network.cell_reach[static_cast<std::size_t>(cell)])].push_back(cell);
  return list;
}

DayTable run_boulder_day(const BoulderCreek& creek, double step,
                         const std::function<void(const Simulation&, double)>& each_hour) {
  const Basin& basin = creek.basin;
  const RunOptions options = boulder_options(creek, step);
  SingleRun run(basin, options);
  std::vector<std::vector<double>> start;
  for (const double value : creek.at_begin)
    start.emplace_back(static_cast<std::size_t>(basin.network.cell_count()), value);
  run.start_from(start);
  BoulderDay day(creek);
  run.each_hour([&](double time) {
    if (time >= creek.begin + (creek.q.days - 1) * kDay) day.look(run.simulation());
    if (each_hour) each_hour(run.simulation(), time);
  });
  return day.table();
}

DayTable read_boulder_day(const CaseFolder& folder, const std::string& data) {
  const struct {
    double DailyValue::*of;
    const char *file, *temperature;
  } kinds[] = {{&DailyValue::mean, "daily_average.csv", "T_mean_C"},
               {&DailyValue::low, "daily_minimum.csv", "T_min_C"},
               {&DailyValue::high, "daily_maximum.csv", "T_max_C"}};
  DayTable table(boulder_columns().size() + 1);
  const Reference heat = folder.reference(data + "temperature.csv");
  for (const auto& kind : kinds) {
    const Reference file = folder.reference(data + kind.file);
    for (std::size_t k = 0; k < boulder_columns().size(); ++k)
      read_column(file, boulder_columns()[k].column, kind.of, table[k]);
    read_column(heat, kind.temperature, kind.of, table.back());
  }
  return table;
}

double day_error(const std::vector<DailyValue>& ours, const std::vector<DailyValue>& reference,
                 double DailyValue::*of) {
  double sum = 0, low = 1e300, high = -1e300;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const double exact = reference[i].*of, error = ours[i].*of - exact;
    sum += error * error;
    low = std::min(low, exact), high = std::max(high, exact);
  }
  return std::sqrt(sum / static_cast<double>(ours.size())) / (high - low);
}

}  // namespace limpid::validation
