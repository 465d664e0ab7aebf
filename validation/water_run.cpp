#include "validation/water_run.hpp"

#include <map>
#include <numeric>
#include <utility>

#include "validation/uniform_river.hpp"

namespace limpid::validation {

void add_inflows(Basin& basin, const Reference& table, const char* time, double seconds, const char* value) {
  std::map<int, std::pair<std::vector<double>, std::vector<double>>> points;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    auto& [times, values] = points[static_cast<int>(table.at(row, "node"))];
    times.push_back(table.at(row, time) * seconds);
    values.push_back(table.at(row, value));
  }
  for (const auto& [node, list] : points)
    add_boundary(basin, node, 0).flow = Series(list.first, list.second, Interpolation::linear);
}

WaterInput water_input(const Basin& basin, double begin, double dt) {
  WaterInput input{dt, {}, {}};
  for (const Source& source : basin.sources) {
    input.volume.push_back(source.flow.integral(begin, begin + dt));
    input.rate.push_back(source.flow.at(begin + dt));
  }
  return input;
}

double volume_out(const Network& network, const WaterStep& step) {
  double volume = 0;
  for (const Junction& junction : network.junctions)
    for (const int k : junction.in) {
      const auto chain = static_cast<std::size_t>(k);
      const auto face = static_cast<std::size_t>(network.first_face(k) + network.chains[chain].cells);
      if (junction.is_outlet()) volume += step.face[face];
    }
  return volume;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace limpid::validation
