#include <limits>

#include <omp.h>

#include "solvers/dispersion_factors.hpp"
#include "solvers/dispersion_sweep.hpp"
#include "solvers/dispersion_tree.hpp"
#include "solvers/team.hpp"
#include "solvers/transport.hpp"

namespace limpid {

struct Dispersion::Impl {
  Impl(const Network& network, const Rows& r, TransportScheme scheme)
      : rows(r),
        tree(network),
        factors(network, tree),
        loops(tree, factors),
        sweep(tree, factors, r,
              scheme == TransportScheme::monotone ? 0.0 : std::numeric_limits<double>::lowest()),
        place(static_cast<std::size_t>(network.cell_count())) {
    for (int b = 0; b < static_cast<int>(tree.branches.size()); ++b) {
      const Branch& branch = tree.branches[static_cast<std::size_t>(b)];
      for (int q = branch.begin; q < branch.end; ++q)
        place[static_cast<std::size_t>(tree.cell[static_cast<std::size_t>(q)])] = {q, b, branch.component};
    }
  }

  enum class Part { before, after };
  void sub_step(int step, bool team, State& state);
  void close_loops(int step, bool team, const State& state);
  void add(const std::vector<Deposit>& deposits, int step, Part part, bool team, State& state);

  // f(i, columns) for i < n. A thread alone takes whole rows; a team shares out chunks of them.
  template <class F>
  void each(bool team, int n, const F& f) const {
    share_work(team, n, 0, team ? chunk_count(rows.width) : 1, [&](int i, int chunk) {
      f(i, team ? Columns{chunk * kChunk, chunk_size(rows.width, chunk)} : Columns{0, rows.width});
    });
  }
  // f(branch, columns) for those of a level whose component takes this sub-step.
  template <class F>
  void each_branch(bool team, int step, const std::vector<int>& level, const F& f) const {
    each(team, static_cast<int>(level.size()), [&](int i, Columns columns) {
      const int b = level[static_cast<std::size_t>(i)];
      const int component = tree.branches[static_cast<std::size_t>(b)].component;
      if (step < factors.sub_steps[static_cast<std::size_t>(component)]) f(b, columns);
    });
  }
  template <class F>
  void each_root_star(bool team, const F& f) const {
    each(team, static_cast<int>(tree.root_stars.size()),
         [&](int i, Columns columns) { f(tree.root_stars[static_cast<std::size_t>(i)], columns); });
  }

  Rows rows;
  DispersionTree tree;
  DispersionFactors factors;
  DispersionLoops loops;
  DispersionSweep sweep;
  struct Place {
    int position = 0, branch = 0, component = 0;
  };
  std::vector<Place> place;  // [cell]
};

Dispersion::Dispersion(const Network& network, const Rows& rows, TransportScheme scheme)
    : impl_(std::make_unique<Impl>(network, rows, scheme)) {}
Dispersion::~Dispersion() = default;
Dispersion::Dispersion(Dispersion&&) noexcept = default;

void Dispersion::advance(double dt, const std::vector<double>& coefficient, const std::vector<double>& area,
                         const std::vector<double>& volume, State& state,
                         const std::vector<Deposit>& deposits) {
  if (impl_->factors.set(dt, coefficient, area, volume)) impl_->loops.set();
  const bool team = state.amount.size() >= kParallelEntries && omp_get_max_threads() > 1;
  with_team(team, [&] {
    for (int s = 0; s < impl_->factors.most_sub_steps(); ++s) {
      impl_->add(deposits, s, Impl::Part::before, team, state);
      impl_->sub_step(s, team, state);
      impl_->add(deposits, s, Impl::Part::after, team, state);
    }
  });
}

// A source S in the theta scheme gives (1 + theta B) m1 = (1 - (1 - theta) B) m0 + S. The same m1 follows
// from theta S put in before the step and the rest after it.
void Dispersion::Impl::add(const std::vector<Deposit>& deposits, int step, Part part, bool team,
                           State& state) {
  if (deposits.empty()) return;
  share_work(team, 1, 0, team ? chunk_count(rows.width) : 1, [&](int, int chunk) {
    const int first = team ? chunk * kChunk : 0, n = team ? chunk_size(rows.width, chunk) : rows.width;
    for (const Deposit& deposit : deposits) {
      const Place at = place[static_cast<std::size_t>(deposit.cell)];
      const int steps = factors.sub_steps[static_cast<std::size_t>(at.component)];
      if (step >= steps) continue;
      const double theta = factors.theta(at.position),
                   share = deposit.share * (part == Part::before ? theta : 1 - theta) / steps;
      double* amount = state.row(deposit.cell) + first;
      for (int j = 0; j < n; ++j) amount[j] += share * deposit.row[first + j];
      sweep.cover(at.branch, at.position, {first, n}, state);
    }
  });
}

void Dispersion::Impl::sub_step(int step, bool team, State& state) {
  each(team, static_cast<int>(tree.stars.size()), [&](int s, Columns c) { sweep.mix_star(s, c, state); });
  each(team, static_cast<int>(tree.links.size()), [&](int l, Columns c) { sweep.open_link(l, c, state); });
  for (auto level = tree.levels.rbegin(); level != tree.levels.rend(); ++level)
    each_branch(team, step, *level, [&](int b, Columns c) { sweep.eliminate(b, c, state); });
  if (!tree.links.empty()) close_loops(step, team, state);
  each_root_star(team, [&](int s, Columns c) { sweep.solve_root_star(s, c, state); });
  for (const std::vector<int>& level : tree.levels)
    each_branch(team, step, level, [&](int b, Columns c) { sweep.substitute(b, c, state); });
  each(team, 1, [&](int, Columns c) { sweep.give_back(c, state); });
}

// What the tree alone would do at the links; from it their fluxes; with these to the root once more.
void Dispersion::Impl::close_loops(int step, bool team, const State& state) {
  each_root_star(team, [&](int s, Columns c) {
    if (loops.passes_star(s)) sweep.look_from_root(s, c);
  });
  for (const std::vector<int>& level : loops.levels())
    each_branch(team, step, level, [&](int b, Columns c) { sweep.look(b, c, state); });
  each(team, static_cast<int>(loops.links().size()), [&](int k, Columns c) { sweep.close(loops, k, c); });
  for (auto level = loops.levels().rbegin(); level != loops.levels().rend(); ++level)
    each_branch(team, step, *level, [&](int b, Columns c) { sweep.eliminate(b, c, state); });
}

}  // namespace limpid
