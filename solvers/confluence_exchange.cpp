#include "solvers/confluence_exchange.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

constexpr double kWindow = 2;  // D / u^2

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

bool is_wet(const WaterStep& step, int cell) {
  return std::min(step.volume0[at(cell)], step.volume1[at(cell)]) > kDryVolume;
}

}  // namespace

ConfluenceExchange::ConfluenceExchange(const Network& network, const Rows& rows, TransportScheme scheme,
                                       const std::vector<int>& tag_of)
    : network_(network),
      rows_(rows),
      bounded_(scheme == TransportScheme::monotone),
      tag_of_(tag_of),
      mixed_(rows.at(1)),
      bound_(rows.at(1)) {
  for (const Junction& junction : network.junctions) {
    if (junction.in.size() + junction.out.size() < 3) continue;
    arms_.emplace_back();
    for (int k : junction.in) arms_.back().push_back(walk(k, true));
    for (int k : junction.out) arms_.back().push_back(walk(k, false));
  }
}

// From a chain's lower or upper end on, through junctions of two.
ConfluenceExchange::Arm ConfluenceExchange::walk(int chain, bool lower) const {
  Arm arm;
  while (!network_.is_lake(chain)) {
    const Chain& c = network_.chains[at(chain)];
    for (int n = 0; n < c.cells; ++n) {
      const int i = lower ? c.cells - 1 - n : n;
      arm.push_back({c.first_cell + i, network_.first_face(chain) + (lower ? i + 1 : i), lower ? 1.0 : -1.0});
    }
    const Junction& next = network_.junctions[at(lower ? c.upstream : c.downstream)];
    if (next.in.size() + next.out.size() != 2) break;
    // of its two ends the one that is not this chain's
    if (lower) {
      lower = !next.in.empty();
      chain = lower ? next.in.front() : next.out[next.out.front() == chain];
    } else {
      lower = next.out.empty();
      chain = lower ? next.in[next.in.front() == chain] : next.out.front();
    }
  }
  return arm;
}

void ConfluenceExchange::find(const WaterStep& step, const std::vector<double>& coefficient,
                              const CellRow& amount) {
  parts_.clear();
  groups_.clear();
  rate_.clear();
  deposits_.clear();
  if (rows_.width == 0) return;
  for (const std::vector<Arm>& arms : arms_) find(arms, step, coefficient, amount);
  for (const Part& part : parts_)
    deposits_.push_back({part.cell, -part.weight, rate_.data() + rows_.at(part.row)});
}

void ConfluenceExchange::find(const std::vector<Arm>& arms, const WaterStep& step,
                              const std::vector<double>& coefficient, const CellRow& amount) {
  std::vector<Inflow> inflows;
  for (const Arm& arm : arms) {
    if (arm.empty() || !is_wet(step, arm.front().cell) || coefficient[at(arm.front().cell)] <= 0) continue;
    const double flow = arm.front().toward * step.face[at(arm.front().face)] / step.dt,
                 length = network_.cell_length[at(arm.front().cell)];
    if (flow > 0) inflows.push_back({&arm, flow, flow * length / step.volume0[at(arm.front().cell)], length});
  }
  if (inflows.size() < 2) return;
  const double time = window(inflows, step, coefficient), share = std::min(1.0, time / (kWindow * step.dt));
  mix(arms, step, coefficient, amount);
  const std::size_t begin = parts_.size();
  int row = static_cast<int>(rate_.size() / rows_.at(1));
  set_rates(inflows, step, amount);
  for (const Inflow& inflow : inflows) place(inflow, time, share, step, row++);
  groups_.push_back({begin, parts_.size()});
}

// The same for all arms, and none is shorter.
double ConfluenceExchange::window(const std::vector<Inflow>& inflows, const WaterStep& step,
                                  const std::vector<double>& coefficient) const {
  double time = std::numeric_limits<double>::max();
  for (const Inflow& inflow : inflows) {
    time =
        std::min(time, kWindow * coefficient[at(inflow.arm->front().cell)] / (inflow.speed * inflow.speed));
    double way = 0;
    for (const Cell& c : *inflow.arm) {
      if (way >= time || !is_wet(step, c.cell) || c.toward * step.face[at(c.face)] <= 0) break;
      way += step.volume0[at(c.cell)] / inflow.flow;
    }
    time = std::min(time, way);
  }
  return time;
}

