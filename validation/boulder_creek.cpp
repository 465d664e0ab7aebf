#include "validation/boulder_creek.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/batch.hpp"
#include "validation/boulder_basin.hpp"
#include "validation/boulder_checks.hpp"
#include "validation/boulder_day.hpp"
#include "validation/point_reactions.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;
constexpr int kCells = 4;           // in a reach, of limpid's own grid
constexpr double kStep = 300;       // s, likewise
constexpr int kStepsPerDay = 128;   // of the reference: 0.0078125 d
constexpr double kNegative = 1e-9;  // what the reference makes of a negative content (there 1e-6 ug/L, mg/L)
// Both cases read the files of one folder.
const std::string kData = "../qual2kw_boulder_creek/";
const std::string kFile = kData + "BC_1987-08-21.q2k";

double low_and_high(const std::vector<DailyValue>& ours, const std::vector<DailyValue>& reference) {
  return std::max(day_error(ours, reference, &DailyValue::low),
                  day_error(ours, reference, &DailyValue::high));
}

void compare(const CaseFolder& folder, const DayTable& ours, Report& report) {
  const DayTable reference = read_boulder_day(folder, kData);
  const auto add = [&](const std::string& id, std::size_t k) {
    report.add(folder, id + ", daily mean", day_error(ours[k], reference[k], &DailyValue::mean));
    report.add(folder, id + ", minimum and maximum", low_and_high(ours[k], reference[k]));
  };
  for (std::size_t k = 0; k < boulder_columns().size(); ++k) add(boulder_columns()[k].id, k);
  add("temperature", boulder_columns().size());
}

// Coefficient of variation of the error against the field's daily means, over that of the reference model.
void compare_field(const CaseFolder& folder, const DayTable& day, Report& report) {
  const Reference field = folder.reference(kData + "observed.csv"),
                  model = folder.reference(kData + "daily_average.csv");
  for (std::size_t k = 0; k < boulder_columns().size(); ++k) {
    const BoulderColumn& c = boulder_columns()[k];
    if (std::find(field.columns.begin(), field.columns.end(), c.id) == field.columns.end()) continue;
    double ours = 0, theirs = 0;
    for (std::size_t row = 0; row < field.rows.size(); ++row)
      for (std::size_t i = 1; i < model.rows.size(); ++i) {
        if (std::fabs(model.at(i, "x_km") - field.at(row, "x_km")) > 0.01) continue;
        ours += std::pow(day[k][i - 1].mean - field.at(row, c.id), 2);
        theirs += std::pow(model.at(i, c.column) - field.at(row, c.id), 2);
      }
    report.add(folder, std::string(c.id) + ", against the field", std::sqrt(ours / theirs));
  }
}

void compare_hydraulics(const CaseFolder& folder, const BoulderCreek& creek, const Simulation& simulation,
                        Report& report) {
  const Reference table = folder.reference(kData + "hydraulics.csv");
  double depth = 0, area = 0;
  const auto cells = cells_of_reaches(creek.basin.network);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto last = static_cast<std::size_t>(cells[i].back());
    depth = std::max(depth, std::fabs(simulation.water().depth[last] / table.at(i + 1, "H_m") - 1));
    area = std::max(area, std::fabs(simulation.water().area[last] / table.at(i + 1, "Ac_m2") - 1));
  }
  report.add(folder, "depth", depth);
  report.add(folder, "cross-section", area);
}

}  // namespace

void boulder_creek(const CaseFolder& folder, Report& report) {
  const BoulderCreek creek = boulder_basin(folder.file(kFile), kCells);
  const double end = creek.begin + creek.q.days * kDay;
  BoulderDay before(creek);
  BedFluxes fluxes(creek.q.reaches.size());
  const auto look = [&](const Simulation& simulation, double time) {
    if (time >= end - 2 * kDay && time <= end - kDay) before.look(simulation);
    if (time >= end - kDay) fluxes.look(simulation);
    if (time < end) return;
    compare_hydraulics(folder, creek, simulation, report);
    compare_elements(folder, simulation, report);
  };
  const DayTable day = run_boulder_day(creek, kStep, look);
  compare(folder, day, report);
  compare_field(folder, day, report);
  fluxes.compare(folder, kData, report);
  compare_days(folder, before.table(), day, report);
}

namespace {

// The reference's own method with our processes: one mixed cell a reach, upstream differences, Euler.
class MixedReaches {
 public:
  explicit MixedReaches(const BoulderCreek& creek)
      : creek_(creek),
        options_(boulder_options(creek, kDay / kStepsPerDay)),
        batch_(creek.basin, options_, {&plan_}) {
    const Network& network = creek.basin.network;
    double flow = creek.q.headwater.flow;
    for (std::size_t i = 0; i < network.reaches.size(); ++i) {
      const Reach& reach = network.reaches[i];
      Cell cell{flow, 0, 0, 0, {}, creek.at_begin};
      for (std::size_t s = 1; s < creek.basin.sources.size(); ++s) {
        const Source& source = creek.basin.sources[s];
        if (source.kind == SourceKind::abstraction) continue;
        if (source.node == static_cast<int>(i)) cell.sources.push_back(s), flow += source.flow.at(0);
      }
      cell.through = flow;
      const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
      const double area = normal_area(channel, flow, reach.slope, reach.manning_n, 0);
      cell.depth = area / channel.bottom_width, cell.volume = area * reach.length;
      for (std::size_t c = 0; c < cell.state.size(); ++c)
        if (is_attached(c)) cell.state[c] /= cell.depth;
      for (const Source& source : creek.basin.sources)
        if (source.kind == SourceKind::abstraction && source.node == static_cast<int>(i) + 1)
          flow -= source.flow.at(0);
      cells_.push_back(cell);
    }
    environment_.values.fill(std::vector<double>(cells_.size(), 0.0));
  }

