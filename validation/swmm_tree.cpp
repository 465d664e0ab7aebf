#include "validation/swmm_tree.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600, kStep = 60, kHours = 54;
constexpr double kSettled = 6 * kHour;  // SWMM's own start is forgotten
constexpr double kSteady = 8 * kHour;   // until then the inflow is constant
constexpr double kTable = 0.5 * kHour;  // interval of the reference
constexpr int kCells = 4;               // in a reach
const std::vector<const char*> kSubstances = {"CONS", "DEC1", "DEC2"};

// Reach i - 1 is the table's reach i, from node i to node i / 2.
Basin tree_of(const Reference& table) {
  std::vector<Node> nodes(table.rows.size() + 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = std::to_string(i);
  std::vector<Reach> reaches(table.rows.size());
  std::vector<Channel> channels(table.rows.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const int number = static_cast<int>(table.at(row, "reach"));
    Reach& reach = reaches[row];
    reach.id = std::to_string(number);
    reach.from = number;
    reach.to = number / 2;
    reach.length = table.at(row, "length_m");
    reach.cell_length = reach.length / kCells;
    reach.slope = table.at(row, "bed_fall_m") / reach.length;
    reach.manning_n = table.at(row, "manning_n");
    reach.channel = static_cast<int>(row);
    channels[row].shape = ChannelShape::trapezoidal;
    channels[row].bottom_width = table.at(row, "bottom_width_m");
    channels[row].side_slope = table.at(row, "side_slope");
  }
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, reaches, channels, {}, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::kinematic;
  basin.climates = {Climate{"all", Series::constant(20), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  add_constituents(basin, kSubstances);
  return basin;
}

void add_inflows(Basin& basin, const Reference& table) {
  struct Points {
    std::vector<double> times, values;
  };
  std::map<std::pair<int, int>, Points> points;  // by node and quantity
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Points& list =
        points[{static_cast<int>(table.at(row, "node")), static_cast<int>(table.at(row, "quantity"))}];
    list.times.push_back(table.at(row, "time_h") * kHour);
    list.values.push_back(table.at(row, "value"));
  }
  for (const auto& [key, list] : points) {
    const Series series(list.times, list.values, Interpolation::linear);
    if (key.second == 0)
      add_boundary(basin, key.first, 0).flow = series;
    else
      set_concentration(basin, basin.sources.back(), kSubstances[static_cast<std::size_t>(key.second - 1)],
                        series);
  }
}

void add_decay(Basin& basin, const Reference& steady) {
  for (const char* id : {"DEC1", "DEC2"})
    add_process(basin, "first_order_decay", {{"constituent", id}},
                {{"k", steady.parameter("decay_" + std::string(id) + "_1_d")}});
}

// The last cell of a reach, as the reference's last tank.
double lowest_quarter(const Basin& basin, const SingleRun& run, int constituent, std::size_t reach) {
  const int chain = basin.network.first_chain[reach];
  return run.concentration(constituent,
                           basin.network.chains[static_cast<std::size_t>(chain)].first_cell + kCells - 1);
}

// The upper or lower end of every reach over time: mean flow of each step.
struct Flows {
  std::vector<std::vector<double>> lower, upper;  // [reach][step]
  std::vector<double> pulse;  // [reach] highest concentration of CONS, at the table's times

  explicit Flows(std::size_t reaches) : lower(reaches), upper(reaches), pulse(reaches, 0) {}
  void note(const Basin& basin, const SingleRun& run, double time) {
    const WaterStep& water = run.simulation().water();
    for (std::size_t r = 0; r < lower.size(); ++r) {
      const auto face = static_cast<std::size_t>(basin.network.first_face(basin.network.first_chain[r]));
      upper[r].push_back(water.face[face] / water.dt);
      lower[r].push_back(water.face[face + kCells] / water.dt);
      if (time >= kSettled && std::fmod(time, kTable) == 0)
        pulse[r] = std::max(pulse[r], lowest_quarter(basin, run, 0, r));
    }
  }
};

// Between the middles of the steps.
double flow_at(const std::vector<double>& means, double time) {
  const double place = std::clamp(time / kStep - 0.5, 0.0, static_cast<double>(means.size()) - 1);
  const std::size_t before = std::min(static_cast<std::size_t>(place), means.size() - 2);
  const double share = place - static_cast<double>(before);
  return (1 - share) * means[before] + share * means[before + 1];
}

double highest_after_start(const std::vector<double>& means) {
  return *std::max_element(means.begin() + static_cast<std::ptrdiff_t>(kSettled / kStep), means.end());
}

// Flows of one reach at the table's times.
struct Hydrograph {
  std::vector<double> times, reference, model;

  Hydrograph(const Reference& table, std::size_t reach, const std::vector<double>& means) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (static_cast<std::size_t>(table.at(row, "reach")) != reach + 1) continue;
      times.push_back(table.at(row, "t_s"));
      reference.push_back(table.at(row, "Q_m3_s"));
      model.push_back(flow_at(means, times.back()));
    }
  }
  double range() const { return *std::max_element(reference.begin(), reference.end()) - reference.front(); }
  double rms() const {
    double sum = 0;
    for (std::size_t i = 0; i < times.size(); ++i) sum += std::pow(model[i] - reference[i], 2);
    return std::sqrt(sum / static_cast<double>(times.size())) / range();
  }
  // When the flow first passes the middle of the reference's range, straight between the table's times.
  double half_rise(const std::vector<double>& flow) const {
    const double middle = reference.front() + 0.5 * range();
    for (std::size_t i = 1; i < times.size(); ++i)
      if (flow[i - 1] < middle && flow[i] >= middle)
        return times[i - 1] + (times[i] - times[i - 1]) * (middle - flow[i - 1]) / (flow[i] - flow[i - 1]);
    return 0;
  }
};

