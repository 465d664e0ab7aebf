#include "solvers/kinetics.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "solvers/compensated_sum.hpp"
#include "solvers/mean_state.hpp"
#include "solvers/parameter_rows.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {
namespace {

constexpr std::size_t kChunkCells = 128;  // cells summed together; a multiple of kBlock, whatever the threads
constexpr std::size_t kParallelPoints = 2048;  // below, threads cost more than they bring
constexpr double kLongestSubStep = 900;        // s, when the case leaves the number of sub-steps open

int account_of(const ProcessUse& use, const ProcessRow& row, Ledger& ledger) {
  switch (row.exchange) {
    case Exchange::atmosphere:
      return ledger.account("atmosphere");
    case Exchange::bed:
      return ledger.account("bed");
    case Exchange::burial:
      return ledger.account("burial");
    default:
      return ledger.account("process:" + use.id);
  }
}

}  // namespace

// Extents are summed per chunk of cells in kBlock interleaved partial sums, so that blocks add as a whole at
// any number of lanes and the order of additions of one lane is always the same.
struct Kinetics::Impl {
  // A sum over points of V x extent, or of V x |nu| x extent where |nu| is a parameter (which may differ by
  // point).
  struct Sum {
    std::size_t row;
    int nu;  // field, -1 = none
  };
  struct Booking {
    int account, constituent;
    std::size_t sum;
    double factor;
  };

  Impl(const Basin& basin, const Rows& rows, Ledger& ledger);
  void declare_bookings(Ledger& ledger);
  void prepare_threads(std::size_t chunks);
  void run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, State& state,
                 std::size_t thread);
  void run_block(std::size_t block, double dt, const std::vector<double>& volume, State& state,
                 MeanState& work);
  bool place_volumes(const BlockPlace& place, const std::vector<double>& volume, BlockRow& out) const;
  void gather(const BlockPlace& place, const State& state, MeanState& work) const;
  void scatter(const BlockPlace& place, const MeanState& work, State& state) const;
  void add_extents(std::size_t slot, const MeanState& work, std::vector<BlockRow>& partial) const;
  void close_chunk(std::size_t chunk, const std::vector<BlockRow>& partial);
  void book(std::size_t chunks, Ledger& ledger);
  void collect_counts();

  const Basin& basin;
  Rows rows;
  std::size_t cells, lanes;
  int sub_steps = 1;
  ParameterRows parameters;
  Stoichiometry stoichiometry;
  std::vector<Sum> sums;
  std::vector<Booking> bookings;
  std::vector<std::unique_ptr<MeanState>> work;  // per thread
  std::vector<std::vector<BlockRow>> partial;    // per thread: [sum][lanes rows of kBlock]
  std::vector<long long> points;                 // per thread
  std::vector<double> chunk_sums;                // [chunk][sum][lane]
  Counts counts;
};

Kinetics::Impl::Impl(const Basin& the_basin, const Rows& the_rows, Ledger& ledger)
    : basin(the_basin),
      rows(the_rows),
      cells(static_cast<std::size_t>(the_basin.network.cell_count())),
      lanes(static_cast<std::size_t>(the_rows.lanes)),
      parameters(the_basin, the_rows.lanes),
      stoichiometry(the_basin, parameters.first_nu()) {
  counts.limited.assign(basin.processes.size(), 0);
  declare_bookings(ledger);
}

void Kinetics::Impl::declare_bookings(Ledger& ledger) {
  sums.clear();
  bookings.clear();
  for (std::size_t j = 0; j < stoichiometry.rows.size(); ++j) sums.push_back({j, -1});
  for (std::size_t p = 0; p < basin.processes.size(); ++p) {
    const ProcessUse& use = basin.processes[p];
    const ProcessInfo& info = use.process->info();
    for (std::size_t t = 0; t < info.terms.size(); ++t) {
      const Term& term = info.terms[t];
      Booking booking{account_of(use, info.rows[static_cast<std::size_t>(term.row)], ledger),
                      use.constituents[static_cast<std::size_t>(term.role)],
                      static_cast<std::size_t>(stoichiometry.first_row[p] + term.row), term.coefficient};
      if (term.yield >= 0) {
        sums.push_back({booking.sum, parameters.first_nu()[p] + static_cast<int>(t)});
        booking.sum = sums.size() - 1;
        booking.factor = term.coefficient < 0 ? -1.0 : 1.0;
      }
      bookings.push_back(booking);
    }
  }
}

void Kinetics::Impl::prepare_threads(std::size_t chunks) {
  const auto threads = static_cast<std::size_t>(omp_get_max_threads());
  while (work.size() < threads) {
    work.push_back(std::make_unique<MeanState>(basin, stoichiometry, parameters.first_parameter(),
                                               parameters.first_coefficient(), parameters.fields().size()));
    partial.emplace_back(sums.size() * lanes);
    points.push_back(0);
  }
  chunk_sums.resize(chunks * sums.size() * lanes);
}

