#include "solvers/field.hpp"

namespace limpid {

void BoundFields::bind(const std::vector<Field>& fields, bool one_lane) {
  rows_.resize(fields.size());
  expanded_.resize(fields.size());
  lying_.clear();
  spreading_.clear();
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const Field& field = fields[f];
    const bool lies = field.spread == Spread::point || one_lane;
    if (field.spread == Spread::constant) {
      rows_[f] = field.values.data();
    } else if (lies) {
      lying_.push_back({f, field.values.data()});
    } else {
      rows_[f] = expanded_[f].v;
      spreading_.push_back({field.values.data(), f});
    }
  }
}

void BoundFields::move_to(const BlockPlace& place) {
  for (const Lying& from : lying_) rows_[from.field] = from.values + place.first;
  for (const Spreading& from : spreading_) place.spread(from.values, expanded_[from.row].v);
}

}  // namespace limpid
