#include "solvers/dynamic.hpp"

#include <algorithm>
#include <cmath>

#include "model/wetted.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/reach_losses.hpp"
#include "solvers/state.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;
constexpr double kTheta = 0.6;
constexpr double kDryDepth = 1e-6;   // m; a drier cell gives nothing
constexpr double kLeastArea = 1e-6;  // m2; smallest that divides
constexpr double kNarrowest = 1e-3;  // m; least width of a water surface
constexpr double kNear = 1e-4;       // of a depth (of kShallow at least); change at which the iteration stops
constexpr double kShallow = 0.01;    // m
constexpr double kDeep = 1;          // m; a deeper lake counts as that deep
constexpr int kUsualIterations = 3, kMostIterations = 12;
constexpr double kResidual = 1e-3;  // of a cell's volume; above, the iteration goes on
constexpr double kCut = 1e-6;       // of all water; above, the step is taken again in halves
constexpr int kParts = 64;          // the smallest sub-step is dt / kParts
constexpr int kSweeps = 8;
constexpr double kMargin = 1e-12;
// A hub whose rules take what arrives may be left with a film, which must not hold up what arrives: no more
// than if the radius between both were half the donor's.
constexpr double kRoughest = 2.52;  // 2^(4/3), of the donor's friction
constexpr double kFastest = 10;     // cells that water may pass in a sub-step

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

double minmod(double a, double b) {
  if (a * b <= 0) return 0;
  return a > 0 ? std::min(a, b) : std::max(a, b);
}

// Area and top width at a depth > 0.
struct Surface {
  double area, width;
};
Surface surface(const Channel& c, double depth) {
  if (c.shape <= ChannelShape::trapezoidal)
    return {(c.bottom_width + c.side_slope * depth) * depth, c.bottom_width + 2 * c.side_slope * depth};
  const Wetted section = wetted(c, depth);
  return {section.area, section.width};
}

}  // namespace

DynamicFlow::DynamicFlow(const Basin& basin)
    : basin_(basin),
      junctions_(basin),
      lakes_(basin),
      grid_(basin.network),
      system_(static_cast<int>(grid_.bed.size()),
              [&] {
                std::vector<std::pair<int, int>> pairs;
                for (const WaveFace& face : grid_.faces)
                  pairs.emplace_back(grid_.owner[at(face.left)], grid_.owner[at(face.right)]);
                return pairs;
              }()),
      ponds_(ponds_of(basin.network, grid_)),
      pond_of_(ponds_.size()),
      given_(grid_.bed.size(), 0) {
  for (std::size_t p = 0; p < ponds_.size(); ++p) pond_of_[at(ponds_[p].lake->number)] = static_cast<int>(p);
  for (std::size_t i = at(grid_.own_cells); i < given_.size(); ++i) given_[i] = 1;
  const std::size_t cells = grid_.bed.size(), faces = grid_.faces.size();
  for (const int number : grid_.reach) {
    const Reach& its = basin.network.reaches[at(number)];
    channel_.push_back(its.lake < 0 ? &basin.network.channels[at(its.channel)] : nullptr);
  }
  for (std::size_t i = 0; i < cells; ++i)
    half_fall_.push_back(
        std::max(0.0, 0.5 * grid_.length[i] * basin.network.reaches[at(grid_.reach[i])].slope));
  for (auto* list : {&inflow_, &head_inflow_, &head_area_, &net_inflow_, &depth_, &level_, &area_, &width_,
                     &friction_, &start_level_, &start_area_, &through_, &from_upper_, &from_lower_,
                     &out_upper_, &out_lower_, &right_})
    list->assign(cells, 0.0);
  for (Flow* flow : {&now_, &next_}) {
    flow->volume.assign(at(grid_.own_cells), 0.0);
    flow->velocity.assign(faces, 0.0);
    flow->rate.assign(faces, 0.0);
    flow->outlet.assign(grid_.outlets.size(), 0.0);
  }
  rules_.assign(cells, 0);
  answers_.assign(cells, 1.0);
  for (const WaveFace& face : grid_.faces)
    if (face.rule_reach >= 0) rules_[at(face.left)] = 1;
  flux_.resize(faces);
  next_flux_.resize(faces);
  outlet_rate_.assign(grid_.outlets.size(), 0.0);
  outlet_slope_ = outlet_rate_;
  moved_.assign(at(basin.network.face_count()), 0.0);
  wanted_.assign(basin.network.junctions.size(), 0.0);
  taken_ = taken_now_ = wanted_;
}

