#include <algorithm>
#include <array>

#include <omp.h>

#include "solvers/advection_water.hpp"
#include "solvers/junction_mixer.hpp"
#include "solvers/lake_mixing.hpp"
#include "solvers/loss_mixing.hpp"
#include "solvers/pack.hpp"
#include "solvers/team.hpp"
#include "solvers/transport.hpp"

namespace limpid {
namespace {

// What one thread needs to move one chunk of columns of one chain.
struct Workspace {
  std::vector<const double*> donors;
  std::vector<double*> receivers;
  std::ptrdiff_t first_cell = 0;             // among the receivers
  std::vector<double> cells, bins, passing;  // rows of kChunk columns

  explicit Workspace(int longest)
      : donors(static_cast<std::size_t>(longest + 2 * kMaxBins + 2)),
        receivers(static_cast<std::size_t>(longest + 2 * kMaxBins)),
        cells(static_cast<std::size_t>(longest) * kChunk),
        bins(2 * kMaxBins * kChunk),
        passing(static_cast<std::size_t>(longest + 2) * kChunk) {}
};

// Per chunk of columns; empty where there are no tags. Behind the columns in use lie those that fill up the
// row: they stand for themselves and stay 0.
std::vector<TagColumns> tag_columns(const Rows& rows, const std::vector<int>& tag_of) {
  std::vector<TagColumns> chunks;
  if (std::none_of(tag_of.begin(), tag_of.end(), [](int total) { return total >= 0; })) return chunks;
  for (int chunk = 0; chunk < chunk_count(rows.width); ++chunk) {
    TagColumns& tags = chunks.emplace_back();
    const int first = chunk * kChunk;
    for (int j = 0; j < chunk_size(rows.width, chunk); ++j) {
      const int column = first + j, constituent = column / rows.lanes;
      const int total = column < rows.used() ? tag_of[static_cast<std::size_t>(constituent)] : constituent;
      if (total < 0) continue;
      const int of = total * rows.lanes + column % rows.lanes - first;
      auto at = std::find(tags.totals.begin(), tags.totals.end(), of);
      if (at == tags.totals.end()) at = tags.totals.insert(at, of);
      if (tags.count == 0) tags.first = j;
      tags.total_of[static_cast<std::size_t>(tags.count++)] = static_cast<int>(at - tags.totals.begin());
    }
    while (tags.totals.size() % kPack != 0) tags.totals.push_back(tags.totals.front());
  }
  return chunks;
}

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

bool any_nonzero(const double* values, std::size_t n) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < n; ++i)
    any |= static_cast<unsigned char>(values[i] != 0);  // no way out: vectorises
  return any != 0;
}

}  // namespace

LateralShares::LateralShares(const Basin& basin) : first(1, 0) {
  std::vector<std::vector<Share>> by_cell(static_cast<std::size_t>(basin.network.cell_count()));
  for (const DiffuseShare& share : basin.diffuse_shares)
    by_cell[static_cast<std::size_t>(share.cell)].push_back({share.source, share.share});
  for (const std::vector<Share>& own : by_cell) {
    shares.insert(shares.end(), own.begin(), own.end());
    first.push_back(shares.size());
  }
}

TransportRows::TransportRows(const Network& network, const Rows& rows)
    : TransportRows(network, rows, LateralShares{}) {
  lateral_load.assign(rows.at(network.cell_count()), 0.0);
}

TransportRows::TransportRows(const Network& network, const Rows& rows, LateralShares shares)
    : junction_load(rows.at(static_cast<int>(network.junctions.size())), 0.0),
      laterals(std::move(shares)),
      outlet(junction_load),
      abstracted(junction_load),
      evaporated(rows.at(static_cast<int>(network.lakes.size())), 0.0) {
  const bool loses = std::any_of(network.reaches.begin(), network.reaches.end(),
                                 [](const Reach& reach) { return reach.loses_water(); });
  if (loses) river_evaporated.assign(rows.at(static_cast<int>(network.chains.size())), 0.0);
  seeped = river_evaporated;
}

