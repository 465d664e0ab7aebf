#include <array>
#include <limits>

#include <omp.h>

#include "solvers/dispersion_factors.hpp"
#include "solvers/dispersion_tree.hpp"
#include "solvers/pack.hpp"
#include "solvers/team.hpp"
#include "solvers/transport.hpp"

namespace limpid {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Rows of kChunk columns that live through one sub-step of one chunk.
class ChunkRows {
 public:
  explicit ChunkRows(const DispersionTree& tree)
      : stars_(tree.cell.size()),
        star_sides_(stars_ + tree.stars.size()),
        fluxes_(star_sides_ + tree.stars.size()),
        values_((fluxes_ + tree.branches.size()) * kChunk) {}
  double* side(int position) { return row(at(position)); }             // right-hand side, children eliminated
  double* star_old(int star) { return row(stars_ + at(star)); }        // old concentration
  double* star_side(int star) { return row(star_sides_ + at(star)); }  // right-hand side, then the change
  double* root_flux(int branch) {
    return row(fluxes_ + at(branch));
  }  // amount that leaves into the root star

 private:
  double* row(std::size_t i) { return values_.data() + i * kChunk; }
  std::size_t stars_, star_sides_, fluxes_;
  std::vector<double> values_;
};

}  // namespace

struct Dispersion::Impl {
  Impl(const Network& network, const Rows& r, TransportScheme scheme)
      : rows(r),
        tree(network),
        factors(network, tree),
        floor(scheme == TransportScheme::monotone ? 0.0 : std::numeric_limits<double>::lowest()),
        overdrawn(tree.branches.size() * at(chunk_count(r.width)), 0) {}

  // Columns of one chunk, and where their temporaries stand.
  struct Columns {
    int first, count;
    ChunkRows& temp;
    char* overdrawn;  // [branch] 1 if the leaf's last cell fell below the floor
  };

  void advance(State& state);
  void sub_step(int step, bool team, int chunk_begin, int chunk_end, State& state);
  Columns columns(int chunk) {
    return {chunk * kChunk, chunk_size(rows.width, chunk), temps[temps.size() > 1 ? at(chunk) : 0],
            overdrawn.data() + at(chunk) * tree.branches.size()};
  }
  const double* amounts(int position, const Columns& c, const State& state) const {
    return state.row(tree.cell[at(position)]) + c.first;
  }
  double* amounts(int position, const Columns& c, State& state) const {
    return state.row(tree.cell[at(position)]) + c.first;
  }

  void mix_star(int star, const Columns& c, const State& state);
  void gather_star(int star, const Columns& c);
  void root_star(int star, const Columns& c, const State& state);
  void forward(int branch, const Columns& c, const State& state);
  void backward(int branch, const Columns& c, State& state);
  template <int kBlock>
  void forward_block(const Branch& branch, const Columns& c, int column, const State& state);
  template <int kBlock>
  void backward_block(int index, const Columns& c, int column, State& state);
  Pack share_out(int star, const Columns& c, int j, Pack open, const State& state);
  void give_back(const Columns& c, State& state);
  void borrow(int branch, int column, State& state);

  Rows rows;
  DispersionTree tree;
  DispersionFactors factors;
  double floor;
  std::vector<char> overdrawn;   // [chunk][branch]
  std::vector<ChunkRows> temps;  // one, or one per chunk where threads share the chunks
};

Dispersion::Dispersion(const Network& network, const Rows& rows, TransportScheme scheme)
    : impl_(std::make_unique<Impl>(network, rows, scheme)) {}
Dispersion::~Dispersion() = default;
Dispersion::Dispersion(Dispersion&&) noexcept = default;
void Dispersion::advance(double dt, const std::vector<double>& coefficient, const std::vector<double>& area,
                         const std::vector<double>& volume, State& state) {
  impl_->factors.set(dt, coefficient, area, volume);
  impl_->advance(state);
}

// Alone, a thread finishes one chunk of columns before the next, so that its temporaries stay in cache.
void Dispersion::Impl::advance(State& state) {
  const int chunks = chunk_count(rows.width), steps = factors.most_sub_steps();
  const bool team = state.amount.size() >= kParallelEntries && omp_get_max_threads() > 1;
  while (temps.size() < (team ? at(chunks) : 1)) temps.emplace_back(tree);
  const int at_once = team ? chunks : 1;
  with_team(team, [&] {
    for (int chunk = 0; chunk < chunks; chunk += at_once) {
      for (int s = 0; s < steps; ++s) sub_step(s, team, chunk, chunk + at_once, state);
    }
  });
}

