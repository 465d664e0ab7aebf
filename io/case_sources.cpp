// [sources]: the inventory of inflows, loads and abstractions, and their monthly patterns.
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/constituent_columns.hpp"
#include "io/ph_input.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr int kMonths = 12;
constexpr int kReturn = 4;                 // among the kinds of the column
constexpr double kLargestPlausible = 1e3;  // mg/L of raw industrial waste water; kg/d of one large source

class SourceReading {
 public:
  SourceReading(CaseReading& reading, const DeclaredTable& rows,
                const std::vector<ConstituentColumn>& columns)
      : reading_(reading), rows_(rows), columns_(columns) {}

  void read(std::size_t row) {
    row_ = row;
    source_ = {};
    source_.id = rows_.text(row, "id");
    source_.name_zh = rows_.text(row, "name_zh");
    source_.name_en = rows_.text(row, "name_en");
    source_.sector = rows_.text(row, "sector");
    source_.county = rows_.text(row, "county");
    source_.permit = rows_.text(row, "permit");
    source_.place = rows_.place(row, "id");
    const auto kind = rows_.choice(row, "kind");
    is_return_ = kind == kReturn;
    source_.kind = is_return_ ? SourceKind::point : static_cast<SourceKind>(kind.value_or(1));
    if (kind) read_place();
    read_return();
    if (!is_return_) read_flow();
    read_pattern();
    source_.loads.resize(reading_.result.basin.constituents.size());
    for (const ConstituentColumn& column : columns_)
      if (!column.ph && !column.removal) read_load(column);
    for (const ConstituentColumn& column : columns_)
      if (column.removal) read_removal(column);
    for (const ConstituentColumn& column : columns_)
      if (column.ph) read_ph(column);
    const auto carries = rows_.boolean(row, "carries_water");
    const bool placed = source_.node >= 0 || source_.reach >= 0;
    if (!placed) reading_.sources_whole = false;
    if (!reading_.sources.enter(source_.id, source_.place, reading_.problems)) {
      reading_.sources_whole = false;
      return;
    }
    if (is_return_)
      reading_.returns.push_back({static_cast<int>(reading_.result.basin.sources.size()),
                                  rows_.text(row_, "of"), rows_.place(row_, "of")});
    reading_.carries_given.push_back(carries);
    reading_.result.basin.sources.push_back(std::move(source_));
  }

 private:
  void no_place(const char* columns) {
    reading_.problems.add(Code::E1225, rows_.row_place(row_),
                          {rows_.text(row_, "kind"), source_.id, columns});
  }

  void read_place() {
    const bool at_node = !rows_.empty(row_, "node"), at_reach = !rows_.empty(row_, "reach");
    if (at_node && reading_.nodes.size() > 0)
      source_.node =
          reading_.nodes.require(rows_.text(row_, "node"), rows_.place(row_, "node"), reading_.problems)
              .value_or(-1);
    if (at_reach && reading_.reaches.size() > 0)
      source_.reach =
          reading_.reaches.require(rows_.text(row_, "reach"), rows_.place(row_, "reach"), reading_.problems)
              .value_or(-1);
    const bool diffuse = source_.kind == SourceKind::diffuse;
    if (source_.kind == SourceKind::boundary && !at_node) return no_place("node");
    if (diffuse && !at_reach) return no_place("reach");
    if (!at_node && (!at_reach || (!diffuse && rows_.empty(row_, "chainage"))))
      return no_place("reach, chainage");
    if (source_.reach >= 0 && !at_node) read_chainage(diffuse);
  }

  void read_chainage(bool diffuse) {
    const Reach& reach = reading_.raw_reaches[static_cast<std::size_t>(source_.reach)];
    source_.chainage = rows_.quantity(row_, "chainage").value_or(0);
    source_.end_chainage =
        diffuse ? rows_.quantity(row_, "end_chainage").value_or(reach.length) : source_.chainage;
    for (const auto& [column, value] :
         {std::pair("chainage", source_.chainage), std::pair("end_chainage", source_.end_chainage)})
      if (reach.length > 0 && (value < 0 || value > reach.length) && !rows_.empty(row_, column))
        reading_.problems.add(Code::E1226, rows_.place(row_, column),
                              {source_.id, number_text(value), reach.id, number_text(reach.length)});
    if (diffuse && source_.end_chainage <= source_.chainage)
      reading_.problems.add(
          Code::E1330, rows_.place(row_, "end_chainage"),
          {"end_chainage", number_text(source_.end_chainage) + " m",
           "> " + number_text(source_.chainage) + " m", "> " + number_text(source_.chainage) + " m"});
  }

  void no_meaning(const Place& place, const std::string& what, const char* en, const char* zh) {
    reading_.problems.add(Code::E1416, place, {source_.id, what, en, zh});
  }