struct Advection::Impl {
  Impl(const Network& n, const Rows& r, TransportScheme scheme, const std::vector<int>& tag_of,
       const std::vector<char>& of_water)
      : network(n),
        rows(r),
        limiter(scheme == TransportScheme::monotone ? Limiter::monotone : Limiter::none),
        tags(limiter == Limiter::none ? std::vector<TagColumns>{} : tag_columns(r, tag_of)),
        water(n),
        mixer(n, r),
        lakes(n, r, of_water),
        losses(n, r, of_water),
        seen_rows(r.at(2 * static_cast<int>(n.chains.size()))),
        has_load(n.chains.size()) {}

  // late: the chain's outflow was given in an earlier stage
  enum class Turn { whole, early, late };
  struct Task {
    int chain, first, columns;
    Turn turn;
  };

  void advance(const WaterStep& step, TransportRows& amounts, State& state);
  void run_stage(const Stage& stage, bool team, TransportRows& amounts, State& state);
  void mark_loads(const TransportRows& amounts);
  void find_loads(const TransportRows& amounts);
  void remember_seen(int end, const State& state);
  void move_chain(const Task& task, TransportRows& amounts, State& state);
  void move(const Task& task, Workspace& work) const;
  void mix_lake(const Lake& lake, const Task& task, TransportRows& amounts, State& state);
  void point_at_donors(const Task& task, const State& state, Workspace& work);
  void point_at_receivers(const Task& task, State* in_place, Workspace& work);
  void add_laterals(const Task& task, const TransportRows& amounts, Workspace& work);
  template <std::size_t kPacks>
  void enter(const Task& t, int cell, int column, const TransportRows& amounts, Pack (&sum)[kPacks]) const;
  void enter(const Task& t, int cell, const TransportRows& amounts, double* row) const;
  void carry_down(const Task& task, const TransportRows& amounts, Workspace& work);
  void carry_both_ways(const Task& task, const TransportRows& amounts, Workspace& work);
  void take_losses(const Task& task, TransportRows& amounts, Workspace& work);
  void leave(const Task& task, int end, int bins, bool written, const double* exit, Workspace& work);
  double* bin_row(const Task& task, int end, int bin, Workspace& work);
  Task task(int chain, int chunk, Turn turn) const {
    return {chain, chunk * kChunk, chunk_size(rows.width, chunk), turn};
  }
  const Chain& chain_at(int k) const { return network.chains[static_cast<std::size_t>(k)]; }

  const Network& network;
  Rows rows;
  Limiter limiter;
  std::vector<TagColumns> tags;  // [chunk]; empty where tags move like any constituent
  AdvectionWater water;
  JunctionMixer mixer;
  LakeMixing lakes;
  LossMixing losses;
  EndBins end_bins;
  std::vector<double> seen_rows;   // [end][width] amounts of AdvectionWater::seen before anything moved
  std::vector<char> has_load;      // [chain] diffuse water or load in this step
  std::vector<char> lateral_load;  // [chain] diffuse load in this step; empty before the first
  std::vector<Workspace> workspaces;
};

Advection::Advection(const Network& network, const Rows& rows, TransportScheme scheme,
                     const std::vector<int>& tag_of, const std::vector<char>& of_water)
    : impl_(std::make_unique<Impl>(network, rows, scheme, tag_of, of_water)) {}
Advection::~Advection() = default;
Advection::Advection(Advection&&) noexcept = default;
void Advection::take_smooth_limiter() {
  if (impl_->limiter == Limiter::monotone) impl_->limiter = Limiter::smooth;
}
void Advection::advance(const WaterStep& step, TransportRows& amounts, State& state) {
  impl_->advance(step, amounts, state);
}

