#include "validation/kinematic_wave.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "solvers/hydraulics.hpp"

namespace limpid::validation {

namespace {

// The references are for wide channels, where the hydraulic radius is the depth. A channel a million times as
// wide, carrying a million times as much, has that to 1e-6.
constexpr double kWide = 1e6;

// One channel with an inflow at its head and rain over its cells, in the reference's own (narrow) units.
class Wave {
 public:
  Wave(double width, double length, double slope, double manning_n, int cells)
      : cells_(cells), length_(length) {
    Channel channel;
    channel.bottom_width = width * kWide;
    Reach reach;
    reach.id = "channel";
    reach.to = 1;
    reach.length = length;
    reach.slope = slope;
    reach.manning_n = manning_n;
    Problems problems;
    basin_.network =
        build_network({Node{}, Node{}}, {reach}, {channel}, {}, length / cells, true, "", problems);
    if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
    Source head, rain;
    head.kind = SourceKind::boundary;
    head.junction = 0;
    rain.kind = SourceKind::diffuse;
    basin_.sources = {head, rain};
    for (int i = 0; i < cells; ++i) basin_.diffuse_shares.push_back({1, i, 1.0 / cells});
    hydraulics_ = make_hydraulics(basin_);
    step_ = WaterStep(basin_.network, 2);
  }

  void start(double inflow, double dt) {
    set(inflow, 0, dt);
    hydraulics_->initialise(input_, step_);
    stored_at_start_ = stored();
  }
  void advance(double inflow, double rain, double dt) {
    set(inflow, rain, dt);
    hydraulics_->advance(input_, step_);
    entered_ += input_.volume[0] + input_.volume[1];
    left_ += step_.face.back();
    for (double v : step_.face) {
      least_ = std::min(least_, v / dt / kWide);
      most_ = std::max(most_, v / dt / kWide);
    }
  }

  double dx() const { return length_ / cells_; }
  double centre(int i) const { return (i + 0.5) * dx(); }
  double area(int i) const { return step_.area[static_cast<std::size_t>(i)] / kWide; }
  double outflow() const { return step_.face.back() / step_.dt / kWide; }
  double least() const { return least_; }
  double most() const { return most_; }
  double volume_error() const { return std::fabs(stored() - stored_at_start_ - entered_ + left_) / entered_; }
  NormalFlow normal(double area) const {
    const Reach& r = basin_.network.reaches[0];
    const NormalFlow flow = normal_flow(basin_.network.channels[0], area * kWide, r.slope, r.manning_n);
    return {flow.discharge / kWide, flow.celerity, flow.top_width / kWide};
  }
  // Uniform discharge at a place, straight between cell centres.
  double discharge_at(double x) const {
    const auto at = basin_.network.locate(0, x);
    return (1 - at.weight_b) * normal(area(at.cell_a)).discharge +
           at.weight_b * normal(area(at.cell_b)).discharge;
  }

 private:
  double stored() const {
    double sum = 0;
    for (double v : step_.volume1) sum += v;
    return sum;
  }
  void set(double inflow, double rain, double dt) {
    input_ = {dt, {inflow * kWide * dt, rain * kWide * dt}, {inflow * kWide, rain * kWide}};
  }

  int cells_;
  double length_;
  Basin basin_;
  std::unique_ptr<Hydraulics> hydraulics_;
  WaterStep step_;
  WaterInput input_;
  double stored_at_start_ = 0, entered_ = 0, left_ = 0, least_ = 1e300, most_ = 0;
};

// Steps of at most `dt` that end at `until`.
int whole_steps(double until, double dt) {
  return std::max(1, static_cast<int>(std::ceil(until / dt - 1e-9)));
}

std::vector<double> times(const Reference& reference) {
  std::vector<double> list;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) list.push_back(reference.at(row, "t_s"));
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

}  // namespace

WaveErrors plane_errors(const Reference& reference, int cells, double courant) {
  const double length = reference.parameter("L_m"), rain = reference.parameter("i_mm_h") / 3.6e6 * length;
  const double rain_end = reference.parameter("t_rain_s"), interval = times(reference)[1];
  Wave wave(1, length, reference.parameter("S0"), reference.parameter("n"), cells);
  // The fastest wave is that of the plateau, 5/3 of the velocity where the whole plane contributes.
  const double fastest = 5.0 / 3.0 * length / reference.parameter("t_equilibrium_s");
  const int per_interval = whole_steps(interval, courant * wave.dx() / fastest);
  const double dt = interval / per_interval;
  wave.start(0, dt);
  double before = 0, error = 0, total = 0, highest = 0, t = 0;
  for (std::size_t row = 1; row < reference.rows.size(); ++row) {
    for (int n = 0; n < per_interval; ++n, t += dt) {
      before = wave.outflow();
      wave.advance(0, t < rain_end - 0.5 * dt ? rain : 0, dt);
      highest = std::max(highest, wave.outflow());
    }
    const double at_end = 1.5 * wave.outflow() - 0.5 * before;  // from means over the last two steps
    const double exact = reference.at(row, "q_m2_s");
    error += std::fabs(at_end - exact);
    total += exact;
  }
  WaveErrors errors;
  errors.l1 = error / total;
  errors.peak = std::fabs(highest / rain - 1);
  errors.volume = wave.volume_error();
  return errors;
}

WaveErrors rarefaction_errors(const Reference& reference, int cells, double courant) {
  const double high = reference.parameter("Q1"), low = reference.parameter("Q2");
  const double last = times(reference).back();
  double length = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    length = std::max(length, 1.05 * reference.at(row, "x_m"));
  Wave wave(reference.parameter("B_m"), length, reference.parameter("S0"), reference.parameter("n"), cells);
  const double fastest = reference.at(0, "x_m") / reference.at(0, "t_s");
  const int steps = whole_steps(last, courant * wave.dx() / fastest);
  wave.start(high, last / steps);
  double error = 0, total = 0;
  for (int n = 0; n < steps; ++n) wave.advance(low, 0, last / steps);
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    if (reference.at(row, "t_s") != last) continue;
    const double exact = reference.at(row, "Q_m3_s");
    error += std::fabs(wave.discharge_at(reference.at(row, "x_m")) - exact);
    total += exact;
  }
  WaveErrors errors;
  errors.l1 = error / total;
  errors.volume = wave.volume_error();
  return errors;
}

