#include "solvers/storage.hpp"

#include "model/elementary.hpp"
#include "solvers/team.hpp"

namespace limpid {

StorageExchange::StorageExchange(const Network& network) {
  for (std::size_t i = 0; i < network.cell_reach.size(); ++i) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    volume_.push_back(reach.storage_area * network.cell_length[i]);
    rate_.push_back(reach.storage_exchange);
  }
}

// Each side gives a share of its amount, at most all of it, so that nothing becomes negative.
void StorageExchange::advance(double dt, const std::vector<double>& channel_volume, State& channel,
                              State& storage) const {
  const bool team = storage.amount.size() >= kParallelEntries;
  const auto exchange = [&](int cell, int) {
    const auto i = static_cast<std::size_t>(cell);
    const double v = channel_volume[i], vs = volume_[i];
    if (vs <= kDryVolume || v <= kDryVolume) return;
    const double mixed = 1 - elementary::exp(-rate_[i] * dt * (1 + v / vs));
    const double given = vs / (v + vs) * mixed, returned = v / (v + vs) * mixed;
    double* m = channel.row(cell);
    double* ms = storage.row(cell);
    for (int j = 0; j < channel.rows.width; ++j) {
      const double crossing = m[j] * given - ms[j] * returned;
      m[j] -= crossing;
      ms[j] += crossing;
    }
  };
  with_team(team, [&] { share_work(team, static_cast<int>(volume_.size()), 0, 1, exchange); });
}

}  // namespace limpid