void Advection::Impl::advance(const WaterStep& step, TransportRows& amounts, State& state) {
  const bool team = state.amount.size() >= kParallelEntries && omp_get_max_threads() > 1;
  while (static_cast<int>(workspaces.size()) < omp_get_max_threads())
    workspaces.emplace_back(water.longest_chain());
  if (water.set(step, team)) {
    mixer.set_water(step, water.leaving, water.bins);
    lakes.set_water(step, water.bins);
    losses.set_water(step);
    end_bins.layout(network, rows.width, water.leaving, water.bins);
  }
  mark_loads(amounts);
  with_team(team, [&] {
    share_work(team, 2 * static_cast<int>(network.chains.size()), 0, 1,
               [&](int end, int) { remember_seen(end, state); });
    for (const Stage& stage : water.stages) run_stage(stage, team, amounts, state);
  });
  mixer.settle(amounts, state);
}

void Advection::Impl::run_stage(const Stage& stage, bool team, TransportRows& amounts, State& state) {
  const int chunks = chunk_count(rows.width);
  const auto each = [&](const std::vector<int>& list, const auto& f) {
    if (list.empty()) return;
    share_work(team, static_cast<int>(list.size()), 0, chunks,
               [&](int i, int chunk) { f(list[static_cast<std::size_t>(i)], chunk); });
  };
  // Tags look at their totals, which stand before them: the last chunk of a chain goes first.
  const auto each_chain = [&](const std::vector<int>& list, const auto& f) {
    if (tags.empty()) return each(list, f);
    if (list.empty()) return;
    share_work(team, static_cast<int>(list.size()), 0, 1, [&](int i, int) {
      for (int chunk = chunks - 1; chunk >= 0; --chunk) f(list[static_cast<std::size_t>(i)], chunk);
    });
  };
  each(stage.junctions, [&](int j, int chunk) { mixer.mix(j, chunk, amounts, end_bins); });
  each_chain(stage.early, [&](int k, int chunk) { move_chain(task(k, chunk, Turn::early), amounts, state); });
  each_chain(stage.chains, [&](int k, int chunk) {
    if (const Lake* lake = network.lake_of(k)) {
      mix_lake(*lake, task(k, chunk, Turn::whole), amounts, state);
      return;
    }
    const Turn turn = water.early[static_cast<std::size_t>(k)] ? Turn::late : Turn::whole;
    move_chain(task(k, chunk, turn), amounts, state);
  });
}

void Advection::Impl::mark_loads(const TransportRows& amounts) {
  if (!amounts.same_laterals || lateral_load.empty()) find_loads(amounts);
  for (std::size_t k = 0; k < has_load.size(); ++k) {
    has_load[k] = water.has_lateral[k] || lateral_load[k];
    if (has_load[k]) water.need_shares(static_cast<int>(k));
  }
}

void Advection::Impl::find_loads(const TransportRows& amounts) {
  lateral_load.assign(has_load.size(), 0);
  const LateralShares& laterals = amounts.laterals;
  const auto enters = [&](int cell) {
    if (!amounts.lateral_load.empty())
      return any_nonzero(amounts.lateral_load.data() + rows.at(cell), rows.at(1));
    const auto i = static_cast<std::size_t>(cell);
    return std::any_of(laterals.shares.begin() + static_cast<std::ptrdiff_t>(laterals.first[i]),
                       laterals.shares.begin() + static_cast<std::ptrdiff_t>(laterals.first[i + 1]),
                       [&](const LateralShares::Share& s) {
                         return any_nonzero(laterals.source_rows + rows.at(s.source), rows.at(1));
                       });
  };
  if (amounts.lateral_load.empty() && laterals.shares.empty()) return;
  for (std::size_t k = 0; k < has_load.size(); ++k) {
    const Chain& chain = network.chains[k];
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells && !lateral_load[k]; ++i)
      lateral_load[k] = enters(i);
  }
}

