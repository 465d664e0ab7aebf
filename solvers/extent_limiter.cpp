#include "solvers/extent_limiter.hpp"

namespace limpid {
namespace {

// extent *= smallest share of its reactants.
void scale_extents(const Stoichiometry& s, const std::vector<BlockRow>& share,
                   std::vector<BlockRow>& extent) {
  for (std::size_t j = 0; j < s.rows.size(); ++j) {
    Octet factor = 1.0;
    for (int r = s.rows[j].first_reactant; r < s.rows[j].last_reactant; ++r) {
      const auto column = static_cast<std::size_t>(s.reactants[static_cast<std::size_t>(r)]);
      factor = smaller(Octet::load(share[column].v), factor);
    }
    (Octet::load(extent[j].v) * factor).store(extent[j].v);
  }
}

void scale_to_supply(const Stoichiometry& s, const double* const* fields,
                     const std::vector<BlockRow>& content, std::vector<BlockRow>& extent,
                     std::vector<BlockRow>& share) {
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    const GrossSums sums = gross_sums(s, s.columns[i], fields, extent[0].v);
    const Octet supply = available(Octet::load(content[i].v)) + sums.production;
    smaller(supply * (1.0 - kLimiterMargin) / sums.consumption, 1.0).store(share[i].v);
  }
  scale_extents(s, share, extent);
}

// Points where a constituent is still overdrawn take no more than their content, whatever is produced.
void scale_to_content(const Stoichiometry& s, const double* const* fields,
                      const std::vector<BlockRow>& content, std::vector<BlockRow>& extent,
                      std::vector<BlockRow>& share) {
  Octet over = 0.0;
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    const GrossSums sums = gross_sums(s, s.columns[i], fields, extent[0].v);
    const Octet supply = available(Octet::load(content[i].v)) + sums.production;
    over = where_greater(sums.consumption, supply * (1.0 - kLimiterTolerance), 1.0, over);
  }
  if (!any_greater(over, 0.0)) return;
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    const Octet consumption = gross_sums(s, s.columns[i], fields, extent[0].v).consumption;
    const Octet own =
        smaller(available(Octet::load(content[i].v)) * (1.0 - kLimiterMargin) / consumption, 1.0);
    where_greater(over, 0.0, own, 1.0).store(share[i].v);
  }
  scale_extents(s, share, extent);
}

}  // namespace

void limit_extents(const Stoichiometry& s, const double* const* fields, const std::vector<BlockRow>& content,
                   std::vector<BlockRow>& extent, std::vector<BlockRow>& share) {
  for (int pass = 0; pass < 2; ++pass) scale_to_supply(s, fields, content, extent, share);
  scale_to_content(s, fields, content, extent, share);
}

}  // namespace limpid