// From uniform flow, then small steps until nothing moves.
void DynamicFlow::initialise(const WaterInput& input, WaterStep& step) {
  constexpr double kSettlingStep = 60, kSettled = 1e-9;
  constexpr int kMostSettling = 5000;
  const Network& network = basin_.network;
  step.dt = input.dt;
  lakes_.fill(step);
  const std::vector<double> discharge = accumulate_steady(basin_, junctions_, input, step, &lakes_);
  lakes_.fill(step);
  for (std::size_t i = 0; i < discharge.size(); ++i) {
    if (grid_.in_lake[i]) continue;
    const Reach& reach = network.reaches[at(network.cell_reach[i])];
    const double area = normal_area(network.channels[at(reach.channel)], discharge[i],
                                    reach.slope > 0 ? reach.slope : kGuessedSlope, reach.manning_n, 0);
    step.volume1[i] = area * network.cell_length[i];
  }
  start_from(step.volume1);
  set_borders(input);
  fill_pools();
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    if (!grid_.in_lake[i]) step.volume1[i] = now_.volume[i];
  set_face_flow(Hydraulics::face_rates(step));
  WaterInput slow = input;
  slow.dt = std::min(kSettlingStep, input.dt);
  for (double& volume : slow.volume) volume *= slow.dt / input.dt;
  for (OutletInput& outlet : slow.outlets) outlet.stage1 = outlet.stage0;
  pinned_ = true;
  for (int n = 0; n < kMostSettling; ++n) {
    advance(slow, step);
    double moved = 0;
    for (std::size_t i = 0; i < now_.volume.size(); ++i)
      moved = std::max(moved, std::fabs(step.volume1[i] - step.volume0[i]) / (step.volume1[i] + 1e-3));
    if (moved < kSettled * slow.dt) break;
  }
  pinned_ = false;
  counts_ = {};
  step.dt = input.dt;
  for (auto* volumes : {&step.face, &step.lateral_in, &step.junction_in, &step.junction_out, &step.abstracted,
                        &step.evaporated, &step.seeped, &step.spilled})
    for (double& volume : *volumes) volume *= input.dt / slow.dt;
  step.volume0 = step.volume1;
}

// All water of a lake counts as that of the cell that stands for it.
void DynamicFlow::start_from(const std::vector<double>& volume) {
  now_.volume = volume;
  for (const Pond& pond : ponds_)
    for (std::size_t i = pond.cell + 1; i < pond.cell + at(pond.lake->layers()); ++i) {
      now_.volume[pond.cell] += now_.volume[i];
      now_.volume[i] = 0;
    }
}

void DynamicFlow::set_face_flow(const std::vector<double>& face_rate) {
  const Network& network = basin_.network;
  for (std::size_t f = 0; f < grid_.faces.size(); ++f) {
    const WaveFace& face = grid_.faces[f];
    now_.rate[f] = face_rate[at(face.step_face)];
    const int donor = now_.rate[f] >= 0 || face.right >= grid_.own_cells ? face.left : face.right;
    const double area = now_.volume[at(donor)] / network.cell_length[at(donor)];
    now_.velocity[f] = area > kLeastArea ? now_.rate[f] / area : 0;
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    now_.outlet[o] = face_rate[at(grid_.outlets[o].step_face)];
}

void DynamicFlow::resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) {
  step.dt = input.dt;
  step.volume0 = step.volume1;
  start_from(step.volume1);
  set_face_flow(face_rate);
  for (std::size_t f = 0; f < face_rate.size(); ++f) step.face[f] = face_rate[f] * input.dt;
  set_borders(input);
  set_beyond(0);
  set_levels();
  set_geometry(basin_.network, step, flows_);
  for (std::size_t i = 0; i < step.velocity.size(); ++i)
    if (!grid_.in_lake[i]) step.velocity[i] = cell_speed(i, step.velocity[i]);
}

// At the end of the step where the scheme knows them, else the step's means.
std::vector<double> DynamicFlow::face_rates(const WaterStep& step) const {
  std::vector<double> rates = Hydraulics::face_rates(step);
  for (std::size_t f = 0; f < grid_.faces.size(); ++f) rates[at(grid_.faces[f].step_face)] = now_.rate[f];
  return rates;
}

