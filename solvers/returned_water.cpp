#include "solvers/returned_water.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/checkpoint.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// The cell whose water an abstraction at this junction takes first.
int cell_at(const Network& network, int junction) {
  const Junction& j = network.junctions[at(junction)];
  if (!j.in.empty()) {
    const Chain& chain = network.chains[at(j.in.front())];
    return chain.first_cell + chain.cells - 1;
  }
  return j.out.empty() ? 0 : network.chains[at(j.out.front())].first_cell;
}

}  // namespace

ReturnedWater::ReturnedWater(const Basin& basin, const Rows& rows) : rows_(rows) {
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    const Source& source = basin.sources[s];
    if (!source.is_return()) continue;
    const int junction = basin.sources[at(source.return_of)].junction;
    returns_.push_back({static_cast<int>(s), source.return_of, junction, cell_at(basin.network, junction),
                        source.return_share});
    sources_.push_back(static_cast<int>(s));
  }
  volume_.assign(returns_.size(), 0.0);
  amount_.assign(rows.at(static_cast<int>(returns_.size())), 0.0);
}

void ReturnedWater::ask(WaterInput& input) const {
  for (std::size_t n = 0; n < returns_.size(); ++n) {
    const auto s = at(returns_[n].source);
    input.rate[s] = volume_[n] / dt_;
    input.volume[s] = input.dt == dt_ ? volume_[n] : input.rate[s] * input.dt;
  }
}

void ReturnedWater::take(const WaterStep& step, const TransportRows& amounts) {
  dt_ = step.dt;
  for (std::size_t n = 0; n < returns_.size(); ++n) {
    const Return& r = returns_[n];
    const double got = step.abstracted[at(r.of)], all = step.junction_out[at(r.junction)];
    const double share = all > 0 ? r.share * (got / all) : 0.0;
    volume_[n] = r.share * got;
    const double* taken = amounts.abstracted.data() + rows_.at(r.junction);
    double* row = amount_.data() + rows_.at(static_cast<int>(n));
    for (int j = 0; j < rows_.width; ++j) row[j] = share * taken[j];
  }
}

bool ReturnedWater::take_water(const WaterStep& step) {
  constexpr double kRoundOff = 1e-12;
  bool fresh = false;
  for (std::size_t n = 0; n < returns_.size(); ++n) {
    const double volume = returns_[n].share * step.abstracted[at(returns_[n].of)];
    fresh = fresh || std::fabs(volume / step.dt - volume_[n] / dt_) > kRoundOff * volume / step.dt;
    volume_[n] = volume;
  }
  dt_ = step.dt;
  return fresh;
}

void ReturnedWater::fill(const State& state, const std::vector<double>& volume) {
  for (std::size_t n = 0; n < returns_.size(); ++n) {
    const double* from = state.row(returns_[n].cell);
    double* row = amount_.data() + rows_.at(static_cast<int>(n));
    for (int j = 0; j < rows_.width; ++j)
      row[j] = volume_[n] * concentration(from[j], volume[at(returns_[n].cell)]);
  }
}

void ReturnedWater::checkpoint(Checkpoint& file) {
  file.fixed("volumes that come back", volume_);
  file.fixed("amounts that come back", amount_);
  file.item("step that took them", dt_);
}

}  // namespace limpid
