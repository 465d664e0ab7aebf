#include "solvers/kinetics.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "solvers/checkpoint.hpp"
#include "solvers/extent_sums.hpp"
#include "solvers/mean_state.hpp"
#include "solvers/parameter_rows.hpp"
#include "solvers/stoichiometry.hpp"
#include "solvers/tag_shares.hpp"
#include "solvers/team.hpp"

namespace limpid {
namespace {

constexpr std::size_t kParallelPoints = 16384;  // below, threads cost more than they bring
constexpr double kLongestSubStep = 900;         // s, when the case leaves the number of sub-steps open

}  // namespace

struct Kinetics::Impl {
  struct Thread {
    MeanState points;
    TagShares tags;
    ExtentSums::Partial partial;
    ChunkSums::Partial tag_partial;
    long long point_steps = 0;
    Thread(const Basin& basin, const Stoichiometry& s, const ParameterRows& p, const TagRules& t)
        : points(basin, s, p), tags(t) {
      if (!t.idle()) points.tags = &tags;
    }
  };

  // Where the amounts of a column lie: lane 0 of its first cell, and from one cell to the next.
  struct Column {
    double* first;
    std::size_t stride;
  };

  Impl(const Basin& basin, int lane_count, Ledger& ledger, Compartment where);
  void bind_threads();
  void find_columns(State& carried, State* attached);
  void run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, Thread& thread);
  bool place_volumes(const BlockPlace& place, const std::vector<double>& volume, BlockRow& out) const;
  void gather(const BlockPlace& place, const std::vector<Column>& from, std::vector<BlockRow>& amount) const;
  void scatter(const BlockPlace& place, const BlockRow& volume, const std::vector<BlockRow>& amount,
               const std::vector<Column>& to) const;
  void add_tags(std::size_t block, Thread& thread) const;
  void book_tags(std::size_t chunks, Ledger& ledger) const;
  void collect_counts();

  const Basin& basin;
  std::size_t cells, lanes;
  int sub_steps = 1;
  ParameterRows parameters;
  Stoichiometry stoichiometry;
  ExtentSums sums;
  TagRules tag_rules;
  ChunkSums tag_sums;  // [booking][group]
  std::vector<Column> columns, tag_columns;
  std::vector<std::unique_ptr<Thread>> threads;
  Counts counts;
};

Kinetics::Impl::Impl(const Basin& the_basin, int lane_count, Ledger& ledger, Compartment where)
    : basin(the_basin),
      cells(static_cast<std::size_t>(the_basin.network.cell_count())),
      lanes(static_cast<std::size_t>(lane_count)),
      parameters(the_basin, lane_count, where),
      stoichiometry(the_basin, parameters.first_nu(), where),
      sums(the_basin, stoichiometry, parameters.first_nu(), lanes, ledger),
      tag_rules(the_basin, stoichiometry, parameters.first_nu(), ledger),
      tag_sums(tag_rules.bookings.size() * tag_rules.groups, lanes) {
  counts.limited.assign(basin.processes.size(), 0);
}

void Kinetics::Impl::bind_threads() {
  while (threads.size() < static_cast<std::size_t>(omp_get_max_threads()))
    threads.push_back(std::make_unique<Thread>(basin, stoichiometry, parameters, tag_rules));
  for (auto& thread : threads) thread->points.fields.bind(parameters.fields(), lanes == 1);
}

void Kinetics::Impl::find_columns(State& carried, State* attached) {
  columns.clear();
  tag_columns.clear();
  const auto stride = static_cast<std::size_t>(carried.rows.width);
  for (const TagRules::Tagged& tagged : tag_rules.tagged)
    for (int g = 0; g < static_cast<int>(tag_rules.groups); ++g)
      tag_columns.push_back({carried.amount.data() + carried.rows.index(tagged.first_tag + g, 0), stride});
  for (const int constituent : stoichiometry.columns) {
    const int behind = constituent - carried.rows.constituents;
    State& store = behind < 0 ? carried : *attached;
    columns.push_back({store.amount.data() + store.rows.index(behind < 0 ? constituent : behind, 0),
                       static_cast<std::size_t>(store.rows.width)});
  }
}

void Kinetics::Impl::run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume,
                               Thread& thread) {
  MeanState& points = thread.points;
  sums.open(thread.partial);
  tag_sums.open(thread.tag_partial);
  const std::size_t blocks = kChunkCells / kBlock * lanes, first = chunk * blocks;
  const std::size_t last = std::min(first + blocks, (cells * lanes + kBlock - 1) / kBlock);
  for (std::size_t block = first; block < last; ++block) {
    const BlockPlace place(block, cells, lanes);
    if (!place_volumes(place, volume, points.volume)) continue;
    gather(place, columns, points.amount);
    gather(place, tag_columns, thread.tags.amount);
    thread.tags.clear();
    points.fields.move_to(place);
    const std::vector<BlockRow>& extents = points.advance(dt / sub_steps, sub_steps);
    scatter(place, points.volume, points.amount, columns);
    scatter(place, points.volume, thread.tags.amount, tag_columns);
    add_tags(block - first, thread);
    sums.add(block - first, points.volume, extents, points.fields.rows(), thread.partial);
    thread.point_steps +=
        sub_steps * std::count_if(points.volume.v, points.volume.v + kBlock, [](double v) { return v > 0; });
  }
  sums.close(chunk, thread.partial);
  tag_sums.close(chunk, thread.tag_partial);
}