void DynamicFlow::set_inflow(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  junctions_.spread_laterals(input, step);
  // The cells beyond the outlets, behind the network's own, get none.
  for (std::size_t i = 0; i < step.lateral_in.size(); ++i) inflow_[i] = step.lateral_in[i] / input.dt;
  for (const Pond& pond : ponds_)
    for (std::size_t i = pond.cell + 1; i < pond.cell + at(pond.lake->layers()); ++i) {
      inflow_[pond.cell] += inflow_[i];
      inflow_[i] = 0;
    }
  std::fill(head_inflow_.begin(), head_inflow_.end(), 0.0);
  for (auto* list : {&step.junction_in, &step.junction_out, &wanted_, &taken_})
    std::fill(list->begin(), list->end(), 0.0);
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    if (source.junction < 0) continue;
    const std::size_t j = at(source.junction);
    if (source.kind == SourceKind::abstraction) {
      wanted_[j] += input.volume[s] / input.dt;
      continue;
    }
    step.junction_in[j] += input.volume[s];
    if (grid_.hub[j] < 0) continue;
    const double rate = input.volume[s] / input.dt;
    const bool head = network.junctions[j].in.empty() && !grid_.in_lake[at(grid_.hub[j])];
    (head ? head_inflow_ : inflow_)[at(grid_.hub[j])] += rate;
  }
  set_head_areas();
  loss_rate_.assign(input.losses.empty() ? 0 : step.volume1.size(), 0.0);
  for (std::size_t i = 0; i < loss_rate_.size(); ++i)
    if (!grid_.in_lake[i])
      loss_rate_[i] = input.losses[at(network.cell_reach[i])].rate() * network.cell_length[i];
  lost_.assign(loss_rate_.size(), 0.0);
  lost_now_ = lost_;
}

// Of uniform flow of what enters: water does not come faster into an empty channel.
void DynamicFlow::set_head_areas() {
  const Network& network = basin_.network;
  for (const int hub : grid_.hub) {
    if (hub < 0 || head_inflow_[at(hub)] <= 0) continue;
    const Reach& reach = network.reaches[at(network.cell_reach[at(hub)])];
    double& area = head_area_[at(hub)];
    if (reach.slope <= 0) continue;
    area = normal_area(network.channels[at(reach.channel)], head_inflow_[at(hub)], reach.slope,
                       reach.manning_n, area);
  }
}

void DynamicFlow::advance(const WaterInput& input, WaterStep& step) {
  step.dt = input.dt;
  step.volume0.swap(step.volume1);
  start_from(step.volume0);
  set_lake_demands(input);
  set_inflow(input, step);
  diversions_ = input.diversions;
  set_borders(input);
  std::fill(moved_.begin(), moved_.end(), 0.0);
  int left = kParts, part = kParts;
  while (left > 0) {
    const double dt = input.dt * part / kParts;
    part_begin_ = static_cast<double>(kParts - left) / kParts;
    part_end_ = static_cast<double>(kParts - left + part) / kParts;
    if (sub_step(dt, part == 1)) {
      add_volumes(dt);
      std::swap(now_, next_);
      left -= part;
    } else {
      part /= 2;
      ++counts_.retried;
    }
  }
  finish(input, step);
}

// Levels, areas, widths and friction at depth_.
void DynamicFlow::set_cells() {
  const Network& network = basin_.network;
  for (const Chain& chain : network.chains) {
    const Reach& reach = network.reaches[at(chain.reach)];
    const std::size_t first = at(chain.first_cell);
    if (reach.lake >= 0) continue;
    wet_sections(network.channels[at(reach.channel)], reach.manning_n, &depth_[first], chain.cells,
                 &area_[first], &width_[first], &friction_[first]);
  }
  for (const Pond& pond : ponds_) set_pond_cell(pond);
  for (std::size_t i = 0; i < at(grid_.own_cells); ++i) set_cell(i);
  set_shores();
}

void DynamicFlow::set_cell(std::size_t i) {
  level_[i] = grid_.bed[i] + depth_[i];
  width_[i] = std::max(width_[i], kNarrowest);
  friction_[i] = depth_[i] > kDryDepth ? kGravity * friction_[i] : 0;
}

