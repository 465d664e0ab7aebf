#include "solvers/junction_flow.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "model/wetted.hpp"
#include "solvers/hydraulics.hpp"
#include "solvers/reach_losses.hpp"
#include "solvers/state.hpp"
#include "solvers/team.hpp"

namespace limpid {

JunctionFlow::JunctionFlow(const Basin& basin)
    : basin_(basin), inflows_(basin.network.junctions.size()), abstractions_(basin.network.junctions.size()) {
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    const Source& source = basin.sources[s];
    if (source.junction < 0) continue;
    auto& list = source.kind == SourceKind::abstraction ? abstractions_ : inflows_;
    list[static_cast<std::size_t>(source.junction)].push_back(static_cast<int>(s));
  }
}

void JunctionFlow::spread_laterals(const WaterInput& input, WaterStep& step) const {
  std::fill(step.lateral_in.begin(), step.lateral_in.end(), 0.0);
  for (const DiffuseShare& share : basin_.diffuse_shares)
    step.lateral_in[static_cast<std::size_t>(share.cell)] +=
        share.share * input.volume[static_cast<std::size_t>(share.source)];
}

JunctionFlow::Water JunctionFlow::gather(int junction, const WaterInput& input,
                                         const std::vector<double>& chain_rate, WaterStep& step) const {
  const Network& network = basin_.network;
  const auto j = static_cast<std::size_t>(junction);
  Water water;
  for (int chain : network.junctions[j].in) {
    const Chain& c = network.chains[static_cast<std::size_t>(chain)];
    water.volume += step.face[static_cast<std::size_t>(network.first_face(chain) + c.cells)];
    water.rate += chain_rate[static_cast<std::size_t>(chain)];
  }
  double entering = 0;
  for (int s : inflows_[j]) {
    entering += input.volume[static_cast<std::size_t>(s)];
    water.rate += input.rate[static_cast<std::size_t>(s)];
  }
  step.junction_in[j] = entering;
  water.volume += entering;
  return water;
}

// First come, first served, in the order of the sources.
void JunctionFlow::abstract(int junction, const WaterInput& input, WaterStep& step, Water& water) const {
  const auto j = static_cast<std::size_t>(junction);
  double leaving = 0;
  for (int s : abstractions_[j]) {
    const auto source = static_cast<std::size_t>(s);
    const double taken = std::min(input.volume[source], water.volume);
    step.abstracted[source] = taken;
    leaving += taken;
    water.volume -= taken;
    water.rate = std::max(0.0, water.rate - input.rate[source]);
  }
  step.junction_out[j] = leaving;
}

void JunctionFlow::pass(int junction, const WaterInput& input, const std::vector<double>& chain_rate,
                        WaterStep& step, std::vector<double>& inflow_rate) const {
  const Network& network = basin_.network;
  Water water = gather(junction, input, chain_rate, step);
  abstract(junction, input, step, water);
  const auto& out = network.junctions[static_cast<std::size_t>(junction)].out;
  const auto face = [&](int chain) { return static_cast<std::size_t>(network.first_face(chain)); };
  if (out.size() == 1) {
    step.face[face(out[0])] = water.volume;
    inflow_rate[static_cast<std::size_t>(out[0])] = water.rate;
    return;
  }
  std::vector<double> share(out.size());
  split_volume(network, junction, water.volume, input.dt, share.data(), input.diversions);
  for (std::size_t k = 0; k < out.size(); ++k) step.face[face(out[k])] = share[k];
  split_flow(network, junction, water.rate, share.data(), input.diversions);
  for (std::size_t k = 0; k < out.size(); ++k) inflow_rate[static_cast<std::size_t>(out[k])] = share[k];
}

void split_volume(const Network& network, int junction, double volume, double seconds, double* out,
                  const std::vector<DiversionInput>& stations) {
  const auto& chains = network.junctions[static_cast<std::size_t>(junction)].out;
  if (chains.empty()) return;
  double left = volume;
  std::size_t remainder = 0;
  for (std::size_t k = 0; k < chains.size(); ++k) {
    const int reach = network.chains[static_cast<std::size_t>(chains[k])].reach;
    const Split& split = network.reaches[static_cast<std::size_t>(reach)].split;
    if (chains.size() == 1 || split.kind == SplitKind::remainder) {
      remainder = k;
      continue;
    }
    out[k] = std::min(ruled_share(split, volume, seconds, stations), left);
    left -= out[k];
  }
  out[remainder] = left;
}

