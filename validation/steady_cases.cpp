#include "validation/steady_cases.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "model/oxygen.hpp"
#include "scenarios/steady_run.hpp"
#include "solvers/constant_forcing.hpp"
#include "validation/boulder_basin.hpp"
#include "validation/long_river.hpp"
#include "validation/streeter_phelps.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400, kDepth = 1.5;  // s; m

RunOptions day_options(double step) {
  return plain_options(step, static_cast<int>(std::lround(kDay / step)));
}

double value(const Record& record, int cell, const char* quantity) {
  return record.map_values[static_cast<std::size_t>(cell) * record.quantities.size() +
                           static_cast<std::size_t>(record.quantity(quantity))];
}

// Straight between the centres of the cells of one reach.
double profile(const Record& record, const Network& network, const char* quantity, double x) {
  int a = 0;
  while (a + 2 < network.cell_count() && network.cell_chainage[static_cast<std::size_t>(a + 1)] <= x) ++a;
  const double x0 = network.cell_chainage[static_cast<std::size_t>(a)],
               x1 = network.cell_chainage[static_cast<std::size_t>(a + 1)], w = (x - x0) / (x1 - x0);
  return (1 - w) * value(record, a, quantity) + w * value(record, a + 1, quantity);
}

double largest_closure(const ScenarioResult& result) {
  return *std::max_element(result.batch->closure.begin(), result.batch->closure.end());
}

double largest_change(const SteadyState& state) {
  return state.worst < 0 ? state.water : state.change[static_cast<std::size_t>(state.worst)].value;
}

}  // namespace

namespace {

// Largest error over the rows, over the largest of the column.
double profile_error(const Record& record, const Network& network, const Reference& reference, const char* id,
                     const char* column) {
  double error = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const double model = profile(record, network, id, 1000 * reference.at(row, "x_km"));
    error = std::max(error, std::fabs(model - reference.at(row, column)));
  }
  return error / largest(reference, column);
}

// Of the oxygen, over rows [first, end). The table's saturation is rounded, the model's is not: that comes in
// with the reaeration.
double oxygen_error(const Record& record, const Network& network, const Reference& reference,
                    std::size_t first, std::size_t end) {
  const double more = oxygen_saturation(20) - reference.parameter("DOsat"), k_a = reference.parameter("ka");
  double error = 0;
  for (std::size_t row = first; row < end; ++row) {
    const double model = profile(record, network, "DO", 1000 * reference.at(row, "x_km"));
    const double exact = reference.at(row, "DO_mgL") + more * (1 - std::exp(-k_a * reference.at(row, "t_d")));
    error = std::max(error, std::fabs(model - exact));
  }
  return error / largest(reference, "DO_mgL");
}

SteadyRun sag(const Basin& basin, double step) {
  return run_steady(basin, day_options(step), {}, {}, Time{});
}

// Largest difference of the oxygen of two states anywhere, over the largest of the second.
double oxygen_apart(const Record& a, const Record& b, int cells) {
  double apart = 0, largest = 0;
  for (int cell = 0; cell < cells; ++cell) {
    apart = std::max(apart, std::fabs(value(a, cell, "DO") - value(b, cell, "DO")));
    largest = std::max(largest, value(b, cell, "DO"));
  }
  return apart / largest;
}

// The state that is found is one of the model in its steps, so it differs with them: on the same cells, and
// with cells that shrink with the steps. The table's last row is the outlet's face, to which a profile only
// extrapolates.
void compare_steps(const CaseFolder& folder, const Reference& reference, const Basin& basin,
                   const Record& at_1800, Report& report) {
  const int cells = basin.network.cell_count();
  const std::size_t rows = reference.rows.size();
  const auto error = [&](const Record& record, const Network& network, std::size_t first, std::size_t end) {
    return oxygen_error(record, network, reference, first, end);
  };
  const Record half = sag(basin, 900).result.record, quarter = sag(basin, 450).result.record;
  report.add(folder, "DO, steps of 900 s", error(half, basin.network, 0, rows - 1));
  report.add(folder, "DO at the outlet, 900 s", error(half, basin.network, rows - 1, rows));
  report.add(folder, "DO, 1800 against 900 s", oxygen_apart(at_1800, half, cells));
  report.add(folder, "DO, 900 against 450 s", oxygen_apart(half, quarter, cells));
  std::vector<double> inlet, river, outlet;
  for (const int finer : {1, 2, 4}) {
    const Basin fine = sag_basin(reference, kDepth, finer * cells);
    const Record record = sag(fine, 1800.0 / finer).result.record;
    inlet.push_back(error(record, fine.network, 0, 1));
    river.push_back(error(record, fine.network, 1, rows - 1));
    outlet.push_back(error(record, fine.network, rows - 1, rows));
  }
  report.add(folder, "order at the inlet", std::fabs(order_of(inlet) - 2));
  report.add(folder, "order along the river", std::fabs(order_of(river) - 2));
  report.add(folder, "order at the outlet", order_of(outlet));
}

}  // namespace