void Kinetics::Impl::add_tags(std::size_t block, Thread& thread) const {
  const Octet volume = Octet::load(thread.points.volume.v);
  for (std::size_t k = 0; k < thread.tags.booked.size(); ++k)
    tag_sums.add(k, block, where_greater(volume, 0.0, Octet::load(thread.tags.booked[k].v), 0.0),
                 thread.tag_partial);
}

void Kinetics::Impl::book_tags(std::size_t chunks, Ledger& ledger) const {
  const std::vector<double> totals = tag_sums.totals(chunks);
  for (std::size_t b = 0; b < tag_rules.bookings.size(); ++b)
    for (std::size_t g = 0; g < tag_rules.groups; ++g) {
      const TagRules::Booking& booking = tag_rules.bookings[b];
      const int tag = tag_rules.tagged[booking.tagged].first_tag + static_cast<int>(g);
      ledger.book_constituent(booking.account, tag, totals.data() + (b * tag_rules.groups + g) * lanes, 1.0);
    }
}

// Volume 0 marks what does not count: dry cells and the points beyond the last. False if no point counts.
bool Kinetics::Impl::place_volumes(const BlockPlace& place, const std::vector<double>& volume,
                                   BlockRow& out) const {
  bool any = false;
  for (std::size_t w = 0; w < kBlock; ++w) {
    const double v = volume[place.cell[w]];
    const bool counts_here = v > kDryVolume && place.first + w < cells * lanes;
    out.v[w] = counts_here ? v : 0.0;
    any = any || counts_here;
  }
  return any;
}

void Kinetics::Impl::gather(const BlockPlace& place, const std::vector<Column>& from,
                            std::vector<BlockRow>& amount) const {
  const bool together = lanes % kBlock == 0;
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const Column& column = from[i];
    if (together) {
      Octet::load(column.first + place.offset(0, column.stride)).store(amount[i].v);
      continue;
    }
    for (std::size_t w = 0; w < kBlock; ++w) amount[i].v[w] = column.first[place.offset(w, column.stride)];
  }
}

// volume: 0 marks a point that keeps what it has.
void Kinetics::Impl::scatter(const BlockPlace& place, const BlockRow& volume,
                             const std::vector<BlockRow>& amount, const std::vector<Column>& to) const {
  const bool together = lanes % kBlock == 0;
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const Column& column = to[i];
    if (together) {
      Octet::load(amount[i].v).store(column.first + place.offset(0, column.stride));
      continue;
    }
    for (std::size_t w = 0; w < kBlock; ++w)
      if (volume.v[w] > 0) column.first[place.offset(w, column.stride)] = amount[i].v[w];
  }
}

void Kinetics::Impl::collect_counts() {
  for (auto& thread : threads) {
    counts.points += std::exchange(thread->point_steps, 0);
    for (std::size_t p = 0; p < counts.limited.size(); ++p)
      counts.limited[p] += std::exchange(thread->points.limited[p], 0);
  }
}

Kinetics::Kinetics(const Basin& basin, int lanes, Ledger& ledger, Compartment where)
    : impl_(std::make_unique<Impl>(basin, lanes, ledger, where)) {}
Kinetics::~Kinetics() = default;
Kinetics::Kinetics(Kinetics&&) noexcept = default;

void Kinetics::set_lane_parameters(const std::vector<LaneParameter>& values) {
  impl_->parameters.set_lane_parameters(values);
}

void Kinetics::prepare(const Environment& environment) {
  impl_->parameters.prepare(environment);
}

bool Kinetics::idle() const {
  return impl_->stoichiometry.rows.empty();
}

void Kinetics::advance(double dt, const std::vector<double>& volume, State& carried, State* attached,
                       Ledger& ledger) {
  Impl& k = *impl_;
  if (idle()) return;
  k.find_columns(carried, attached);
  const int asked = k.basin.schemes.kinetics_sub_steps;
  k.sub_steps = asked > 0 ? asked : std::max(1, static_cast<int>(std::ceil(dt / kLongestSubStep)));
  const std::size_t chunks = (k.cells + kChunkCells - 1) / kChunkCells;
  k.sums.start(chunks);
  k.tag_sums.start(chunks);
  k.bind_threads();
  const bool team = k.cells * k.lanes >= kParallelPoints;
  const auto run = [&](int chunk, int) {
    const auto thread = static_cast<std::size_t>(omp_get_thread_num());
    k.run_chunk(static_cast<std::size_t>(chunk), dt, volume, *k.threads[thread]);
  };
  with_team(team, [&] { share_work(team, static_cast<int>(chunks), 0, 1, run); });
  k.sums.book(chunks, ledger);
  k.book_tags(chunks, ledger);
  k.collect_counts();
}

const Kinetics::Counts& Kinetics::counts() const {
  return impl_->counts;
}

void Kinetics::checkpoint(Checkpoint& file) {
  file.item("point steps", impl_->counts.points);
  file.fixed("limited point steps", impl_->counts.limited);
}

}  // namespace limpid
