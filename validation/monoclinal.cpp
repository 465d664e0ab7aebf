#include "validation/monoclinal.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "solvers/hydraulics.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kGravity = 9.81;

double conveyance(double width, double manning_n, double depth) {
  const double area = width * depth;
  return area * std::pow(area / (width + 2 * depth), 2.0 / 3) / manning_n;
}

double normal_depth(double width, double manning_n, double slope, double flow) {
  double low = 0, high = 100;
  for (int n = 0; n < 200; ++n) {
    const double middle = 0.5 * (low + high);
    (conveyance(width, manning_n, middle) * std::sqrt(slope) < flow ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

MonoclinalWave::MonoclinalWave(double width, double manning_n, double slope, double flow1, double flow2)
    : width_(width),
      manning_n_(manning_n),
      slope_(slope),
      low_(normal_depth(width, manning_n, slope, flow1)),
      high_(normal_depth(width, manning_n, slope, flow2)),
      celerity_((flow2 - flow1) / (width * (high_ - low_))),
      outrun_(celerity_ * width * low_ - flow1) {
  // Depths that crowd towards the uniform flows, which the front reaches as exp(-x).
  constexpr int kHalf = 20000;
  constexpr double kNearest = 1e-7;  // of the rise
  for (int i = -kHalf; i <= kHalf; ++i) {
    const double part = 0.5 * std::pow(2 * kNearest, std::fabs(i) / kHalf);
    depth_.push_back(i < 0 ? low_ + part * rise() : high_ - part * rise());
  }
  const auto stretch = [&](double h) {  // dx/dh
    const double area = width_ * h, friction = flow(h) / conveyance(width_, manning_n_, h);
    return (1 - outrun_ * outrun_ * width_ / (kGravity * area * area * area)) /
           (slope_ - friction * friction);
  };
  place_.assign(depth_.size(), 0.0);
  const auto simpson = [&](double a, double b) {
    return (b - a) / 6 * (stretch(a) + 4 * stretch(0.5 * (a + b)) + stretch(b));
  };
  for (std::size_t i = kHalf; i + 1 < depth_.size(); ++i)
    place_[i + 1] = place_[i] + simpson(depth_[i], depth_[i + 1]);
  for (std::size_t i = kHalf; i > 0; --i) place_[i - 1] = place_[i] - simpson(depth_[i - 1], depth_[i]);
}

double MonoclinalWave::depth(double x) const {
  if (x >= place_.front()) return low_;
  if (x <= place_.back()) return high_;
  const auto below = std::lower_bound(place_.begin(), place_.end(), x, std::greater<>()) - place_.begin();
  const auto b = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, below)), a = b - 1;
  return depth_[a] + (x - place_[a]) / (place_[b] - place_[a]) * (depth_[b] - depth_[a]);
}

double MonoclinalWave::mean_depth(double a, double b) const {
  constexpr int kStrips = 16;
  double sum = 0;
  for (int i = 0; i < kStrips; ++i) sum += depth(a + (i + 0.5) * (b - a) / kStrips) / kStrips;
  return sum;
}

double MonoclinalWave::place_of(double depth) const {
  const auto above = std::lower_bound(depth_.begin(), depth_.end(), depth) - depth_.begin();
  return place_[static_cast<std::size_t>(above)];
}

double MonoclinalWave::length() const {
  return place_of(low_ + 0.1 * rise()) - place_of(low_ + 0.9 * rise());
}

namespace {

// A front that begins 4 of its lengths below the head and travels 4 of them.
struct FrontRun {
  const Reference& parameters;
  MonoclinalWave wave;

  explicit FrontRun(const Reference& table)
      : parameters(table),
        wave(table.parameter("B"), table.parameter("n"), table.parameter("S0"), table.parameter("Q1"),
             table.parameter("Q2")) {}
  double start() const { return 4 * wave.length(); }
  double duration() const { return 4 * wave.length() / wave.celerity(); }
  Basin channel(int cells_per_length) const;
  double error(int cells_per_length, int steps) const;
};

Basin FrontRun::channel(int cells_per_length) const {
  Channel section;
  section.bottom_width = parameters.parameter("B");
  Reach reach;
  reach.id = "channel";
  reach.to = 1;
  reach.length = 14 * wave.length();
  reach.slope = parameters.parameter("S0");
  reach.manning_n = parameters.parameter("n");
  std::vector<Node> nodes(2);
  nodes[0].id = "upper";
  nodes[1].id = "lower";
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, {reach}, {section}, {}, wave.length() / cells_per_length * (1 + 1e-12),
                                true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  Source source;
  source.kind = SourceKind::boundary;
  source.junction = 0;
  basin.sources.push_back(source);
  return basin;
}

// Mean error of the depth along the front, relative to its rise.
double FrontRun::error(int cells_per_length, int steps) const {
  const Basin basin = channel(cells_per_length);
  const double dt = duration() / steps, width = parameters.parameter("B"), high = parameters.parameter("Q2");
  const auto& centre = basin.network.cell_chainage;
  WaterStep step(basin.network, 1);
  std::vector<double> rates;
  const double dx = basin.network.cell_length[0];
  const auto exact = [&](std::size_t i, double moved) {
    const double x = centre[i] - start() - moved;
    return wave.mean_depth(x - 0.5 * dx, x + 0.5 * dx);
  };
  for (std::size_t i = 0; i < centre.size(); ++i) {
    step.volume1[i] = width * dx * exact(i, 0);
    rates.push_back(wave.flow(wave.depth(centre[i] - 0.5 * dx - start())));
  }
  rates.push_back(wave.flow(wave.depth(centre.back() + 0.5 * dx - start())));
  const WaterInput input{dt, {high * dt}, {high}};
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->resume(input, rates, step);
  for (int n = 0; n < steps; ++n) hydraulics->advance(input, step);
  double sum = 0;
  for (std::size_t i = 0; i < centre.size(); ++i)
    sum += std::fabs(step.volume1[i] / (width * dx) - exact(i, wave.celerity() * duration()));
  return sum * dx / (wave.length() * wave.rise());
}

// The shape that the table gives and the program's own.
double shape_error(const Reference& table, const MonoclinalWave& wave) {
  double worst = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    worst = std::max(worst, std::fabs(table.at(row, "h_m") - wave.depth(table.at(row, "x_m"))));
  return worst / wave.rise();
}

}  // namespace

void monoclinal_wave(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference();
  const FrontRun run(table);
  report.add(folder, "shape of the reference", shape_error(table, run.wave));
  std::vector<double> space, time;
  for (const int cells : {5, 10, 20}) space.push_back(run.error(cells, 32000));
  for (const int steps : {160, 320, 640}) time.push_back(run.error(80, steps));
  report.add(folder, "depth, 10 cells a length", space[1]);
  report.add(folder, "depth, 160 steps a length", time[2]);
  report.add(folder, "order in space below 1.5", std::max(0.0, 1.5 - order_of(space)));
  report.add(folder, "order in time below 0.8", std::max(0.0, 0.8 - order_of(time)));
}

}  // namespace limpid::validation
