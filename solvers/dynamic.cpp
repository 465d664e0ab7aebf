#include "solvers/dynamic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/checkpoint.hpp"
#include "solvers/state.hpp"

namespace limpid {

namespace {

constexpr double kResidual = 1e-3;  // of a cell's volume; above, the iteration goes on
constexpr double kCut = 1e-6;       // of all water; above, the step is taken again in halves
constexpr int kParts = 64;          // the smallest sub-step is dt / kParts
constexpr double kFastest = 10;     // cells that water may pass in a sub-step
// A hub whose rules take what arrives may be left with a film, which must not hold up what arrives: no more
// than if the radius between both were half the donor's.
constexpr double kRoughest = 2.52;  // 2^(4/3), of the donor's friction

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

DynamicFlow::DynamicFlow(const Basin& basin, WaveIterations iterations)
    : basin_(basin),
      iterations_(iterations),
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
  std::vector<int> outlet_of(cells, -1);
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    outlet_of[at(grid_.outlets[o].cell)] = static_cast<int>(o);
  for (int i = 0; i < grid_.own_cells; ++i)
    if (channel_[at(i)] && channel_[at(i)]->closed()) closed_.push_back({i, outlet_of[at(i)]});
  for (std::size_t i = 0; i < cells; ++i)
    half_fall_.push_back(
        std::max(0.0, 0.5 * grid_.length[i] * basin.network.reaches[at(grid_.reach[i])].slope));
  for (auto* list :
       {&inflow_, &head_inflow_, &head_area_, &net_inflow_, &depth_, &level_, &area_, &width_, &friction_,
        &start_level_, &through_, &from_upper_, &from_lower_, &out_upper_, &out_lower_, &right_, &diagonal_})
    list->assign(cells, 0.0);
  for (Flow* flow : {&now_, &next_}) {
    flow->volume.assign(at(grid_.own_cells), 0.0);
    flow->velocity.assign(faces, 0.0);
    flow->rate.assign(faces, 0.0);
    flow->outlet.assign(grid_.outlets.size(), 0.0);
  }
  width_.assign(cells, kNarrowest);
  rough_limit_.assign(cells, std::numeric_limits<double>::infinity());
  answers_.assign(cells, 1.0);
  for (const WaveFace& face : grid_.faces)
    if (face.rule_reach >= 0) rough_limit_[at(face.left)] = kRoughest;
  flux_.resize(faces);
  per_volume_.assign(faces, 0.0);
  int longest = 0;
  for (const WaveRun& run : grid_.runs) longest = std::max(longest, run.faces);
  for (auto* row : {&run_half_, &run_fall_}) row->assign(at(longest + 2), 0.0);
  for (auto* row : {&run_through_, &run_upper_, &run_lower_}) row->assign(at(longest + 1), 0.0);
  for (auto* row : {&run_area_, &run_width_, &run_rate_, &run_source_}) row->assign(at(longest), 0.0);
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
  set_sections(basin_.network, step);
  set_speeds(step);
}

// At the end of the step where the scheme knows them, else the step's means.
std::vector<double> DynamicFlow::face_rates(const WaterStep& step) const {
  std::vector<double> rates = Hydraulics::face_rates(step);
  for (std::size_t f = 0; f < grid_.faces.size(); ++f) rates[at(grid_.faces[f].step_face)] = now_.rate[f];
  return rates;
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
  flux_.velocity = now_.velocity;
  flux_.rate = now_.rate;
  outlet_rate_ = now_.outlet;
  set_beyond(part_begin_);
  set_levels();
  lose(dt);
  set_beyond(part_end_);
  guess_ponds(dt);
  bool near = false;
  for (int n = 1; n <= iterations_.most && !near; ++n) {
    iterate(dt);
    if (change_ < iterations_.near) break;
    if (n < iterations_.usual) continue;
    form_volumes(dt);
    near = residual() <= kResidual;
  }
  set_end_rates();
  const double cut = limit(dt);
  double all = 0;
  bool finite = true;
  for (std::size_t i = 0; i < next_.volume.size(); ++i) {
    if (!grid_.in_lake[i]) all += next_.volume[i];
    finite = finite && std::isfinite(next_.volume[i]);
  }
  double courant = 0;
  for (std::size_t f = 0; f < flux_.size(); ++f)
    courant = std::max(courant, std::fabs(flux_.velocity[f]) * dt * grid_.per_metre[f]);
  const bool good = finite && cut <= kCut * all && residual() <= 10 * kResidual && courant <= kFastest;
  if (!good && !last_resort) return false;
  counts_.capped += !good;
  next_.velocity = flux_.velocity;
  next_.rate = flux_.end_rate;
  next_.outlet = outlet_rate_;
  return true;
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
