#include "solvers/loss_mixing.hpp"

#include <algorithm>

#include "solvers/cascade.hpp"
#include "solvers/lake_mixing.hpp"
#include "solvers/pack.hpp"

namespace limpid {

LossMixing::LossMixing(const Network& network, const Rows& rows, const std::vector<char>& of_water)
    : network_(network),
      acts_(network.chains.size(), 0),
      of_water_(static_cast<std::size_t>(rows.width), 0.0) {
  const int known = std::min(rows.constituents, static_cast<int>(of_water.size()));
  for (int c = 0; c < known; ++c)
    for (int l = 0; l < rows.lanes; ++l)
      of_water_[static_cast<std::size_t>(rows.index(c, l))] =
          of_water[static_cast<std::size_t>(c)] ? 1.0 : 0.0;
}

void LossMixing::set_water(const WaterStep& step) {
  std::fill(acts_.begin(), acts_.end(), 0);
  if (step.seeped.empty()) return;
  const bool any =
      std::any_of(step.evaporated.begin(), step.evaporated.end(), [](double v) { return v > 0; }) ||
      std::any_of(step.seeped.begin(), step.seeped.end(), [](double v) { return v > 0; });
  if (!any) return;
  face_ = step.face;
  shares_.resize(step.volume1.size());
  for (std::size_t k = 0; k < acts_.size(); ++k) {
    if (network_.is_lake(static_cast<int>(k))) continue;
    const Chain& chain = network_.chains[k];
    for (int i = 0; i < chain.cells; ++i) {
      const auto cell = static_cast<std::size_t>(chain.first_cell + i);
      shares_[cell] =
          shares(step, cell, static_cast<std::size_t>(network_.first_face(static_cast<int>(k)) + i));
      if (step.evaporated[cell] + step.seeped[cell] > 0) acts_[k] = 1;
    }
  }
}

LossMixing::Shares LossMixing::shares(const WaterStep& step, std::size_t cell, std::size_t face) const {
  const double lower = std::max(step.face[face + 1], 0.0), upper = std::max(-step.face[face], 0.0);
  const double held = step.volume1[cell] + step.evaporated[cell] + step.seeped[cell];
  Shares s;
  const double lost = step.evaporated[cell] + step.seeped[cell];
  if (lost > 0) {
    s.kept = step.volume1[cell] / held;
    s.evaporates = step.evaporated[cell] / lost;
  }
  const double leaving = lower + upper + step.seeped[cell];
  s.stays = 1 - mix_shares(step.volume0[cell], step.volume1[cell], leaving).entered;
  s.seeps = leaving > 0 ? step.seeped[cell] / leaving : 0.0;
  s.down = upper > 0 ? lower / (lower + upper) : 1.0;
  return s;
}

// Each part is what another leaves, so that nothing is lost to round-off and nothing falls below 0.
void LossMixing::lose(const Shares& s, const Chunk& chunk, double* cell, double* here) const {
  const double* own = of_water_.data() + chunk.first;
  for (int j = 0; j < chunk.columns; ++j) {
    const double lost = cell[j] - s.kept * cell[j], air = s.evaporates * lost, with_water = own[j] * air;
    cell[j] -= lost;
    here[j] += air - with_water;
    chunk.seeped[j] += lost - air;
    chunk.evaporated[j] += with_water;
  }
}

void LossMixing::take(int chain, const Chunk& chunk) const {
  const Chain& c = network_.chains[static_cast<std::size_t>(chain)];
  double* passing = chunk.passing + kChunk;
  std::fill_n(chunk.passing, (c.cells + 2) * kChunk, 0.0);
  std::fill_n(chunk.seeped, chunk.columns, 0.0);
  std::fill_n(chunk.evaporated, chunk.columns, 0.0);
  follow_flow(c.cells, face_.data() + network_.first_face(chain), [&](int i) {
    const Shares& s = shares_[static_cast<std::size_t>(c.first_cell + i)];
    double *cell = chunk.cells + i * kChunk, *here = passing + i * kChunk;
    lose(s, chunk, cell, here);
    const double stays = chunk.all_stays ? 1.0 : s.stays;
    for (int j = 0; j < chunk.columns; ++j) {
      const double kept = stays * here[j], leaving = here[j] - kept, away = leaving * s.seeps;
      const double going = leaving - away, lower = going * s.down;
      cell[j] += kept;
      chunk.seeped[j] += away;
      here[j + kChunk] += lower;
      here[j - kChunk] += going - lower;
    }
  });
}

}  // namespace limpid