// What evaporates and seeps over a sub-step, at most half of what stands in a cell and what comes in by its
// sides.
void DynamicFlow::lose(double dt) {
  for (std::size_t i = 0; i < loss_rate_.size(); ++i) {
    const double most = std::max(0.0, 0.5 * now_.volume[i] / dt + net_inflow_[i]);
    lost_now_[i] = std::min(loss_rate_[i] * width_[i], most);
    net_inflow_[i] -= lost_now_[i];
  }
}

void DynamicFlow::set_levels() {
  for (std::size_t i = 0; i < at(grid_.own_cells); ++i)
    if (!grid_.in_lake[i]) depth_[i] = channel_[i]->depth(now_.volume[i] / basin_.network.cell_length[i]);
  for (const Pond& pond : ponds_)
    depth_[pond.cell] = pond.lake->curve.level_at(now_.volume[pond.cell]) - grid_.bed[pond.cell];
  set_cells();
  start_level_ = level_;
  start_area_ = area_;
}

// Water that passes each cell, and with what velocity it comes.
void DynamicFlow::set_through_flow() {
  for (std::size_t i = 0; i < through_.size(); ++i) {
    double in = head_inflow_[i], in_momentum = 0, out = 0;
    if (in > 0) in_momentum = in * in / std::max(area_[i], head_area_[i]);
    for (const int f : grid_.upper[i]) {
      const Flux& flux = flux_[at(f)];
      if (flux.rate > 0) in += flux.rate, in_momentum += flux.rate * flux.velocity;
      if (flux.rate < 0) out -= flux.rate;
    }
    from_upper_[i] = in > 0 ? in_momentum / in : 0;
    out_upper_[i] = out;
    double leaving = 0, back = 0, back_momentum = 0;
    for (const int f : grid_.lower[i]) {
      const Flux& flux = flux_[at(f)];
      if (flux.rate > 0) leaving += flux.rate;
      if (flux.rate < 0) back -= flux.rate, back_momentum -= flux.rate * flux.velocity;
    }
    from_lower_[i] = back > 0 ? back_momentum / back : 0;
    out_lower_[i] = leaving;
    through_[i] = 0.5 * (in - out + leaving - back);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    through_[at(grid_.outlets[o].cell)] += 0.5 * outlet_rate_[o];
}

double DynamicFlow::half_slope(int before, int face, int after) const {
  if (before < 0 || after < 0) return 0;
  const double u = flux_[at(face)].velocity;
  return 0.5 * minmod(u - flux_[at(before)].velocity, flux_[at(after)].velocity - u);
}

// Depth at the face as the donor sees it: second order inside chains, not above the donor's level over a
// sill.
double DynamicFlow::face_depth(const WaveFace& face, std::size_t donor, bool forward) const {
  const auto receiver = at(forward ? face.right : face.left);
  double depth = depth_[donor];
  const int behind = forward ? face.before : face.after;
  if (behind >= 0) {
    const WaveFace& other = grid_.faces[at(behind)];
    const auto cell = at(forward ? other.left : other.right);
    const double to = (depth_[receiver] - depth_[donor]) / face.distance,
                 from = (depth_[donor] - depth_[cell]) / other.distance;
    depth += 0.5 * grid_.length[donor] * minmod(to, from);
  }
  if (grid_.bed[receiver] > grid_.bed[donor]) {
    const double sill = face.right >= grid_.own_cells ? grid_.bed[at(face.right)]
                                                      : 0.5 * (grid_.bed[receiver] + grid_.bed[donor]);
    depth = std::min(depth, level_[donor] - sill);
  }
  return depth;
}

// Advection at a face, upwind: what flows through the cells on its two sides brings their inflow's velocity,
// a branch its share of it; lateral inflow brings none.
DynamicFlow::Advection DynamicFlow::advection(std::size_t f, double mean_area) const {
  const WaveFace& face = grid_.faces[f];
  const std::size_t l = at(face.left), r = at(face.right);
  const double per_momentum = 1 / (mean_area * face.distance), rate = flux_[f].rate;
  Advection sum;
  if (through_[l] > 0) {
    const double share = grid_.lower[l].size() == 1 ? 1 : (rate > 0 ? rate / out_lower_[l] : 0);
    sum.rate += share * through_[l] * per_momentum;
    sum.source += share * through_[l] * per_momentum * from_upper_[l];
  }
  if (through_[r] < 0) {
    const double share = grid_.upper[r].size() == 1 ? 1 : (rate < 0 ? -rate / out_upper_[r] : 0);
    sum.rate -= share * through_[r] * per_momentum;
    sum.source -= share * through_[r] * per_momentum * from_lower_[r];
  }
  sum.rate += 0.5 * (inflow_[l] + inflow_[r]) * per_momentum;
  const bool second_order = flux_[f].velocity > 0 && face.before >= 0 && through_[r] >= 0 &&
                            through_[r] <= 3 * through_[l];  // beyond, drying fronts blow up
  if (second_order)
    sum.source -= per_momentum * (through_[r] * half_slope(face.before, static_cast<int>(f), face.after) -
                                  through_[l] * half_slope(grid_.faces[at(face.before)].before, face.before,
                                                           static_cast<int>(f)));
  return sum;
}

DynamicFlow::Flux DynamicFlow::flux(std::size_t f, double dt) const {
  const WaveFace& face = grid_.faces[f];
  if (face.rule_reach >= 0) return ruled_flux(face, dt);
  if (face.lake >= 0) return dam_flux(face);
  if (face.gate >= 0) return gate_flux(face);
  const std::size_t l = at(face.left), r = at(face.right);
  const double u = flux_[f].velocity;
  const bool forward = u > 0 || (u == 0 && level_[l] >= level_[r]);
  const std::size_t donor = forward ? l : r;
  if (depth_[donor] <= kDryDepth) return {};  // closed
  const double depth = face_depth(face, donor, forward);
  if (depth <= 0) return {};
  const Surface cross = surface(*channel_[donor], depth);
  const auto mean_of = [&](const std::vector<double>& area) {
    return area[r] + face.left_share * (area[l] - area[r]);
  };
  const double mean0 = std::max(kLeastArea, mean_of(start_area_));
  const double swelling = std::min(4.0, mean_of(area_) / mean0);
  const bool both = depth_[l] > kDryDepth && depth_[r] > kDryDepth;
  double friction = both ? 0.5 * (friction_[l] + friction_[r]) : friction_[donor];
  if (forward && rules_[r]) friction = std::min(friction, kRoughest * friction_[donor]);
  const Advection carried = advection(f, mean0);

  const double gravity = kGravity * dt * swelling / face.distance;
  const double denominator = 1 + dt * (2 * friction * std::fabs(u) + carried.rate);
  Flux flux;
  flux.velocity =
      (now_.velocity[f] + dt * (carried.source + friction * u * std::fabs(u)) -
       gravity * ((1 - kTheta) * (start_level_[r] - start_level_[l]) + kTheta * (level_[r] - level_[l]))) /
      denominator;
  flux.rate = kTheta * cross.area * flux.velocity + (1 - kTheta) * now_.rate[f];
  flux.velocity_left = kTheta * gravity / denominator;
  flux.left = flux.right = kTheta * cross.area * flux.velocity_left;
  if (forward) flux.left += kTheta * cross.width * std::max(flux.velocity, 0.0);
  if (!forward) flux.right += kTheta * cross.width * std::max(-flux.velocity, 0.0);
  if (grid_.owner[r] != face.right && depth_[r] <= 0) flux.right = 0;  // the lake stands below the shore
  return face.right >= grid_.own_cells ? held_by_fall(face, flux) : flux;
}

// One Newton step for the levels; the fluxes follow.
void DynamicFlow::iterate(double dt) {
  set_through_flow();
  set_spills(dt);
  for (std::size_t f = 0; f < flux_.size(); ++f) next_flux_[f] = flux(f, dt);
  flux_.swap(next_flux_);
  assemble(dt);
  system_.solve(right_);
  correct();
}

// Residual and matrix of the cells' balances at the levels of the iterate.
void DynamicFlow::assemble(double dt) {
  const Network& network = basin_.network;
  system_.clear();
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const auto cell = static_cast<int>(i);
    right_[i] = given_[i] ? 0 : now_.volume[i] - area_[i] * network.cell_length[i] + dt * net_inflow_[i];
    system_.add_diagonal(cell, given_[i] ? 1 : width_[i] * network.cell_length[i]);
  }
  for (const Pond& pond : ponds_) {
    if (given_[pond.cell]) continue;
    right_[pond.cell] -= dt * (pond.evaporated + pond.excess);
    if (pond.excess > 0) system_.add_diagonal(static_cast<int>(pond.cell), dt * pond.slope);
  }
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    const int left = grid_.owner[at(grid_.faces[f].left)], right = grid_.owner[at(grid_.faces[f].right)];
    const Flux& x = flux_[f];
    if (!given_[at(left)]) {
      right_[at(left)] -= dt * x.rate;
      system_.add_diagonal(left, dt * x.left);
    }
    if (!given_[at(right)]) {
      right_[at(right)] += dt * x.rate;
      system_.add_diagonal(right, answers_[at(right)] * dt * x.right);
    }
    if (!given_[at(left)] && !given_[at(right)])
      system_.add_coupling(static_cast<int>(f), -dt * x.right, -answers_[at(right)] * dt * x.left);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o) {
    const std::size_t i = at(grid_.outlets[o].cell);
    const Outflow out = outlet_flow(grid_.outlets[o]);
    outlet_rate_[o] = out.rate;
    outlet_slope_[o] = out.slope;
    if (given_[i]) continue;
    right_[i] -= dt * out.rate;
    system_.add_diagonal(static_cast<int>(i), dt * outlet_slope_[o]);
  }
}

