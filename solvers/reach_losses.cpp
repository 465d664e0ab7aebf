#include "solvers/reach_losses.hpp"

#include <algorithm>

namespace limpid {

double take_loss(const LossInput& loss, double surface_time, double there, std::size_t cell,
                 WaterStep& step) {
  constexpr double kRoundOff = 1e-12;
  const double wanted = loss.rate() * surface_time, all = std::max(0.0, there);
  const double lost = wanted < all * (1 - kRoundOff) ? wanted : (wanted > 0 ? all : 0.0);
  book_loss(loss, lost, cell, step);
  return lost;
}

void book_loss(const LossInput& loss, double lost, std::size_t cell, WaterStep& step) {
  const double share = lost > 0 ? loss.evaporation / loss.rate() : 0.0;
  step.evaporated[cell] = share * lost;
  step.seeped[cell] = std::max(0.0, lost - step.evaporated[cell]);
}

void surface_widths(const Network& network, const std::vector<double>& area, std::vector<double>& width) {
  width.assign(area.size(), 0.0);
  for (std::size_t i = 0; i < area.size(); ++i) {
    if (network.is_lake(network.cell_chain[i])) continue;
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
    width[i] = channel.top_width(channel.depth(area[i]));
  }
}

}  // namespace limpid
