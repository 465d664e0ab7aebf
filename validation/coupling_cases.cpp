#include "validation/coupling_cases.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "model/oxygen.hpp"
#include "validation/long_river.hpp"
#include "validation/method_of_lines.hpp"

namespace limpid::validation {

namespace {

// A stretch of river between two nodes; s is the way along the river, by which coefficients vary smoothly.
struct Arm {
  int from, to;
  double length, share, s0, s1;  // m; of the outlet's flow; m
  double pulse = 0;              // peak of CBOD at the begin, g/m3
  double taken = 0;              // fraction that it takes at a bifurcation; 0 = the remainder
};

struct Setting {
  std::vector<Arm> arms;
  std::vector<int> inlets;                                                     // nodes
  double flow = 40, speed = 0.5, dispersion = 20, centre = 4000, width = 900;  // m3/s, m/s, m2/s, m, m
  bool disperses = false, stores = false, reacts = false, unsteady = false;
};

struct Level {
  double cell, step;  // m, s
  Level finer() const { return {0.5 * cell, 0.5 * step}; }
};

constexpr double kDuration = 4 * 3600, kDepth = 2, kManning = 0.03, kTolerance = 1e-8, kTight = 1e-10;
enum { kBod, kOxygen };

double wave(double s) {
  return std::sin(2 * std::numbers::pi * s / 6000);
}
double inflow_at(const Setting& setting, double t) {
  return setting.unsteady ? 1 + 0.06 * std::sin(2 * std::numbers::pi * t / kDuration) : 1.0;
}
double mean_inflow(const Setting& setting, double t0, double t1) {
  const double w = 2 * std::numbers::pi / kDuration;
  return setting.unsteady ? 1 + 0.06 * (std::cos(w * t0) - std::cos(w * t1)) / (w * (t1 - t0)) : 1.0;
}

int cells_of(const Arm& arm, const Level& level) {
  return static_cast<int>(std::lround(arm.length / level.cell));
}

// Every cell is a reach, so that its coefficients are its own.
Basin basin_of(const Setting& setting, const Level& level) {
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Channel> channels;
  for (const Arm& arm : setting.arms)
    while (static_cast<int>(nodes.size()) <= std::max(arm.from, arm.to)) nodes.emplace_back();
  for (const Arm& arm : setting.arms) {
    const int n = cells_of(arm, level);
    for (int i = 0; i < n; ++i) {
      const double s = arm.s0 + (arm.s1 - arm.s0) * (i + 0.5) / n;
      const double flow = setting.flow * arm.share, area = flow / setting.speed * (1 + 0.2 * wave(s + 1000));
      Channel channel;
      channel.bottom_width = area / kDepth;
      Reach reach;
      reach.id = reach.stretch = "r" + std::to_string(reaches.size());
      reach.from = i == 0 ? arm.from : static_cast<int>(nodes.size()) - 1;
      if (i + 1 < n) nodes.emplace_back();
      reach.to = i + 1 == n ? arm.to : static_cast<int>(nodes.size()) - 1;
      reach.length = arm.length / n;
      reach.manning_n = kManning;
      const double steep = normal_flow(channel, area, 1.0, kManning).discharge;
      reach.slope = (flow / steep) * (flow / steep);
      reach.channel = static_cast<int>(channels.size());
      if (i == 0 && arm.taken > 0) reach.split = {SplitKind::fraction, arm.taken, 0, 0};
      if (setting.disperses) reach.dispersion = setting.dispersion * (1 + 0.5 * wave(s));
      if (setting.stores) reach.storage_area = 0.3 * area;
      if (setting.stores) reach.storage_exchange = 2e-4 * (1 + 0.5 * wave(s + 2000));
      channels.push_back(channel);
      reaches.push_back(reach);
    }
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, reaches, channels, {}, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::steady;
  basin.schemes.transport = TransportScheme::linear;  // no limiter acts where an order is measured
  basin.schemes.kinetics_sub_steps = 4;               // so that what the kinetics alone err by stays below
  basin.climates = {Climate{"all", Series::constant(20), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  return basin;
}

void add_kinetics(Basin& basin, const Setting& setting, const Level& level) {
  ProcessUse oxidation = add_process(basin, "cbod_oxidation", {}, {{"k_d", 0}, {"k_o", 2}});
  std::size_t r = 0;
  for (const Arm& arm : setting.arms)
    for (int i = 0; i < cells_of(arm, level); ++i, ++r) {
      const double s = arm.s0 + (arm.s1 - arm.s0) * (i + 0.5) / cells_of(arm, level);
      oxidation.parameters[0].stretches.push_back(
          {basin.network.reaches[r].stretch, 6.0 / 86400 * (1 + 0.5 * wave(s + 3000))});
    }
  basin.processes.back() = oxidation;
  add_process(basin, "reaeration", {}, {{"k_a_given", 10}});
  if (!setting.stores) return;
  oxidation.id = "cbod_oxidation_in_dead_zones";
  oxidation.where = Compartment::storage;
  basin.processes.push_back(oxidation);
}

Basin whole_basin(const Setting& setting, const Level& level) {
  Basin basin = basin_of(setting, level);
  add_constituents(basin, {"CBOD_fast", "DO"});
  std::vector<double> times, factors;
  for (double t = 0; t <= kDuration + 20; t += 10) {
    times.push_back(t);
    factors.push_back(inflow_at(setting, t));
  }
  for (const int node : setting.inlets) {
    double share = 0;
    for (const Arm& arm : setting.arms) share += arm.from == node ? arm.share : 0.0;
    Source& head = add_boundary(basin, node, 0);
    std::vector<double> flow = factors;
    for (double& q : flow) q *= share * setting.flow;
    head.flow = setting.unsteady ? Series(times, flow, Interpolation::linear) : Series::constant(flow[0]);
    set_concentration(basin, head, "CBOD_fast", Series::constant(0));
    set_concentration(basin, head, "DO", Series::constant(oxygen_saturation(20)));
  }
  if (setting.reacts) add_kinetics(basin, setting, level);
  return basin;
}

int cell_of(const Basin& basin, std::size_t reach) {
  return basin.network.chains[static_cast<std::size_t>(basin.network.first_chain[reach])].first_cell;
}

// [constituent][cell], means of bell curves over the cells.
std::vector<std::vector<double>> start_of(const Setting& setting, const Level& level, const Basin& basin) {
  std::vector<std::vector<double>> start(2, std::vector<double>(basin.network.cell_reach.size()));
  const double scale = setting.width * std::numbers::sqrt2;
  std::size_t r = 0;
  for (const Arm& arm : setting.arms) {
    const int n = cells_of(arm, level);
    for (int i = 0; i < n; ++i, ++r) {
      const double a = arm.s0 + (arm.s1 - arm.s0) * i / n, b = arm.s0 + (arm.s1 - arm.s0) * (i + 1) / n;
      const double mean = 0.5 * scale * std::sqrt(std::numbers::pi) / (b - a) *
                          (std::erf((b - setting.centre) / scale) - std::erf((a - setting.centre) / scale));
      const auto cell = static_cast<std::size_t>(cell_of(basin, r));
      start[kBod][cell] = arm.pulse * mean;
      start[kOxygen][cell] = oxygen_saturation(20);
    }
  }
  return start;
}

// Grams of CBOD and of missing oxygen, by reach: [quantity][reach].
using Amounts = std::vector<std::vector<double>>;

template <class Volume, class Amount>
Amounts amounts_of(const Basin& basin, const Volume& volume, const Amount& amount) {
  Amounts list(2);
  for (std::size_t r = 0; r < basin.network.reaches.size(); ++r) {
    const int cell = cell_of(basin, r);
    list[0].push_back(amount(kBod, cell));
    list[1].push_back(oxygen_saturation(20) * volume(cell) - amount(kOxygen, cell));
  }
  return list;
}

Amounts split(const Setting& setting, const Level& level) {
  const Basin basin = whole_basin(setting, level);
  const RunOptions options = plain_options(level.step, static_cast<int>(std::lround(kDuration / level.step)));
  SingleRun run(basin, options);
  run.start_from(start_of(setting, level, basin));
  run.to_end();
  return amounts_of(
      basin, [&](int i) { return run.simulation().water().volume1[static_cast<std::size_t>(i)]; },
      [&](int c, int i) { return run.simulation().stores().amount(i, c, 0); });
}

// In cells of `level`, with the water of steps of `step` s.
Amounts unsplit(const Setting& setting, const Level& level, double step, double tolerance = kTolerance) {
  const Basin basin = whole_basin(setting, level);
  MethodOfLines lines(basin, [&](double t0, double t1) { return mean_inflow(setting, t0, t1); });
  lines.start_from(start_of(setting, level, basin), step);
  lines.run(static_cast<int>(std::lround(kDuration / step)), step, tolerance);
  return amounts_of(
      basin, [&](int i) { return lines.volume(i); }, [&](int c, int i) { return lines.amount(c, i); });
}

// On a grid that is coarser by a whole number in every arm.
Amounts coarsened(const Amounts& fine, std::size_t ratio) {
  Amounts coarse(fine.size());
  for (std::size_t q = 0; q < fine.size(); ++q)
    for (std::size_t r = 0; r < fine[q].size(); ++r) {
      if (r % ratio == 0) coarse[q].push_back(0);
      coarse[q].back() += fine[q][r];
    }
  return coarse;
}

// Of the CBOD there is.
double difference(const Amounts& a, const Amounts& b) {
  double error = 0, all = 0;
  for (std::size_t r = 0; r < a[0].size(); ++r) {
    error += std::fabs(a[0][r] - b[0][r]) + std::fabs(a[1][r] - b[1][r]);
    all += std::fabs(b[0][r]);
  }
  return error / all;
}

// By the method of lines on this grid and on one finer, extrapolated: its own error is of second order in the
// cell.
Amounts extrapolated(const Setting& setting, const Level& level, double step) {
  Amounts exact = unsplit(setting, level, step);
  const Amounts finer = coarsened(unsplit(setting, level.finer(), step), 2);
  for (std::size_t q = 0; q < exact.size(); ++q)
    for (std::size_t r = 0; r < exact[q].size(); ++r) exact[q][r] = (4 * finer[q][r] - exact[q][r]) / 3;
  return exact;
}

// Cells and steps halved together; the reference on the finest of these grids. In steady flow it is the same
// for all.
std::vector<double> errors_on_grids(const Setting& setting, const Level& coarsest) {
  const Level finest = coarsest.finer().finer();
  std::vector<double> errors;
  std::size_t ratio = 4;
  Amounts exact;
  for (Level level = coarsest; ratio >= 1; level = level.finer(), ratio /= 2) {
    if (exact.empty() || setting.unsteady) exact = extrapolated(setting, finest, level.step);
    errors.push_back(difference(split(setting, level), coarsened(exact, ratio)));
  }
  return errors;
}

// The step alone halved, on one grid in water that stands: the same system of equations on both sides.
std::vector<double> errors_in_time(Setting setting, const Level& coarsest) {
  setting.speed = 1e-9;
  setting.flow *= 2e-9;
  const Amounts exact = unsplit(setting, coarsest, coarsest.step, kTight);
  std::vector<double> errors;
  Level level = coarsest;
  for (int n = 0; n < 3; ++n, level.step *= 0.5) errors.push_back(difference(split(setting, level), exact));
  return errors;
}

// The error at the coarsest step, and the order between the last two.
void add_order(const CaseFolder& folder, const std::string& name, const std::vector<double>& errors,
               Report& report) {
  report.add(folder, "error, " + name, errors.front());
  report.add(folder, "order off 2, " + name, std::fabs(std::log2(errors[1] / errors[2]) - 2));
}

Setting with(Setting setting, bool disperses, bool stores, bool reacts, bool unsteady = false) {
  setting.disperses = disperses, setting.stores = stores, setting.reacts = reacts,
  setting.unsteady = unsteady;
  return setting;
}

Setting one_river() {
  Setting setting;
  setting.arms = {{0, 1, 16000, 1, 0, 16000, 10}};
  setting.inlets = {0};
  return setting;
}

// Two heads meet. Enough dispersion for the grids to resolve what it does around the confluence (D / u = 125
// m).
Setting confluence() {
  Setting setting;
  setting.arms = {
      {0, 2, 6000, 0.6, 0, 6000, 10}, {1, 2, 6000, 0.4, 0, 6000, 4}, {2, 3, 10000, 1, 6000, 16000}};
  setting.inlets = {0, 1};
  setting.speed = 0.4, setting.dispersion = 50;
  return setting;
}

// The same water in both arms: transport leaves nothing at the confluence for dispersion to mend.
Setting equal_arms() {
  Setting setting = confluence();
  setting.arms[1].pulse = setting.arms[0].pulse;
  return setting;
}

// Below the confluence an arm leaves the river and comes back.
Setting loop() {
  Setting setting = confluence();
  setting.arms[2] = {2, 3, 2000, 1, 6000, 8000};
  setting.arms.push_back({3, 4, 3000, 0.7, 8000, 11000});
  setting.arms.push_back({3, 4, 4000, 0.3, 8000, 11000, 0, 0.3});
  setting.arms.push_back({4, 5, 6000, 1, 11000, 17000});
  return setting;
}

constexpr Level kUsual{125, 900}, kNetwork{125, 450};

}  // namespace

void coupling_order(const CaseFolder& folder, Report& report) {
  const Setting river = one_river();
  add_order(folder, "transport + dispersion", errors_on_grids(with(river, true, false, false), kUsual),
            report);
  add_order(folder, "transport + storage", errors_on_grids(with(river, false, true, false), kUsual), report);
  add_order(folder, "transport + kinetics", errors_on_grids(with(river, false, false, true), kUsual), report);
  add_order(folder, "all", errors_on_grids(with(river, true, true, true), kUsual), report);
  add_order(folder, "dispersion + kinetics", errors_in_time(with(river, true, false, true), kUsual), report);
  add_order(folder, "storage + kinetics", errors_in_time(with(river, false, true, true), kUsual), report);
  add_order(folder, "dispersion + storage + kinetics", errors_in_time(with(river, true, true, true), kUsual),
            report);
}

void coupling_order_network(const CaseFolder& folder, Report& report) {
  add_order(folder, "all, unsteady", errors_on_grids(with(one_river(), true, true, true, true), kUsual),
            report);
  add_order(folder, "confluence of equal waters, transport + dispersion",
            errors_on_grids(with(equal_arms(), true, false, false), kNetwork), report);
  add_order(folder, "confluence, transport + dispersion",
            errors_on_grids(with(confluence(), true, false, false), kNetwork), report);
  add_order(folder, "confluence", errors_on_grids(with(confluence(), true, true, true), kNetwork), report);
  add_order(folder, "loop, transport + dispersion, unsteady",
            errors_on_grids(with(loop(), true, false, false, true), kNetwork), report);
  add_order(folder, "loop, unsteady", errors_on_grids(with(loop(), true, true, true, true), kNetwork),
            report);
}

}  // namespace limpid::validation
