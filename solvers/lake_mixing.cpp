#include "solvers/lake_mixing.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "model/elementary.hpp"
#include "solvers/advection_water.hpp"
#include "solvers/pack.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// (1 - exp(-x)) / x
double phi(double x) {
  constexpr double kSeries = 0.5;
  if (x > kSeries || x < -kSeries) return (1 - elementary::exp(-x)) / x;
  double sum = 1;
  for (int n = 18; n > 1; --n) sum = 1 - sum * x / n;
  return sum;
}

// ln(b / a) / (b - a), the inverse of the logarithmic mean
double inverse_log_mean(double a, double b) {
  constexpr double kSeries = 0.1;
  const double z = (b - a) / (b + a);
  if (z > kSeries || z < -kSeries) return elementary::log(b / a) / (b - a);
  double sum = 0;
  for (int n = 17; n > 0; n -= 2) sum = sum * (z * z) + 1.0 / n;
  return 2 * sum / (a + b);
}

}  // namespace

MixShares mix_shares(double volume0, double volume1, double out) {
  if (out <= 0) return {};
  if (volume1 <= kDryVolume) return {1, 1};
  if (volume0 <= kDryVolume) return {1, out / (volume1 + out)};
  const double tau = inverse_log_mean(volume0, volume1), y = out * tau;
  const double stays = volume1 * tau * phi((volume1 - volume0 + out) * tau);
  return {std::clamp(y * phi(y), 0.0, 1.0), std::clamp(1 - stays, 0.0, 1.0)};
}

LakeMixing::LakeMixing(const Network& network, const Rows& rows, const std::vector<char>& of_water)
    : network_(network), rows_(rows), plans_(network.lakes.size()) {
  if (std::none_of(of_water.begin(), of_water.end(), [](char flag) { return flag != 0; })) return;
  of_water_.assign(at(rows.width), 0);
  for (int c = 0; c < std::min(rows.constituents, static_cast<int>(of_water.size())); ++c)
    for (int l = 0; l < rows.lanes; ++l) of_water_[at(rows.index(c, l))] = of_water[at(c)];
}

void LakeMixing::set_water(const WaterStep& step, const std::vector<int>& bins) {
  for (const Lake& lake : network_.lakes) {
    const Chain& chain = network_.chains[at(lake.chain)];
    Plan& p = plans_[at(lake.number)];
    p.upper_bins = bins[at(chain.upstream)];
    p.lower_bins = bins[at(chain.downstream)];
    p.sub_steps = std::lcm(p.upper_bins, p.lower_bins);
    plan(lake, step, p);
  }
}

void LakeMixing::plan(const Lake& lake, const WaterStep& step, Plan& plan) const {
  const int n = lake.layers();
  const double* face = step.face.data() + network_.first_face(lake.chain);
  plan.from_upper = face[0] > 0;
  plan.to_upper = face[0] < 0;
  plan.from_lower = face[n] < 0;
  plan.to_lower = face[n] > 0;
  plan.order.clear();
  for (int k = 0; k < n; ++k)  // what flows down, from above; then what flows up, from below
    if (k + 1 == n || face[k + 1] >= 0) plan.order.push_back(k);
  for (int k = n - 2; k >= 0; --k)
    if (face[k + 1] < 0) plan.order.push_back(k);
  plan.tanks.resize(at(plan.sub_steps * n));
  for (int s = 0; s < plan.sub_steps; ++s)
    for (int k = 0; k < n; ++k) plan.tanks[at(s * n + k)] = tank(lake, step, k, s, plan.sub_steps);
}

LakeMixing::Tank LakeMixing::tank(const Lake& lake, const WaterStep& step, int layer, int sub_step,
                                  int sub_steps) const {
  Tank tank;
  const double out = set_exits(lake, step, layer, tank) / sub_steps;
  const auto i = at(network_.chains[at(lake.chain)].first_cell + layer);
  const double evaporated = step.evaporated[i] / sub_steps;
  const auto volume = [&](int n) {
    return n == sub_steps ? step.volume1[i]
                          : step.volume0[i] + (step.volume1[i] - step.volume0[i]) * n / sub_steps;
  };
  tank.matter = mix_shares(volume(sub_step), volume(sub_step + 1), out);
  tank.water = mix_shares(volume(sub_step), volume(sub_step + 1), out + evaporated);
  tank.evaporating = evaporated > 0 ? evaporated / (out + evaporated) : 0;
  return tank;
}