// Levels by the solution, at most nine tenths of a depth down; the fluxes linearly with them.
void DynamicFlow::correct() {
  change_ = 0;
  for (std::size_t i = 0; i < at(grid_.own_cells); ++i) {
    if (depth_[i] + right_[i] < 0) right_[i] = -0.9 * depth_[i];
    if (grid_.in_lake[i]) right_[i] = std::min(right_[i], depth_[i] + kDeep);
    depth_[i] += right_[i];
    const double scale = grid_.in_lake[i] ? std::min(depth_[i], kDeep) : depth_[i];
    change_ = std::max(change_, std::fabs(right_[i]) / (scale + kShallow));
  }
  set_cells();
  for (Pond& pond : ponds_) pond.spill += pond.slope * right_[pond.cell];
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    if (flux_[f].left == 0 && flux_[f].right == 0) continue;  // closed, or by a rule
    const WaveFace& face = grid_.faces[f];
    const double l = right_[at(grid_.owner[at(face.left)])], r = right_[at(grid_.owner[at(face.right)])];
    flux_[f].rate += flux_[f].left * l - flux_[f].right * r;
    const double weight = flux_[f].weight;
    flux_[f].end_rate = (flux_[f].rate - (1 - weight) * now_.rate[f]) / weight;
    flux_[f].velocity += flux_[f].velocity_left * (l - r);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    outlet_rate_[o] = std::max(0.0, outlet_rate_[o] + outlet_slope_[o] * right_[at(grid_.outlets[o].cell)]);
}

