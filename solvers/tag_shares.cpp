#include "solvers/tag_shares.hpp"

#include <algorithm>

#include "solvers/extent_limiter.hpp"

namespace limpid {

namespace {

// Share of the mean content up to which w is 1/2. Beyond, a sub-step is too long for its order to mean
// anything.
constexpr double kNearlyAll = 0.9;

}  // namespace

TagShares::TagShares(const TagRules& rules)
    : amount(rules.tags()),
      booked(rules.bookings.size() * rules.groups),
      rules_(rules),
      share_(rules.tags()),
      produced_(rules.tags()) {}

void TagShares::clear() {
  std::fill(booked.begin(), booked.end(), BlockRow{});
}

void TagShares::step(const std::vector<BlockRow>& total, const std::vector<BlockRow>& after,
                     const std::vector<BlockRow>& extent, const GrossSums& sums, const BlockRow& volume,
                     const double* const* fields) {
  total_ = total.data();
  after_ = after.data();
  extent_ = extent.data();
  sums_ = &sums;
  fields_ = fields;
  volume_ = BlockValue::load(volume.v);
  find_shares(false);
  produce(false);
  find_shares(true);
  produce(true);
  find_shares(true);
  use();
}

// What a term makes or uses [amount].
BlockValue TagShares::quantity(const TagRules::Term& term) const {
  return volume_ * BlockValue::load(fields_[term.nu]) * BlockValue::load(extent_[term.row].v);
}

void TagShares::find_shares(bool with_products) {
  const std::size_t groups = rules_.groups;
  for (std::size_t t = 0; t < rules_.tagged.size(); ++t) {
    const auto column = static_cast<std::size_t>(rules_.tagged[t].column);
    const BlockValue total = BlockValue::load(total_[column].v),
                     used = volume_ * BlockValue::load(sums_->consumption[column].v),
                     made = with_products ? volume_ * BlockValue::load(sums_->production[column].v)
                                          : BlockValue(0.0);
    const BlockValue half = total + made * 0.5;
    const BlockValue weight =
        with_products ? where_greater(used, half * kNearlyAll, 1.0, 0.5) : BlockValue(0.0);
    const BlockValue content = total + weight * made;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t i = t * groups + g;
      BlockValue part = BlockValue::load(amount[i].v);
      if (with_products) part += weight * BlockValue::load(produced_[i].v);
      const double none = g + 1 == groups ? 1.0 : 0.0;  // an empty total has the rest's share only
      where_greater(content, kNegligibleContent, part / content, none).store(share_[i].v);
    }
  }
}

void TagShares::produce(bool book) {
  std::fill(produced_.begin(), produced_.end(), BlockRow{});
  for (const TagRules::Term& term : rules_.terms)
    if (!term.consumes) hand_on(term, book);
}

void TagShares::hand_on(const TagRules::Term& term, bool book) {
  const std::size_t groups = rules_.groups, to = term.tagged * groups, account = term.booking * groups;
  const auto give = [&](std::size_t group, const BlockValue& part) {
    (BlockValue::load(produced_[to + group].v) + part).store(produced_[to + group].v);
    if (book) (BlockValue::load(booked[account + group].v) + part).store(booked[account + group].v);
  };
  const BlockValue made = quantity(term);
  BlockValue element = 0.0;
  for (std::size_t d = term.first_donor; d < term.last_donor; ++d)
    element += BlockValue::load(fields_[rules_.donors[d].nu]) * rules_.donors[d].element;
  BlockValue rest = 0.0;
  for (std::size_t d = term.first_donor; d < term.last_donor; ++d) {
    const TagRules::Donor& donor = rules_.donors[d];
    const BlockValue part = BlockValue::load(fields_[donor.nu]) * donor.element / element;
    const BlockValue mine = made * where_greater(element, 0.0, part, 0.0);
    if (donor.tagged < 0) {
      rest += mine;
      continue;
    }
    const std::size_t from = static_cast<std::size_t>(donor.tagged) * groups;
    for (std::size_t g = 0; g < groups; ++g) give(g, mine * BlockValue::load(share_[from + g].v));
  }
  give(groups - 1, where_greater(element, 0.0, rest, made));
}

void TagShares::use() {
  const std::size_t groups = rules_.groups;
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const auto column = static_cast<std::size_t>(rules_.tagged[i / groups].column);
    const BlockValue total = BlockValue::load(total_[column].v),
                     made = volume_ * BlockValue::load(sums_->production[column].v),
                     used = volume_ * BlockValue::load(sums_->consumption[column].v), all = total + made;
    const BlockValue whole = BlockValue::load(amount[i].v) + BlockValue::load(produced_[i].v);
    const BlockValue less = whole - used * BlockValue::load(share_[i].v),
                     part = whole * (BlockValue::load(after_[column].v) / all);
    const BlockValue kept = where_greater(used, (total + made * 0.5) * kNearlyAll, part, less);
    where_greater(all, kNegligibleContent, kept, less).store(amount[i].v);
  }
  for (const TagRules::Term& term : rules_.terms) {
    if (!term.consumes) continue;
    const BlockValue used = quantity(term);
    for (std::size_t g = 0; g < groups; ++g) {
      double* sum = booked[term.booking * groups + g].v;
      (BlockValue::load(sum) - used * BlockValue::load(share_[term.tagged * groups + g].v)).store(sum);
    }
  }
}

}  // namespace limpid
