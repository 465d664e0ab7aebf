#include "validation/outfall_cases.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;

struct Outfall {
  double speed, dispersion, decay, flow, load;  // m/s, m2/s, 1/s, m3/s, g/s
  double root() const { return std::sqrt(speed * speed + 4 * decay * dispersion); }
  // 1/m: so c falls upstream (without dispersion nothing gets there) and downstream.
  double above() const { return dispersion > 0 ? (speed + root()) / (2 * dispersion) : 1; }
  double below() const { return 2 * decay / (speed + root()); }
  double at(double x) const {
    return load / (flow * root() / speed) * std::exp(x < 0 ? x * above() : -x * below());
  }
};

struct Point {
  double x, c;  // m below the outfall
};

// A river with the outfall at a node, so long that its ends are not felt, until nothing changes any more:
// its cells resolve both slopes, its steps keep the Courant number at 0.5 and the dispersion's half step
// where it is of second order.
class OutfallRun {
 public:
  OutfallRun(const Outfall& o, double first, double last)
      : cell_(std::max(5.0, std::min(0.07 / o.above(), 0.02 / o.below()))),
        basin_(river(o, first, last)),
        options_(options(o, last)),
        run_(basin_, options_) {
    run_.to_end();
  }
  double at(double x) const {
    return x < 0 ? run_.at(0, 0, basin_.network.reaches[0].length + x) : run_.at(0, 1, x);
  }

 private:
  UniformReach reach(const Outfall& o, double length, int from) const {
    const int cells = static_cast<int>(std::ceil(length / cell_)) + 4;
    return {cells * cell_, o.flow / o.speed, o.flow, o.dispersion, 1.0, cells, from, from + 1};
  }
  Basin river(const Outfall& o, double first, double last) const {
    Basin basin = uniform_basin({reach(o, 7 / o.above() - first, 0), reach(o, last + 7 / o.above(), 1)});
    add_constituents(basin, {"load"});
    add_boundary(basin, 0, o.flow);
    set_load(basin, add_boundary(basin, 1, 0), "load", Series::constant(o.load));
    add_process(basin, "first_order_decay", {{"constituent", "load"}}, {{"k", o.decay * kDay}});
    return basin;
  }
  RunOptions options(const Outfall& o, double last) const {
    const double passage = 1.5 * last / o.speed + 20 * o.dispersion / (o.speed * o.speed);
    const double duration = std::min(12 / o.decay, passage);
    const double mixing = o.dispersion > 0 ? 4 * cell_ * cell_ / o.dispersion : 600;
    const double whole = std::max(1.0, std::floor(std::min({0.5 * cell_ / o.speed, mixing, 600.0})));
    return plain_options(whole, static_cast<int>(duration / whole));
  }

  double cell_;
  Basin basin_;
  RunOptions options_;
  SingleRun run_;
};

struct OutfallErrors {
  double table = 0, equation = 0;  // of the table's largest concentration
};

// Against the table and against the whole equation of advection, dispersion and decay.
OutfallErrors outfall_errors(const Outfall& outfall, const std::vector<Point>& points) {
  double first = 0, last = 0, most = 0;
  for (const Point& p : points)
    first = std::min(first, p.x), last = std::max(last, p.x), most = std::max(most, p.c);
  const OutfallRun run(outfall, first, last);
  OutfallErrors errors;
  for (const Point& p : points) {
    const double c = run.at(p.x);
    errors.table = std::max(errors.table, std::fabs(c - p.c) / most);
    errors.equation = std::max(errors.equation, std::fabs(c - outfall.at(p.x)) / most);
  }
  return errors;
}

}  // namespace

void oloughlin_bowmer(const CaseFolder& folder, Report& report) {
  const Reference r = folder.reference();
  const Outfall outfall{r.parameter("u_m_s"), r.parameter("D_m2_s"), r.parameter("k_per_d") / kDay,
                        r.parameter("Q_m3_s"), r.parameter("W_g_s")};
  std::vector<Point> points;
  for (std::size_t row = 0; row < r.rows.size(); ++row)
    points.push_back({r.at(row, "x_m"), r.at(row, "C_mgL")});
  report.add(folder, "concentration", outfall_errors(outfall, points).table);
}

// The river's own load enters with that of the outfall, as the guideline mixes them. Its formulas leave out
// what matters little in their regime: dispersion in the first (so the run has none), dispersion below the
// outfall in the second, advection in the fourth; the whole equation shows what is left of the difference.
void hj23_regimes(const CaseFolder& folder, Report& report) {
  const Reference r = folder.reference();
  for (std::size_t row = 0; row < r.rows.size();) {
    const double number = r.at(row, "case");
    const double dispersion = number == 1 ? 0 : r.at(row, "Ex");
    const Outfall outfall{r.at(row, "u"), dispersion, r.at(row, "k_d") / kDay,
                          r.at(row, "Qp") + r.at(row, "Qh"),
                          r.at(row, "Cp") * r.at(row, "Qp") + r.at(row, "Ch") * r.at(row, "Qh")};
    std::vector<Point> points;
    for (; row < r.rows.size() && r.at(row, "case") == number; ++row)
      points.push_back({r.at(row, "x_m"), r.at(row, "C_mgL")});
    const OutfallErrors errors = outfall_errors(outfall, points);
    const std::string regime = "regime " + std::to_string(std::lround(number));
    report.add(folder, regime, errors.table);
    report.add(folder, regime + ", whole equation", errors.equation);
  }
}

}  // namespace limpid::validation