// Returns the volume that leaves the layer over the whole step.
double LakeMixing::set_exits(const Lake& lake, const WaterStep& step, int layer, Tank& tank) const {
  const int n = lake.layers();
  const double* face = step.face.data() + network_.first_face(lake.chain);
  const double spilled = step.spilled[at(lake.number)], released = std::max(face[n], 0.0) - spilled;
  double out = 0;
  const auto exit = [&](Way way, double volume) {
    if (volume <= 0) return;
    tank.exits.push_back({way, volume});
    out += volume;
    if (volume > tank.exits[tank.largest].share) tank.largest = tank.exits.size() - 1;
  };
  if (layer > 0) exit(Way::above, -face[layer]);
  if (layer + 1 < n) exit(Way::below, face[layer + 1]);
  if (layer == lake.inflow_layer) exit(Way::upper_end, -face[0]);
  exit(Way::lower_end,
       (layer == 0 ? spilled : 0.0) + (layer == lake.release_layer ? std::max(released, 0.0) : 0.0));
  for (Exit& e : tank.exits) e.share /= out;
  return out;
}

// What leaves a layer, to its exits: the largest takes what the others leave.
void LakeMixing::give(const Tank& tank, const Chunk& chunk, const Plan& plan, int layer, int sub_step,
                      const double* leaving) const {
  const auto target = [&](Way way) {
    switch (way) {
      case Way::above:
        return chunk.work + (layer - 1) * kChunk;
      case Way::below:
        return chunk.work + (layer + 1) * kChunk;
      case Way::upper_end:
        return chunk.upper_bins[sub_step * plan.upper_bins / plan.sub_steps];
      default:
        return chunk.lower_bins[sub_step * plan.lower_bins / plan.sub_steps];
    }
  };
  std::array<double, kChunk> rest;
  std::copy_n(leaving, chunk.columns, rest.begin());
  for (std::size_t e = 0; e < tank.exits.size(); ++e) {
    if (e == tank.largest) continue;
    double* to = target(tank.exits[e].way);
    for (int j = 0; j < chunk.columns; ++j) {
      const double part = tank.exits[e].share * leaving[j];
      to[j] += part;
      rest[at(j)] -= part;
    }
  }
  double* to = target(tank.exits[tank.largest].way);
  for (int j = 0; j < chunk.columns; ++j) to[j] += rest[at(j)];
}

void LakeMixing::mix(int lake_number, const Chunk& chunk) const {
  const Lake& lake = network_.lakes[at(lake_number)];
  const Plan& plan = plans_[at(lake_number)];
  const int n = lake.layers(), columns = chunk.columns;
  for (int b = 0; plan.to_upper && b < plan.upper_bins; ++b) std::fill_n(chunk.upper_bins[b], columns, 0.0);
  for (int b = 0; plan.to_lower && b < plan.lower_bins; ++b) std::fill_n(chunk.lower_bins[b], columns, 0.0);
  std::fill_n(chunk.evaporated, columns, 0.0);
  std::array<double, kChunk> leaving;
  for (int s = 0; s < plan.sub_steps; ++s) {
    std::fill_n(chunk.work, n * kChunk, 0.0);
    const auto enter = [&](const double* row, int layer, int parts) {
      for (int j = 0; j < columns; ++j) chunk.work[layer * kChunk + j] += row[j] / parts;
    };
    if (plan.from_upper)
      enter(chunk.upper_bins[s * plan.upper_bins / plan.sub_steps], lake.inflow_layer,
            plan.sub_steps / plan.upper_bins);
    if (plan.from_lower)
      enter(chunk.lower_bins[s * plan.lower_bins / plan.sub_steps], lake.release_layer,
            plan.sub_steps / plan.lower_bins);
    for (int k = 0; chunk.loads && k < n; ++k) enter(chunk.loads[k], k, plan.sub_steps);
    for (const int k : plan.order) {
      const Tank& tank = plan.tanks[at(s * n + k)];
      double *m = chunk.layers[k], *in = chunk.work + k * kChunk;
      for (int j = 0; j < columns; ++j) {
        const bool own = !of_water_.empty() && of_water_[at(chunk.first + j)];
        const MixShares& shares = own ? tank.water : tank.matter;
        const double out = shares.held * m[j] + shares.entered * in[j];
        const double vapour = own ? tank.evaporating * out : 0.0;
        m[j] = m[j] + in[j] - out;
        chunk.evaporated[j] += vapour;
        leaving[at(j)] = out - vapour;
      }
      if (!tank.exits.empty()) give(tank, chunk, plan, k, s, leaving.data());
    }
  }
}

}  // namespace limpid