// What diffuse sources bring into columns [column, column + kPacks x kPack) of a task's.
template <std::size_t kPacks>
inline void Advection::Impl::enter(const Task& t, int cell, int column, const TransportRows& amounts,
                                   Pack (&sum)[kPacks]) const {
  const auto first = at(t.first + column);
  const bool by_shares = amounts.lateral_load.empty();
  const double* row = by_shares ? nullptr : amounts.lateral_load.data() + rows.at(cell) + first;
  for (std::size_t b = 0; b < kPacks; ++b) sum[b] = by_shares ? splat(0) : load(row + b * kPack);
  const LateralShares& laterals = amounts.laterals;
  if (!by_shares || laterals.shares.empty()) return;
  for (std::size_t k = laterals.first[at(cell)]; k < laterals.first[at(cell) + 1]; ++k) {
    row = laterals.source_rows + rows.at(laterals.shares[k].source) + first;
    const Pack share = splat(laterals.shares[k].share);
    for (std::size_t b = 0; b < kPacks; ++b) sum[b] += share * load(row + b * kPack);
  }
}

void Advection::Impl::enter(const Task& t, int cell, const TransportRows& amounts, double* row) const {
  for (int column = 0; column < t.columns; column += kPack) {
    Pack sum[1];
    enter(t, cell, column, amounts, sum);
    store(row + column, sum[0]);
  }
}

void Advection::Impl::remember_seen(int end, const State& state) {
  const int cell = water.seen[static_cast<std::size_t>(end)];
  if (cell >= 0) copy_row(state.row(cell), rows.width, seen_rows.data() + rows.at(end));
}

void Advection::Impl::move_chain(const Task& t, TransportRows& amounts, State& state) {
  Workspace& work = workspaces[static_cast<std::size_t>(omp_get_thread_num())];
  const bool loses = !amounts.seeped.empty() && losses.acts(t.chain);
  const bool in_place = t.turn != Turn::early && tags.empty() && !loses && water.remap.in_place(t.chain);
  point_at_donors(t, state, work);
  point_at_receivers(t, in_place ? &state : nullptr, work);
  move(t, work);
  if (has_load[static_cast<std::size_t>(t.chain)]) add_laterals(t, amounts, work);
  if (t.turn == Turn::early) return;
  if (!amounts.seeped.empty()) take_losses(t, amounts, work);
  if (in_place) return;
  const Chain& chain = chain_at(t.chain);
  for (int i = 0; i < chain.cells; ++i) {
    copy_row(work.cells.data() + i * kChunk, t.columns, state.row(chain.first_cell + i) + t.first);
  }
}

void Advection::Impl::mix_lake(const Lake& lake, const Task& t, TransportRows& amounts, State& state) {
  const Chain& chain = chain_at(t.chain);
  std::array<double*, kMaxBins> upper{}, lower{};
  const auto set_bins = [&](int end, int junction, std::array<double*, kMaxBins>& rows_of) {
    if (water.leaving[static_cast<std::size_t>(end)] == 0) return;
    for (int b = 0; b < water.bins[static_cast<std::size_t>(junction)]; ++b)
      rows_of[static_cast<std::size_t>(b)] = end_bins.row(end, b) + t.first;
  };
  set_bins(2 * t.chain, chain.upstream, upper);
  set_bins(2 * t.chain + 1, chain.downstream, lower);
  Workspace& work = workspaces[static_cast<std::size_t>(omp_get_thread_num())];
  const bool loaded = has_load[static_cast<std::size_t>(t.chain)];
  for (int k = 0; k < chain.cells; ++k) {
    const int cell = chain.first_cell + k;
    work.receivers[static_cast<std::size_t>(k)] = state.row(cell) + t.first;
    if (!loaded) continue;
    double* row = work.cells.data() + k * kChunk;
    enter(t, cell, amounts, row);
    work.donors[static_cast<std::size_t>(k)] = row;
  }
  lakes.mix(lake.number, {t.first, t.columns, upper.data(), lower.data(), work.receivers.data(),
                          loaded ? work.donors.data() : nullptr,
                          amounts.evaporated.data() + rows.at(lake.number) + t.first, work.passing.data()});
}