void DynamicFlow::form_volumes(double dt) {
  settle_ponds(dt);
  for (std::size_t i = 0; i < next_.volume.size(); ++i)
    next_.volume[i] = now_.volume[i] + dt * net_inflow_[i];
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    next_.volume[at(grid_.faces[f].left)] -= dt * flux_[f].rate;
    if (grid_.faces[f].right < grid_.own_cells) next_.volume[at(grid_.faces[f].right)] += dt * flux_[f].rate;
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    next_.volume[at(grid_.outlets[o].cell)] -= dt * outlet_rate_[o];
  for (const Pond& pond : ponds_) next_.volume[pond.cell] = pond.volume;
}

// Cells that would give more than they have give less. Returns what was cut, m3.
double DynamicFlow::limit(double dt) {
  double cut = 0;
  form_volumes(dt);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    const bool last = sweep + 1 >= kSweeps;
    bool clean = true;
    for (std::size_t i = 0; i < next_.volume.size(); ++i) {
      if (next_.volume[i] >= 0) continue;
      clean = false;
      cut -= next_.volume[i];
      ++counts_.limited;
      scale_outflow(i, dt, last);
    }
    if (clean) return cut;
    form_volumes(dt);
  }
  return cut;
}

// What a split rule gives is taken before what runs down the river.
void DynamicFlow::scale_outflow(std::size_t i, double dt, bool ignore_inflow) {
  double ruled = 0, open = 0;
  const auto add = [&](int f, double rate) {
    if (rate > 0) (grid_.faces[at(f)].rule_reach >= 0 ? ruled : open) += rate;
  };
  for (const int f : grid_.lower[i]) add(f, flux_[at(f)].rate);
  for (const int f : grid_.upper[i]) add(f, -flux_[at(f)].rate);
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    if (at(grid_.outlets[o].cell) == i) open += outlet_rate_[o];
  const double out = ruled + open;
  if (ignore_inflow) give_back(i, dt);
  if (out <= 0) return;
  const double held = now_.volume[i] + dt * net_inflow_[i];
  const double wanted = ignore_inflow ? held : out * dt + next_.volume[i];
  const double most = std::clamp(wanted / dt * (1 - kMargin), 0.0, out);
  const double of_ruled = ruled > most ? most / ruled : 1.0;
  const double of_open = open > 0 ? std::clamp((most - ruled) / open, 0.0, 1.0) : 1.0;
  const auto scale = [&](int f) {
    const double factor = grid_.faces[at(f)].rule_reach >= 0 ? of_ruled : of_open;
    Flux& flux = flux_[at(f)];
    flux.rate *= factor;
    flux.end_rate *= factor;
    flux.velocity *= factor;
  };
  for (const int f : grid_.lower[i])
    if (flux_[at(f)].rate > 0) scale(f);
  for (const int f : grid_.upper[i])
    if (flux_[at(f)].rate < 0) scale(f);
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    if (at(grid_.outlets[o].cell) == i) outlet_rate_[o] *= of_open;
}

