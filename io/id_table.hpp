// The ids of one kind of object in a case, with where each was first given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/problem.hpp"

namespace limpid {

class IdTable {
 public:
  // unknown: the code that tells of an id that is not here (arguments: id, nearest, list).
  explicit IdTable(Code unknown) : unknown_(unknown) {}

  // Enters id as number size(); a second one of that name is E1201 and is not entered.
  bool enter(const std::string& id, const Place& place, Problems& problems);
  // Its number; nullopt without a word.
  std::optional<int> find(std::string_view id) const;
  // Its number, or nullopt with the unknown code.
  std::optional<int> require(const std::string& id, const Place& place, Problems& problems) const;
  bool contains(std::string_view id) const { return find(id).has_value(); }
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }

 private:
  struct Entry {
    int number;
    Place place;
  };
  Code unknown_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::string> names_;
  mutable int missed_ = 0;
};

std::string place_text(const Place& place);  // file:line

}  // namespace limpid
