// The constituents that limpid knows, and the spellings that data use for them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv.hpp"
#include "model/constituent.hpp"
#include "model/problem.hpp"

namespace limpid {

struct LibraryConstituent {
  Constituent constituent;
  bool transported = true;    // false: only a quantity by formula (pH)
  bool conservative = false;  // transport alone is a sensible default
};

class ConstituentLibrary {
 public:
  // Reads the text of model/constituents.csv. Problems of the table itself are added as for any table.
  static ConstituentLibrary read(std::string text, const std::string& shown, Problems& problems);

  const std::vector<LibraryConstituent>& entries() const { return entries_; }
  std::vector<Constituent> constituents() const;
  std::vector<std::string> ids() const;
  const LibraryConstituent* find(std::string_view id) const;  // exact id, as keys must be

  // By id, name or synonym; case, blanks, - and _ do not matter, nor does a unit in brackets behind the name:
  // "氨氮(mg/L)", "NH3-N [mg/L]", "w21003". nullptr if there is none.
  const LibraryConstituent* find_by_synonym(std::string_view text) const;

 private:
  void add(LibraryConstituent entry, const Place& place, Problems& problems);

  std::vector<LibraryConstituent> entries_;
  std::map<std::string, std::size_t> by_spelling_;  // normalised
  std::map<std::size_t, Place> places_;
};

// The spelling that find_by_synonym compares.
std::string normalised_spelling(std::string_view text);

}  // namespace limpid
