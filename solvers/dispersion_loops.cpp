#include "solvers/dispersion_loops.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

DispersionLoops::DispersionLoops(const DispersionTree& tree, const DispersionFactors& factors)
    : tree_(tree),
      factors_(factors),
      branch_passes_(tree.branches.size(), 0),
      star_passes_(tree.stars.size(), 0),
      levels_(tree.levels.size()) {
  if (tree.links.empty()) return;
  std::vector<int> place(at(tree.components), -1);
  for (int l = 0; l < static_cast<int>(tree.links.size()); ++l) {
    const Link& link = tree.links[at(l)];
    int& of = place[at(tree.branches[at(link.branch)].component)];
    if (of < 0) {
      of = static_cast<int>(links_.size());
      links_.emplace_back();
    }
    links_[at(of)].push_back(l);
    mark(link.branch);
    star_passes_[at(link.star)] = 1;
    mark(tree.stars[at(link.star)].parent);
  }
  for (std::size_t level = 0; level < levels_.size(); ++level)
    for (int b : tree.levels[level])
      if (passes(b)) levels_[level].push_back(b);
  for (const std::vector<int>& links : links_)
    ways_.push_back(way(tree.branches[at(tree.links[at(links.front())].branch)].component));
  lower_.resize(links_.size());
  root_.resize(links_.size());
  side_.resize(tree.cell.size());
  star_side_.resize(tree.stars.size());
}

std::vector<std::vector<int>> DispersionLoops::way(int component) const {
  std::vector<std::vector<int>> own(levels_.size());
  for (std::size_t level = 0; level < levels_.size(); ++level)
    for (int b : levels_[level])
      if (tree_.branches[at(b)].component == component) own[level].push_back(b);
  return own;
}

void DispersionLoops::mark(int branch) {
  while (branch >= 0 && !passes(branch)) {
    branch_passes_[at(branch)] = 1;
    const int star = tree_.branches[at(branch)].root_star;
    if (star < 0) return;
    star_passes_[at(star)] = 1;
    branch = tree_.stars[at(star)].parent;
  }
}

void DispersionLoops::set() {
  for (std::size_t c = 0; c < links_.size(); ++c) {
    const std::size_t n = links_[c].size();
    root_[c].resize(n);
    for (std::size_t k = 0; k < n; ++k)
      root_[c][k] = std::sqrt(factors_.link_rows[at(links_[c][k])].coupling);
    lower_[c].assign(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      respond(c, links_[c][k]);
      for (std::size_t i = k; i < n; ++i)
        lower_[c][i * n + k] = root_[c][i] * difference(links_[c][i]) * root_[c][k];
      lower_[c][k * n + k] += 1;
    }
    factorise(c);
  }
}

// In place; the matrix is the unit matrix plus one that is not negative.
void DispersionLoops::factorise(std::size_t component) {
  const std::size_t n = links_[component].size();
  double* a = lower_[component].data();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(sum) : sum / a[j * n + j];
    }
}

void DispersionLoops::solve(int component, double* x) const {
  const auto c = at(component);
  const std::size_t n = links_[c].size();
  const double* a = lower_[c].data();
  for (std::size_t i = 0; i < n; ++i) {
    double sum = root_[c][i] * x[i];
    for (std::size_t k = 0; k < i; ++k) sum -= a[i * n + k] * x[k];
    x[i] = sum / a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) x[i] -= a[k * n + i] * x[k];
    x[i] /= a[i * n + i];
  }
  for (std::size_t i = 0; i < n; ++i) x[i] *= root_[c][i];
}

void DispersionLoops::clear(std::size_t component) {
  for (const std::vector<int>& level : ways_[component])
    for (int b : level) {
      const Branch& branch = tree_.branches[at(b)];
      std::fill(side_.begin() + branch.begin, side_.begin() + branch.end, 0.0);
      for (int star : {branch.leaf_star, branch.root_star})
        if (star >= 0) star_side_[at(star)] = 0;
    }
  for (int link : links_[component]) star_side_[at(tree_.links[at(link)].star)] = 0;
}

void DispersionLoops::respond(std::size_t component, int link) {
  const Link& unit = tree_.links[at(link)];
  const auto& levels = ways_[component];
  clear(component);
  side_[at(tree_.branches[at(unit.branch)].begin)] = 1;
  star_side_[at(unit.star)] = -1;
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    for (int b : *level) eliminate(b);
  for (int s : tree_.root_stars)
    if (tree_.stars[at(s)].component == tree_.branches[at(unit.branch)].component)
      star_side_[at(s)] *= factors_.star_rows[at(s)].pivot;
  for (const std::vector<int>& level : levels)
    for (int b : level) substitute(b);
}

void DispersionLoops::eliminate(int branch) {
  const Branch& b = tree_.branches[at(branch)];
  if (b.leaf_star >= 0)
    side_[at(b.begin)] += factors_.star_rows[at(b.leaf_star)].lower * star_side_[at(b.leaf_star)];
  for (std::size_t q = at(b.begin); q + 1 < at(b.end); ++q) side_[q + 1] += factors_.rows[q].lower * side_[q];
  const std::size_t last = at(b.end) - 1;
  if (b.root_star >= 0) star_side_[at(b.root_star)] += factors_.rows[last].lower * side_[last];
}

void DispersionLoops::substitute(int branch) {
  const Branch& b = tree_.branches[at(branch)];
  double y = b.root_star >= 0 ? star_side_[at(b.root_star)] : 0.0;
  for (std::size_t q = at(b.end); q-- > at(b.begin);)
    y = side_[q] = side_[q] * factors_.rows[q].pivot + factors_.rows[q].lower * y;
  if (b.leaf_star < 0) return;
  const DispersionFactors::Row& f = factors_.star_rows[at(b.leaf_star)];
  star_side_[at(b.leaf_star)] = star_side_[at(b.leaf_star)] * f.pivot + f.lower * y;
}

double DispersionLoops::difference(int link) const {
  const Link& l = tree_.links[at(link)];
  return side_[at(tree_.branches[at(l.branch)].begin)] - star_side_[at(l.star)];
}

}  // namespace limpid
