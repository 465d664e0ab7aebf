#include "solvers/kinetics.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "solvers/extent_sums.hpp"
#include "solvers/mean_state.hpp"
#include "solvers/parameter_rows.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {
namespace {

constexpr std::size_t kParallelPoints = 16384;  // below, threads cost more than they bring
constexpr double kLongestSubStep = 900;        // s, when the case leaves the number of sub-steps open

}  // namespace

struct Kinetics::Impl {
  struct Thread {
    MeanState points;
    ExtentSums::Partial partial;
    long long point_steps = 0;
    Thread(const Basin& basin, const Stoichiometry& s, const ParameterRows& p) : points(basin, s, p) {}
  };

  Impl(const Basin& basin, const Rows& rows, Ledger& ledger);
  void bind_threads();
  void run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, State& state,
                 Thread& thread);
  bool place_volumes(const BlockPlace& place, const std::vector<double>& volume, BlockRow& out) const;
  void gather(const BlockPlace& place, const State& state, std::vector<BlockRow>& amount) const;
  void scatter(const BlockPlace& place, const MeanState& points, State& state) const;
  void collect_counts();

  const Basin& basin;
  Rows rows;
  std::size_t cells, lanes;
  int sub_steps = 1;
  ParameterRows parameters;
  Stoichiometry stoichiometry;
  ExtentSums sums;
  std::vector<std::unique_ptr<Thread>> threads;
  Counts counts;
};

Kinetics::Impl::Impl(const Basin& the_basin, const Rows& the_rows, Ledger& ledger)
    : basin(the_basin),
      rows(the_rows),
      cells(static_cast<std::size_t>(the_basin.network.cell_count())),
      lanes(static_cast<std::size_t>(the_rows.lanes)),
      parameters(the_basin, the_rows.lanes),
      stoichiometry(the_basin, parameters.first_nu()),
      sums(the_basin, stoichiometry, parameters.first_nu(), lanes, ledger) {
  counts.limited.assign(basin.processes.size(), 0);
}

void Kinetics::Impl::bind_threads() {
  while (threads.size() < static_cast<std::size_t>(omp_get_max_threads()))
    threads.push_back(std::make_unique<Thread>(basin, stoichiometry, parameters));
  for (auto& thread : threads) thread->points.fields.bind(parameters.fields(), lanes == 1);
}

void Kinetics::Impl::run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, State& state,
                               Thread& thread) {
  MeanState& points = thread.points;
  sums.open(thread.partial);
  const std::size_t blocks = kChunkCells / kBlock * lanes, first = chunk * blocks;
  const std::size_t last = std::min(first + blocks, (cells * lanes + kBlock - 1) / kBlock);
  for (std::size_t block = first; block < last; ++block) {
    const BlockPlace place(block, cells, lanes);
    if (!place_volumes(place, volume, points.volume)) continue;
    gather(place, state, points.amount);
    points.fields.move_to(place);
    const std::vector<BlockRow>& extents = points.advance(dt / sub_steps, sub_steps);
    scatter(place, points, state);
    sums.add(block - first, points.volume, extents, points.fields.rows(), thread.partial);
    thread.point_steps +=
        sub_steps * std::count_if(points.volume.v, points.volume.v + kBlock, [](double v) { return v > 0; });
  }
  sums.close(chunk, thread.partial);
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

void Kinetics::Impl::gather(const BlockPlace& place, const State& state,
                            std::vector<BlockRow>& amount) const {
  const bool together = lanes % kBlock == 0;
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const double* from = state.amount.data() + static_cast<std::size_t>(stoichiometry.columns[i]) * lanes;
    if (together) {
      Octet::load(from + place.offset(0, rows)).store(amount[i].v);
      continue;
    }
    for (std::size_t w = 0; w < kBlock; ++w) amount[i].v[w] = from[place.offset(w, rows)];
  }
}

void Kinetics::Impl::scatter(const BlockPlace& place, const MeanState& points, State& state) const {
  const bool together = lanes % kBlock == 0;
  for (std::size_t i = 0; i < points.amount.size(); ++i) {
    double* to = state.amount.data() + static_cast<std::size_t>(stoichiometry.columns[i]) * lanes;
    if (together) {
      Octet::load(points.amount[i].v).store(to + place.offset(0, rows));
      continue;
    }
    for (std::size_t w = 0; w < kBlock; ++w)
      if (points.volume.v[w] > 0) to[place.offset(w, rows)] = points.amount[i].v[w];
  }
}

void Kinetics::Impl::collect_counts() {
  for (auto& thread : threads) {
    counts.points += std::exchange(thread->point_steps, 0);
    for (std::size_t p = 0; p < counts.limited.size(); ++p)
      counts.limited[p] += std::exchange(thread->points.limited[p], 0);
  }
}

Kinetics::Kinetics(const Basin& basin, const Rows& rows, Ledger& ledger)
    : impl_(std::make_unique<Impl>(basin, rows, ledger)) {}
Kinetics::~Kinetics() = default;
Kinetics::Kinetics(Kinetics&&) noexcept = default;

void Kinetics::set_lane_parameters(const std::vector<LaneParameter>& values) {
  impl_->parameters.set_lane_parameters(values);
}

void Kinetics::prepare(const Environment& environment) {
  impl_->parameters.prepare(environment);
}

void Kinetics::advance(double dt, const std::vector<double>& volume, State& state, Ledger& ledger) {
  Impl& k = *impl_;
  if (k.stoichiometry.rows.empty()) return;
  const int asked = k.basin.schemes.kinetics_sub_steps;
  k.sub_steps = asked > 0 ? asked : std::max(1, static_cast<int>(std::ceil(dt / kLongestSubStep)));
  const std::size_t chunks = (k.cells + kChunkCells - 1) / kChunkCells;
  k.sums.start(chunks);
  k.bind_threads();
#pragma omp parallel for schedule(static) if (k.cells * k.lanes >= kParallelPoints)
  for (std::size_t chunk = 0; chunk < chunks; ++chunk)
    k.run_chunk(chunk, dt, volume, state, *k.threads[static_cast<std::size_t>(omp_get_thread_num())]);
  k.sums.book(chunks, ledger);
  k.collect_counts();
}

const Kinetics::Counts& Kinetics::counts() const {
  return impl_->counts;
}

}  // namespace limpid