// What abstractions took of water that a lake was to let out and did not.
void DynamicFlow::give_back(std::size_t i, double dt) {
  for (std::size_t j = 0; j < taken_now_.size(); ++j) {
    const double lack = -(now_.volume[i] / dt + net_inflow_[i]);
    if (lack <= 0 || grid_.hub[j] != static_cast<int>(i)) continue;
    const double back = std::min(taken_now_[j], lack);
    taken_now_[j] -= back;
    net_inflow_[i] += back;
  }
}

// How far the levels are from the volumes that the fluxes make, as a share of a cell.
double DynamicFlow::residual() const {
  const Network& network = basin_.network;
  double worst = 0;
  for (std::size_t i = 0; i < next_.volume.size(); ++i) {
    const double length = network.cell_length[i], volume = area_[i] * length;
    const double scale = std::max({volume, now_.volume[i], 0.01 * width_[i] * length});
    worst = std::max(worst, std::fabs(volume - next_.volume[i]) / scale);
  }
  return worst;
}

bool DynamicFlow::sub_step(double dt, bool last_resort) {
  begin_ponds();
  for (std::size_t i = 0; i < net_inflow_.size(); ++i) net_inflow_[i] = inflow_[i] + head_inflow_[i];
  for (std::size_t j = 0; j < wanted_.size(); ++j) {
    taken_now_[j] = 0;
    if (grid_.hub[j] < 0 || wanted_[j] == 0) continue;
    double& net = net_inflow_[at(grid_.hub[j])];
    const double there = 0.5 * now_.volume[at(grid_.hub[j])] / dt + net + let_out(j, dt);
    taken_now_[j] = std::min(wanted_[j], std::max(0.0, there));
    net -= taken_now_[j];
  }
  for (std::size_t f = 0; f < flux_.size(); ++f)
    flux_[f] = {now_.velocity[f], now_.rate[f], now_.rate[f], 0, 0, 0, kTheta};
  outlet_rate_ = now_.outlet;
  set_beyond(part_begin_);
  set_levels();
  lose(dt);
  set_beyond(part_end_);
  guess_ponds(dt);
  bool near = false;
  for (int n = 1; n <= kMostIterations && !near; ++n) {
    iterate(dt);
    if (change_ < kNear) break;
    if (n < kUsualIterations) continue;
    form_volumes(dt);
    near = residual() <= kResidual;
  }
  const double cut = limit(dt);
  double all = 0;
  bool finite = true;
  for (std::size_t i = 0; i < next_.volume.size(); ++i) {
    if (!grid_.in_lake[i]) all += next_.volume[i];
    finite = finite && std::isfinite(next_.volume[i]);
  }
  double courant = 0;
  for (std::size_t f = 0; f < flux_.size(); ++f)
    courant = std::max(courant, std::fabs(flux_[f].velocity) * dt / grid_.faces[f].distance);
  const bool good = finite && cut <= kCut * all && residual() <= 10 * kResidual && courant <= kFastest;
  if (!good && !last_resort) return false;
  counts_.capped += !good;
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    next_.velocity[f] = flux_[f].velocity;
    next_.rate[f] = flux_[f].end_rate;
  }
  next_.outlet = outlet_rate_;
  return true;
}

