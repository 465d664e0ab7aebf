#include "solvers/kinetics.hpp"

#include <omp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "solvers/checkpoint.hpp"
#include "solvers/extent_sums.hpp"
#include "solvers/integrator.hpp"
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
    std::unique_ptr<Integrator> points;
    TagShares tags;
    RateInquest inquest;
    ExtentSums::Partial partial;
    ChunkSums::Partial tag_partial;
    long long point_steps = 0;
    Thread(const Basin& basin, const Stoichiometry& s, const ParameterRows& p, const TagRules& t,
           const std::vector<char>& told)
        : points(make_integrator(basin, s, p)), tags(t), inquest(basin, told) {
      points->inquest = &inquest;
      if (!t.idle()) points->tags = &tags;
    }
  };

  // Where the amounts of a column lie: lane 0 of its first cell, in which store.
  struct Column {
    double* first;
    std::size_t store;  // 0 = carried, 1 = attached
  };
  using Offsets = std::array<std::array<std::size_t, kBlock>, 2>;

  Impl(const Basin& basin, int lane_count, Ledger& ledger, Compartment where);
  void bind_threads();
  void find_columns(State& carried, State* attached);
  void run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, Thread& thread);
  int place_volumes(const BlockPlace& place, const std::vector<double>& volume, BlockRow& out) const;
  Offsets offsets(const BlockPlace& place) const;
  void gather(const BlockPlace& place, const Offsets& at, const std::vector<Column>& from,
              std::vector<BlockRow>& amount) const;
  void scatter(const BlockPlace& place, const Offsets& at, bool all, const BlockRow& volume,
               const std::vector<BlockRow>& amount, const std::vector<Column>& to) const;
  void add_tags(std::size_t block, Thread& thread) const;
  void book_tags(std::size_t chunks, Ledger& ledger) const;
  void collect_counts();
  void collect_faults();

  const Basin& basin;
  std::size_t cells, lanes;
  int sub_steps = 1;
  ParameterRows parameters;
  Stoichiometry stoichiometry;
  ExtentSums sums;
  TagRules tag_rules;
  ChunkSums tag_sums;  // [booking][group]
  std::vector<Column> columns, tag_columns;
  std::array<std::size_t, 2> strides{};  // from cell to cell, per store
  std::vector<std::unique_ptr<Thread>> threads;
  Counts counts;
  std::vector<char> told;          // [lane] 1 = stands in `faults`
  std::vector<PointFault> faults;  // one per lane that left the finite numbers
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
  told.assign(lanes, 0);
}

void Kinetics::Impl::bind_threads() {
  while (threads.size() < static_cast<std::size_t>(omp_get_max_threads()))
    threads.push_back(std::make_unique<Thread>(basin, stoichiometry, parameters, tag_rules, told));
  for (auto& thread : threads) thread->points->fields.bind(parameters.fields(), lanes == 1);
}

void Kinetics::Impl::find_columns(State& carried, State* attached) {
  columns.clear();
  tag_columns.clear();
  strides = {static_cast<std::size_t>(carried.rows.width),
             attached ? static_cast<std::size_t>(attached->rows.width) : 0};
  for (const TagRules::Tagged& tagged : tag_rules.tagged)
    for (int g = 0; g < static_cast<int>(tag_rules.groups); ++g)
      tag_columns.push_back({carried.amount.data() + carried.rows.index(tagged.first_tag + g, 0), 0});
  for (const int constituent : stoichiometry.columns) {
    const int behind = constituent - carried.rows.constituents;
    State& store = behind < 0 ? carried : *attached;
    columns.push_back({store.amount.data() + store.rows.index(behind < 0 ? constituent : behind, 0),
                       behind < 0 ? std::size_t{0} : std::size_t{1}});
  }
}

