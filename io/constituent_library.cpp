#include "io/constituent_library.hpp"

#include <array>
#include <optional>
#include <utility>

#include "io/text.hpp"

namespace limpid {
namespace {

template <class Value, std::size_t n>
std::optional<Value> one_of(const Table& table, std::size_t row, std::size_t column,
                            const std::array<std::pair<const char*, Value>, n>& choices, Problems& problems) {
  std::string allowed;
  for (const auto& [word, value] : choices) {
    if (table.field(row, column).text == word) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string(word);
  }
  problems.add(Code::E1308, table.place(row, column),
               {std::string(table.field(row, column).text), table.columns()[column].name, allowed});
  return std::nullopt;
}

constexpr std::array<std::pair<const char*, AmountBasis>, 5> kBases{{{"gram", AmountBasis::gram},
                                                                     {"count", AmountBasis::count},
                                                                     {"mole", AmountBasis::mole},
                                                                     {"heat", AmountBasis::heat},
                                                                     {"age", AmountBasis::age}}};
constexpr std::array<std::pair<const char*, Phase>, 4> kPhases{{{"dissolved", Phase::dissolved},
                                                                {"particulate", Phase::particulate},
                                                                {"mixed", Phase::mixed},
                                                                {"attached", Phase::attached}}};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    if (const auto part = trimmed(text.substr(0, bar)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(bar == std::string_view::npos ? text.size() : bar + 1);
  }
  return parts;
}

// The columns of the table; read_row takes their positions in this order.
constexpr std::array kColumns{"id",           "name_zh",    "name_en", "basis",        "phase",
                              "nitrogen",     "phosphorus", "carbon",  "non_negative", "transported",
                              "conservative", "cf_name",    "synonyms"};

std::optional<LibraryConstituent> read_row(const Table& t, std::size_t row,
                                           const std::array<std::size_t, kColumns.size()>& at,
                                           Problems& problems) {
  const auto basis = one_of(t, row, at[3], kBases, problems);
  const auto phase = one_of(t, row, at[4], kPhases, problems);
  const auto nitrogen = t.number(row, at[5], problems), phosphorus = t.number(row, at[6], problems);
  const auto carbon = t.number(row, at[7], problems);
  const auto non_negative = t.boolean(row, at[8], problems), transported = t.boolean(row, at[9], problems);
  const auto conservative = t.boolean(row, at[10], problems);
  const auto id = t.text(row, at[0], problems);
  if (!basis || !phase || !nitrogen || !phosphorus || !carbon || !non_negative || !transported ||
      !conservative || !id)
    return std::nullopt;
  const auto text = [&](std::size_t column) { return std::string(t.field(row, at[column]).text); };
  return LibraryConstituent{{*id,
                             text(1),
                             text(2),
                             *basis,
                             text(11),
                             *phase,
                             {*nitrogen, *phosphorus, *carbon},
                             *non_negative,
                             split(t.field(row, at[12]).text)},
                            *transported,
                            *conservative};
}

// The text before a bracket that ends it, or the whole text.
std::string_view without_bracket(std::string_view text) {
  const bool ends = text.ends_with(')') || text.ends_with(']');
  const std::size_t open = text.find_first_of("([");
  return ends && open != std::string_view::npos && open > 0 ? text.substr(0, open) : text;
}

}  // namespace

std::string normalised_spelling(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kSame{{{" ", ""},
                                                                                        {"\t", ""},
                                                                                        {"-", ""},
                                                                                        {"_", ""},
                                                                                        {"—", ""},
                                                                                        {"–", ""},
                                                                                        {"₀", "0"},
                                                                                        {"₁", "1"},
                                                                                        {"₂", "2"},
                                                                                        {"₃", "3"},
                                                                                        {"₄", "4"},
                                                                                        {"₅", "5"},
                                                                                        {"₆", "6"},
                                                                                        {"⁺", "+"},
                                                                                        {"⁻", ""}}};
  std::string s = lower_ascii(to_ascii_digits(text));
  for (const auto& [from, to] : kSame) s = replace_all(s, from, to);
  return s;
}

void ConstituentLibrary::add(LibraryConstituent entry, const Place& place, Problems& problems) {
  const std::size_t index = entries_.size();
  std::vector<std::string> spellings = entry.constituent.synonyms;
  for (const std::string* name :
       {&entry.constituent.id, &entry.constituent.name_zh, &entry.constituent.name_en})
    spellings.push_back(*name);
  for (const std::string& spelling : spellings) {
    const auto [at, fresh] = by_spelling_.emplace(normalised_spelling(spelling), index);
    if (fresh || at->second == index) continue;
    const Place& first = places_[at->second];
    problems.add(Code::E1201, place, {spelling, first.file + ":" + std::to_string(first.line)});
  }
  places_[index] = place;
  entries_.push_back(std::move(entry));
}

ConstituentLibrary ConstituentLibrary::read(std::string text, const std::string& shown, Problems& problems) {
  ConstituentLibrary library;
  const auto table = Table::parse(std::move(text), shown, problems);
  if (!table) return library;
  std::array<std::size_t, kColumns.size()> at{};
  bool complete = true;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto column = table->require(kColumns[i], problems);
    complete = complete && column.has_value();
    at[i] = column.value_or(0);
  }
  for (std::size_t row = 0; complete && row < table->rows(); ++row)
    if (auto entry = read_row(*table, row, at, problems))
      library.add(std::move(*entry), table->place(row, at[0]), problems);
  return library;
}

std::vector<Constituent> ConstituentLibrary::constituents() const {
  std::vector<Constituent> all;
  for (const LibraryConstituent& entry : entries_) all.push_back(entry.constituent);
  return all;
}

std::vector<std::string> ConstituentLibrary::ids() const {
  std::vector<std::string> all;
  for (const LibraryConstituent& entry : entries_) all.push_back(entry.constituent.id);
  return all;
}

const LibraryConstituent* ConstituentLibrary::find(std::string_view id) const {
  for (const LibraryConstituent& entry : entries_)
    if (entry.constituent.id == id) return &entry;
  return nullptr;
}

const LibraryConstituent* ConstituentLibrary::find_by_synonym(std::string_view text) const {
  const std::string whole = normalised_spelling(text);
  // The whole text first: "铬(六价)" is a name, its bracket no unit.
  for (const std::string_view spelling : {std::string_view(whole), without_bracket(whole)}) {
    const auto found = by_spelling_.find(std::string(spelling));
    if (found != by_spelling_.end()) return &entries_[found->second];
  }
  return nullptr;
}

}  // namespace limpid
