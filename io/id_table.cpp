#include "io/id_table.hpp"

#include "io/written_value.hpp"

namespace limpid {

namespace {
constexpr int kNearestSought = 50;  // as many problems as are shown; the search is costly in large tables
}

bool IdTable::enter(const std::string& id, const Place& place, Problems& problems) {
  const auto [found, fresh] = entries_.try_emplace(id, Entry{static_cast<int>(names_.size()), place});
  if (fresh)
    names_.push_back(id);
  else
    problems.add(Code::E1201, place, {id, place_text(found->second.place)});
  return fresh;
}

std::optional<int> IdTable::find(std::string_view id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? std::nullopt : std::optional<int>(found->second.number);
}

std::optional<int> IdTable::require(const std::string& id, const Place& place, Problems& problems) const {
  const auto number = find(id);
  if (number) return number;
  const std::string nearest = missed_++ < kNearestSought ? nearest_of(id, names_) : "-";
  problems.add(unknown_, place, {id, nearest, listed(names_)});
  return std::nullopt;
}

std::string place_text(const Place& place) {
  return place.line > 0 ? place.file + ":" + std::to_string(place.line) : place.file;
}

}  // namespace limpid
