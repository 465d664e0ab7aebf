// The dynamic wave's borders: outlets, what stands beyond them, structures, and the pools that they hold.
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/wetted.hpp"
#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

// Levels beyond the outlets and openings of the structures over a step.
void DynamicFlow::set_borders(const WaterInput& input) {
  const Network& network = basin_.network;
  stage0_.clear();
  stage1_.clear();
  for (const WaveBeyond& beyond : grid_.beyond) {
    const OutletInput given = input.outlets.empty() ? outlet_input(network.outlets[at(beyond.outlet)], 0, 0)
                                                    : input.outlets[at(beyond.outlet)];
    stage0_.push_back(given.stage0);
    stage1_.push_back(given.stage1);
  }
  openings_ = input.openings;
  if (openings_.empty())
    for (const Structure& s : network.structures) openings_.push_back(s.opening.at(0));
}

// The water beyond the outlets as it stands at a part of the step.
void DynamicFlow::set_beyond(double part) {
  for (std::size_t b = 0; b < grid_.beyond.size(); ++b) {
    const std::size_t i = at(grid_.beyond[b].cell);
    const double stage = stage0_[b] + part * (stage1_[b] - stage0_[b]);
    const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
    depth_[i] = std::max(0.0, stage - grid_.bed[i]);
    wet_sections(*channel_[i], reach.manning_n, &depth_[i], 1, &area_[i], &width_[i], &friction_[i]);
    set_cell(i);
  }
}

// Fall by friction over half a cell, at most half its depth or the fall of its bed.
double DynamicFlow::half_loss(std::size_t i, double rate) const {
  if (area_[i] <= kLeastArea || i >= at(grid_.own_cells)) return 0;
  const double velocity = rate / carrying_area(i);
  const double loss = 0.5 * grid_.length[i] * friction_[i] * velocity * velocity / kGravity;
  return std::min(loss, std::max(0.5 * depth_[i], half_fall_[i]));
}

// Level at a cell's lower end with a flow towards it. Water that does not reach over the bed's own fall runs
// down it.
double DynamicFlow::end_level(std::size_t i, double rate) const {
  const double run = std::max(0.0, half_fall_[i] - depth_[i]);
  return level_[i] - std::max(run, half_loss(i, rate));
}

// The flow q >= 0 at which law(q), which falls with q, gives q: what passes a border whose levels fall with
// the flow itself. slope: of the law [1], <= 0.
template <class Law>
double DynamicFlow::consistent(const Law& law) {
  double low = 0, high = law(0.0).rate, q = 0.5 * high;
  if (!(high > 0)) return 0;
  for (int n = 0; n < 50; ++n) {
    const auto [rate, slope] = law(q);
    (rate > q ? low : high) = q;
    double next = q + (rate - q) / (1 - slope);
    if (!(next >= low && next <= high)) next = 0.5 * (low + high);
    const bool near = std::fabs(next - q) <= 1e-13 * high;
    q = next;
    if (near) break;
  }
  return q;
}

// What a split rule gives to a branch of what arrived at the hub when the sub-step began.
double DynamicFlow::ruled_rate(const WaveFace& face) const {
  const std::size_t hub = at(face.left);
  double arriving = std::max(0.0, net_inflow_[hub]);
  for (const int f : grid_.upper[hub]) arriving += std::max(0.0, now_.rate[at(f)]);
  const Split& split = basin_.network.reaches[at(face.rule_reach)].split;
  return ruled_share(split, arriving, 1.0, diversions_);
}

// No more in all than arrives and half of what is there.
DynamicFlow::Flux DynamicFlow::ruled_flux(const WaveFace& face, double dt) const {
  const std::size_t hub = at(face.left);
  double there = 0.5 * now_.volume[hub] / dt + net_inflow_[hub], asked = 0;
  for (const int f : grid_.upper[hub]) there += flux_.rate[at(f)];
  for (const int f : grid_.lower[hub])
    if (grid_.faces[at(f)].rule_reach >= 0) asked += ruled_rate(grid_.faces[at(f)]);
  double rate = ruled_rate(face);
  if (asked > 0 && asked > there) rate *= std::max(0.0, there) / asked;
  return {entering_velocity(face.rule_reach, at(face.right), rate), rate, 0, 0, 0, 1};
}

// Of what is let into a reach: not faster than uniform flow into a dry one.
double DynamicFlow::entering_velocity(int number, std::size_t cell, double rate) const {
  const Reach& reach = basin_.network.reaches[at(number)];
  const double uniform = normal_area(basin_.network.channels[at(reach.channel)], rate,
                                     reach.slope > 0 ? reach.slope : kGuessedSlope, reach.manning_n, 0);
  const double area = std::max(area_[cell], uniform);
  return area > kLeastArea ? rate / area : 0;
}

// All structures of a face together at a flow of this size, whose friction lowers the level above them and
// raises the one below.
Passage DynamicFlow::gate_passage(const WaveFace& face, double rate, bool forward) const {
  const std::size_t l = at(face.left), r = at(face.right);
  const double left = forward ? end_level(l, rate) : level_[l] + half_loss(l, rate),
               right = level_[r] + (forward ? 1 : -1) * half_loss(r, rate);
  Passage sum;
  for (const int s : grid_.gates[at(face.gate)].structures) {
    const Passage one = passage(basin_.network.structures[at(s)], openings_[at(s)], left, right);
    sum.rate += one.rate;
    sum.upper += one.upper;
    sum.lower += one.lower;
  }
  return sum;
}

