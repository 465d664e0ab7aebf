#include "solvers/lake_exchange.hpp"

#include <algorithm>

#include "model/elementary.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// 1 - theta, of which only a bounded flux is left however large x is.
double fitted_rest(double x) {
  constexpr double kSmall = 1e-3;  // the next term is x^3 / 720
  if (x < kSmall) return 0.5 - x / 12;
  const double e = elementary::exp(-x);
  return 1 / x - e / (1 - e);
}

// Most of it that leaves a layer with this share of outflow (dt sum G / V) non-negative.
double positive_rest(double share) {
  return share > 1 ? 1 / share : 1;
}

}  // namespace

void LakeExchange::set_boundaries(double dt, const Lake& lake, const LakeInput& input, const double* volume) {
  const int n = lake.layers();
  boundaries_.assign(at(n), {});  // the last stays without flux
  inverse_.resize(at(n));
  for (int k = 0; k < n; ++k) inverse_[at(k)] = volume[k] > kDryVolume ? 1 / volume[k] : 0;
  std::vector<double>& share = pivot_;
  share.assign(at(n), 0.0);
  for (int k = 0; k + 1 < n && k < static_cast<int>(input.exchange.size()); ++k) {
    if (inverse_[at(k)] == 0 || inverse_[at(k + 1)] == 0) continue;
    boundaries_[at(k)].flux = dt * input.exchange[at(k)] * lake.curve.area_at(lake.boundaries[at(k)]);
    share[at(k)] += boundaries_[at(k)].flux * inverse_[at(k)];
    share[at(k + 1)] += boundaries_[at(k)].flux * inverse_[at(k + 1)];
  }
  for (int k = 0; k + 1 < n; ++k) {
    Boundary& boundary = boundaries_[at(k)];
    boundary.explicit_share = std::min({fitted_rest(boundary.flux * (inverse_[at(k)] + inverse_[at(k + 1)])),
                                        positive_rest(share[at(k)]), positive_rest(share[at(k + 1)])});
    boundary.coupling = boundary.flux - boundary.explicit_flux();
  }
}

// From the bottom up, as diagonal = coupling to the layer above + excess: no differences, so that the
// tightest coupling leaves the volumes their digits.
void LakeExchange::eliminate(const double* volume) {
  const int n = static_cast<int>(boundaries_.size());
  double excess = 0;  // of the layer below
  for (int k = n - 1; k >= 0; --k) {
    const double above = k > 0 ? boundaries_[at(k - 1)].coupling : 0, below = boundaries_[at(k)].coupling;
    excess = volume[k] + (k + 1 < n ? below * excess * pivot_[at(k + 1)] : 0.0);
    pivot_[at(k)] = above + excess > 0 ? 1 / (above + excess) : 0;
  }
}

// New concentrations from what the old ones leave explicitly (all shares >= 0); the fluxes are what brings
// each layer, from the bottom up, to its new content.
void LakeExchange::exchange(const double* volume, int first_cell, State& state) {
  const int n = static_cast<int>(boundaries_.size()), width = state.rows.width;
  const auto row = [&](std::vector<double>& rows, int k) { return rows.data() + k * width; };
  for (auto* rows : {&old_, &new_}) rows->resize(at(n * width));
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < width; ++j) row(old_, k)[j] = state.row(first_cell + k)[j] * inverse_[at(k)];
  for (int k = n - 1; k >= 0; --k) {
    const double above = k > 0 ? boundaries_[at(k - 1)].explicit_flux() : 0,
                 below = boundaries_[at(k)].explicit_flux();
    const double kept = std::max(0.0, volume[k] - above - below),
                 carried = k + 1 < n ? boundaries_[at(k)].coupling * pivot_[at(k + 1)] : 0;
    for (int j = 0; j < width; ++j) {
      double right = kept * row(old_, k)[j];
      if (k > 0) right += above * row(old_, k - 1)[j];
      if (k + 1 < n) right += below * row(old_, k + 1)[j] + carried * row(new_, k + 1)[j];
      row(new_, k)[j] = right;
    }
  }
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < width; ++j) {
      const double above = k > 0 ? boundaries_[at(k - 1)].coupling * row(new_, k - 1)[j] : 0;
      row(new_, k)[j] = (row(new_, k)[j] + above) * pivot_[at(k)];
    }
  std::vector<double>& flux = old_;  // up through the boundary above each layer
  for (int k = n - 1; k > 0; --k) {
    if (boundaries_[at(k - 1)].flux == 0) continue;
    double *upper = state.row(first_cell + k - 1), *lower = state.row(first_cell + k);
    for (int j = 0; j < width; ++j) {
      const double wanted = inverse_[at(k)] > 0 ? volume[k] * row(new_, k)[j] : lower[j];
      row(flux, k)[j] = lower[j] - wanted;
      lower[j] -= row(flux, k)[j];
      upper[j] += row(flux, k)[j];
    }
  }
  give_back(first_cell, state);
}

// Round-off that left a layer less than nothing, where nothing should be below 0, is its neighbour's.
void LakeExchange::give_back(int first_cell, State& state) {
  const int n = static_cast<int>(boundaries_.size());
  const auto c = [&](int k, int j) { return new_[at(k * state.rows.width + j)]; };
  for (int j = 0; j < state.rows.width; ++j) {
    bool positive = true, overdrawn = false;
    for (int k = 0; k < n; ++k) {
      positive = positive && c(k, j) >= 0;
      overdrawn = overdrawn || state.row(first_cell + k)[j] < 0;
    }
    if (!positive || !overdrawn) continue;
    const auto shift = [&](int from, int to) {
      double& amount = state.row(first_cell + from)[j];
      if (amount >= 0) return;
      state.row(first_cell + to)[j] += amount;
      amount = 0;
    };
    for (int k = 0; k + 1 < n; ++k) shift(k, k + 1);
    for (int k = n - 1; k > 0; --k) shift(k, k - 1);
  }
}

void LakeExchange::advance(double dt, const std::vector<LakeInput>& lakes, const std::vector<double>& volume,
                           State& state) {
  for (const Lake& lake : network_.lakes) {
    if (lake.layers() == 1) continue;
    const int first = network_.chains[at(lake.chain)].first_cell;
    set_boundaries(dt, lake, lakes[at(lake.number)], volume.data() + first);
    eliminate(volume.data() + first);
    exchange(volume.data() + first, first, state);
  }
}

}  // namespace limpid