void Kinetics::Impl::run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume,
                               Thread& thread) {
  Integrator& points = *thread.points;
  sums.open(thread.partial);
  tag_sums.open(thread.tag_partial);
  const std::size_t blocks = kChunkCells / kBlock * lanes, first = chunk * blocks;
  const std::size_t last = std::min(first + blocks, (cells * lanes + kBlock - 1) / kBlock);
  for (std::size_t block = first; block < last; ++block) {
    const BlockPlace place(block, cells, lanes);
    const int wet = place_volumes(place, volume, points.volume);
    if (wet == 0) continue;
    const Offsets at = offsets(place);
    gather(place, at, columns, points.amount);
    gather(place, at, tag_columns, thread.tags.amount);
    thread.tags.clear();
    points.fields.move_to(place);
    thread.inquest.place = &place;
    const std::vector<BlockRow>& extents = points.advance(dt / sub_steps, sub_steps);
    scatter(place, at, wet == kBlock, points.volume, points.amount, columns);
    scatter(place, at, wet == kBlock, points.volume, thread.tags.amount, tag_columns);
    add_tags(block - first, thread);
    sums.add(block - first, points.volume, extents, points.fields.rows(), thread.partial);
    thread.point_steps += sub_steps * wet;
  }
  sums.close(chunk, thread.partial);
  tag_sums.close(chunk, thread.tag_partial);
}

void Kinetics::Impl::add_tags(std::size_t block, Thread& thread) const {
  const BlockValue volume = BlockValue::load(thread.points->volume.v);
  const auto to = tag_sums.adder(block, thread.tag_partial);
  for (std::size_t k = 0; k < thread.tags.booked.size(); ++k)
    to(k, where_greater(volume, 0.0, BlockValue::load(thread.tags.booked[k].v), 0.0));
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

// Volume 0 marks what does not count: dry cells and the points beyond the last. Returns how many count.
int Kinetics::Impl::place_volumes(const BlockPlace& place, const std::vector<double>& volume,
                                  BlockRow& out) const {
  const std::size_t points = cells * lanes;
  std::size_t wet = 0;
  place.each_run([&](auto run, std::size_t w) {
    const double v = volume[place.cell[w]];
    const bool counts_here = v > kDryVolume && place.first + w < points;
    fill_run(run, counts_here ? v : 0.0, out.v + w);
    wet += counts_here ? run : 0;
  });
  return static_cast<int>(wet);
}

// From lane 0 of the first cell to each run of a block's points, per store.
Kinetics::Impl::Offsets Kinetics::Impl::offsets(const BlockPlace& place) const {
  Offsets at;
  place.each_run([&](auto, std::size_t w) {
    for (std::size_t store = 0; store < at.size(); ++store) at[store][w] = place.offset(w, strides[store]);
  });
  return at;
}

void Kinetics::Impl::gather(const BlockPlace& place, const Offsets& at, const std::vector<Column>& from,
                            std::vector<BlockRow>& amount) const {
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const double* column = from[i].first;
    const auto& offset = at[from[i].store];
    place.each_run([&](auto run, std::size_t w) { copy_run(run, column + offset[w], amount[i].v + w); });
  }
}

// volume: 0 marks a point that keeps what it has; all: there is none.
void Kinetics::Impl::scatter(const BlockPlace& place, const Offsets& at, bool all, const BlockRow& volume,
                             const std::vector<BlockRow>& amount, const std::vector<Column>& to) const {
  for (std::size_t i = 0; i < amount.size(); ++i) {
    double* column = to[i].first;
    const auto& offset = at[to[i].store];
    place.each_run([&](auto run, std::size_t w) {
      if (all || volume.v[w] > 0) copy_run(run, amount[i].v + w, column + offset[w]);
    });
  }
}

void Kinetics::Impl::collect_counts() {
  for (auto& thread : threads) {
    counts.points += std::exchange(thread->point_steps, 0);
    for (std::size_t p = 0; p < counts.limited.size(); ++p)
      counts.limited[p] += std::exchange(thread->points->limited[p], 0);
  }
}

// The same from any number of threads: a lane keeps what tells most of the first advance that found any.
void Kinetics::Impl::collect_faults() {
  std::vector<PointFault> found;
  for (auto& thread : threads) {
    for (const PointFault& fault : thread->inquest.found) take_better(found, fault);
    thread->inquest.found.clear();
  }
  for (PointFault& fault : found) {
    told[static_cast<std::size_t>(fault.lane)] = 1;
    faults.push_back(std::move(fault));
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
  k.collect_faults();
}

const Kinetics::Counts& Kinetics::counts() const {
  return impl_->counts;
}

const PointFault* Kinetics::fault(int lane) const {
  const auto& faults = impl_->faults;
  const auto place = std::ranges::find(faults, lane, &PointFault::lane);
  return place == faults.end() ? nullptr : &*place;
}

void Kinetics::checkpoint(Checkpoint& file) {
  file.item("point steps", impl_->counts.points);
  file.fixed("limited point steps", impl_->counts.limited);
}

}  // namespace limpid