// Packs in which a column is no tag go the common way first.
void Advection::Impl::move(const Task& t, Workspace& work) const {
  const double* const* donors = work.donors.data() + 1;
  double* const* receivers = work.receivers.data();
  const TagColumns* tagged = tags.empty() ? nullptr : &tags[static_cast<std::size_t>(t.first / kChunk)];
  const bool any = tagged && tagged->count > 0;
  const int plain = any ? (tagged->first + kPack - 1) / kPack * kPack : t.columns;
  if (plain > 0) water.remap.move(t.chain, donors, receivers, plain, limiter);
  if (any) water.remap.move_tags(t.chain, donors, receivers, *tagged, limiter);
}

// Outflow that was given early is computed again and dropped.
double* Advection::Impl::bin_row(const Task& t, int end, int bin, Workspace& work) {
  if (t.turn == Turn::late && water.leaving[static_cast<std::size_t>(end)] > 0) {
    return work.bins.data() + (end % 2 * kMaxBins + bin) * kChunk;
  }
  return end_bins.row(end, bin) + t.first;
}

void Advection::Impl::point_at_donors(const Task& t, const State& state, Workspace& work) {
  const Chain& chain = chain_at(t.chain);
  const ChainWater& w = water.waters[static_cast<std::size_t>(t.chain)];
  const int upper = 2 * t.chain, lower = upper + 1;
  auto next = work.donors.begin();
  *next++ = seen_rows.data() + rows.at(upper) + t.first;
  if (w.upper > 0) {
    for (int b = w.upper_bins - 1; b >= 0; --b) *next++ = bin_row(t, upper, b, work);
  }
  for (int i = 0; i < chain.cells; ++i) *next++ = state.row(chain.first_cell + i) + t.first;
  if (w.lower < 0) {
    for (int b = 0; b < w.lower_bins; ++b) *next++ = bin_row(t, lower, b, work);
  }
  *next = seen_rows.data() + rows.at(lower) + t.first;
}

// in_place: where cells get their new amounts; null = into work space.
void Advection::Impl::point_at_receivers(const Task& t, State* in_place, Workspace& work) {
  const ChainWater& w = water.waters[static_cast<std::size_t>(t.chain)];
  const int upper = 2 * t.chain, lower = upper + 1;
  auto next = work.receivers.begin();
  if (w.upper < 0) {
    for (int b = 0; b < w.upper_bins; ++b) *next++ = bin_row(t, upper, b, work);
  }
  work.first_cell = next - work.receivers.begin();
  const int first = chain_at(t.chain).first_cell;
  for (int i = 0; i < w.cells; ++i)
    *next++ = in_place ? in_place->row(first + i) + t.first : work.cells.data() + i * kChunk;
  if (w.lower > 0) {
    for (int b = w.lower_bins - 1; b >= 0; --b) *next++ = bin_row(t, lower, b, work);
  }
}

// The cascade's shares for the amounts of diffuse inflow. What leaves by an end leaves evenly in time; where
// all of an end's outflow is diffuse water, the remap wrote no bins there.
void Advection::Impl::add_laterals(const Task& t, const TransportRows& amounts, Workspace& work) {
  const Chain& chain = chain_at(t.chain);
  if (water.all_down[static_cast<std::size_t>(t.chain)])
    carry_down(t, amounts, work);
  else
    carry_both_ways(t, amounts, work);
  const double *upper_exit = work.passing.data(), *passing = upper_exit + kChunk;
  const ChainWater& w = water.waters[static_cast<std::size_t>(t.chain)];
  leave(t, 2 * t.chain, w.upper_bins, w.upper < 0, upper_exit, work);
  leave(t, 2 * t.chain + 1, w.lower_bins, w.lower > 0, passing + chain.cells * kChunk, work);
}