namespace {

// The velocity is that of uniform flow at the area that stands: the step's mean discharge over the area at
// its end would run away where a cell falls dry (10^5 m/s was seen).
void set_chain_geometry(const Network& network, const Chain& chain, WaterStep& step, NormalFlow* flows) {
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
  const auto first = static_cast<std::size_t>(chain.first_cell),
             end = first + static_cast<std::size_t>(chain.cells);
  for (std::size_t i = first; i < end; ++i) step.area[i] = step.volume1[i] / network.cell_length[i];
  normal_flows(channel, std::max(reach.slope, 0.0), reach.manning_n, &step.area[first], chain.cells,
               flows + first);
  for (std::size_t i = first; i < end; ++i) {
    const bool dry = step.volume1[i] <= kDryVolume;
    step.velocity[i] = dry ? 0 : flows[i].discharge / step.area[i];
    step.depth[i] = dry ? 0 : step.area[i] / flows[i].top_width;
  }
  if (!channel.closed()) return;
  for (std::size_t i = first; i < end; ++i)
    if (step.depth[i] > 0) step.depth[i] = channel.mean_depth(step.area[i]);
}

// Whether volumes and flows are finite.
bool set_chain_discharge(const Network& network, int k, WaterStep& step) {
  const Chain& chain = network.chains[static_cast<std::size_t>(k)];
  const auto first = static_cast<std::size_t>(chain.first_cell);
  auto face = static_cast<std::size_t>(network.first_face(k));
  const double rate = 0.5 / step.dt;
  double total = 0;
  for (std::size_t i = first; i < first + static_cast<std::size_t>(chain.cells); ++i, ++face) {
    step.discharge[i] = rate * (step.face[face] + step.face[face + 1]);
    total += step.volume1[i] + step.discharge[i];
  }
  return std::isfinite(total);
}

// of_chain(chain): depths, and what else it sets, of a river's cells.
template <class F>
void set_chains(const Network& network, WaterStep& step, const F& of_chain) {
  constexpr int kParallelCells = 10'000;  // about 0.2 ms of work
  const bool team = network.cell_count() >= kParallelCells && omp_get_max_threads() > 1;
  const int chains = static_cast<int>(network.chains.size());
  std::vector<char> finite(network.chains.size());
  with_team(team, [&] {
    share_work(team, chains, 0, 1, [&](int k, int) {
      const auto chain = static_cast<std::size_t>(k);
      if (const Lake* lake = network.lake_of(k)) {
        finite[chain] = set_lake_geometry(network, *lake, step);
        return;
      }
      of_chain(network.chains[chain]);
      finite[chain] = set_chain_discharge(network, k, step);
    });
  });
  const auto wrong = std::find(finite.begin(), finite.end(), 0) - finite.begin();
  if (wrong == chains) return;
  const Reach& reach =
      network.reaches[static_cast<std::size_t>(network.chains[static_cast<std::size_t>(wrong)].reach)];
  throw Failure(Code::E3001, reach.place, {reach.id});
}

void set_chain_sections(const Network& network, const Chain& chain, WaterStep& step) {
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const auto first = static_cast<std::size_t>(chain.first_cell),
             end = first + static_cast<std::size_t>(chain.cells);
  for (std::size_t i = first; i < end; ++i) step.area[i] = step.volume1[i] / network.cell_length[i];
  mean_depths(network.channels[static_cast<std::size_t>(reach.channel)], &step.area[first], chain.cells,
              &step.depth[first]);
  for (std::size_t i = first; i < end; ++i)
    step.depth[i] = step.volume1[i] <= kDryVolume ? 0.0 : step.depth[i];
}

}  // namespace

void set_geometry(const Network& network, WaterStep& step, std::vector<NormalFlow>& flows) {
  flows.resize(static_cast<std::size_t>(network.cell_count()));
  set_chains(network, step,
             [&](const Chain& chain) { set_chain_geometry(network, chain, step, flows.data()); });
}

void set_sections(const Network& network, WaterStep& step) {
  set_chains(network, step, [&](const Chain& chain) { set_chain_sections(network, chain, step); });
}

std::vector<double> accumulate_steady(const Basin& basin, JunctionFlow& junctions, const WaterInput& input,
                                      WaterStep& step, const LakeFlow* lakes,
                                      const std::vector<double>& width) {
  const Network& network = basin.network;
  std::vector<double> middle(static_cast<std::size_t>(network.cell_count())),
      end_rate(network.chains.size(), 0), begin_rate(end_rate);
  junctions.spread_laterals(input, step);
  for (int j : network.junction_order) {
    junctions.pass(j, input, end_rate, step, begin_rate);
    for (int k : network.junctions[static_cast<std::size_t>(j)].out) {
      if (lakes && network.is_lake(k)) {
        end_rate[static_cast<std::size_t>(k)] = lakes->route(k, input, step);
        continue;
      }
      const Chain& chain = network.chains[static_cast<std::size_t>(k)];
      const LossInput* loss = width.empty() ? nullptr : loss_of(input, chain.reach);
      double volume = step.face[static_cast<std::size_t>(network.first_face(k))];
      for (int i = 0; i < chain.cells; ++i) {
        const auto cell = static_cast<std::size_t>(chain.first_cell + i);
        double gain = step.lateral_in[cell];
        if (loss)
          gain -=
              take_loss(*loss, width[cell] * network.cell_length[cell] * input.dt, volume + gain, cell, step);
        middle[cell] = std::max(0.0, volume + 0.5 * gain) / input.dt;
        volume = std::max(0.0, volume + gain);
        step.face[static_cast<std::size_t>(network.first_face(k) + i + 1)] = volume;
      }
      end_rate[static_cast<std::size_t>(k)] = volume / input.dt;
    }
  }
  return middle;
}

void settle_losses(
    const Network& network, const WaterInput& input,
    const std::function<void(const std::vector<double>& widths, std::vector<double>& areas)>& pass) {
  constexpr int kMostPasses = 50;
  constexpr double kNear = 1e-12;  // of a width
  std::vector<double> widths, areas, next;
  pass(widths, areas);
  for (int n = 0; n < kMostPasses && !input.losses.empty(); ++n) {
    surface_widths(network, areas, next);
    bool same = !widths.empty();
    for (std::size_t i = 0; same && i < next.size(); ++i)
      same = std::fabs(next[i] - widths[i]) <= kNear * widths[i];
    if (same) return;
    widths = next;
    pass(widths, areas);
  }
}

}  // namespace limpid
