#include "solvers/junction_loads.hpp"

#include <algorithm>

namespace limpid {

JunctionLoads::JunctionLoads(const Network& network, const Rows& rows)
    : network_(network), rows_(rows), ends_(network.junctions.size()) {
  for (std::size_t j = 0; j < ends_.size(); ++j) {
    const Junction& junction = network.junctions[j];
    if (junction.in.empty() && junction.out.size() == 1) {
      const int k = junction.out.front();
      inlets_.push_back({static_cast<int>(j), network.first_face(k),
                         network.chains[static_cast<std::size_t>(k)].first_cell});
    }
    if (junction.in.size() + junction.out.size() < 2) continue;
    for (int k : junction.in) {
      const Chain& chain = network.chains[static_cast<std::size_t>(k)];
      ends_[j].push_back({network.first_face(k) + chain.cells, chain.first_cell + chain.cells - 1, 1.0});
    }
    for (int k : junction.out) {
      ends_[j].push_back(
          {network.first_face(k), network.chains[static_cast<std::size_t>(k)].first_cell, -1.0});
    }
  }
  part_.resize(rows.at(static_cast<int>(inlets_.size())));
}

void JunctionLoads::find(const TransportRows& amounts) {
  loaded_.clear();
  for (std::size_t j = 0; j < ends_.size(); ++j) {
    if (ends_[j].empty()) continue;
    const double* load = amounts.junction_load.data() + rows_.at(static_cast<int>(j));
    if (std::any_of(load, load + rows_.width, [](double x) { return x != 0; }))
      loaded_.push_back(static_cast<int>(j));
  }
  whole_.resize(rows_.at(static_cast<int>(loaded_.size() + inlets_.size())));
}

void JunctionLoads::divide(const WaterStep& step, const std::vector<double>& coefficient,
                           const CellRow& amount, TransportRows& amounts) {
  divided_.clear();
  deposits_.clear();
  for (int j : loaded_) {
    if (step.junction_in[static_cast<std::size_t>(j)] > 0) continue;
    double* load = amounts.junction_load.data() + rows_.at(j);
    double* whole = whole_.data() + rows_.at(static_cast<int>(divided_.size()));
    const double share = spread(j, whole, step, coefficient);
    if (share <= 0) continue;
    std::copy_n(load, rows_.width, whole);
    for (int i = 0; i < rows_.width; ++i) load[i] -= share * whole[i];
    divided_.push_back(j);
  }
  for (std::size_t i = 0; i < inlets_.size(); ++i)
    divide_inlet(inlets_[i], part_.data() + rows_.at(static_cast<int>(i)), step, coefficient, amount,
                 amounts);
}

// The bound keeps what is taken out of the first cell below what is in it, whatever flows through.
void JunctionLoads::divide_inlet(const Inlet& inlet, double* part, const WaterStep& step,
                                 const std::vector<double>& coefficient, const CellRow& amount,
                                 TransportRows& amounts) {
  constexpr double kMostTaken = 0.8;
  const auto cell = static_cast<std::size_t>(inlet.cell);
  const double in = step.junction_in[static_cast<std::size_t>(inlet.junction)], volume = step.volume0[cell],
               least = std::min(volume, step.volume1[cell]), length = network_.cell_length[cell];
  if (in <= 0 || step.face[static_cast<std::size_t>(inlet.face)] <= 0 || least <= kDryVolume ||
      coefficient[cell] <= 0)
    return;
  const double half = step.dt * 2 * coefficient[cell] * volume / (length * length),
               crossing = std::min(in * half / (in + half), kMostTaken * least),  // m3
      share = crossing / in, of_cell = crossing / volume;
  double *load = amounts.junction_load.data() + rows_.at(inlet.junction),
         *whole = whole_.data() + rows_.at(static_cast<int>(divided_.size()));
  const double* here = amount(inlet.cell);
  for (int i = 0; i < rows_.width; ++i) {
    whole[i] = load[i];
    part[i] = share * load[i] - of_cell * here[i];
    load[i] -= part[i];
  }
  divided_.push_back(inlet.junction);
  deposits_.push_back({inlet.cell, 0.5, part});
}

double JunctionLoads::spread(int junction, const double* load, const WaterStep& step,
                             const std::vector<double>& coefficient) {
  const std::size_t first = deposits_.size();
  double conductance = 0, passing = 0;  // m3 over the step
  for (const End& end : ends_[static_cast<std::size_t>(junction)]) {
    const auto cell = static_cast<std::size_t>(end.cell);
    passing += std::max(0.0, end.into * step.face[static_cast<std::size_t>(end.face)]);
    if (std::min(step.volume0[cell], step.volume1[cell]) <= kDryVolume || coefficient[cell] <= 0) continue;
    const double length = network_.cell_length[cell],
                 half = step.dt * 2 * coefficient[cell] * step.volume0[cell] / (length * length);
    deposits_.push_back({end.cell, half, load});
    conductance += half;
  }
  if (deposits_.size() < first + 2) {
    deposits_.resize(first);
    return 0;
  }
  const double share = conductance / (conductance + passing);
  for (std::size_t k = first; k < deposits_.size(); ++k) deposits_[k].share *= 0.5 * share / conductance;
  return share;
}

void JunctionLoads::restore(TransportRows& amounts) const {
  for (std::size_t k = 0; k < divided_.size(); ++k) {
    std::copy_n(whole_.data() + rows_.at(static_cast<int>(k)), rows_.width,
                amounts.junction_load.data() + rows_.at(divided_[k]));
  }
}

}  // namespace limpid