void Kinetics::Impl::run_chunk(std::size_t chunk, double dt, const std::vector<double>& volume, State& state,
                               std::size_t thread) {
  for (BlockRow& row : partial[thread]) Octet(0.0).store(row.v);
  MeanState& mine = *work[thread];
  const std::size_t first = chunk * kChunkCells / kBlock * lanes;
  const std::size_t last =
      std::min(first + kChunkCells / kBlock * lanes, (cells * lanes + kBlock - 1) / kBlock);
  for (std::size_t block = first; block < last; ++block) {
    const BlockPlace place(block, cells, lanes);
    if (!place_volumes(place, volume, mine.volume)) continue;
    gather(place, state, mine);
    mine.advance(dt / sub_steps, sub_steps);
    scatter(place, mine, state);
    add_extents((block - first) % lanes, mine, partial[thread]);
    points[thread] +=
        sub_steps * std::count_if(mine.volume.v, mine.volume.v + kBlock, [](double v) { return v > 0; });
  }
  close_chunk(chunk, partial[thread]);
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

void Kinetics::Impl::gather(const BlockPlace& place, const State& state, MeanState& mine) const {
  const auto& fields = parameters.fields();
  for (std::size_t f = 0; f < fields.size(); ++f)
    mine.fields[f] = values_on(fields[f], place, lanes == 1, mine.expanded[f]);
  const std::size_t lane = place.first % lanes;
  for (std::size_t i = 0; i < stoichiometry.columns.size(); ++i) {
    const auto column = static_cast<std::size_t>(stoichiometry.columns[i].constituent) * lanes;
    if (lanes % kBlock == 0) {
      Octet::load(state.row(static_cast<int>(place.cell[0])) + column + lane).store(mine.amount[i].v);
      continue;
    }
    for (std::size_t w = 0, l = lane; w < kBlock; ++w, l = l + 1 == lanes ? 0 : l + 1)
      mine.amount[i].v[w] = state.amount[place.cell[w] * static_cast<std::size_t>(rows.width) + column + l];
  }
}

void Kinetics::Impl::scatter(const BlockPlace& place, const MeanState& mine, State& state) const {
  const std::size_t lane = place.first % lanes;
  for (std::size_t i = 0; i < stoichiometry.columns.size(); ++i) {
    const auto column = static_cast<std::size_t>(stoichiometry.columns[i].constituent) * lanes;
    if (lanes % kBlock == 0) {
      Octet::load(mine.amount[i].v).store(state.row(static_cast<int>(place.cell[0])) + column + lane);
      continue;
    }
    for (std::size_t w = 0, l = lane; w < kBlock; ++w, l = l + 1 == lanes ? 0 : l + 1)
      if (mine.volume.v[w] > 0)
        state.amount[place.cell[w] * static_cast<std::size_t>(rows.width) + column + l] = mine.amount[i].v[w];
  }
}

// slot: the block's place among `lanes` blocks that together hold kBlock cells.
void Kinetics::Impl::add_extents(std::size_t slot, const MeanState& mine, std::vector<BlockRow>& into) const {
  const Octet v = Octet::load(mine.volume.v);
  for (std::size_t k = 0; k < sums.size(); ++k) {
    Octet extent = Octet::load(mine.extent_sum[sums[k].row].v);
    if (sums[k].nu >= 0) extent *= Octet::load(mine.fields[static_cast<std::size_t>(sums[k].nu)]);
    double* sum = into[k * lanes + slot].v;
    (Octet::load(sum) + where_greater(v, 0.0, v * extent, 0.0)).store(sum);
  }
}

void Kinetics::Impl::close_chunk(std::size_t chunk, const std::vector<BlockRow>& from) {
  for (std::size_t k = 0; k < sums.size(); ++k) {
    const double* sum = from[k * lanes].v;
    for (std::size_t l = 0; l < lanes; ++l) {
      double total = 0;
      for (std::size_t s = 0; s < kBlock; ++s) total += sum[s * lanes + l];
      chunk_sums[(chunk * sums.size() + k) * lanes + l] = total;
    }
  }
}

void Kinetics::Impl::book(std::size_t chunks, Ledger& ledger) {
  std::vector<double> totals(sums.size() * lanes);
  for (std::size_t i = 0; i < totals.size(); ++i) {
    CompensatedSum sum;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) sum.add(chunk_sums[chunk * totals.size() + i]);
    totals[i] = sum.value();
  }
  for (const Booking& b : bookings)
    ledger.book_constituent(b.account, b.constituent, totals.data() + b.sum * lanes, b.factor);
}

void Kinetics::Impl::collect_counts() {
  for (std::size_t t = 0; t < work.size(); ++t) {
    counts.points += std::exchange(points[t], 0);
    for (std::size_t p = 0; p < counts.limited.size(); ++p)
      counts.limited[p] += std::exchange(work[t]->limited[p], 0);
  }
}

Kinetics::Kinetics(const Basin& basin, const Rows& rows, Ledger& ledger)
    : impl_(std::make_unique<Impl>(basin, rows, ledger)) {}
Kinetics::~Kinetics() = default;
Kinetics::Kinetics(Kinetics&&) noexcept = default;

void Kinetics::declare_accounts(Ledger& ledger) { impl_->declare_bookings(ledger); }

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
  k.prepare_threads(chunks);
#pragma omp parallel for schedule(static) if (k.cells * k.lanes >= kParallelPoints)
  for (std::size_t chunk = 0; chunk < chunks; ++chunk)
    k.run_chunk(chunk, dt, volume, state, static_cast<std::size_t>(omp_get_thread_num()));
  k.book(chunks, ledger);
  k.collect_counts();
}

const Kinetics::Counts& Kinetics::counts() const {
  return impl_->counts;
}

}  // namespace limpid
