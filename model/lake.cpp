#include "model/lake.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {

namespace {

// The row below x, such that x lies between it and the next one; the last but one beyond the end.
std::size_t row_below(const std::vector<double>& rising, double x) {
  const auto above = std::upper_bound(rising.begin(), rising.end(), x);
  const auto row = std::max<std::ptrdiff_t>(1, above - rising.begin()) - 1;
  return std::min(static_cast<std::size_t>(row), rising.size() - 2);
}

double between(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const std::size_t i = row_below(x, at);
  return y[i] + (at - x[i]) / (x[i + 1] - x[i]) * (y[i + 1] - y[i]);
}

}  // namespace

double StorageCurve::level_at(double at_volume) const {
  if (at_volume <= 0) return level.front();
  if (at_volume >= volume.back()) return level.back() + (at_volume - volume.back()) / area.back();
  return between(volume, level, at_volume);
}

double StorageCurve::volume_at(double at_level) const {
  if (at_level <= level.front()) return 0;
  if (at_level >= level.back()) return volume.back() + (at_level - level.back()) * area.back();
  return between(level, volume, at_level);
}

double StorageCurve::area_at(double at_level) const {
  if (at_level <= level.front()) return area.front();
  return at_level >= level.back() ? area.back() : between(level, area, at_level);
}

double StorageCurve::outflow_at(double at_level) const {
  return outflow.empty() ? 0 : std::max(0.0, between(level, outflow, std::max(at_level, level.front())));
}

double Spillway::outflow(double level) const {
  const double h = level - crest;
  return h > 0 ? coefficient * width * h * std::sqrt(h) : 0;
}

void Lake::share_volume(double volume, double* layer) const {
  double left = volume;
  for (int k = layers() - 1; k > 0; --k) {
    const auto above = static_cast<std::size_t>(k - 1);
    const double bottom = k + 1 < layers() ? curve.volume_at(boundaries[above + 1]) : 0;
    layer[k] = std::min(left, curve.volume_at(boundaries[above]) - bottom);
    left -= layer[k];
  }
  layer[0] = left;
}

double Lake::layer_area(int layer, double volume) const {
  const double level = curve.level_at(volume);
  return curve.area_at(layer == 0 ? level : std::min(level, boundaries[static_cast<std::size_t>(layer - 1)]));
}

LakeInput lake_input(const Lake& lake, double t0, double t1) {
  LakeInput input{lake.release.mean(t0, t1), lake.evaporation.mean(t0, t1), {}};
  for (const Series& speed : lake.exchange) input.exchange.push_back(speed.mean(t0, t1));
  return input;
}

}  // namespace limpid