  // What a return has and what only a return has.
  void read_return() {
    for (const char* id : {"of", "share"}) {
      const bool given = !rows_.empty(row_, id);
      const Key& key = declared(columns(), "sources.csv", id);
      if (is_return_ && !given)
        reading_.problems.add(Code::E1111, rows_.row_place(row_), {id, "kind = return", key.en, key.zh});
      if (!is_return_ && given)
        no_meaning(rows_.place(row_, id), id, "where nothing comes back (kind = return)",
                   "只有退水（kind 为 return）才可填写");
    }
    if (!is_return_) return;
    if (!rows_.empty(row_, "flow"))
      no_meaning(rows_.place(row_, "flow"), "flow", "as a return has what its abstraction gets",
                 "退水流量由取水量决定");
    const double share = rows_.quantity(row_, "share").value_or(0);
    if (share >= 0 && share <= 1)
      source_.return_share = share;
    else
      reading_.problems.add(Code::E1330, rows_.place(row_, "share"),
                            {"share", rows_.text(row_, "share"), "0 .. 1", "0 .. 1"});
  }

  void read_removal(const ConstituentColumn& column) {
    const std::string_view text = rows_.table().field(row_, column.column).text;
    if (text.empty()) return;
    const Place place = rows_.table().place(row_, column.column);
    const std::string head = rows_.table().columns()[column.column].head;
    if (!is_return_)
      return no_meaning(place, head, "where nothing comes back (kind = return)",
                        "只有退水（kind 为 return）才可填写");
    if (source_.loads[static_cast<std::size_t>(column.constituent)].kind == SourceLoad::Kind::concentration)
      return no_meaning(place, head, "beside a concentration, which replaces what was taken",
                        "已给出浓度，浓度取代所取水的浓度");
    const auto share = cell(column.column, column.dimension, column.unit, {});
    if (!share) return;
    if (!share->is_constant() || share->at(0) < 0 || share->at(0) > 1)
      return reading_.problems.add(Code::E1330, place, {head, std::string(text), "0 .. 100 %", "0 .. 100 %"});
    source_.removal.resize(source_.loads.size(), 0.0);
    source_.removal[static_cast<std::size_t>(column.constituent)] = share->at(0);
  }

  std::optional<Series> cell(std::size_t column, const NamedUnit& unit, const std::optional<Unit>& head,
                             std::string_view species) {
    const Column& named = rows_.table().columns()[column];
    return read_series_cell(reading_, {rows_.table().field(row_, column).text,
                                       rows_.table().place(row_, column), named.head, unit, head, species});
  }

  void not_negative(const Series& series, std::size_t column) {
    if (series.minimum() >= 0) return;
    const Column& named = rows_.table().columns()[column];
    reading_.problems.add(Code::E1330, rows_.table().place(row_, column),
                          {named.head, number_text(series.minimum()), ">= 0", ">= 0"});
  }

  void read_flow() {
    const auto column = rows_.table().find("flow");
    if (!column) return;
    if (rows_.table().empty(row_, *column)) return;  // a load alone
    const auto flow = cell(*column, unit::cubic_metre_per_second, rows_.head_unit("flow"), {});
    source_.flow = flow.value_or(Series::constant(1));  // 1 in place of what was refused: there is a flow
    if (!flow) return;
    not_negative(source_.flow, *column);
    const double high = source_.kind == SourceKind::boundary ? 3e4 : 100;
    if (flow->is_constant())
      check_plausible(flow->at(0), rows_.table().field(row_, *column).text, unit::cubic_metre_per_second,
                      1e-6, high, rows_.place(row_, "flow"), "flow", reading_.problems);
  }

  void read_pattern() {
    pattern_.reset();
    if (rows_.empty(row_, "pattern")) return;
    pattern_ = reading_.patterns.require(rows_.text(row_, "pattern"), rows_.place(row_, "pattern"),
                                         reading_.problems);
  }

  void read_load(const ConstituentColumn& column) {
    const std::string_view text = rows_.table().field(row_, column.column).text;
    if (text.empty()) return;
    const Constituent& constituent = reading_.constituent(column.constituent);
    SourceLoad& load = source_.loads[static_cast<std::size_t>(column.constituent)];
    const Place place = rows_.table().place(row_, column.column);
    if (load.kind != SourceLoad::Kind::none)
      return reading_.problems.add(Code::E1336, place, {source_.id, constituent.id});
    load = {column.kind, Series::constant(1)};  // 1 in place of what is refused: there is a load
    if (!column.unit) return;
    auto series = cell(column.column, column.dimension, column.unit, species_of(constituent));
    if (!series) return;
    if (constituent.non_negative) not_negative(*series, column.column);
    if (series->is_constant() && constituent.basis == AmountBasis::gram)
      check_plausible(series->at(0), text, column.dimension, 0, kLargestPlausible, place, constituent.id,
                      reading_.problems);
    if (pattern_) *series = patterned(*series, column, place);
    if (column.kind == SourceLoad::Kind::concentration && !is_return_ && source_.flow.is_zero() &&
        !series->is_zero())
      reading_.problems.add(Code::E1337, place, {source_.id, constituent.id});
    load.series = std::move(*series);
  }