void Dispersion::Impl::sub_step(int step, bool team, int chunk_begin, int chunk_end, State& state) {
  const auto each = [&](int n, const auto& f) { share_work(team, n, chunk_begin, chunk_end, f); };
  const auto each_branch = [&](const std::vector<int>& level, const auto& f) {
    each(static_cast<int>(level.size()), [&](int i, int k) {
      const int b = level[at(i)];
      if (step < factors.sub_steps[at(tree.branches[at(b)].component)]) f(b, columns(k));
    });
  };
  each(static_cast<int>(tree.stars.size()), [&](int s, int k) { mix_star(s, columns(k), state); });
  for (auto level = tree.levels.rbegin(); level != tree.levels.rend(); ++level) {
    each_branch(*level, [&](int b, const Columns& c) { forward(b, c, state); });
  }
  each(static_cast<int>(tree.root_stars.size()),
       [&](int i, int k) { root_star(tree.root_stars[at(i)], columns(k), state); });
  for (const std::vector<int>& level : tree.levels) {
    each_branch(level, [&](int b, const Columns& c) { backward(b, c, state); });
  }
  each(1, [&](int, int k) { give_back(columns(k), state); });
}

void Dispersion::Impl::mix_star(int star, const Columns& c, const State& state) {
  const Star& joint = tree.stars[at(star)];
  double* mean = c.temp.star_old(star);
  std::fill_n(mean, c.count, 0.0);
  const auto include = [&](int position, double weight) {
    const double* m = amounts(position, c, state);
    const double factor = weight * factors.inverse[at(position)];
    for (int j = 0; j < c.count; ++j) mean[j] += factor * m[j];
  };
  if (joint.parent >= 0) include(tree.branches[at(joint.parent)].begin, factors.parent_weight[at(star)]);
  for (int b : joint.children) {
    const int last = tree.branches[at(b)].end - 1;
    include(last, factors.star_weight[at(last)]);
  }
}

void Dispersion::Impl::gather_star(int star, const Columns& c) {
  double* side = c.temp.star_side(star);
  std::fill_n(side, c.count, 0.0);
  for (int b : tree.stars[at(star)].children) {
    const int last = tree.branches[at(b)].end - 1;
    const double* child = c.temp.side(last);
    const double lower = factors.rows[at(last)].lower;
    for (int j = 0; j < c.count; ++j) side[j] += lower * child[j];
  }
}

void Dispersion::Impl::forward(int branch, const Columns& c, const State& state) {
  const Branch& b = tree.branches[at(branch)];
  if (b.leaf_star >= 0) gather_star(b.leaf_star, c);
  for_packs<4>(c.count, [&](auto block, int column) { forward_block<block()>(b, c, column, state); });
}

template <int kBlock>
void Dispersion::Impl::forward_block(const Branch& branch, const Columns& c, int column, const State& state) {
  std::array<Pack, kBlock> here, in, carried;
  const Pack inverse = splat(factors.inverse[at(branch.begin)]);
  for (std::size_t b = 0; b < kBlock; ++b) {
    const int j = column + static_cast<int>(b) * kPack;
    here[b] = load(amounts(branch.begin, c, state) + j) * inverse;
    in[b] = carried[b] = splat(0);
    if (branch.leaf_star >= 0) {
      const DispersionFactors::Row& row = factors.star_rows[at(branch.leaf_star)];
      in[b] = splat(row.flux) * (load(c.temp.star_old(branch.leaf_star) + j) - here[b]);
      carried[b] = splat(row.lower) * load(c.temp.star_side(branch.leaf_star) + j);
    }
  }
  const auto step = [&](int q, const double* next_row, Pack next_inverse) {
    const Pack flux = splat(factors.rows[at(q)].flux), lower = splat(factors.rows[at(q)].lower);
    double* side = c.temp.side(q) + column;
    for (std::size_t b = 0; b < kBlock; ++b) {
      const Pack next = load(next_row + b * kPack) * next_inverse, out = flux * (here[b] - next);
      const Pack sum = in[b] - out + carried[b];
      store(side + b * kPack, sum);
      carried[b] = lower * sum;
      in[b] = out;
      here[b] = next;
    }
  };
  const int last = branch.end - 1;
  for (int q = branch.begin; q < last; ++q) {
    step(q, amounts(q + 1, c, state) + column, splat(factors.inverse[at(q) + 1]));
  }
  if (branch.root_star >= 0) {
    step(last, c.temp.star_old(branch.root_star) + column, splat(1));
  } else {
    step(last, amounts(last, c, state) + column, splat(factors.inverse[at(last)]));
  }
}

