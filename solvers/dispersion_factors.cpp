#include "solvers/dispersion_factors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "solvers/pack.hpp"
#include "solvers/state.hpp"

namespace limpid {
namespace {

constexpr int kMostSubSteps = 4;
// Sub-steps are counted for the cells that hold the water: those with a higher Fourier number may hold this
// share.
constexpr double kIgnoredShare = 0.01;

double reciprocal(double x) {
  return x > 0 ? 1.0 / x : 0.0;
}
std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

DispersionFactors::DispersionFactors(const Network& network, const DispersionTree& tree)
    : rows(tree.cell.size()),
      inverse(tree.cell.size()),
      star_rows(tree.stars.size()),
      link_rows(tree.links.size()),
      link_weight(tree.links.size()),
      star_weight(tree.cell.size()),
      parent_weight(tree.stars.size()),
      sub_steps(at(tree.components), 1),
      network_(network),
      tree_(tree),
      cell_inverse_(at(network.cell_count())),
      cell_half_(cell_inverse_.size()),
      held_(tree.cell.size()),
      half_(tree.cell.size()),
      conductance_(tree.cell.size()),
      reach_(tree.cell.size()),
      star_conductance_(tree.stars.size()),
      to_star_(tree.branches.size()) {}

int DispersionFactors::most_sub_steps() const {
  return sub_steps.empty() ? 0 : *std::max_element(sub_steps.begin(), sub_steps.end());
}

bool DispersionFactors::set(double dt, const std::vector<double>& coefficient,
                            const std::vector<double>& area, const std::vector<double>& volume) {
  if (dt == dt_ && same_bits(coefficient, coefficient_) && same_bits(area, area_) &&
      same_bits(volume, volume_))
    return false;
  dt_ = dt;
  coefficient_ = coefficient;
  area_ = area;
  volume_ = volume;
  set_cells();
  set_conductances();
  count_sub_steps();
  for (const Branch& branch : tree_.branches) set_couplings(branch);
  for (int s = 0; s < static_cast<int>(tree_.stars.size()); ++s) set_star_coupling(s);
  for (auto level = tree_.levels.rbegin(); level != tree_.levels.rend(); ++level) {
    for (int b : *level) eliminate(b);
  }
  for (int s : tree_.root_stars) eliminate_star(s);
  return true;
}

// A dry cell exchanges nothing: it has no concentration.
void DispersionFactors::set_cells() {
  const double *volume = volume_.data(), *area = area_.data(), *coefficient = coefficient_.data();
#pragma omp simd
  for (std::size_t i = 0; i < volume_.size(); ++i) {
    const double reciprocal_volume = 1.0 / volume[i],
                 half = 2 * area[i] * coefficient[i] / network_.cell_length[i];
    const bool wet = volume[i] > kDryVolume;
    cell_inverse_[i] = wet ? reciprocal_volume : 0.0;
    cell_half_[i] = wet && half > 0 ? half : 0.0;
  }
}

void DispersionFactors::set_conductances() {
  for (std::size_t q = 0; q < half_.size(); ++q) {
    const std::size_t cell = at(tree_.cell[q]);
    held_[q] = volume_[cell];
    inverse[q] = cell_inverse_[cell];
    half_[q] = cell_half_[cell];
  }
  for (const Branch& branch : tree_.branches) {
    for (std::size_t q = at(branch.begin); q + 1 < at(branch.end); ++q) {
      const double product = half_[q] * half_[q + 1], series = product / (half_[q] + half_[q + 1]);
      conductance_[q] = product > 0 ? series : 0.0;
    }
    const std::size_t last = at(branch.end) - 1;
    conductance_[last] = branch.root_star < 0 ? 0.0 : half_[last];
    reach_[at(branch.begin)] = 0;
    for (std::size_t q = at(branch.begin) + 1; q < at(branch.end); ++q) reach_[q] = conductance_[q - 1];
    for (std::size_t q = at(branch.begin); q + 1 < at(branch.end); ++q) reach_[q] += conductance_[q];
  }
  for (int s = 0; s < static_cast<int>(tree_.stars.size()); ++s) set_star(s);
}

// What a cell feels through a star is its half cell in series with all others: G (1 - weight).
void DispersionFactors::set_star(int star) {
  const Star& joint = tree_.stars[at(star)];
  const std::size_t leaf = joint.parent < 0 ? 0 : at(tree_.branches[at(joint.parent)].begin);
  star_conductance_[at(star)] = joint.parent < 0 ? 0.0 : half_[leaf];
  double sum = star_conductance_[at(star)];
  for (int b : joint.children) sum += conductance_[at(tree_.branches[at(b)].end) - 1];
  for (int l : joint.links) sum += half_[link_position(l)];
  const double per = reciprocal(sum);
  const auto weigh = [&](std::size_t q, double conductance) {
    const double weight = conductance * per;
    reach_[q] += conductance * (1 - weight);
    return weight;
  };
  parent_weight[at(star)] = joint.parent < 0 ? 0.0 : weigh(leaf, star_conductance_[at(star)]);
  for (int b : joint.children) {
    const std::size_t q = at(tree_.branches[at(b)].end) - 1;
    star_weight[q] = weigh(q, conductance_[q]);
  }
  for (int l : joint.links) link_weight[at(l)] = weigh(link_position(l), half_[link_position(l)]);
}

void DispersionFactors::count_sub_steps() {
  std::vector<std::array<double, kMostSubSteps>> water(
      sub_steps.size());  // [n] of cells with Fourier number above n
  for (auto& w : water) w.fill(0);
  for (const Branch& branch : tree_.branches) {
    auto& above = water[at(branch.component)];
    double all = 0;
    for (std::size_t q = at(branch.begin); q < at(branch.end); ++q) {
      all += held_[q];
      for (int n = 1; n < kMostSubSteps && 0.5 * dt_ * reach_[q] > n * held_[q]; ++n)
        above[at(n)] += held_[q];
    }
    above[0] += all;
  }
  for (std::size_t c = 0; c < sub_steps.size(); ++c) {
    int n = 1;
    while (n < kMostSubSteps && water[c][at(n)] > kIgnoredShare * water[c][0]) ++n;
    sub_steps[c] = n;
  }
}

void DispersionFactors::set_couplings(const Branch& branch) {
  const double step = tau(branch.component);
  for (std::size_t q = at(branch.begin); q < at(branch.end); ++q) {
    reach_[q] = reach_[q] > 0 ? held_[q] / (step * reach_[q]) : 1.0;  // from here on: largest explicit weight
  }
  for (std::size_t q = at(branch.begin); q < at(branch.end); ++q) {
    const double next = q + 1 < at(branch.end) ? reach_[q + 1] : 1.0;
    const double explicit_weight = std::min(0.5, std::min(reach_[q], next));
    rows[q].flux = step * conductance_[q];
    rows[q].coupling = (1 - explicit_weight) * rows[q].flux;
  }
}

void DispersionFactors::set_star_coupling(int star) {
  const Star& joint = tree_.stars[at(star)];
  double explicit_weight = 0.5;
  if (joint.parent >= 0) {
    explicit_weight = std::min(explicit_weight, reach_[at(tree_.branches[at(joint.parent)].begin)]);
  }
  for (int b : joint.children)
    explicit_weight = std::min(explicit_weight, reach_[at(tree_.branches[at(b)].end) - 1]);
  for (int l : joint.links) explicit_weight = std::min(explicit_weight, reach_[link_position(l)]);
  for (int b : joint.children) {
    Row& row = rows[at(tree_.branches[at(b)].end) - 1];
    row.coupling = (1 - explicit_weight) * row.flux;
  }
  for (int l : joint.links) {
    Row& row = link_rows[at(l)];
    row.flux = tau(joint.component) * half_[link_position(l)];
    row.coupling = (1 - explicit_weight) * row.flux;
  }
  star_rows[at(star)].flux = tau(joint.component) * star_conductance_[at(star)];
  star_rows[at(star)].coupling = (1 - explicit_weight) * star_rows[at(star)].flux;
}

// excess = eliminated diagonal less its coupling k to the root. On to the next position with volume V it runs
// as
//   excess' = V + k excess / (excess + k) = ((V + k) excess + V k) / (excess + k),
// here as a fraction, so that no division waits for the one before. All terms are positive: nothing cancels.
void DispersionFactors::eliminate(int branch) {
  constexpr std::size_t kRescale = 8;  // before the fraction's terms leave the range of a double
  const Branch& b = tree_.branches[at(branch)];
  double over = held_[at(b.begin)] + (b.leaf_star < 0 ? 0.0 : eliminate_star(b.leaf_star)), under = 1;
  for (std::size_t q = at(b.begin);; ++q) {
    const double k = rows[q].coupling, diagonal = over + k * under;
    rows[q].pivot = diagonal > 0 ? under / diagonal : 0.0;
    rows[q].lower = k * rows[q].pivot;
    if (q + 1 == at(b.end)) break;
    const double next = held_[q + 1];
    over = (next + k) * over + next * k * under;
    under = diagonal;
    if (q % kRescale == 0 || under <= 0) {
      over = under > 0 ? over / under : next;
      under = 1;
    }
  }
  to_star_[at(branch)] = rows[at(b.end) - 1].lower * (over / under);
}

double DispersionFactors::eliminate_star(int star) {
  double excess = 0;
  for (int b : tree_.stars[at(star)].children) excess += to_star_[at(b)];
  Row& row = star_rows[at(star)];
  row.pivot = reciprocal(excess + row.coupling);
  row.lower = row.coupling * row.pivot;
  return row.lower * excess;
}

}  // namespace limpid
