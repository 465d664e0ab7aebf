#include "solvers/extent_limiter.hpp"

namespace limpid {
namespace {

// One call's arguments, named once.
struct Limiter {
  const Stoichiometry& s;
  const double* const* fields;
  const std::vector<BlockRow>& content;
  std::vector<BlockRow>& extent;
  std::vector<BlockRow>& share;
  GrossSums& sums;

  BlockValue supply(std::size_t i) const {
    return available(BlockValue::load(content[i].v)) + BlockValue::load(sums.production[i].v);
  }

  // extent *= smallest share of its reactants.
  void scale_extents() {
    for (std::size_t j = 0; j < s.rows.size(); ++j) {
      BlockValue factor = 1.0;
      for (int r = s.rows[j].first_reactant; r < s.rows[j].last_reactant; ++r)
        factor = smaller(
            BlockValue::load(share[static_cast<std::size_t>(s.reactants[static_cast<std::size_t>(r)])].v),
            factor);
      (BlockValue::load(extent[j].v) * factor).store(extent[j].v);
    }
  }

  void scale_to_supply() {
    s.sum(extent.data(), fields, sums);
    for (std::size_t i = 0; i < content.size(); ++i)
      smaller(supply(i) * (1.0 - kLimiterMargin) / BlockValue::load(sums.consumption[i].v), 1.0)
          .store(share[i].v);
    scale_extents();
  }

  // Points where a constituent is still overdrawn take no more than their content, whatever is produced.
  void scale_to_content() {
    s.sum(extent.data(), fields, sums);
    BlockValue over = 0.0;
    for (std::size_t i = 0; i < content.size(); ++i)
      over = where_greater(BlockValue::load(sums.consumption[i].v), supply(i) * (1.0 - kLimiterTolerance),
                           1.0, over);
    if (!any_greater(over, 0.0)) return;
    for (std::size_t i = 0; i < content.size(); ++i) {
      const BlockValue own = available(BlockValue::load(content[i].v)) * (1.0 - kLimiterMargin);
      const BlockValue part = smaller(own / BlockValue::load(sums.consumption[i].v), 1.0);
      where_greater(over, 0.0, part, 1.0).store(share[i].v);
    }
    scale_extents();
  }
};

}  // namespace

void limit_extents(const Stoichiometry& s, const double* const* fields, const std::vector<BlockRow>& content,
                   std::vector<BlockRow>& extent, std::vector<BlockRow>& share, GrossSums& sums) {
  Limiter limiter{s, fields, content, extent, share, sums};
  for (int pass = 0; pass < 2; ++pass) limiter.scale_to_supply();
  limiter.scale_to_content();
}

}  // namespace limpid