void steady_streeter_phelps(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference("../streeter_phelps_classic/reference.csv");
  const Basin basin = sag_basin(reference, kDepth);
  const SteadyRun run = sag(basin, 1800);
  const Record& record = run.result.record;
  for (const auto& [id, column] : {std::pair{"DO", "DO_mgL"}, std::pair{"CBOD_fast", "CBOD_mgL"}})
    report.add(folder, id, profile_error(record, basin.network, reference, id, column));
  report.add(folder, "change in a day", largest_change(run.state));
  report.add(folder, "mass balance", largest_closure(run.result));
  compare_steps(folder, reference, basin, record, report);
}

namespace {

constexpr double kStep = 900;

// One lane of a basin under the mean inputs of a day, as a search or a plain run may use it.
struct HeldDay {
  Plan plan;
  RunOptions options;
  Batch batch;
  ConstantForcing forcing;
  Simulation simulation;

  HeldDay(const BoulderCreek& creek, double factor)
      : options(start_options(creek, factor)),
        batch(creek.basin, options, {&plan}),
        forcing(batch, static_cast<std::size_t>(creek.basin.network.cell_count()), creek.begin,
                creek.begin + kDay, 96),
        simulation(creek.basin, forcing, options) {
    simulation.initialise();
  }
  static RunOptions start_options(const BoulderCreek& creek, double factor) {
    RunOptions options = day_options(kStep);
    options.grid.begin = Time{std::chrono::seconds(std::lround(creek.begin))};
    options.grid.end = options.grid.begin + std::chrono::hours(24);
    options.initial = InitialKind::file;
    for (const double value : creek.at_begin) options.initial_concentration.push_back(factor * value);
    return options;
  }
  void run(int days) {
    for (int d = 0; d < days; ++d) {
      simulation.restart();
      simulation.run({});
    }
    if (!simulation.failures().empty()) throw std::runtime_error("the run left the finite numbers");
  }
};

// Largest difference of a constituent anywhere, over its largest content in `b`.
double difference(const Simulation& a, const Simulation& b) {
  double worst = 0;
  for (int c = 0; c < b.rows().constituents; ++c) {
    double most = 1e-30, apart = 0;
    for (int i = 0; i < b.state().cells(); ++i) {
      const double volume = b.water().volume1[static_cast<std::size_t>(i)];
      most = std::max(most, std::fabs(b.stores().amount(i, c, 0)) / volume);
      apart = std::max(apart, std::fabs(a.stores().amount(i, c, 0) - b.stores().amount(i, c, 0)) / volume);
    }
    worst = std::max(worst, apart / most);
  }
  return worst;
}

}  // namespace

void steady_boulder_creek(const CaseFolder& folder, Report& report) {
  const BoulderCreek creek = boulder_basin(folder.file("../qual2kw_boulder_creek/BC_1987-08-21.q2k"), 2);
  HeldDay found(creek, 1), slow(creek, 1), other(creek, 0.3);
  const SteadyState state = find_steady_state(found.simulation);
  if (!state.found) throw std::runtime_error("no steady state");
  slow.run(300);
  other.run(300);
  report.add(folder, "change in a day", largest_change(state));
  report.add(folder, "against 300 days", difference(found.simulation, slow.simulation));
  report.add(folder, "against 300 days from another start", difference(found.simulation, other.simulation));
  report.add(folder, "days of the model over 300", state.days / 300.0);
  found.run(1);
  double closure = 0;
  for (int c = 0; c < found.simulation.rows().constituents; ++c)
    closure = std::max(closure, found.simulation.closure(c, 0));
  report.add(folder, "mass balance", closure);
}

}  // namespace limpid::validation
