#include "solvers/hydraulics.hpp"

#include "solvers/dynamic.hpp"
#include "solvers/junction_flow.hpp"
#include "solvers/routed_flow.hpp"
#include "solvers/steady.hpp"

namespace limpid {

std::unique_ptr<Hydraulics> make_hydraulics(const Basin& basin) {
  if (basin.schemes.hydraulics == HydraulicScheme::steady) return std::make_unique<SteadyFlow>(basin);
  if (basin.schemes.hydraulics == HydraulicScheme::dynamic) {
    if (!basin.network.lakes.empty())
      throw Failure(Code::E1464, basin.network.lakes.front().place, {basin.network.lakes.front().id});
    return std::make_unique<DynamicFlow>(basin);
  }
  return std::make_unique<RoutedFlow>(basin);
}

std::vector<double> Hydraulics::face_rates(const WaterStep& step) const {
  std::vector<double> rates = step.face;
  for (double& rate : rates) rate /= step.dt;
  return rates;
}

void split_flow(const Network& network, int junction, double total, double* out,
                const std::vector<DiversionInput>& stations) {
  split_volume(network, junction, total, 1.0, out, stations);
}

double ruled_share(const Split& split, double flow, double seconds,
                   const std::vector<DiversionInput>& stations) {
  if (split.kind == SplitKind::fraction) return split.fraction * flow;
  if (split.station >= 0 && !stations.empty())
    return stations[static_cast<std::size_t>(split.station)].diverted(flow, seconds);
  return DiversionInput{split.reserve, 0, split.capacity}.diverted(flow, seconds);
}

}  // namespace limpid
