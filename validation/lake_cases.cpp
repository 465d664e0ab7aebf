#include "validation/lake_cases.hpp"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <tuple>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600, kDay = 86400;

// A lake with upright shores that keeps its level: it lets out what flows in.
Lake upright(const std::string& id, double area, double depth) {
  Lake lake;
  lake.id = id;
  lake.length = 100;
  lake.curve = {{0, 2 * depth}, {area, area}, {0, 2 * depth * area}, {}};
  lake.initial_level = depth;
  lake.inflow_share = 1;
  return lake;
}

// Lakes one below the other at node 0, fed by a boundary of constant flow with concentration `inflow`.
Basin lake_basin(const std::vector<Lake>& lakes, const Series& flow) {
  std::vector<Node> nodes(1);
  nodes[0].id = "n0";
  std::vector<Reach> reaches;
  std::vector<Lake> placed;
  for (Lake lake : lakes) {
    lake.node = static_cast<int>(nodes.size()) - 1;
    insert_lake(lake, {}, nodes, reaches, placed);
  }
  Basin basin;
  Problems problems;
  basin.network = build_network(nodes, reaches, {}, {}, 0, true, "", problems, placed);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::kinematic;
  basin.climates = {Climate{"all", Series::constant(20), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  add_constituents(basin, {"tracer"});
  add_boundary(basin, 0, 0).flow = flow;
  return basin;
}

Series pulse(double value, double length) {
  return Series({0, length, 1e9}, {value, 0, 0}, Interpolation::step_mean);
}

// What leaves the last of n tanks, x residence times of one tank after a unit step.
double step_response(int n, double x) {
  double term = 1, sum = 0;
  for (int k = 0; k < n; term *= x / ++k) sum += term;
  return x > 0 ? 1 - std::exp(-x) * sum : 0;
}

struct Answer {
  double error = 0, balance = 0;
};

// Largest error at whole hours. exact: by hour.
Answer run_series(int lakes, double residence, double step, int hours, double loss, const Series& inflow,
                  const std::function<double(int)>& exact) {
  constexpr double kFlow = 2;
  std::vector<Lake> list;
  for (int i = 0; i < lakes; ++i) list.push_back(upright("l" + std::to_string(i), kFlow * residence / 5, 5));
  Basin basin = lake_basin(list, Series::constant(kFlow));
  set_concentration(basin, basin.sources[0], "tracer", inflow);
  if (loss > 0) add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", loss * kDay}});
  const RunOptions options = plain_options(step, static_cast<int>(std::lround(hours * kHour / step)));
  SingleRun run(basin, options);
  Answer answer;
  const int last = basin.network.cell_count() - 1;
  run.each_hour([&](double time) {
    const int hour = static_cast<int>(std::lround(time / kHour));
    answer.error = std::max(answer.error, std::fabs(run.concentration(0, last) - exact(hour)));
  });
  answer.balance = run.simulation().closure(0, 0);
  return answer;
}

double off_two(double coarse, double fine) {
  return std::fabs(std::log2(coarse / fine) - 2);
}

}  // namespace

void lakes_in_series(const CaseFolder& folder, Report& report) {
  constexpr double kResidence = 4 * kHour;
  constexpr int kPulse = 5, kHours = 48;  // h
  const auto step = [](int n, double hours) { return step_response(n, hours * kHour / kResidence); };
  double balance = 0;
  const auto error = [&](int lakes, double dt, bool pulsed) {
    const Answer answer =
        run_series(lakes, kResidence, dt, kHours, 0, pulsed ? pulse(1, kPulse * kHour) : Series::constant(1),
                   [&](int hour) { return step(lakes, hour) - (pulsed ? step(lakes, hour - kPulse) : 0); });
    balance = std::max(balance, answer.balance);
    return answer.error;
  };
  report.add(folder, "step, 1 lake", error(1, 3600, false));
  report.add(folder, "pulse, 1 lake", error(1, 3600, true));
  report.add(folder, "step, 3 lakes", error(3, 60, false));
  report.add(folder, "pulse, 3 lakes", error(3, 60, true));
  report.add(folder, "order in time, 3 lakes, off 2 by", off_two(error(3, 1200, true), error(3, 600, true)));

  const Reference reference = folder.reference();
  const int n = static_cast<int>(reference.parameter("n"));
  const double residence = reference.parameter("K_h") * kHour, loss = reference.parameter("k_per_h") / kHour;
  const auto lossy = [&](double dt, bool pulsed) {
    const char* column = pulsed ? "unit_pulse_response" : "unit_step_response";
    const Answer answer = run_series(
        n, residence, dt, static_cast<int>(largest(reference, "t_h")), loss,
        pulsed ? pulse(1, reference.parameter("pulse_h") * kHour) : Series::constant(1), [&](int hour) {
          for (std::size_t row = 0; row < reference.rows.size(); ++row)
            if (std::fabs(reference.at(row, "t_h") - hour) < 1e-6) return reference.at(row, column);
          throw std::runtime_error("the table lacks an hour");
        });
    balance = std::max(balance, answer.balance);
    return answer.error / largest(reference, column);
  };
  report.add(folder, "step, 8 lakes with loss", lossy(60, false));
  report.add(folder, "pulse, 8 lakes with loss", lossy(60, true));
  report.add(folder, "order in time, 8 lakes with loss, off 2 by",
             off_two(lossy(600, false), lossy(300, false)));
  report.add(folder, "balance", balance);
}

namespace {

// Base flow, then up to a peak and down again along straight lines.
struct Flood {
  double base = 2, peak = 40, rise = 6 * kHour, fall = 12 * kHour;
  double at(double t) const {
    if (t <= 0 || t >= rise + fall) return base;
    return base + (peak - base) * (t < rise ? t / rise : (rise + fall - t) / fall);
  }
  Series series() const {
    return Series({-1e7, 0, rise, rise + fall, 1e9}, {base, base, peak, base, base}, Interpolation::linear);
  }
};

// Outflow at time t of a lake with V = K O, in steady flow before.
double linear_outflow(const Flood& flood, double response, double t) {
  double outflow = flood.base, begin = 0;
  for (const double end : {flood.rise, flood.rise + flood.fall, 1e9}) {
    const double until = std::min(t, end), slope = (flood.at(end) - flood.at(begin)) / (end - begin);
    const double span = until - begin,
                 first = flood.at(begin) - slope * response;  // of what follows the line
    outflow = first + slope * span + (outflow - first) * std::exp(-span / response);
    begin = until;
    if (until >= t) break;
  }
  return outflow;
}

// Volumes at whole hours of V' = right(t, V) by CVODE; it stops where the inflow has corners.
class Integrated {
 public:
  Integrated(std::function<double(double, double)> right, double volume, const std::vector<double>& corners,
             int hours)
      : right_(std::move(right)) {
    constexpr double kTolerance = 1e-12;
    SUNContext context = nullptr;
    if (SUNContext_Create(nullptr, &context) != 0) throw std::runtime_error("SUNDIALS gives no context");
    N_Vector state = N_VNew_Serial(1, context);
    NV_Ith_S(state, 0) = volume;
    void* memory = CVodeCreate(CV_BDF, context);
    SUNMatrix matrix = SUNDenseMatrix(1, 1, context);
    SUNLinearSolver solver = SUNLinSol_Dense(state, matrix, context);
    bool good = CVodeInit(memory, &slope, 0, state) == CV_SUCCESS &&
                CVodeSStolerances(memory, kTolerance, kTolerance * volume) == CV_SUCCESS &&
                CVodeSetUserData(memory, this) == CV_SUCCESS &&
                CVodeSetLinearSolver(memory, solver, matrix) == CV_SUCCESS &&
                CVodeSetMaxNumSteps(memory, 1000000) == CV_SUCCESS;
    volumes.push_back(volume);
    for (int hour = 1; good && hour <= hours; ++hour) {
      double reached = 0;
      CVodeSetStopTime(memory, hour * kHour);
      good = CVode(memory, hour * kHour, state, &reached, CV_NORMAL) >= 0;
      volumes.push_back(NV_Ith_S(state, 0));
      if (std::find(corners.begin(), corners.end(), hour * kHour) != corners.end())
        good = good && CVodeReInit(memory, reached, state) == CV_SUCCESS;
    }
    CVodeFree(&memory);
    SUNLinSolFree(solver);
    SUNMatDestroy(matrix);
    N_VDestroy(state);
    SUNContext_Free(&context);
    if (!good) throw std::runtime_error("CVODE failed");
  }
  std::vector<double> volumes;  // [hour]

 private:
  static int slope(double t, N_Vector state, N_Vector derivative, void* self) {
    NV_Ith_S(derivative, 0) = static_cast<Integrated*>(self)->right_(t, NV_Ith_S(state, 0));
    return 0;
  }
  std::function<double(double, double)> right_;
};

constexpr int kFloodHours = 48;

// Level at whole hours against `exact` [m], largest miss; the closure of the water.
Answer run_flood(const Lake& lake, const Flood& flood, double dt, const std::function<double(int)>& exact) {
  const Basin basin = lake_basin({lake}, flood.series());
  const RunOptions options = plain_options(dt, static_cast<int>(std::lround(kFloodHours * kHour / dt)));
  SingleRun run(basin, options);
  Answer answer;
  run.each_hour([&](double time) {
    const double level = run.simulation().lake_level(basin.network.lakes[0]);
    answer.error =
        std::max(answer.error, std::fabs(level - exact(static_cast<int>(std::lround(time / kHour)))));
  });
  answer.balance = run.simulation().closure(-1, 0);
  return answer;
}

}  // namespace

void lake_level_pool(const CaseFolder& folder, Report& report) {
  constexpr double kArea = 2e5, kDepth = 20, kResponse = 5 * kHour;
  const Flood flood;
  Lake linear = upright("linear", kArea, kDepth / 2);
  linear.inflow_share = 0;
  linear.curve.outflow = {0, kArea * kDepth / kResponse};
  linear.initial_level = flood.base * kResponse / kArea;
  const auto level = [&](int hour) {
    return linear_outflow(flood, kResponse, hour * kHour) * kResponse / kArea;
  };
  const auto linear_error = [&](double dt) {
    return run_flood(linear, flood, dt, level).error * kArea / kResponse / flood.peak;
  };
  report.add(folder, "linear reservoir, outflow", linear_error(300));
  report.add(folder, "linear reservoir, order in time, off 2 by",
             off_two(linear_error(1200), linear_error(600)));

  Lake dam = upright("dam", kArea, kDepth / 2);
  dam.inflow_share = 0;
  dam.spillway = {5, 12, 1.7};
  dam.initial_level = 5 + std::pow(flood.base / (1.7 * 12), 2.0 / 3);
  const auto spill = [&](double h) { return h > 5 ? 1.7 * 12 * std::pow(h - 5, 1.5) : 0; };
  const Integrated reference([&](double t, double v) { return flood.at(t) - spill(v / kArea); },
                             dam.initial_level * kArea, {flood.rise, flood.rise + flood.fall}, kFloodHours);
  const auto dam_level = [&](int hour) { return reference.volumes[static_cast<std::size_t>(hour)] / kArea; };
  const Answer fine = run_flood(dam, flood, 300, dam_level);
  report.add(folder, "spillway, level", fine.error);
  // by the steepest part of the rating that the flood reaches
  const double highest = *std::max_element(reference.volumes.begin(), reference.volumes.end()) / kArea;
  report.add(folder, "spillway, outflow", fine.error * 1.5 * 1.7 * 12 * std::sqrt(highest - 5) / flood.peak);
  report.add(
      folder, "spillway, order in time, off 2 by",
      off_two(run_flood(dam, flood, 1200, dam_level).error, run_flood(dam, flood, 600, dam_level).error));
  report.add(folder, "spillway, water balance", fine.balance);
}

namespace {

constexpr double kLayerArea = 1e5, kLayerFlow = 3, kExchange = 4e-6;  // m2, m3/s, m/s
constexpr double kUpper = 6, kLower = 4;                              // m thick

Lake layered() {
  Lake lake = upright("lake", kLayerArea, kUpper + kLower);
  lake.boundaries = {kLower};
  lake.exchange = {Series::constant(kExchange)};
  lake.inflow_layer = 1;
  return lake;
}

// x' = M x + b from x0, by the eigenvalues of M (real and different for these tanks).
struct TwoTanks {
  double a, b, c, d, right;  // M = (a b; c d), right side (0, right)
  std::pair<double, double> at(double t, double x, double y) const {
    const double det = a * d - b * c, steady_x = b * right / det, steady_y = -a * right / det;
    const double half = 0.5 * (a + d), root = std::sqrt(half * half - det);
    const double dx = x - steady_x, dy = y - steady_y, e1 = std::exp((half + root) * t),
                 e2 = std::exp((half - root) * t);
    // exp(Mt) = e1 (M - l2) / (l1 - l2) - e2 (M - l1) / (l1 - l2)
    const auto part = [&](double l, double u, double v) { return (u - l) * dx + v * dy; };
    const double l1 = half + root, l2 = half - root;
    const double px = (e1 * part(l2, a, b) - e2 * part(l1, a, b)) / (l1 - l2);
    const double py = (e1 * ((d - l2) * dy + c * dx) - e2 * ((d - l1) * dy + c * dx)) / (l1 - l2);
    return {steady_x + px, steady_y + py};
  }
};

double layers_error(double flow, double dt) {
  const double g = kExchange * kLayerArea, v1 = kUpper * kLayerArea, v2 = kLower * kLayerArea;
  Basin basin = lake_basin({layered()}, Series::constant(flow));
  set_concentration(basin, basin.sources[0], "tracer", Series::constant(1));
  const int hours = 20 * 24;
  const RunOptions options = plain_options(dt, static_cast<int>(std::lround(hours * kHour / dt)));
  SingleRun run(basin, options);
  run.start_from({{5, 0.5}});
  double error = 0;
  run.each_hour([&](double time) {
    double upper, lower;
    if (flow > 0) {
      const TwoTanks tanks{-(flow + g) / v1, (flow + g) / v1, g / v2, -(flow + g) / v2, flow / v2};
      std::tie(upper, lower) = tanks.at(time, 5, 0.5);
    } else {
      const double mean = (5 * v1 + 0.5 * v2) / (v1 + v2),
                   left = 4.5 * std::exp(-g * (1 / v1 + 1 / v2) * time);
      upper = mean + left * v2 / (v1 + v2);
      lower = mean - left * v1 / (v1 + v2);
    }
    error = std::max(
        {error, std::fabs(run.concentration(0, 0) - upper), std::fabs(run.concentration(0, 1) - lower)});
  });
  return error;
}

}  // namespace

void lake_two_layers(const CaseFolder& folder, Report& report) {
  report.add(folder, "exchange alone", layers_error(0, 3600));
  report.add(folder, "with flow", layers_error(kLayerFlow, 1800));
  report.add(folder, "with flow, order in time, off 2 by",
             off_two(layers_error(kLayerFlow, 14400), layers_error(kLayerFlow, 7200)));
}

namespace {

// Age of what stands in the last cell, of the volume over the flow above it, off 1 by.
double age_error(const std::vector<Lake>& lakes, double volume, double flow, double out, int cell) {
  Basin basin = lake_basin(lakes, Series::constant(flow));
  basin.constituents[0].id = "age";
  basin.constituents[0].basis = AmountBasis::age;
  add_process(basin, "ageing");
  const double mean = volume / out;
  constexpr double kStep = 600;  // Strang splitting: too old by (step / mean)^2 / 12
  const RunOptions options = plain_options(kStep, static_cast<int>(20 * mean / kStep));
  SingleRun run(basin, options);
  run.to_end();
  return std::fabs(run.concentration(0, cell) / mean - 1);
}

}  // namespace

// In steady flow; a lake that evaporates loses the water's age with it, so that V / (what enters) is its age.
void lake_age(const CaseFolder& folder, Report& report) {
  constexpr double kArea = 1e5, kDepth = 6, kFlow = 2;
  const Lake one = upright("one", kArea, kDepth);
  Lake two = one, three = one;
  two.id = "two", three.id = "three";
  report.add(folder, "1 lake", age_error({one}, kArea * kDepth, kFlow, kFlow, 0));
  report.add(folder, "3 lakes", age_error({one, two, three}, 3 * kArea * kDepth, kFlow, kFlow, 2));
  report.add(folder, "2 layers, outflow",
             age_error({layered()}, (kUpper + kLower) * kLayerArea, kLayerFlow, kLayerFlow, 0));
  Lake dry = one;
  dry.evaporation = Series::constant(0.25 * kFlow / kArea);
  dry.inflow_share = 0.75;
  report.add(folder, "1 lake that evaporates", age_error({dry}, kArea * kDepth, kFlow, kFlow, 0));
}

}  // namespace limpid::validation
