#include "solvers/advection_water.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/pack.hpp"
#include "solvers/state.hpp"
#include "solvers/team.hpp"

namespace limpid {

AdvectionWater::AdvectionWater(const Network& network)
    : bins(network.junctions.size(), 1),
      leaving(2 * network.chains.size()),
      seen(leaving.size(), -1),
      waters(network.chains.size()),
      has_lateral(network.chains.size()),
      all_down(network.chains.size()),
      early(network.chains.size()),
      network_(network),
      mixes_(leaving.size()),
      has_shares_(network.chains.size()),
      rest1_(static_cast<std::size_t>(network.cell_count())) {
  shares.stay.resize(rest1_.size());
  shares.down.resize(rest1_.size());
  for (const Chain& chain : network.chains) longest_ = std::max(longest_, chain.cells);
}

bool AdvectionWater::same(const WaterStep& step) const {
  return same_bits(volume0_, step.volume0) && same_bits(volume1_, step.volume1) &&
         same_bits(face_, step.face) && same_bits(lateral_in_, step.lateral_in) &&
         same_bits(junction_in_, step.junction_in) && same_bits(junction_out_, step.junction_out) &&
         same_bits(evaporated_, step.evaporated) && same_bits(seeped_, step.seeped) &&
         same_bits(spilled_, step.spilled);
}

bool AdvectionWater::set(const WaterStep& step, bool team) {
  if (same(step)) return false;
  volume0_ = step.volume0;
  volume1_ = step.volume1;
  face_ = step.face;
  lateral_in_ = step.lateral_in;
  junction_in_ = step.junction_in;
  junction_out_ = step.junction_out;
  evaporated_ = step.evaporated;
  seeped_ = step.seeped;
  hold_losses();
  spilled_ = step.spilled;
  const int chains = static_cast<int>(waters.size());
  for (int k = 0; k < chains; ++k) {
    const auto i = static_cast<std::size_t>(k);
    leaving[2 * i] = -faces(k)[0];
    leaving[2 * i + 1] = faces(k)[network_.chains[i].cells];
  }
  count_bins();
  look_through();
  with_team(team, [&] { share_work(team, chains, 0, 1, [&](int k, int) { set_chain(k); }); });
  remap.layout(waters);
  with_team(team, [&] {
    share_work(team, chains, 0, 1, [&](int k, int) {
      if (!network_.is_lake(k)) remap.build(k, waters[static_cast<std::size_t>(k)]);
    });
  });
  set_order();
  return true;
}

// What a cell loses is remapped as if it stood there beside what stays (loss_mixing.hpp).
void AdvectionWater::hold_losses() {
  const bool rivers_lose = !seeped_.empty() && network_.lakes.size() < network_.chains.size();
  held_ = volume1_;
  if (!rivers_lose) return;
  for (std::size_t i = 0; i < held_.size(); ++i)
    if (!network_.is_lake(network_.cell_chain[i])) held_[i] += evaporated_[i] + seeped_[i];
}

// As many bins as the largest Courant number at the ends of the chains that meet. A lake mixes exactly at any
// Courant number.
void AdvectionWater::count_bins() {
  std::fill(bins.begin(), bins.end(), 1);
  for (int end = 0; end < static_cast<int>(leaving.size()); ++end) {
    if (network_.is_lake(end / 2)) continue;
    const auto cell = static_cast<std::size_t>(end_cell(end));
    const double flow = std::abs(leaving[static_cast<std::size_t>(end)]);
    const double volume = std::max(0.5 * (volume0_[cell] + volume1_[cell]), kDryVolume);
    const double courant = std::min(flow / volume, static_cast<double>(kMaxBins));
    int& count = bins[static_cast<std::size_t>(end_junction(network_, end))];
    count = std::max(count, static_cast<int>(std::ceil(courant)));
  }
}

// The largest flow that leaves the junction shows what lies beyond a chain that flows into it. A lake does
// not continue a river's profile.
void AdvectionWater::look_through() {
  std::vector<int> widest(network_.junctions.size(), -1), givers(widest.size(), 0);
  for (int end = 0; end < static_cast<int>(leaving.size()); ++end) {
    int& best = widest[static_cast<std::size_t>(end_junction(network_, end))];
    const double flow = leaving[static_cast<std::size_t>(end)];
    givers[static_cast<std::size_t>(end_junction(network_, end))] += flow > 0;
    if (flow < 0 && (best < 0 || flow < leaving[static_cast<std::size_t>(best)])) best = end;
  }
  for (int end = 0; end < static_cast<int>(leaving.size()); ++end) {
    const int best = widest[static_cast<std::size_t>(end_junction(network_, end))];
    seen[static_cast<std::size_t>(end)] =
        leaving[static_cast<std::size_t>(end)] > 0 && best >= 0 && !network_.is_lake(best / 2)
            ? end_cell(best)
            : -1;
    mixes_[static_cast<std::size_t>(end)] = mixes(end, givers);
  }
}

bool AdvectionWater::mixes(int end, const std::vector<int>& givers) const {
  const auto junction = static_cast<std::size_t>(end_junction(network_, end));
  return givers[junction] > 1 || junction_in_[junction] > 0;
}

void AdvectionWater::set_chain(int chain) {
  if (network_.is_lake(chain)) return;
  const auto k = static_cast<std::size_t>(chain);
  const Chain& c = network_.chains[k];
  const auto first = static_cast<std::size_t>(c.first_cell);
  const auto volume_seen = [&](std::size_t end) {
    return seen[end] < 0 ? 0.0 : volume0_[static_cast<std::size_t>(seen[end])];
  };
  ChainWater& w = waters[k];
  w.cells = c.cells;
  w.volume0 = volume0_.data() + first;
  w.volume1 = held_.data() + first;
  w.upper = -leaving[2 * k];
  w.lower = leaving[2 * k + 1];
  w.upper_bins = bins[static_cast<std::size_t>(c.upstream)];
  w.lower_bins = bins[static_cast<std::size_t>(c.downstream)];
  w.upper_neighbour = volume_seen(2 * k);
  w.lower_neighbour = volume_seen(2 * k + 1);
  w.upper_mixes = mixes_[2 * k] != 0;
  w.lower_mixes = mixes_[2 * k + 1] != 0;
  const double* lateral = lateral_in_.data() + first;
  has_lateral[k] = std::any_of(lateral, lateral + c.cells, [](double v) { return v > 0; });
  has_shares_[k] = 0;
  if (has_lateral[k]) run_cascade(chain);
}

void AdvectionWater::run_cascade(int chain) {
  const auto k = static_cast<std::size_t>(chain);
  const Chain& c = network_.chains[k];
  const auto first = static_cast<std::size_t>(c.first_cell);
  const LateralWater lateral{c.cells, held_.data() + first, faces(chain), lateral_in_.data() + first};
  const Exits exits =
      cascade(lateral, shares.stay.data() + first, shares.down.data() + first, rest1_.data() + first);
  ChainWater& w = waters[k];
  if (has_lateral[k]) w.volume1 = rest1_.data() + first;
  if (leaving[2 * k] > 0) w.upper = std::min(w.upper + exits.upper, 0.0);
  if (leaving[2 * k + 1] > 0) w.lower = std::max(w.lower - exits.lower, 0.0);
  all_down[k] =
      exits.upper == 0 && std::all_of(shares.down.data() + first, shares.down.data() + first + c.cells,
                                      [](double share) { return share == 1.0; });
  has_shares_[k] = 1;
}

void AdvectionWater::need_shares(int chain) {
  if (!has_shares_[static_cast<std::size_t>(chain)] && !network_.is_lake(chain)) run_cascade(chain);
}

// True where what leaves at one end was inside before and is not touched by what enters at the other, slopes
// included: the cell at the inflow end keeps some of its water, and only its own slope looks at the inflow.
bool AdvectionWater::can_give_early(int chain) const {
  if (network_.is_lake(chain)) return false;
  const ChainWater& w = waters[static_cast<std::size_t>(chain)];
  if (!((w.upper > 0 && w.lower > 0) || (w.upper < 0 && w.lower < 0))) return false;
  double content = 0;
  for (int i = 0; i < w.cells; ++i) content += w.volume0[i];
  content -= w.volume0[w.upper > 0 ? 0 : w.cells - 1];
  constexpr double kRoundOff = 1e-9;
  return std::abs(w.upper > 0 ? w.lower : w.upper) <= content * (1 - kRoundOff);
}

void AdvectionWater::set_order() {
  std::vector<signed char> signs(leaving.size());
  for (std::size_t e = 0; e < signs.size(); ++e) {
    signs[e] = static_cast<signed char>((leaving[e] > 0) - (leaving[e] < 0));
  }
  if (signs == signs_ && !any_early_) return;
  std::vector<char> can(waters.size());
  for (std::size_t k = 0; k < can.size(); ++k) can[k] = can_give_early(static_cast<int>(k));
  stages = flow_order(network_, leaving, can);
  std::fill(early.begin(), early.end(), 0);
  any_early_ = false;
  for (const Stage& stage : stages) {
    for (int k : stage.early) early[static_cast<std::size_t>(k)] = 1;
    any_early_ = any_early_ || !stage.early.empty();
  }
  signs_ = std::move(signs);
}

}  // namespace limpid