  // At the source's own alkalinity, which must be a constant concentration, and its temperature (else 20
  // degC).
  void read_ph(const ConstituentColumn& column) {
    if (rows_.table().empty(row_, column.column)) return;
    const auto ph = rows_.table().number(row_, column.column, reading_.problems);
    const Place place = rows_.table().place(row_, column.column);
    const std::string text(rows_.table().field(row_, column.column).text);
    if (!ph || !check_ph(*ph, "pH", text, place, reading_.problems)) return;
    SourceLoad& load = source_.loads[static_cast<std::size_t>(column.constituent)];
    if (load.kind != SourceLoad::Kind::none)
      return reading_.problems.add(Code::E1336, place,
                                   {source_.id, reading_.constituent(column.constituent).id});
    const auto constant = [&](const char* id) -> std::optional<double> {
      const int c = reading_.result.basin.constituent(id);
      if (c < 0) return std::nullopt;
      const SourceLoad& of = source_.loads[static_cast<std::size_t>(c)];
      const bool given = of.kind == SourceLoad::Kind::concentration && of.series.is_constant();
      return given ? std::optional(of.series.at(0)) : std::nullopt;
    };
    const auto alkalinity = constant("alkalinity");
    if (!alkalinity)
      return reading_.problems.add(Code::E1103, place,
                                   {"alkalinity", "source \"" + source_.id + "\"",
                                    "a constant concentration, by which its pH becomes inorganic carbon",
                                    "恒定浓度，用于由 pH 换算无机碳"});
    const double carbon = inorganic_carbon_of(*ph, *alkalinity, constant("temperature").value_or(20));
    if (carbon < 0) return reading_.problems.add(Code::E1339, place, {"pH", text});
    load = {SourceLoad::Kind::concentration, Series::constant(carbon)};
  }

  Series patterned(const Series& series, const ConstituentColumn& column, const Place& place) {
    if (series.is_constant())
      return monthly(reading_, series.at(0), reading_.pattern_factors[static_cast<std::size_t>(*pattern_)]);
    reading_.problems.add(
        Code::E1335, place,
        {source_.id, rows_.text(row_, "pattern"), rows_.table().columns()[column.column].head});
    return series;
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  const std::vector<ConstituentColumn>& columns_;
  std::size_t row_ = 0;
  Source source_;
  bool is_return_ = false;
  std::optional<int> pattern_;
};

}  // namespace

void read_patterns(CaseReading& reading) {
  const KeyTable keys = reading.table("sources");
  if (!keys.has("patterns")) return;
  const Table* table = reading.csv(keys, "patterns");
  if (!table) return;
  const DeclaredTable rows(*table, "patterns.csv", reading.offset, reading.problems);
  std::vector<std::optional<std::size_t>> months;
  std::vector<std::string> names;
  for (int m = 1; m <= kMonths; ++m) {
    const std::string name = (m < 10 ? "m0" : "m") + std::to_string(m);
    months.push_back(table->require(name, reading.problems));
    names.push_back(name);
  }
  rows.refuse_others(names);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    std::vector<double> factors;
    for (const auto& month : months)
      factors.push_back(month ? table->number(row, *month, reading.problems).value_or(1) : 1);
    if (reading.patterns.enter(rows.text(row, "id"), rows.place(row, "id"), reading.problems))
      reading.pattern_factors.push_back(std::move(factors));
  }
}

Series monthly(const CaseReading& reading, double value, const std::vector<double>& factors) {
  if (reading.spans.empty()) return Series::constant(value);
  double begin = reading.spans.front().begin, end = reading.spans.front().end;
  for (const RecordSpan& span : reading.spans) {
    begin = std::min(begin, span.begin);
    end = std::max(end, span.end);
  }
  const auto instant = [](double t) { return Time(std::chrono::seconds(static_cast<std::int64_t>(t))); };
  std::vector<double> times, values;
  // One month more than is read, so that the series' last interval covers the last month, whatever its
  // length.
  for (Month month = Month::of(instant(begin), reading.offset);
       month.index < 2 + Month::of(instant(end), reading.offset).index; ++month.index) {
    times.push_back(seconds_of(month.begin(reading.offset)));
    values.push_back(value * factors[static_cast<std::size_t>(month.month() - 1)]);
  }
  return {std::move(times), std::move(values), Interpolation::step_mean};
}

void read_sources(CaseReading& reading) {
  const KeyTable keys = reading.table("sources");
  keys.refuse_unknown();
  const Table* table = reading.csv(keys, "inventory");
  reading.sources_whole = table && !reading.files.damaged(table->file());
  if (!table) return;
  const DeclaredTable rows(*table, "sources.csv", reading.offset, reading.problems);
  const std::vector<ConstituentColumn> columns = constituent_columns(reading, rows);
  SourceReading source(reading, rows, columns);
  for (std::size_t row = 0; row < rows.rows(); ++row) source.read(row);
  link_returns(reading);
}

}  // namespace limpid
