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
        sweep(tree, factors, r,
              scheme == TransportScheme::monotone ? 0.0 : std::numeric_limits<double>::lowest()),
        place(static_cast<std::size_t>(network.cell_count())) {
    for (const Branch& branch : tree.branches) {
      for (int q = branch.begin; q < branch.end; ++q)
        place[static_cast<std::size_t>(tree.cell[static_cast<std::size_t>(q)])] = {q, branch.component};
    }
  }

  enum class Part { before, after };
  void sub_step(int step, bool team, State& state);
  void add(const std::vector<Deposit>& deposits, int step, Part part, bool team, State& state) const;

  Rows rows;
  DispersionTree tree;
  DispersionFactors factors;
  DispersionSweep sweep;
  struct Place {
    int position = 0, component = 0;
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
  impl_->factors.set(dt, coefficient, area, volume);
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
                           State& state) const {
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
    }
  });
}

// A thread alone takes whole rows; a team shares out chunks of them.
void Dispersion::Impl::sub_step(int step, bool team, State& state) {
  const auto each = [&](int n, const auto& f) {
    share_work(team, n, 0, team ? chunk_count(rows.width) : 1, [&](int i, int chunk) {
      f(i, team ? Columns{chunk * kChunk, chunk_size(rows.width, chunk)} : Columns{0, rows.width});
    });
  };
  const auto each_branch = [&](const std::vector<int>& level, const auto& f) {
    each(static_cast<int>(level.size()), [&](int i, Columns columns) {
      const int b = level[static_cast<std::size_t>(i)];
      const int component = tree.branches[static_cast<std::size_t>(b)].component;
      if (step < factors.sub_steps[static_cast<std::size_t>(component)]) f(b, columns);
    });
  };
  each(static_cast<int>(tree.stars.size()), [&](int s, Columns c) { sweep.mix_star(s, c, state); });
  for (auto level = tree.levels.rbegin(); level != tree.levels.rend(); ++level) {
    each_branch(*level, [&](int b, Columns c) { sweep.eliminate(b, c, state); });
  }
  each(static_cast<int>(tree.root_stars.size()), [&](int i, Columns c) {
    sweep.solve_root_star(tree.root_stars[static_cast<std::size_t>(i)], c, state);
  });
  for (const std::vector<int>& level : tree.levels) {
    each_branch(level, [&](int b, Columns c) { sweep.substitute(b, c, state); });
  }
  each(1, [&](int, Columns c) { sweep.give_back(c, state); });
}

}  // namespace limpid