double normal_depth(const Basin& basin, std::size_t reach, double flow) {
  const Reach& r = basin.network.reaches[reach];
  const Channel& channel = basin.network.channels[static_cast<std::size_t>(r.channel)];
  return channel.depth(normal_area(channel, flow, r.slope, r.manning_n, 0));
}

void report_water(const CaseFolder& folder, const Basin& basin, const Reference& table,
                  const Reference& reference, const Flows& flows, Report& report) {
  double peak = 0, depth = 0, rms = 0, delay = 0;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    peak = std::max(peak, std::fabs(highest_after_start(flows.lower[r]) / table.at(r, "peak_flow_m3_s") - 1));
    const double highest = normal_depth(basin, r, highest_after_start(flows.upper[r]));
    depth = std::max(depth, std::fabs(highest - table.at(r, "peak_depth_m")));
    const Hydrograph graph(reference, r, flows.lower[r]);
    rms = std::max(rms, graph.rms());
    delay = std::max(delay, std::fabs(graph.half_rise(graph.model) - graph.half_rise(graph.reference)) / 60);
  }
  report.add(folder, "peak flow", peak);
  report.add(folder, "half-rise time", delay);
  report.add(folder, "peak depth", depth);
  report.add(folder, "flow RMS", rms);
}

double pulse_error(const Reference& reference, const std::vector<double>& pulse) {
  std::vector<double> highest(pulse.size(), 0);
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    double& peak = highest[static_cast<std::size_t>(reference.at(row, "reach")) - 1];
    peak = std::max(peak, reference.at(row, "CONS_mgL"));
  }
  double error = 0;
  for (std::size_t r = 0; r < pulse.size(); ++r)
    error = std::max(error, std::fabs(pulse[r] / highest[r] - 1));
  return error;
}

double steady_error(const Basin& basin, const SingleRun& run, const Reference& reference) {
  double error = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const auto reach = static_cast<std::size_t>(reference.at(row, "reach")) - 1;
    for (int c = 0; c < 3; ++c) {
      const double model = lowest_quarter(basin, run, c, reach);
      const std::string column = std::string(kSubstances[static_cast<std::size_t>(c)]) + "_mgL";
      error = std::max(error, std::fabs(model / reference.at(row, column) - 1));
    }
  }
  return error;
}

}  // namespace

void swmm_kinematic_tree(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference("reaches.csv"), reference = folder.reference();
  Basin basin = tree_of(table);
  add_inflows(basin, folder.reference("boundary.csv"));
  const Reference steady = folder.reference("steady.csv");
  add_decay(basin, steady);
  const RunOptions options = plain_options(kStep, static_cast<int>(kHours * kHour / kStep));
  SingleRun run(basin, options);
  Flows flows(table.rows.size());
  double steady_worst = 0;
  run.each_step([&](double time) {  // whole hours are synchronised: processes may be looked at there
    flows.note(basin, run, time);
    if (time == kSteady) steady_worst = steady_error(basin, run, steady);
  });
  report_water(folder, basin, table, reference, flows, report);
  report.add(folder, "steady concentration", steady_worst);
  report.add(folder, "pulse peak", pulse_error(reference, flows.pulse));
  report.add(folder, "water balance", std::fabs(run.simulation().closure(-1, 0)));
  double tracer = 0;
  for (int c = 0; c < 3; ++c) tracer = std::max(tracer, std::fabs(run.simulation().closure(c, 0)));
  report.add(folder, "tracer balance", tracer);
}

}  // namespace limpid::validation