// By an end, evenly in time.
void Advection::Impl::leave(const Task& t, int end, int bins, bool written, const double* exit,
                            Workspace& work) {
  if (water.leaving[static_cast<std::size_t>(end)] <= 0) return;
  for (int b = 0; b < bins; ++b) {
    double* row = bin_row(t, end, b, work);
    for (int j = 0; j < t.columns; ++j) row[j] = (written ? row[j] : 0.0) + exit[j] / bins;
  }
}

// Where the outflow was given early, the matter of evaporated water stays in its cell.
void Advection::Impl::take_losses(const Task& t, TransportRows& amounts, Workspace& work) {
  const std::size_t at = rows.at(t.chain) + static_cast<std::size_t>(t.first);
  double *evaporated = amounts.river_evaporated.data() + at, *seeped = amounts.seeped.data() + at;
  if (!losses.acts(t.chain)) {
    std::fill_n(evaporated, t.columns, 0.0);
    std::fill_n(seeped, t.columns, 0.0);
    return;
  }
  const bool late = t.turn == Turn::late;
  losses.take(t.chain,
              {t.first, t.columns, work.cells.data(), work.passing.data(), evaporated, seeped, late});
  if (late) return;
  const ChainWater& w = water.waters[static_cast<std::size_t>(t.chain)];
  const bool loaded = has_load[static_cast<std::size_t>(t.chain)] != 0;
  leave(t, 2 * t.chain, w.upper_bins, loaded || w.upper < 0, work.passing.data(), work);
  leave(t, 2 * t.chain + 1, w.lower_bins, loaded || w.lower > 0,
        work.passing.data() + (chain_at(t.chain).cells + 1) * kChunk, work);
}

// Where everything goes downstream, what passes stays in registers.
void Advection::Impl::carry_down(const Task& t, const TransportRows& amounts, Workspace& work) {
  const Chain& chain = chain_at(t.chain);
  const double* stay = water.shares.stay.data() + chain.first_cell;
  double* const* cells = work.receivers.data() + work.first_cell;
  double *upper_exit = work.passing.data(), *lower_exit = upper_exit + (chain.cells + 1) * kChunk;
  std::fill_n(upper_exit, kChunk, 0.0);
  for_packs<kChunk / kPack>(t.columns, [&](auto block, int column) {
    constexpr std::size_t kPacks = block();
    Pack passing[kPacks], entering[kPacks];
    for (Pack& p : passing) p = splat(0);
    for (int i = 0; i < chain.cells; ++i) {
      enter(t, chain.first_cell + i, column, amounts, entering);
      const Pack share = splat(stay[i]);
      double* to = cells[i] + column;
      for (std::size_t b = 0; b < kPacks; ++b) {
        const Pack here = entering[b] + passing[b], kept = share * here;
        store(to + b * kPack, load(to + b * kPack) + kept);
        passing[b] = here - kept;
      }
    }
    for (std::size_t b = 0; b < kPacks; ++b) store(lower_exit + at(column) + b * kPack, passing[b]);
  });
}

void Advection::Impl::carry_both_ways(const Task& t, const TransportRows& amounts, Workspace& work) {
  const Chain& chain = chain_at(t.chain);
  const int n = t.columns;
  double *upper_exit = work.passing.data(),
         *passing = upper_exit + kChunk;  // the row after the last cell: lower exit
  double* const* cells = work.receivers.data() + work.first_cell;
  std::fill_n(upper_exit, (chain.cells + 2) * kChunk, 0.0);
  for (int i = 0; i < chain.cells; ++i) enter(t, chain.first_cell + i, amounts, passing + i * kChunk);
  follow_flow(chain.cells, water.faces(t.chain), [&](int i) {
    const auto cell = static_cast<std::size_t>(chain.first_cell + i);
    const double stay = water.shares.stay[cell], down = water.shares.down[cell];
    double *here = passing + i * kChunk, *to = cells[i];
    for (int j = 0; j < n; ++j) {
      const double kept = stay * here[j], going = here[j] - kept, lower = going * down;
      to[j] += kept;
      here[j + kChunk] += lower;
      here[j - kChunk] += going - lower;
    }
  });
}

}  // namespace limpid