// As dispersion has it: the mean by half-cell conductances.
void ConfluenceExchange::mix(const std::vector<Arm>& arms, const WaterStep& step,
                             const std::vector<double>& coefficient, const CellRow& amount) {
  std::fill(mixed_.begin(), mixed_.end(), 0.0);
  double sum = 0;
  for (const Arm& arm : arms) {
    if (arm.empty() || !is_wet(step, arm.front().cell)) continue;
    const std::size_t cell = at(arm.front().cell);
    const double length = network_.cell_length[cell], by_length = coefficient[cell] / (length * length);
    sum += by_length * step.volume0[cell];
    const double* m = amount(arm.front().cell);
    for (std::size_t j = 0; j < mixed_.size(); ++j) mixed_[j] += by_length * m[j];
  }
  for (double& c : mixed_) c /= sum;
}

void ConfluenceExchange::set_rates(const std::vector<Inflow>& inflows, const WaterStep& step,
                                   const CellRow& amount) {
  const std::size_t width = rows_.at(1), first = rate_.size();
  std::vector<double> mean(width, 0.0);
  double flow = 0;
  for (const Inflow& inflow : inflows) {
    const int cell = inflow.arm->front().cell;
    const double factor = 0.5 * step.dt * inflow.speed * 2 / inflow.length,
                 inverse = 1 / step.volume0[at(cell)];
    const double* m = amount(cell);
    for (std::size_t j = 0; j < width; ++j) {
      rate_.push_back(factor * (m[j] * inverse - mixed_[j]));
      mean[j] += inflow.flow * rate_.back();
    }
    flow += inflow.flow;
  }
  for (std::size_t k = first; k < rate_.size(); ++k) rate_[k] = mean[(k - first) % width] / flow - rate_[k];
}

// Weights are the integrals of (1 - t / T)^2 over the water of each cell.
void ConfluenceExchange::place(const Inflow& inflow, double window, double share, const WaterStep& step,
                               int row) {
  const auto cube = [](double x) { return x * x * x; };
  double left = 1;  // 1 - t / T
  for (const Cell& c : *inflow.arm) {
    if (left <= 0) break;
    const double next = std::max(0.0, left - step.volume0[at(c.cell)] / (inflow.flow * window));
    parts_.push_back({c.cell, share * inflow.flow * window / 3 * (cube(left) - cube(next)), row});
    left = next;
  }
}

void ConfluenceExchange::bound(const CellRow& amount) {
  constexpr double kMostTaken = 0.5;
  if (!bounded_) return;
  for (const Group& group : groups_) {
    std::fill(bound_.begin(), bound_.end(), 1.0);
    shorten(group, 1, kMostTaken, amount);
    shorten(group, -1, kMostTaken, amount);
    scale(group);
  }
}

void ConfluenceExchange::exchange(const CellRow& amount, const Give& give) {
  for (const Group& group : groups_) {
    std::fill(bound_.begin(), bound_.end(), 1.0);
    if (bounded_) shorten(group, 1, 1, amount);
    scale(group);
    for (std::size_t p = group.begin; p < group.end; ++p)
      give(parts_[p].cell, parts_[p].weight, rate_.data() + rows_.at(parts_[p].row));
  }
}

void ConfluenceExchange::shorten(const Group& group, double sign, double most, const CellRow& amount) {
  for (std::size_t p = group.begin; p < group.end; ++p) {
    const double *m = amount(parts_[p].cell), *rate = rate_.data() + rows_.at(parts_[p].row),
                 factor = -sign * parts_[p].weight;
    for (std::size_t j = 0; j < bound_.size(); ++j) {
      const double taken = factor * rate[j], there = most * std::max(m[j], 0.0);
      if (taken > 0 && taken * bound_[j] > there) bound_[j] = there / taken;
    }
  }
}

// A tag and its total by the same: the least of all tags of the total and its own.
void ConfluenceExchange::tie_tags() {
  for (const bool back : {false, true})
    for (int c = 0; c < static_cast<int>(tag_of_.size()); ++c)
      for (int l = 0; l < rows_.lanes && tag_of_[at(c)] >= 0; ++l) {
        double &tag = bound_[at(rows_.index(c, l))], &total = bound_[at(rows_.index(tag_of_[at(c)], l))];
        (back ? tag : total) = std::min(tag, total);
      }
}

void ConfluenceExchange::scale(const Group& group) {
  tie_tags();
  const std::size_t width = rows_.at(1);
  int done = -1;
  for (std::size_t p = group.begin; p < group.end; ++p) {
    if (parts_[p].row == done) continue;
    done = parts_[p].row;
    for (std::size_t j = 0; j < width; ++j) rate_[rows_.at(done) + j] *= bound_[j];
  }
}

}  // namespace limpid
