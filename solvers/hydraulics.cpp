#include "solvers/hydraulics.hpp"

#include "model/bed.hpp"
#include "solvers/dynamic.hpp"
#include "solvers/junction_flow.hpp"
#include "solvers/restored_flow.hpp"
#include "solvers/routed_flow.hpp"
#include "solvers/steady.hpp"

namespace limpid {

namespace {

// Where a scheme needs a bed that falls.
void require_falls(const Network& network, const std::vector<char>& exempt, const char* scheme) {
  for (std::size_t r = 0; r < network.reaches.size(); ++r) {
    const Reach& reach = network.reaches[r];
    if (reach.lake < 0 && reach.slope <= 0 && !exempt[r])
      throw Failure(Code::E1404, reach.place, {reach.id, std::to_string(reach.slope), scheme, scheme});
  }
}

}  // namespace

std::unique_ptr<Hydraulics> make_hydraulics(const Basin& basin, bool changes_channels) {
  if (changes_channels) return std::make_unique<RestoredFlow>(basin);
  if (basin.schemes.hydraulics == HydraulicScheme::steady) {
    require_falls(basin.network, held_reaches(basin.network), "steady");
    return std::make_unique<SteadyFlow>(basin);
  }
  if (basin.schemes.hydraulics == HydraulicScheme::dynamic) {
    for (const Lake& lake : basin.network.lakes)
      if (!shore_is_given(basin.network, lake))
        throw Failure(Code::E1464, lake.place,
                      {lake.id, basin.network.nodes[static_cast<std::size_t>(lake.node)].id});
    return std::make_unique<DynamicFlow>(basin);
  }
  require_falls(basin.network, std::vector<char>(basin.network.reaches.size(), 0),
                basin.schemes.hydraulics == HydraulicScheme::kinematic ? "kinematic" : "muskingum-cunge");
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
  if (split.kind == SplitKind::levels) return 0.5 * flow;
  if (split.kind == SplitKind::fraction) return split.fraction * flow;
  if (split.station >= 0 && !stations.empty())
    return stations[static_cast<std::size_t>(split.station)].diverted(flow, seconds);
  return DiversionInput{split.reserve, 0, split.capacity}.diverted(flow, seconds);
}

}  // namespace limpid
