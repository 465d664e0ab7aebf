#include "model/outlet.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

// First row of the line on which a level lies; rows: at least two.
std::size_t row_below(const std::vector<double>& stage, double level) {
  const auto next = std::upper_bound(stage.begin(), stage.end(), level) - stage.begin();
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next - 1, 0, std::ssize(stage) - 2));
}

}  // namespace

double RatingCurve::slope(double level) const {
  if (stage.size() < 2 || level < stage.front()) return 0;
  const std::size_t row = row_below(stage, level);
  return (discharge[row + 1] - discharge[row]) / (stage[row + 1] - stage[row]);
}

double RatingCurve::at(double level) const {
  if (stage.size() < 2 || level < stage.front()) return 0;
  const std::size_t row = row_below(stage, level);
  return discharge[row] + slope(level) * (level - stage[row]);
}

OutletInput outlet_input(const Outlet& outlet, double t0, double t1) {
  OutletInput input;
  const bool steps = outlet.stage.interpolation() == Interpolation::step_mean;
  input.stage0 = steps ? outlet.stage.mean(t0, t1) : outlet.stage.at(t0);
  input.stage1 = steps ? input.stage0 : outlet.stage.at(t1);
  for (const auto& series : outlet.concentration)
    input.concentration.push_back(series ? series->mean(t0, t1) : std::numeric_limits<double>::quiet_NaN());
  return input;
}

}  // namespace limpid
