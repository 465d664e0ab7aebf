// Simulation's bookkeeping: border accounts, stocks, closure, and lanes that fail.
#include <algorithm>
#include <cmath>

#include "solvers/simulation.hpp"

namespace limpid {

namespace {
const char* account_kind(SourceKind kind) {
  switch (kind) {
    case SourceKind::boundary:
      return "boundary:";
    case SourceKind::abstraction:
      return "abstraction:";
    default:
      return "source:";
  }
}
}  // namespace

// Declares the accounts and takes the stocks from which the run's balance starts.
void Simulation::restart_accounts() {
  const Network& network = basin_.network;
  ledger_.clear();
  water_ledger_.clear();
  source_account_.assign(basin_.sources.size(), -1);
  source_water_ = source_account_;
  abstraction_account_.assign(network.junctions.size(), -1);
  outlet_account_.assign(network.junctions.size(), -1);
  outlet_water_ = outlet_account_;
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    const std::string name = account_kind(source.kind) + source.id;
    source_account_[s] = ledger_.account(name);
    source_water_[s] = water_ledger_.account(name);
    // Abstractions that share a junction share the account of the first.
    if (source.kind == SourceKind::abstraction &&
        abstraction_account_[static_cast<std::size_t>(source.junction)] < 0)
      abstraction_account_[static_cast<std::size_t>(source.junction)] = source_account_[s];
  }
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    if (!network.junctions[j].is_outlet()) continue;
    const std::string name =
        "outlet:" + network.nodes[static_cast<std::size_t>(network.junctions[j].node)].id;
    outlet_account_[j] = ledger_.account(name);
    outlet_water_[j] = water_ledger_.account(name);
  }
  evaporation_account_.clear();
  evaporation_water_.clear();
  for (const Lake& lake : network.lakes) {
    evaporation_account_.push_back(ledger_.account("evaporation:" + lake.id));
    evaporation_water_.push_back(water_ledger_.account("evaporation:" + lake.id));
  }
  declare_losses();
  stock_begin_.clear();
  for (int c = 0; c < rows().constituents; ++c)
    for (int l = 0; l < rows().lanes; ++l) stock_begin_.push_back(stores_.total(c, l));
  water_begin_ = 0;
  for (double v : water_.volume1) water_begin_ += v;
}

void Simulation::book_borders() {
  const Rows& shape = stores_.water.rows;
  const auto sources = static_cast<int>(basin_.sources.size());
  for (int s = 0; s < sources; ++s) {
    const auto i = static_cast<std::size_t>(s);
    const bool out = basin_.sources[i].kind == SourceKind::abstraction;
    if (!out) ledger_.book(source_account_[i], shape, source_load_.data() + shape.at(s));
    const double volume = out ? -water_.abstracted[i] : water_input_.volume[i];
    water_ledger_.book_constituent(source_water_[i], 0, &volume, 1.0);
  }
  const Network& network = basin_.network;
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    const std::size_t row = shape.at(static_cast<int>(j));
    if (abstraction_account_[j] >= 0)
      ledger_.book(abstraction_account_[j], shape, amounts_.abstracted.data() + row, -1.0);
    if (outlet_account_[j] < 0) continue;
    ledger_.book(outlet_account_[j], shape, amounts_.outlet.data() + row, -1.0);
    double volume = water_.junction_in[j] - water_.junction_out[j];
    for (int chain : network.junctions[j].in)
      volume += water_.face[static_cast<std::size_t>(network.first_face(chain) +
                                                     network.chains[static_cast<std::size_t>(chain)].cells)];
    water_ledger_.book_constituent(outlet_water_[j], 0, &volume, -1.0);
  }
  for (const OutletInflow& inflow : inflows_)
    ledger_.book(outlet_account_[static_cast<std::size_t>(inflow.junction)], shape, inflow.amount.data());
  book_evaporation();
  book_losses();
}

void Simulation::book_evaporation() {
  const Rows& shape = stores_.water.rows;
  for (const Lake& lake : basin_.network.lakes) {
    const auto l = static_cast<std::size_t>(lake.number);
    ledger_.book(evaporation_account_[l], shape, amounts_.evaporated.data() + shape.at(lake.number), -1.0);
    const Chain& chain = basin_.network.chains[static_cast<std::size_t>(lake.chain)];
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i)
      water_ledger_.book_constituent(evaporation_water_[l], 0,
                                     &water_.evaporated[static_cast<std::size_t>(i)], -1.0);
  }
}

Kinetics::Counts Simulation::kinetics_counts() const {
  Kinetics::Counts sum = kinetics_.counts();
  const Kinetics::Counts& storage = storage_kinetics_.counts();
  sum.points += storage.points;
  for (std::size_t p = 0; p < sum.limited.size(); ++p) sum.limited[p] += storage.limited[p];
  return sum;
}

double Simulation::stock_begin(int constituent, int lane) const {
  return constituent < 0 ? water_begin_
                         : stock_begin_[static_cast<std::size_t>(rows().index(constituent, lane))];
}

double Simulation::closure(int constituent, int lane) const {
  if (constituent >= 0)
    return ledger_.closure(constituent, lane, stock_begin(constituent, lane),
                           stores_.total(constituent, lane));
  double stock = 0;
  for (double v : water_.volume1) stock += v;
  return water_ledger_.closure(0, 0, water_begin_, stock);
}

// A lane with a NaN or an infinity anywhere is caught in the step that made it. 0 * x is 0 for finite x only.
void Simulation::catch_failures(double t1) {
  catch_failures(stores_.water, 0, t1);
  catch_failures(stores_.storage, 0, t1);
  catch_failures(stores_.attached, stores_.water.rows.constituents, t1);
}

void Simulation::catch_failures(const State& store, int first_constituent, double t1) {
  const int width = store.rows.width, used = store.rows.used();
  sick_.assign(static_cast<std::size_t>(width), 0.0);
  double* sick = sick_.data();
  constexpr int kTogether = 4;
  int i = 0;
  for (; i + kTogether <= store.cells(); i += kTogether) {
    const double *a = store.row(i), *b = store.row(i + 1), *c = store.row(i + 2), *d = store.row(i + 3);
#pragma omp simd
    for (int j = 0; j < width; ++j) sick[j] += (0.0 * a[j] + 0.0 * b[j]) + (0.0 * c[j] + 0.0 * d[j]);
  }
  for (; i < store.cells(); ++i) {
    const double* row = store.row(i);
    for (int j = 0; j < width; ++j) sick[j] += 0.0 * row[j];
  }
  for (int j = 0; j < used; ++j) {
    const int lane = j % rows_.lanes;
    if (sick_[static_cast<std::size_t>(j)] == 0.0 || has_failed(lane)) continue;
    int cell = 0;
    while (std::isfinite(store.row(cell)[j])) ++cell;
    failures_.push_back(with_cause({lane, cell, first_constituent + j / rows_.lanes, t1, {}}));
  }
}

LaneFailure Simulation::with_cause(LaneFailure failure) const {
  const PointFault* fault = kinetics_.fault(failure.lane);
  if (!fault || fault->cause.process.empty())
    if (const PointFault* other = storage_kinetics_.fault(failure.lane)) fault = other;
  if (!fault) return failure;
  failure.cause = fault->cause;
  if (!fault->cause.process.empty()) failure.cell = fault->cell, failure.constituent = fault->constituent;
  return failure;
}

bool Simulation::has_failed(int lane) const {
  return std::any_of(failures_.begin(), failures_.end(),
                     [&](const LaneFailure& f) { return f.lane == lane; });
}

}  // namespace limpid