  void step(double time) {
    batch_.environment(time, time, environment_);
    const std::vector<Cell> old = cells_;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::vector<double> change = change_of(old, i, time);
      for (std::size_t c = 0; c < change.size(); ++c) {
        double& value = cells_[i].state[c];
        value += kDay / kStepsPerDay * change[c];
        if (value >= 0) continue;
        give_back(cells_[i], c, value);
        value = kNegative;
      }
    }
  }
  // Of what is attached, per m2.
  std::vector<double> state(std::size_t reach) const {
    std::vector<double> values = cells_[reach].state;
    for (std::size_t c = 0; c < values.size(); ++c)
      if (is_attached(c)) values[c] *= cells_[reach].depth;
    return values;
  }
  void look(BedFluxes& fluxes) const {
    for (std::size_t i = 0; i < cells_.size(); ++i)
      fluxes.look(reactions(cells_[i], i), cells_[i].state.data(), cells_[i].depth, i);
  }
  void look(BoulderDay& day) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) day.look(state(i), i);
  }

 private:
  struct Cell {
    double upstream, through, depth, volume;  // m3/s from above, m3/s through, m, m3
    std::vector<std::size_t> sources;
    std::vector<double> state;  // per m3
  };

  // The reference lets algae take up no more than the water holds.
  void give_back(Cell& cell, std::size_t c, double lacking) const {
    const std::string& id = creek_.basin.constituents[c].id;
    const char* store = id == "PO4_P" ? "bottom_algae_P" : "bottom_algae_N";
    if (id == "NH3_N" || id == "NO3_N" || id == "PO4_P")
      cell.state[static_cast<std::size_t>(creek_.basin.constituent(store))] += lacking;
  }

  bool is_attached(std::size_t c) const { return creek_.basin.constituents[c].phase == Phase::attached; }

  std::vector<double> change_of(const std::vector<Cell>& cells, std::size_t i, double time) const {
    const Cell& cell = cells[i];
    std::vector<double> change(cell.state.size());
    reactions(cell, i).derivative(cell.state.data(), change.data());
    const auto load = [&](const Source& source, std::size_t c) { return source.loads[c].series.at(time); };
    for (std::size_t c = 0; c < change.size(); ++c) {
      if (is_attached(c)) continue;
      const double above = i == 0 ? load(creek_.basin.sources.front(), c) : cells[i - 1].state[c];
      double sum = cell.upstream * above - cell.through * cell.state[c];
      for (const std::size_t s : cell.sources)
        sum += creek_.basin.sources[s].flow.at(0) * load(creek_.basin.sources[s], c);
      change[c] += sum / cell.volume;
    }
    return change;
  }

  PointReactions reactions(const Cell& cell, std::size_t i) const {
    std::array<double, kEnvCount> env{};
    for (std::size_t e = 0; e < env.size(); ++e) env[e] = environment_.values[e][i];
    const Reach& reach = creek_.basin.network.reaches[i];
    env[static_cast<std::size_t>(Env::temperature)] =
        cell.state[static_cast<std::size_t>(creek_.basin.constituent("temperature"))];
    env[static_cast<std::size_t>(Env::depth)] = cell.depth;
    env[static_cast<std::size_t>(Env::velocity)] = cell.through * reach.length / cell.volume;
    env[static_cast<std::size_t>(Env::discharge)] = cell.through;
    env[static_cast<std::size_t>(Env::slope)] = reach.slope;
    env[static_cast<std::size_t>(Env::elevation)] = reach.elevation;
    return PointReactions(creek_.basin, env, reach.stretch);
  }

  const BoulderCreek& creek_;
  RunOptions options_;
  Plan plan_;
  mutable Batch batch_;
  Environment environment_;
  std::vector<Cell> cells_;
};

}  // namespace

void boulder_creek_reference(const CaseFolder& folder, Report& report) {
  const BoulderCreek creek = boulder_basin(folder.file(kFile), 1);
  MixedReaches river(creek);
  BoulderDay before(creek), day(creek);
  BedFluxes fluxes(creek.q.reaches.size());
  const int steps = static_cast<int>(std::lround(creek.q.days)) * kStepsPerDay;
  for (int n = 0; n < steps; ++n) {
    river.step(creek.begin + n * kDay / kStepsPerDay);
    if (n >= steps - kStepsPerDay)
      river.look(day), river.look(fluxes);
    else if (n >= steps - 2 * kStepsPerDay)
      river.look(before);
  }
  compare(folder, day.table(), report);
  fluxes.compare(folder, kData, report);
  compare_days(folder, before.table(), day.table(), report);
}

}  // namespace limpid::validation