// Fluxes from the children into a star, which are also what its parent gets: the same sum for both, round-off
// included. open: the parent's amount before it gets them; returns it after. The last child bears the floor.
Pack Dispersion::Impl::share_out(int star, const Columns& c, int j, Pack open, const State& state) {
  const Star& joint = tree.stars[at(star)];
  const Pack change = load(c.temp.star_side(star) + j), old = load(c.temp.star_old(star) + j);
  for (int b : joint.children) {
    const int last = tree.branches[at(b)].end - 1;
    const DispersionFactors::Row& row = factors.rows[at(last)];
    const Pack y = load(c.temp.side(last) + j) * splat(row.pivot) + splat(row.lower) * change;
    const Pack here = load(amounts(last, c, state) + j) * splat(factors.inverse[at(last)]);
    Pack f = splat(row.flux) * (here - old) + splat(row.coupling) * (y - change);
    if (b == joint.children.back()) f = joint.parent >= 0 ? max(f, splat(floor) - open) : -open;
    open += f;
    store(c.temp.root_flux(b) + j, f);
  }
  return open;
}

void Dispersion::Impl::root_star(int star, const Columns& c, const State& state) {
  gather_star(star, c);
  for (int j = 0; j < c.count; j += kPack) {
    double* side = c.temp.star_side(star) + j;
    store(side, load(side) * splat(factors.star_rows[at(star)].pivot));
    share_out(star, c, j, splat(0), state);
  }
}

void Dispersion::Impl::backward(int branch, const Columns& c, State& state) {
  c.overdrawn[branch] = 0;
  for_packs<3>(c.count, [&](auto block, int column) { backward_block<block()>(branch, c, column, state); });
}

template <int kBlock>
void Dispersion::Impl::backward_block(int index, const Columns& c, int column, State& state) {
  const Branch& branch = tree.branches[at(index)];
  const int last = branch.end - 1;
  std::array<Pack, kBlock> change, here, open;
  for (std::size_t b = 0; b < kBlock; ++b) {
    const int j = column + static_cast<int>(b) * kPack;
    const DispersionFactors::Row& row = factors.rows[at(last)];
    const Pack m = load(amounts(last, c, state) + j);
    change[b] = load(c.temp.side(last) + j) * splat(row.pivot);
    here[b] = m * splat(factors.inverse[at(last)]);
    open[b] = m;
    if (branch.root_star >= 0) {
      change[b] += splat(row.lower) * load(c.temp.star_side(branch.root_star) + j);
      open[b] -= load(c.temp.root_flux(index) + j);
    }
  }
  const Pack lowest = splat(floor);
  for (int q = last - 1; q >= branch.begin; --q) {
    const DispersionFactors::Row& row = factors.rows[at(q)];
    const Pack inverse = splat(factors.inverse[at(q)]), pivot = splat(row.pivot), lower = splat(row.lower),
               flux = splat(row.flux), coupling = splat(row.coupling);
    const double *m_row = amounts(q, c, state) + column, *side = c.temp.side(q) + column;
    double* done = amounts(q + 1, c, state) + column;
    for (std::size_t b = 0; b < kBlock; ++b) {
      const Pack m = load(m_row + b * kPack), old = m * inverse;
      const Pack y = load(side + b * kPack) * pivot + lower * change[b];
      const Pack f = max(flux * (old - here[b]) + coupling * (y - change[b]), lowest - open[b]);
      store(done + b * kPack, open[b] + f);
      open[b] = m - f;
      here[b] = old;
      change[b] = y;
    }
  }
  for (std::size_t b = 0; b < kBlock; ++b) {
    const int j = column + static_cast<int>(b) * kPack;
    if (branch.leaf_star >= 0) {
      const DispersionFactors::Row& row = factors.star_rows[at(branch.leaf_star)];
      double* side = c.temp.star_side(branch.leaf_star) + j;
      store(side, load(side) * splat(row.pivot) + splat(row.lower) * change[b]);
      open[b] = share_out(branch.leaf_star, c, j, open[b], state);
    }
    store(amounts(branch.begin, c, state) + j, open[b]);
    for (int i = 0; i < kPack; ++i) c.overdrawn[index] |= static_cast<char>(open[b][i] < floor);
  }
}

// Every cell but a leaf ends at or above the floor by the bound on the flux it gets. A leaf that round-off
// left below takes what lacks from its neighbours towards the root.
void Dispersion::Impl::give_back(const Columns& c, State& state) {
  for (int b = 0; b < static_cast<int>(tree.branches.size()); ++b) {
    if (!c.overdrawn[b]) continue;
    for (int j = 0; j < c.count; ++j) borrow(b, c.first + j, state);
    c.overdrawn[b] = 0;
  }
}

void Dispersion::Impl::borrow(int branch, int column, State& state) {
  double lacking = 0;
  double* m = nullptr;
  for (int b = branch; b >= 0;) {
    const Branch& part = tree.branches[at(b)];
    for (int q = part.begin; q < part.end; ++q) {
      m = state.row(tree.cell[at(q)]) + column;
      *m += lacking;
      if (*m >= floor) return;
      lacking = *m;
      *m = 0;
    }
    b = part.root_star < 0 ? -1 : tree.stars[at(part.root_star)].parent;
  }
  *m += lacking;  // nothing is lost even where the whole way to the root is empty
}

}  // namespace limpid
