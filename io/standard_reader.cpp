#include "io/standard_reader.hpp"

#include <array>
#include <cmath>

#include "io/csv.hpp"
#include "io/embedded.hpp"
#include "io/text.hpp"

namespace limpid {
namespace {

constexpr std::array<const char*, 5> kClasses{"I", "II", "III", "IV", "V"};

int decimals_of(std::string_view number) {
  const auto point = number.find('.');
  return point == number.npos ? 0 : static_cast<int>(number.size() - point - 1);
}

class ItemReader {
 public:
  ItemReader(const Table& table, Problems& problems) : table_(table), problems_(problems) {}

  bool columns_found() {
    bool all = true;
    for (const char* name :
         {"id", "name_zh", "name_en", "unit", "side", "class_river", "class_lake", "multiple", "toxic"})
      all = table_.require(name, problems_).has_value() && all;
    for (const char* name : kClasses) {
      all = table_.require(name, problems_).has_value() && all;
      all = table_.require(lake_column(name), problems_).has_value() && all;
    }
    return all;
  }

  StandardItem item(std::size_t row) {
    row_ = row;
    StandardItem item;
    item.id = table_.text(row, column("id"), problems_).value_or("");
    item.name_zh = cell("name_zh");
    item.name_en = cell("name_en");
    item.unit = cell("unit");
    item.side = side();
    item.river = limits(item, "");
    item.lake = limits(item, "lake_");
    if (!item.lake.given()) item.lake = item.river;
    item.in_class_river = flag("class_river");
    item.in_class_lake = flag("class_lake");
    item.multiple = flag("multiple");
    item.toxic = flag("toxic");
    check(item);
    return item;
  }

 private:
  static std::string lake_column(const std::string& name) { return "lake_" + name; }
  std::size_t column(std::string_view name) const { return *table_.find(name); }
  std::string cell(std::string_view name) const { return std::string(table_.field(row_, column(name)).text); }
  bool flag(std::string_view name) { return table_.boolean(row_, column(name), problems_).value_or(false); }

  LimitSide side() {
    const std::string text = cell("side");
    if (text == "at_most") return LimitSide::at_most;
    if (text == "at_least") return LimitSide::at_least;
    if (text != "range") problems_.add(Code::E1601, table_.place(row_, column("side")), {text});
    return LimitSide::range;
  }

  // One cell into class c of limits: a number, or "low-high" for a range.
  void read_limit(StandardItem& item, std::size_t at, std::size_t c, ClassLimits& limits) {
    std::string_view text = table_.field(row_, at).text;
    const Place place = table_.place(row_, at);
    if (item.side == LimitSide::range) {
      const auto dash = text.find('-');
      if (dash == text.npos) return problems_.add(Code::E1602, place, {std::string(text)});
      item.range_low = number_in(text.substr(0, dash), "range", place, problems_).value_or(0);
      text.remove_prefix(dash + 1);
    }
    limits.values[c] = number_in(text, kClasses[c], place, problems_).value_or(ClassLimits::kNone);
    limits.decimals[c] = decimals_of(text);
  }

  ClassLimits limits(StandardItem& item, const std::string& prefix) {
    ClassLimits limits;
    std::size_t given = 0;
    for (std::size_t c = 0; c < kClasses.size(); ++c) {
      const std::size_t at = column(prefix + kClasses[c]);
      if (table_.empty(row_, at)) continue;
      ++given;
      read_limit(item, at, c, limits);
    }
    if (given != 0 && given != kClasses.size())
      problems_.add(Code::E1602, table_.place(row_, column(prefix + kClasses[0])), {std::string("")});
    return limits;
  }

  // Limits must not become stricter from class I to V.
  void check(const StandardItem& item) {
    const double sign = item.side == LimitSide::at_least ? -1.0 : 1.0;
    for (const bool lake : {false, true})
      for (std::size_t c = 1; c < kClasses.size(); ++c)
        if (const auto& v = item.limits(lake).values; sign * v[c] < sign * v[c - 1])
          problems_.add(Code::E1603, table_.row_place(row_), {item.id, kClasses[c], kClasses[c - 1]});
  }

  const Table& table_;
  Problems& problems_;
  std::size_t row_ = 0;
};

}  // namespace

std::map<std::string, std::string> header_remarks(std::string_view text) {
  std::map<std::string, std::string> found;
  while (text.starts_with('#')) {
    const std::string_view line = text.substr(1, text.find('\n') - 1);
    if (const auto colon = line.find(':'); colon != line.npos)
      found.emplace(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    text.remove_prefix(std::min(text.size(), line.size() + 2));
  }
  return found;
}

Standard read_standard(std::string text, const std::string& shown, Problems& problems) {
  auto keys = header_remarks(text);
  Standard standard{keys["id"], keys["name_zh"], keys["name_en"], keys["document"], {}};
  const auto table = Table::parse(std::move(text), shown, problems);
  if (!table) return standard;
  ItemReader reader(*table, problems);
  if (!reader.columns_found()) return standard;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    StandardItem item = reader.item(row);
    if (standard.find(item.id))
      problems.add(Code::E1201, table->row_place(row), {item.id, shown});
    else
      standard.items.push_back(std::move(item));
  }
  return standard;
}

std::vector<Standard> built_in_standards() {
  std::vector<Standard> standards;
  Problems problems;
  for (const EmbeddedFile& file : embedded_files())
    if (file.name.starts_with("standards/"))
      standards.push_back(read_standard(std::string(file.content), std::string(file.name), problems));
  return standards;
}

std::optional<Standard> built_in_standard(std::string_view id) {
  for (Standard& standard : built_in_standards())
    if (standard.id == id) return std::move(standard);
  return std::nullopt;
}

}  // namespace limpid
