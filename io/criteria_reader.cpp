#include "io/criteria_reader.hpp"

#include <algorithm>
#include <array>

#include "io/csv.hpp"
#include "io/embedded.hpp"
#include "io/item_name.hpp"
#include "io/standard_reader.hpp"
#include "io/written_value.hpp"

namespace limpid {
namespace {

constexpr std::array<const char*, 14> kColumns{"use",       "item",  "name_zh", "name_en", "unit",
                                               "statistic", "side",  "limit",   "formula", "factor",
                                               "events",    "years", "status",  "source"};

class CriterionReader {
 public:
  CriterionReader(const Table& table, Problems& problems) : table_(table), problems_(problems) {}

  bool columns_found() {
    bool all = true;
    for (const char* name : kColumns) all = table_.require(name, problems_).has_value() && all;
    return all;
  }

  Criterion criterion(std::size_t row) {
    row_ = row;
    Criterion c;
    c.use = cell("use");
    c.item = table_.text(row, column("item"), problems_).value_or("");
    c.name_zh = cell("name_zh");
    c.name_en = cell("name_en");
    c.source = cell("source");
    read_statistic(c);
    c.side = side();
    c.formula = static_cast<LimitFormula>(
        one_of("formula", cell("formula"),
               {"", "us_epa_2013_cmc_oncorhynchus", "us_epa_2013_cmc", "us_epa_2013_ccc"}));
    read_limit(c);
    c.factor = table_.number_or(row, column("factor"), 1, problems_).value_or(1);
    c.events = whole("events");
    c.years = whole("years");
    c.verified = one_of("status", cell("status"), {"unverified", "verified"}) == 1;
    return c;
  }

 private:
  std::size_t column(std::string_view name) const { return *table_.find(name); }
  std::string cell(std::string_view name) const { return std::string(table_.field(row_, column(name)).text); }
  Place place(std::string_view name) const { return table_.place(row_, column(name)); }
  int whole(std::string_view name) {
    return static_cast<int>(table_.integer(row_, column(name), problems_).value_or(0));
  }

  // Its index among the allowed words; 0 with E1105 if it is none.
  std::size_t one_of(const char* name, const std::string& word, const std::vector<std::string>& allowed) {
    const auto found = std::ranges::find(allowed, word);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    problems_.add(Code::E1105, place(name), {name, word, nearest_of(word, allowed), listed(allowed)});
    return 0;
  }

  // "mean_of_days:30": the word and its span.
  void read_statistic(Criterion& c) {
    std::vector<std::string> words;
    for (int s = 0; s <= static_cast<int>(CriterionStatistic::annual_percentile); ++s)
      words.emplace_back(statistic_text(static_cast<CriterionStatistic>(s)));
    const std::string text = cell("statistic");
    const std::size_t colon = text.find(':');
    c.statistic = static_cast<CriterionStatistic>(one_of("statistic", text.substr(0, colon), words));
    if (colon != text.npos)
      c.span = static_cast<int>(
          number_in(text.substr(colon + 1), "statistic", place("statistic"), problems_).value_or(1));
  }

  LimitSide side() {
    const std::string text = cell("side");
    if (text == "at_most") return LimitSide::at_most;
    if (text == "at_least") return LimitSide::at_least;
    if (text != "range") problems_.add(Code::E1601, place("side"), {text});
    return LimitSide::range;
  }

  // A formula's ratio is compared with 1.
  void read_limit(Criterion& c) {
    std::string text = cell("limit");
    const std::size_t dash = text.find('-');
    const bool range = c.side == LimitSide::range;
    if (text.empty() != (c.formula != LimitFormula::none) || (range && dash == text.npos))
      return problems_.add(Code::E1611, place("limit"), {c.item, text});
    c.limit = 1;
    if (text.empty()) return;
    const double factor = factor_to_milligrams(c);
    if (range)
      c.low = factor * number_in(text.substr(0, dash), "limit", place("limit"), problems_).value_or(0);
    if (range) text = text.substr(dash + 1);
    c.limit = factor * number_in(text, "limit", place("limit"), problems_).value_or(0);
  }

  double factor_to_milligrams(const Criterion& c) {
    StandardItem item;
    item.id = c.item;
    item.unit = "mg/L";
    return factor_to_item_unit(cell("unit"), item, place("unit"), problems_).value_or(1);
  }

  const Table& table_;
  Problems& problems_;
  std::size_t row_ = 0;
};

std::vector<CriteriaSet> read_built_in() {
  std::vector<CriteriaSet> sets;
  Problems problems;
  for (const EmbeddedFile& file : embedded_files())
    if (file.name.starts_with("criteria/"))
      sets.push_back(read_criteria(std::string(file.content), std::string(file.name), problems));
  return sets;
}

std::vector<std::string> ids() {
  std::vector<std::string> ids;
  for (const CriteriaSet& set : built_in_criteria()) ids.push_back(set.id);
  return ids;
}

const CriteriaSet* find_set(const std::string& id) {
  const auto it = std::ranges::find(built_in_criteria(), id, &CriteriaSet::id);
  return it == built_in_criteria().end() ? nullptr : &*it;
}

std::vector<Criterion> of_use(const CriteriaSet& set, const std::string& use) {
  std::vector<Criterion> list;
  for (const Criterion& c : set.criteria)
    if (c.use.empty() || c.use == use) list.push_back(c);
  return list;
}

}  // namespace

CriteriaSet read_criteria(std::string text, const std::string& shown, Problems& problems) {
  auto keys = header_remarks(text);
  CriteriaSet set{keys["id"], keys["name_zh"], keys["name_en"], keys["document"], {}};
  const auto table = Table::parse(std::move(text), shown, problems);
  if (!table) return set;
  CriterionReader reader(*table, problems);
  if (!reader.columns_found()) return set;
  for (std::size_t row = 0; row < table->rows(); ++row) set.criteria.push_back(reader.criterion(row));
  return set;
}

const std::vector<CriteriaSet>& built_in_criteria() {
  static const std::vector<CriteriaSet> kSets = read_built_in();
  return kSets;
}

std::vector<ChosenCriteria> choose_criteria(const std::vector<std::string>& chosen, const Place& place,
                                            Problems& problems) {
  std::vector<ChosenCriteria> list;
  for (const std::string& text : chosen) {
    const std::size_t colon = text.find(':');
    const std::string id = text.substr(0, colon);
    const std::string use = colon == text.npos ? "" : text.substr(colon + 1);
    const CriteriaSet* set = find_set(id);
    if (!set) {
      problems.add(Code::E1608, place, {id, nearest_of(id, ids()), listed(ids())});
      continue;
    }
    const std::vector<std::string> uses = set->uses();
    const bool known = std::ranges::find(uses, use) != uses.end();
    if (!known && !(uses.empty() && use.empty())) {
      problems.add(Code::E1609, place, {id, use, nearest_of(use, uses), listed(uses)});
      continue;
    }
    list.push_back({text, set, of_use(*set, use)});
  }
  return list;
}

std::vector<ChosenCriteria> chosen_or_failure(const std::vector<std::string>& chosen) {
  Problems problems;
  auto list = choose_criteria(chosen, {}, problems);
  if (problems.has_errors()) throw Failure(problems.sorted().front());
  return list;
}

Problem unknown_standard(const std::string& id, const Place& place) {
  if (find_set(id.substr(0, id.find(':')))) return {Code::E1610, place, {id}};
  std::vector<std::string> names;
  for (const Standard& known : built_in_standards()) names.push_back(known.id);
  return {Code::E1217, place, {id, nearest_of(id, names), listed(names)}};
}

}  // namespace limpid