void DynamicFlow::add_volumes(double dt) {
  for (std::size_t f = 0; f < flux_.size(); ++f) moved_[at(grid_.faces[f].step_face)] += dt * flux_[f].rate;
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    moved_[at(grid_.outlets[o].step_face)] += dt * outlet_rate_[o];
  for (std::size_t j = 0; j < taken_.size(); ++j)
    if (grid_.hub[j] >= 0) taken_[j] += dt * taken_now_[j];
  for (std::size_t i = 0; i < lost_.size(); ++i) lost_[i] += dt * lost_now_[i];
  for (Pond& pond : ponds_) {
    pond.all_spilled += dt * pond.spilled;
    pond.all_evaporated += dt * pond.evaporated;
  }
}

// Face volumes, volumes and geometry of the whole step.
void DynamicFlow::finish(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.face = moved_;
  abstract(input, step);
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    if (grid_.hub[j] < 0) continue;
    double entering = step.junction_in[j] - step.junction_out[j];
    for (const int k : network.junctions[j].in) {
      const int face = network.first_face(k) + network.chains[at(k)].cells;
      if (face != grid_.hub_face[j]) entering += step.face[at(face)];
    }
    for (const int k : network.junctions[j].out)
      if (network.first_face(k) != grid_.hub_face[j]) entering -= step.face[at(network.first_face(k))];
    step.face[at(grid_.hub_face[j])] = grid_.hub_sign[j] * entering;
  }
  for (std::size_t i = 0; i < step.volume1.size(); ++i) {
    if (grid_.in_lake[i]) continue;
    const std::size_t face = i + at(network.cell_chain[i]);
    double volume = step.volume0[i] + step.lateral_in[i] + step.face[face] - step.face[face + 1];
    if (const LossInput* loss = loss_of(input, network.cell_reach[i])) {
      book_loss(*loss, std::clamp(lost_[i], 0.0, std::max(0.0, volume)), i, step);
      volume -= step.evaporated[i] + step.seeped[i];
    }
    counts_.limited += volume < 0;  // by round-off
    step.volume1[i] = std::max(0.0, volume);
  }
  finish_ponds(step);
  set_geometry(network, step, flows_);
  for (std::size_t i = 0; i < step.velocity.size(); ++i)
    if (!grid_.in_lake[i]) step.velocity[i] = cell_speed(i, step.velocity[i]);
}

// Abstractions at one junction share in the order of the sources; at an outlet they take from what leaves.
void DynamicFlow::abstract(const WaterInput& input, WaterStep& step) {
  for (std::size_t j = 0; j < taken_.size(); ++j) {
    if (grid_.hub[j] >= 0) continue;
    taken_[j] = step.junction_in[j];
    for (const int k : basin_.network.junctions[j].in)
      taken_[j] += step.face[at(basin_.network.first_face(k) + basin_.network.chains[at(k)].cells)];
    taken_[j] = std::max(0.0, taken_[j]);
  }
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    if (source.kind != SourceKind::abstraction || source.junction < 0) continue;
    const std::size_t j = at(source.junction);
    step.abstracted[s] = std::min(input.volume[s], taken_[j]);
    taken_[j] -= step.abstracted[s];
    step.junction_out[j] += step.abstracted[s];
  }
}

// m/s, the mean over the cell's faces weighted by their flow at the end of the step, without its sign; the
// velocity of uniform flow where no face moves water (set_geometry).
double DynamicFlow::cell_speed(std::size_t i, double otherwise) const {
  double flow = 0, momentum = 0;
  for (const auto list : {grid_.upper[i], grid_.lower[i]})
    for (const int f : list) {
      flow += std::fabs(now_.rate[at(f)]);
      momentum += std::fabs(now_.rate[at(f)] * now_.velocity[at(f)]);
    }
  return flow > 0 ? momentum / flow : otherwise;
}

// The search for an area of uniform inflow starts from the last one. All else is made from now_ in each step.
void DynamicFlow::checkpoint(Checkpoint& file) {
  file.fixed("volumes of the wave", now_.volume);
  file.fixed("velocities of the wave", now_.velocity);
  file.fixed("rates of the wave", now_.rate);
  file.fixed("rates at the outlets of the wave", now_.outlet);
  file.fixed("areas of inflow", head_area_);
  file.item("counts", counts_);
}

}  // namespace limpid
