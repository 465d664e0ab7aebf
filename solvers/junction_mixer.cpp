#include "solvers/junction_mixer.hpp"

#include <algorithm>
#include <array>

#include "solvers/flow_order.hpp"
#include "solvers/pack.hpp"

namespace limpid {

void EndBins::layout(const Network& network, int width, const std::vector<double>& leaving,
                     const std::vector<int>& bins) {
  width_ = static_cast<std::size_t>(width);
  first_.resize(leaving.size());
  std::size_t rows = 0;
  for (std::size_t end = 0; end < leaving.size(); ++end) {
    first_[end] = rows;
    const int junction = end_junction(network, static_cast<int>(end));
    if (leaving[end] != 0) rows += static_cast<std::size_t>(bins[static_cast<std::size_t>(junction)]);
  }
  if (amounts_.size() < rows * width_) amounts_.resize(rows * width_, 0.0);
}

JunctionMixer::JunctionMixer(const Network& network, const Rows& rows)
    : network_(network), rows_(rows), ends_(network.junctions.size()), plans_(network.junctions.size()) {
  for (std::size_t j = 0; j < ends_.size(); ++j) {
    for (int k : network.junctions[j].in) ends_[j].push_back(2 * k + 1);
    for (int k : network.junctions[j].out) ends_[j].push_back(2 * k);
  }
}

void JunctionMixer::set_water(const WaterStep& step, const std::vector<double>& leaving,
                              const std::vector<int>& bins) {
  bool any = false;
  for (std::size_t j = 0; j < plans_.size(); ++j) {
    plan(static_cast<int>(j), step, leaving);
    plans_[j].bins = bins[j];
    any = any || plans_[j].stranded;
  }
  if (any) stranded_.resize(rows_.at(static_cast<int>(plans_.size())));
}

void JunctionMixer::plan(int junction, const WaterStep& step, const std::vector<double>& leaving) {
  const auto j = static_cast<std::size_t>(junction);
  Plan& p = plans_[j];
  p.givers.clear();
  p.takers.clear();
  p.shares.clear();
  double in = step.junction_in[j], out = 0;
  for (int end : ends_[j]) {
    const double flow = leaving[static_cast<std::size_t>(end)];
    if (flow > 0) {
      p.givers.push_back(end);
      in += flow;
    } else if (flow < 0) {
      p.takers.push_back(end);
      p.shares.push_back(-flow);
      out -= flow;
    }
  }
  const double abstraction = step.junction_out[j];
  p.shares.push_back(network_.junctions[j].is_outlet() ? std::max(in - out - abstraction, 0.0) : 0.0);
  p.shares.push_back(abstraction);
  out += p.shares.end()[-2] + abstraction;
  p.largest = static_cast<int>(std::max_element(p.shares.begin(), p.shares.end()) - p.shares.begin());
  p.stranded = out <= 0;
  for (double& share : p.shares) share = p.stranded ? 0.0 : share / out;
}

void JunctionMixer::mix(int junction, int chunk, TransportRows& amounts, EndBins& bins) {
  const Plan& p = plans_[static_cast<std::size_t>(junction)];
  const int n = chunk_size(rows_.width, chunk), first = chunk * kChunk;
  const std::size_t at = rows_.at(junction) + static_cast<std::size_t>(first);
  double* outlet = amounts.outlet.data() + at;
  double* abstracted = amounts.abstracted.data() + at;
  const double* load_row = amounts.junction_load.data() + at;
  std::array<double, kChunk> mixed, rest, pooled{}, taken_out{};
  const std::size_t takers = p.takers.size();
  for (int bin = 0; bin < p.bins; ++bin) {
    for (int i = 0; i < n; ++i) mixed[static_cast<std::size_t>(i)] = load_row[i] / p.bins;
    for (int end : p.givers) {
      const double* given = bins.row(end, bin) + first;
      for (int i = 0; i < n; ++i) mixed[static_cast<std::size_t>(i)] += given[i];
    }
    rest = mixed;
    double* of_largest = nullptr;
    for (std::size_t t = 0; t < p.shares.size(); ++t) {
      const bool adds = t >= takers;  // outlet and abstraction gather all bins
      double* target =
          adds ? (t == takers ? pooled.data() : taken_out.data()) : bins.row(p.takers[t], bin) + first;
      if (static_cast<int>(t) == p.largest) {
        of_largest = target;
        continue;
      }
      if (p.shares[t] == 0) continue;
      for (int i = 0; i < n; ++i) {
        const double part = p.shares[t] * mixed[static_cast<std::size_t>(i)];
        target[i] = (adds ? target[i] : 0.0) + part;
        rest[static_cast<std::size_t>(i)] -= part;
      }
    }
    const bool gathers = static_cast<std::size_t>(p.largest) >= takers;
    for (int i = 0; i < n; ++i)
      of_largest[i] = (gathers ? of_largest[i] : 0.0) + rest[static_cast<std::size_t>(i)];
  }
  if (p.stranded) {  // with no water leaving, `largest` is the outlet's place
    std::copy_n(pooled.begin(), n, stranded_.data() + at);
    pooled.fill(0);
  }
  std::copy_n(pooled.begin(), n, outlet);
  std::copy_n(taken_out.begin(), n, abstracted);
}

void JunctionMixer::settle(TransportRows& amounts, State& state) const {
  for (std::size_t j = 0; j < plans_.size(); ++j) {
    if (!plans_[j].stranded) continue;
    const Junction& junction = network_.junctions[j];
    double* target = amounts.outlet.data() + rows_.at(static_cast<int>(j));
    if (!junction.out.empty()) {
      target = state.row(network_.chains[static_cast<std::size_t>(junction.out.front())].first_cell);
    } else if (!junction.in.empty()) {
      const Chain& chain = network_.chains[static_cast<std::size_t>(junction.in.front())];
      target = state.row(chain.first_cell + chain.cells - 1);
    }
    const double* row = stranded_.data() + rows_.at(static_cast<int>(j));
    for (int i = 0; i < rows_.width; ++i) target[i] += row[i];
  }
}

}  // namespace limpid
