#include "solvers/dispersion_sweep.hpp"

#include <algorithm>
#include <array>

namespace limpid {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

DispersionSweep::DispersionSweep(const DispersionTree& tree, const DispersionFactors& factors,
                                 const Rows& rows, double floor)
    : tree_(tree),
      factors_(factors),
      rows_(rows),
      floor_(floor),
      side_(rows.at(tree.segments)),
      star_old_(rows.at(static_cast<int>(tree.stars.size()))),
      star_side_(star_old_.size()),
      link_(rows.at(static_cast<int>(tree.links.size()))),
      link_implicit_(link_.size()),
      link_end_(link_.size()),
      open_(rows.at(static_cast<int>(tree.branches.size()))),
      change_(open_.size()),
      overdrawn_(open_.size() / kPack, 0) {}

void DispersionSweep::mix_star(int star, Columns columns, const State& state) {
  const Star& joint = tree_.stars[at(star)];
  double* mean = row(star_old_, star) + columns.first;
  std::fill_n(mean, columns.count, 0.0);
  const auto include = [&](int position, double weight) {
    const double* m = amounts(position, state) + columns.first;
    const double factor = weight * factors_.inverse[at(position)];
    for (int j = 0; j < columns.count; ++j) mean[j] += factor * m[j];
  };
  if (joint.parent >= 0) include(tree_.branches[at(joint.parent)].begin, factors_.parent_weight[at(star)]);
  for (int b : joint.children) {
    const int last = tree_.branches[at(b)].end - 1;
    include(last, factors_.star_weight[at(last)]);
  }
  for (int l : joint.links)
    include(tree_.branches[at(tree_.links[at(l)].branch)].begin, factors_.link_weight[at(l)]);
}

void DispersionSweep::open_link(int link, Columns columns, const State& state) {
  const int q = tree_.branches[at(tree_.links[at(link)].branch)].begin;
  const double *m = amounts(q, state) + columns.first,
               *old = row(star_old_, tree_.links[at(link)].star) + columns.first;
  const double inverse = factors_.inverse[at(q)], flux = factors_.link_rows[at(link)].flux;
  double* out = row(link_, link) + columns.first;
  for (int j = 0; j < columns.count; ++j) out[j] = flux * (m[j] * inverse - old[j]);
  std::fill_n(row(link_implicit_, link) + columns.first, columns.count, 0.0);
}

// The explicit fluxes into a star add up to nothing: its old concentration is their mean.
void DispersionSweep::gather_star(int star, Columns columns) {
  double* sum = row(star_side_, star) + columns.first;
  std::fill_n(sum, columns.count, 0.0);
  for (int b : tree_.stars[at(star)].children) {
    const Branch& child = tree_.branches[at(b)];
    const double* side = row(side_, last_segment(child)) + columns.first;
    const double lower = factors_.rows[at(child.end) - 1].lower;
    for (int j = 0; j < columns.count; ++j) sum[j] += lower * side[j];
  }
  for (int l : tree_.stars[at(star)].links) {
    const double* in = row(link_implicit_, l) + columns.first;
    for (int j = 0; j < columns.count; ++j) sum[j] += in[j];
  }
}

template <int kBlock>
struct DispersionSweep::Pass {
  std::array<Pack, kBlock> here;     // old concentration of the position that comes next
  std::array<Pack, kBlock> in;       // explicit flux into it from the leaf's side
  std::array<Pack, kBlock> carried;  // its share of the right-hand sides below
};

template <int kBlock>
DispersionSweep::Pass<kBlock> DispersionSweep::begin_pass(const Branch& branch, int from, int column,
                                                          const State& state) {
  Pass<kBlock> p;
  const double* m = amounts(from, state) + column;
  const Pack inverse = splat(factors_.inverse[at(from)]);
#pragma GCC unroll 4
  for (std::size_t b = 0; b < kBlock; ++b) {
    p.here[b] = load(m + b * kPack) * inverse;
    p.in[b] = p.carried[b] = splat(0);
  }
  if (from > branch.begin) {
    const DispersionFactors::Row& below = factors_.rows[at(from) - 1];
    const double* m_below = amounts(from - 1, state) + column;
    const double* side = row(side_, branch.first_segment + (from - branch.begin) / kSegment - 1) + column;
#pragma GCC unroll 4
    for (std::size_t b = 0; b < kBlock; ++b) {
      p.in[b] =
          splat(below.flux) * (load(m_below + b * kPack) * splat(factors_.inverse[at(from) - 1]) - p.here[b]);
      p.carried[b] = splat(below.lower) * load(side + b * kPack);
    }
  } else if (branch.leaf_star >= 0) {
    const DispersionFactors::Row& below = factors_.star_rows[at(branch.leaf_star)];
    const double *old = row(star_old_, branch.leaf_star) + column,
                 *side = row(star_side_, branch.leaf_star) + column;
#pragma GCC unroll 4
    for (std::size_t b = 0; b < kBlock; ++b) {
      p.in[b] = splat(below.flux) * (load(old + b * kPack) - p.here[b]);
      p.carried[b] = splat(below.lower) * load(side + b * kPack);
    }
  } else if (branch.link >= 0) {
    const double* out = row(link_, branch.link) + column;
    for (std::size_t b = 0; b < kBlock; ++b) p.in[b] = -load(out + b * kPack);
  }
  return p;
}

// Positions [from, to) of a segment. side: where the right-hand side of the first goes; step: from one to the
// next.
template <int kBlock>
inline void DispersionSweep::pass(const Branch& branch, int from, int to, int column, const State& state,
                                  double* side, std::size_t step) {
  Pass<kBlock> p = begin_pass<kBlock>(branch, from, column, state);
  const auto go_on = [&](int q, const double* next_row, double next_inverse) {
    const Pack inverse = splat(next_inverse), flux = splat(factors_.rows[at(q)].flux),
               lower = splat(factors_.rows[at(q)].lower);
#pragma GCC unroll 4
    for (std::size_t b = 0; b < kBlock; ++b) {
      const Pack next = load(next_row + column + b * kPack) * inverse, out = flux * (p.here[b] - next);
      const Pack sum = p.in[b] - out + p.carried[b];
      store(side + b * kPack, sum);
      p.carried[b] = lower * sum;
      p.in[b] = out;
      p.here[b] = next;
    }
    side += step;
  };
  const int last = branch.end - 1, stop = std::min(to, last);
  for (int q = from; q < stop; ++q) go_on(q, amounts(q + 1, state), factors_.inverse[at(q) + 1]);
  if (to <= last) return;
  const bool to_star = branch.root_star >= 0;  // the root's flux is 0, whatever it looks at
  go_on(last, to_star ? row(star_old_, branch.root_star) : amounts(last, state), 1.0);
}

void DispersionSweep::eliminate(int branch, Columns columns, const State& state) {
  const Branch& b = tree_.branches[at(branch)];
  if (b.leaf_star >= 0) gather_star(b.leaf_star, columns);
  for (int segment = 0; segment <= last_segment(b) - b.first_segment; ++segment) {
    const int from = b.begin + segment * kSegment, to = std::min(from + kSegment, b.end);
    double* side = row(side_, b.first_segment + segment) + columns.first;
    for_packs<4>(columns.count, [&](auto block, int column) {
      pass<block()>(b, from, to, columns.first + column, state, side + column, 0);  // the last one stays
    });
  }
}

void DispersionSweep::look_from_root(int star, Columns columns) {
  gather_star(star, columns);
  double* side = row(star_side_, star) + columns.first;
  for (int j = 0; j < columns.count; ++j) side[j] *= factors_.star_rows[at(star)].pivot;
}

// As substitute_segment(), but books nothing.
void DispersionSweep::look(int branch, Columns columns, const State& state) {
  const Branch& b = tree_.branches[at(branch)];
  std::array<double, kSegment * kPack> sides;
  for (int j = columns.first; j < columns.first + columns.count; j += kPack) {
    Pack y = b.root_star < 0 ? splat(0) : load(row(star_side_, b.root_star) + j);
    for (int segment = last_segment(b) - b.first_segment; segment >= 0; --segment) {
      const int from = b.begin + segment * kSegment, to = std::min(from + kSegment, b.end);
      pass<1>(b, from, to, j, state, sides.data(), kPack);
      for (int q = to - 1; q >= from; --q)
        y = load(sides.data() + at(q - from) * kPack) * splat(factors_.rows[at(q)].pivot) +
            splat(factors_.rows[at(q)].lower) * y;
    }
    if (b.link >= 0) store(row(link_end_, b.link) + j, y);
    if (b.leaf_star < 0) continue;
    const DispersionFactors::Row& f = factors_.star_rows[at(b.leaf_star)];
    double* side = row(star_side_, b.leaf_star) + j;
    store(side, load(side) * splat(f.pivot) + splat(f.lower) * y);
  }
}

void DispersionSweep::close(const DispersionLoops& loops, int component, Columns columns) {
  const std::vector<int>& links = loops.links()[at(component)];
  std::vector<double> flux(links.size());
  for (int j = columns.first; j < columns.first + columns.count; ++j) {
    for (std::size_t k = 0; k < links.size(); ++k)
      flux[k] = row(link_end_, links[k])[j] - row(star_side_, tree_.links[at(links[k])].star)[j];
    loops.solve(component, flux.data());
    for (std::size_t k = 0; k < links.size(); ++k) {
      row(link_implicit_, links[k])[j] = flux[k];
      row(link_, links[k])[j] += flux[k];
    }
  }
}

// Fluxes from the children into a star are also what its parent gets: the same sum for both, round-off
// included. open: the parent's amount before it gets them; returned after. The last child bears the floor.
Pack DispersionSweep::share_out(int star, int column, Pack open, const State& state) {
  const Star& joint = tree_.stars[at(star)];
  const Pack change = load(row(star_side_, star) + column), old = load(row(star_old_, star) + column);
  for (int l : joint.links) open += load(row(link_, l) + column);
  for (int b : joint.children) {
    const Branch& child = tree_.branches[at(b)];
    const int last = child.end - 1;
    const DispersionFactors::Row& f = factors_.rows[at(last)];
    const Pack side = load(row(side_, last_segment(child)) + column);
    const Pack y = side * splat(f.pivot) + splat(f.lower) * change;
    const Pack here = load(amounts(last, state) + column) * splat(factors_.inverse[at(last)]);
    Pack given = splat(f.flux) * (here - old) + splat(f.coupling) * (y - change);
    if (b == joint.children.back()) given = joint.parent >= 0 ? max(given, splat(floor_) - open) : -open;
    open += given;
    store(row(open_, b) + column, given);
  }
  return open;
}

void DispersionSweep::solve_root_star(int star, Columns columns, const State& state) {
  gather_star(star, columns);
  for (int j = columns.first; j < columns.first + columns.count; j += kPack) {
    double* side = row(star_side_, star) + j;
    store(side, load(side) * splat(factors_.star_rows[at(star)].pivot));
    share_out(star, j, splat(0), state);
  }
}

template <int kBlock>
struct DispersionSweep::Back {
  std::array<Pack, kBlock> change, here,
      open;  // of the cell done last: y, old concentration, amount not yet complete
};

// Before positions below `to`: from the root of the branch, or from where the segment above stopped.
template <int kBlock>
DispersionSweep::Back<kBlock> DispersionSweep::begin_back(int index, int to, int column, const double* side,
                                                          const State& state) {
  const Branch& branch = tree_.branches[at(index)];
  const bool at_root = to == branch.end;
  const int q = at_root ? to - 1 : to;
  const double *m_row = amounts(q, state) + column, *open = row(open_, index) + column,
               *change = row(change_, index) + column;
  const DispersionFactors::Row& f = factors_.rows[at(q)];
  Back<kBlock> back;
#pragma GCC unroll 4
  for (std::size_t b = 0; b < kBlock; ++b) {
    const Pack m = load(m_row + b * kPack);
    back.here[b] = m * splat(factors_.inverse[at(q)]);
    if (!at_root) {
      back.change[b] = load(change + b * kPack);
      back.open[b] = load(open + b * kPack);
    } else if (branch.root_star >= 0) {
      back.change[b] = load(side + b * kPack) * splat(f.pivot) +
                       splat(f.lower) * load(row(star_side_, branch.root_star) + at(column) + b * kPack);
      back.open[b] = m - load(open + b * kPack);
    } else {
      back.change[b] = load(side + b * kPack) * splat(f.pivot);
      back.open[b] = m;
    }
  }
  return back;
}

template <int kBlock>
void DispersionSweep::substitute_segment(int index, int segment, int column, State& state) {
  const Branch& branch = tree_.branches[at(index)];
  const int from = branch.begin + segment * kSegment, to = std::min(from + kSegment, branch.end);
  constexpr std::size_t kWidth = kBlock * kPack;
  std::array<double, kSegment * kWidth> sides;
  pass<kBlock>(branch, from, to, column, state, sides.data(), kWidth);
  Back<kBlock> back = begin_back<kBlock>(index, to, column, sides.data() + at(to - 1 - from) * kWidth, state);
  const Pack lowest = splat(floor_);
  for (int q = to == branch.end ? to - 2 : to - 1; q >= from; --q) {
    const DispersionFactors::Row& f = factors_.rows[at(q)];
    const Pack inverse = splat(factors_.inverse[at(q)]), pivot = splat(f.pivot), lower = splat(f.lower),
               flux = splat(f.flux), coupling = splat(f.coupling);
    const double* m_row = amounts(q, state) + column;
    const double* side = sides.data() + at(q - from) * kWidth;
    double* done = amounts(q + 1, state) + column;
#pragma GCC unroll 4
    for (std::size_t b = 0; b < kBlock; ++b) {
      const Pack m = load(m_row + b * kPack), old = m * inverse;
      const Pack y = load(side + b * kPack) * pivot + lower * back.change[b];
      const Pack given =
          max(flux * (old - back.here[b]) + coupling * (y - back.change[b]), lowest - back.open[b]);
      store(done + b * kPack, back.open[b] + given);
      back.open[b] = m - given;
      back.here[b] = old;
      back.change[b] = y;
    }
  }
  if (from == branch.begin) {
    end_branch<kBlock>(index, column, back, state);
    return;
  }
#pragma GCC unroll 4
  for (std::size_t b = 0; b < kBlock; ++b) {
    store(row(change_, index) + at(column) + b * kPack, back.change[b]);
    store(row(open_, index) + at(column) + b * kPack, back.open[b]);
  }
}

template <int kBlock>
void DispersionSweep::end_branch(int index, int column, Back<kBlock>& back, State& state) {
  const Branch& branch = tree_.branches[at(index)];
  for (int b = 0; b < kBlock; ++b) {
    const int j = column + b * kPack;
    Pack open = back.open[at(b)];
    if (branch.leaf_star >= 0) {
      const DispersionFactors::Row& f = factors_.star_rows[at(branch.leaf_star)];
      double* side = row(star_side_, branch.leaf_star) + j;
      store(side, load(side) * splat(f.pivot) + splat(f.lower) * back.change[at(b)]);
      open = share_out(branch.leaf_star, j, open, state);
    }
    if (branch.link >= 0) open -= load(row(link_, branch.link) + j);
    store(amounts(branch.begin, state) + j, open);
    const bool below = open[0] < floor_ || open[1] < floor_ || open[2] < floor_ || open[3] < floor_;
    overdrawn_[(rows_.at(index) + at(j)) / kPack] = below;
  }
}

void DispersionSweep::substitute(int branch, Columns columns, State& state) {
  const Branch& b = tree_.branches[at(branch)];
  for (int segment = last_segment(b) - b.first_segment; segment >= 0; --segment) {
    for_packs<3>(columns.count, [&](auto block, int column) {
      substitute_segment<block()>(branch, segment, columns.first + column, state);
    });
  }
}

// Every cell but a leaf ends at or above the floor by the bound on the flux it gets. A leaf that round-off
// left below takes what lacks from its neighbours towards the root.
void DispersionSweep::give_back(Columns columns, State& state) {
  for (int b = 0; b < static_cast<int>(tree_.branches.size()); ++b) {
    for (int j = columns.first; j < columns.first + columns.count; ++j) {
      char& flag = overdrawn_[(rows_.at(b) + at(j)) / kPack];
      if (!flag) continue;
      borrow(b, tree_.branches[at(b)].begin, j, state);
      if (j % kPack == kPack - 1) flag = 0;
    }
  }
}

void DispersionSweep::cover(int branch, int position, Columns columns, State& state) {
  const double* m = amounts(position, state);
  for (int j = columns.first; j < columns.first + columns.count; ++j)
    if (m[j] < floor_) borrow(branch, position, j, state);
}

// From the neighbours towards the root, then from those on the other side.
void DispersionSweep::borrow(int branch, int position, int column, State& state) {
  double lacking = 0;
  double* m = nullptr;
  const auto settles = [&](int q) {
    m = amounts(q, state) + column;
    *m += lacking;
    if (*m >= floor_) return true;
    lacking = *m;
    *m = 0;
    return false;
  };
  for (int b = branch, from = position; b >= 0;) {
    const Branch& part = tree_.branches[at(b)];
    for (int q = from; q < part.end; ++q)
      if (settles(q)) return;
    b = part.root_star < 0 ? -1 : tree_.stars[at(part.root_star)].parent;
    if (b >= 0) from = tree_.branches[at(b)].begin;
  }
  for (int q = position - 1; q >= tree_.branches[at(branch)].begin; --q)
    if (settles(q)) return;
  *m += lacking;  // nothing is lost even where all of it is empty
}

}  // namespace limpid