namespace {

// Where the area passes the mean of the two states, straight between cell centres.
double front(const Wave& wave, int cells, double middle) {
  for (int i = 0; i + 1 < cells; ++i)
    if (wave.area(i) >= middle && wave.area(i + 1) < middle)
      return wave.centre(i) + wave.dx() * (wave.area(i) - middle) / (wave.area(i) - wave.area(i + 1));
  return 0;
}

double area_error(const Wave& wave, int cells, double front_at, double behind, double ahead) {
  double error = 0, total = 0;
  for (int i = 0; i < cells; ++i) {
    const double share = std::clamp(front_at / wave.dx() - i, 0.0, 1.0),
                 exact = share * behind + (1 - share) * ahead;
    error += std::fabs(wave.area(i) - exact);
    total += exact;
  }
  return error / total;
}

}  // namespace

// The river is half as long again as the bore comes until 7200 s; the bore is looked at there and at half
// that time.
WaveErrors shock_errors(const Reference& reference, int cells, double courant) {
  const double low = reference.parameter("Q1"), high = reference.parameter("Q2"), until = 7200;
  const double ahead = reference.parameter("A1_m2"), behind = reference.parameter("A2_m2");
  const double speed = reference.parameter("shock_speed_m_s");
  Wave wave(reference.parameter("B_m"), 1.5 * speed * until, reference.parameter("S0"),
            reference.parameter("n"), cells);
  const int half = whole_steps(until / 2, courant * wave.dx() / reference.parameter("celerity_Q2"));
  const double dt = until / 2 / half, middle = 0.5 * (ahead + behind);
  wave.start(low, dt);
  for (int n = 0; n < half; ++n) wave.advance(high, 0, dt);
  const double first = front(wave, cells, middle);
  for (int n = 0; n < half; ++n) wave.advance(high, 0, dt);
  const double second = front(wave, cells, middle);
  double exact = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    if (reference.at(row, "t_s") == until) exact = reference.at(row, "x_shock_m");
  WaveErrors errors;
  errors.position = std::fabs(second - exact) / wave.dx();
  errors.speed = std::fabs((second - first) / (until / 2) / speed - 1);
  errors.l1 = area_error(wave, cells, exact, behind, ahead);
  errors.overshoot = std::max({0.0, wave.most() - high, low - wave.least()}) / (high - low);
  errors.volume = wave.volume_error();
  return errors;
}

void kinematic_plane_runoff(const CaseFolder& folder, Report& report) {
  const WaveErrors errors = plane_errors(folder.reference(), 50, 1);
  report.add(folder, "peak", errors.peak);
  report.add(folder, "discharge L1", errors.l1);
  report.add(folder, "volume", errors.volume);
}

void kinematic_rarefaction(const CaseFolder& folder, Report& report) {
  const WaveErrors errors = rarefaction_errors(folder.reference(), 200, 1);
  report.add(folder, "discharge L1", errors.l1);
  report.add(folder, "volume", errors.volume);
}

void kinematic_shock(const CaseFolder& folder, Report& report) {
  const WaveErrors errors = shock_errors(folder.reference(), 200, 1);
  report.add(folder, "position", errors.position);
  report.add(folder, "speed", errors.speed);
  report.add(folder, "area L1", errors.l1);
  report.add(folder, "overshoot", errors.overshoot);
  report.add(folder, "volume", errors.volume);
}

}  // namespace limpid::validation