// The jet's momentum is lost: water goes on as fast as the cell that it enters is wide, and no faster than it
// fell.
DynamicFlow::Flux DynamicFlow::gate_flux(const WaveFace& face) const {
  const std::size_t l = at(face.left), r = at(face.right);
  const bool forward = end_level(l, 0) >= level_[r];
  if (depth_[forward ? l : r] <= kDryDepth) return {};
  const double sign = forward ? 1 : -1;
  // d loss / dq = 2 loss / q where friction alone makes it
  const auto law = [&](double q) -> Outflow {
    const Passage p = gate_passage(face, q, forward);
    const double losses = p.upper * half_loss(l, q) + p.lower * half_loss(r, q);
    return {std::max(0.0, sign * p.rate), q > 0 ? -2 * losses / q : 0};
  };
  const double q = consistent(law);
  const Passage p = gate_passage(face, q, forward);
  const double damping = 1 - law(q).slope;
  Flux flux;
  flux.rate = sign * q;
  flux.left = p.upper / damping;
  flux.right = p.lower / damping;
  flux.weight = 1;
  const double fastest = std::sqrt(2 * kGravity * std::fabs(level_[l] - level_[r]));
  flux.velocity = sign * std::min(q / std::max(area_[forward ? r : l], kLeastArea), fastest);
  return flux;
}

// At critical depth, or in uniform flow where the channel is steep.
DynamicFlow::Outflow DynamicFlow::free_fall(std::size_t i) const {
  if (depth_[i] <= 0) return {};
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  const double celerity = std::sqrt(kGravity * area_[i] / width_[i]);
  const Outflow critical{area_[i] * celerity, 1.5 * celerity * width_[i]};
  if (reach.slope <= 0) return critical;
  const NormalFlow uniform = normal_flow(*channel_[i], area_[i], reach.slope, reach.manning_n);
  return uniform.discharge > critical.rate ? Outflow{uniform.discharge, uniform.celerity * width_[i]}
                                           : critical;
}

DynamicFlow::Outflow DynamicFlow::outlet_flow(const WaveOutlet& outlet) const {
  const std::size_t i = at(outlet.cell);
  if (outlet.lake >= 0) {
    const Pond& pond = ponds_[at(pond_of_[at(outlet.lake)])];
    return {pond.spilled - pond.excess + pond.released, pond.excess > 0 ? 0 : pond.slope};
  }
  const Outlet* told = outlet.outlet < 0 ? nullptr : &basin_.network.outlets[at(outlet.outlet)];
  if (told && told->kind == OutletKind::free_fall) return free_fall(i);
  if (told && told->kind == OutletKind::rating) return depth_[i] > 0 ? rated(i, told->rating) : Outflow{};
  if (channel_[i]->closed()) return end_of_pipe(i);
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  const NormalFlow uniform = normal_flow(*channel_[i], area_[i], reach.slope, reach.manning_n);
  return {uniform.discharge, uniform.celerity * width_[i]};
}

DynamicFlow::Outflow DynamicFlow::rated(std::size_t i, const RatingCurve& rating) const {
  const auto law = [&](double q) -> Outflow {
    const double level = end_level(i, q), slope = rating.slope(level);
    return {rating.at(level), q > 0 ? -2 * slope * half_loss(i, q) / q : 0};
  };
  const double q = consistent(law);
  return {q, rating.slope(end_level(i, q)) / (1 - law(q).slope)};
}

// However low the water beyond stands, no more leaves than falls freely.
DynamicFlow::Flux DynamicFlow::held_by_fall(const WaveFace& face, const Flux& flux) const {
  const Outflow most = free_fall(at(face.left));
  if (flux.rate <= most.rate) return flux;
  const double area = area_[at(face.left)];
  return {area > kLeastArea ? most.rate / area : 0, most.rate, most.slope, 0, 0, 1};
}

// Raises the first water to the levels that stages, crests and rising beds hold it at.
void DynamicFlow::fill_pools() {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  const Network& network = basin_.network;
  std::vector<double> pool(grid_.bed.size(), kNone);
  for (std::size_t b = 0; b < grid_.beyond.size(); ++b) pool[at(grid_.beyond[b].cell)] = stage0_[b];
  for (const WaveShore& shore : grid_.shores) {
    const Lake& lake = network.lakes[at(shore.lake)];
    pool[at(shore.cell)] = lake.curve.level_at(now_.volume[at(grid_.lake_cell[at(shore.lake)])]);
  }
  const auto below = [&](std::size_t i) {
    double level = std::numeric_limits<double>::infinity();
    for (const int f : grid_.lower[i]) {
      const WaveFace& face = grid_.faces[at(f)];
      double here = pool[at(face.right)];
      if (face.right < grid_.own_cells && grid_.bed[at(face.right)] > grid_.bed[i])
        here = std::max(here, grid_.bed[at(face.right)]);
      if (face.gate >= 0) here = std::max(here, lowest_crest(grid_.gates[at(face.gate)]));
      level = std::min(level, here);
    }
    return std::isfinite(level) ? level : kNone;
  };
  for (auto chain = network.chains.rbegin(); chain != network.chains.rend(); ++chain)
    for (int i = chain->first_cell + chain->cells - 1; i >= chain->first_cell; --i) {
      if (grid_.in_lake[at(i)]) continue;
      pool[at(i)] = below(at(i));
      const double depth = pool[at(i)] - grid_.bed[at(i)];
      if (depth > 0)
        now_.volume[at(i)] =
            std::max(now_.volume[at(i)], channel_[at(i)]->area(depth) * network.cell_length[at(i)]);
    }
}

double DynamicFlow::lowest_crest(const WaveGate& gate) const {
  double level = std::numeric_limits<double>::infinity();
  for (const int s : gate.structures) level = std::min(level, basin_.network.structures[at(s)].crest_level);
  return level;
}

}  // namespace limpid
