#include "solvers/lake_exchange.hpp"

#include <algorithm>

#include "model/elementary.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

double fitted_theta(double x) {
  constexpr double kSmall = 1e-3;  // the next term is x^3 / 720
  return x < kSmall ? 0.5 + x / 12 : 1 / (1 - elementary::exp(-x)) - 1 / x;
}

// Least weight of the end that leaves a layer with this share of outflow (dt sum G / V) non-negative.
double positive_theta(double share) {
  return share > 1 ? 1 - 1 / share : 0;
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
    const double theta = std::max({fitted_theta(boundary.flux * (inverse_[at(k)] + inverse_[at(k + 1)])),
                                   positive_theta(share[at(k)]), positive_theta(share[at(k + 1)])});
    boundary.coupling = theta * boundary.flux;
  }
}

// From the bottom up.
void LakeExchange::eliminate(const double* volume) {
  const int n = static_cast<int>(boundaries_.size());
  for (int k = n - 1; k >= 0; --k) {
    const double above = k > 0 ? boundaries_[at(k - 1)].coupling : 0, below = boundaries_[at(k)].coupling;
    double diagonal = volume[k] + above + below;
    if (k + 1 < n) diagonal -= below * below * pivot_[at(k + 1)];
    pivot_[at(k)] = diagonal > 0 ? 1 / diagonal : 0;
  }
}

void LakeExchange::exchange(int first_cell, State& state) {
  const int n = static_cast<int>(boundaries_.size()), width = state.rows.width;
  const auto row = [&](std::vector<double>& rows, int k) { return rows.data() + k * width; };
  for (auto* rows : {&concentration_, &change_, &moved_}) rows->resize(at(n * width));
  for (int k = 0; k < n; ++k) {
    const double* m = state.row(first_cell + k);
    double* c = row(concentration_, k);
    for (int j = 0; j < width; ++j) c[j] = m[j] * inverse_[at(k)];
  }
  // moved: what the old concentrations alone would move down through the boundary
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < width; ++j)
      row(moved_, k)[j] =
          k + 1 < n ? boundaries_[at(k)].flux * (row(concentration_, k)[j] - row(concentration_, k + 1)[j])
                    : 0;
  for (int k = n - 1; k >= 0; --k)  // right-hand sides, eliminated upwards
    for (int j = 0; j < width; ++j) {
      double right = (k > 0 ? row(moved_, k - 1)[j] : 0) - row(moved_, k)[j];
      if (k + 1 < n) right += boundaries_[at(k)].coupling * (row(change_, k + 1)[j] * pivot_[at(k + 1)]);
      row(change_, k)[j] = right;
    }
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < width; ++j) {
      const double above = k > 0 ? boundaries_[at(k - 1)].coupling * row(change_, k - 1)[j] : 0;
      row(change_, k)[j] = (row(change_, k)[j] + above) * pivot_[at(k)];
    }
  for (int k = 0; k + 1 < n; ++k) {
    double *upper = state.row(first_cell + k), *lower = state.row(first_cell + k + 1);
    for (int j = 0; j < width; ++j) {
      const double flux =
          row(moved_, k)[j] + boundaries_[at(k)].coupling * (row(change_, k)[j] - row(change_, k + 1)[j]);
      upper[j] -= flux;
      lower[j] += flux;
    }
  }
  give_back(first_cell, state);
}

// Round-off that left a layer less than nothing, where nothing was below 0 before, is its neighbour's.
void LakeExchange::give_back(int first_cell, State& state) {
  const int n = static_cast<int>(boundaries_.size());
  const auto c = [&](int k, int j) { return concentration_[at(k * state.rows.width + j)]; };
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
    exchange(first, state);
  }
}

}  // namespace limpid
