// [network] lakes, lake_layers: lakes and reservoirs, set into the network's tables at their nodes.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/units.hpp"
#include "model/bed.hpp"

namespace limpid {

namespace {

void out_of_range(CaseReading& reading, const Place& place, const std::string& what, double value,
                  const std::string& range) {
  reading.problems.add(Code::E1330, place, {what, number_text(value), range, range});
}

// What a curve or a layer says of a lake, in en and zh.
struct Wanted {
  const char *en, *zh;
};

class CurveReading {
 public:
  CurveReading(CaseReading& reading, const std::string& lake, const DeclaredTable& rows)
      : reading_(reading), lake_(lake), rows_(rows) {}

  // False if some value cannot stand.
  bool read(StorageCurve& curve) {
    const bool has_volume = rows_.has("volume"), has_outflow = rows_.has("outflow");
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      const auto level = rows_.quantity(row, "level"), area = rows_.quantity(row, "area");
      const auto volume = has_volume ? needed(row, "volume") : std::optional<double>(0);
      const auto outflow = has_outflow ? needed(row, "outflow") : std::optional<double>(0);
      if (!level || !area || !volume || !outflow) return false;
      rises(row, "level", curve.level, *level);
      not_falls(row, "area", curve.area, *area);
      const double sum = curve.level.empty() ? 0
                                             : curve.volume.back() + 0.5 * (*level - curve.level.back()) *
                                                                         (*area + curve.area.back());
      if (has_volume && row == 0 && *volume != 0)
        fault(row, "volume", {"be 0 in the first row", "在首行为 0"});
      if (has_volume) rises(row, "volume", curve.volume, *volume);
      if (has_outflow) not_falls(row, "outflow", curve.outflow, *outflow);
      curve.level.push_back(*level);
      curve.area.push_back(*area);
      curve.volume.push_back(has_volume ? *volume : sum);
      if (has_outflow) curve.outflow.push_back(*outflow);
    }
    if (rows_.rows() < 2)
      out_of_range(reading_, {rows_.table().file(), 0, 0}, "rows", static_cast<double>(rows_.rows()), ">= 2");
    else if (good_ && curve.area.back() <= 0)
      fault(rows_.rows() - 1, "area", {"be above 0 in the last row", "在末行大于 0"});
    return good_ && rows_.rows() >= 2;
  }

 private:
  std::optional<double> needed(std::size_t row, const char* id) {
    if (rows_.empty(row, id)) reading_.problems.add(Code::E1303, rows_.place(row, id), {id});
    return rows_.quantity(row, id);
  }
  void fault(std::size_t row, const char* id, const Wanted& wanted) {
    good_ = false;
    reading_.problems.add(Code::E1460, rows_.place(row, id),
                          {lake_, id, rows_.text(row, id), wanted.en, wanted.zh});
  }
  void rises(std::size_t row, const char* id, const std::vector<double>& before, double value) {
    if (!before.empty() && value <= before.back())
      fault(row, id, {"be larger than in the row before", "大于上一行"});
  }
  void not_falls(std::size_t row, const char* id, const std::vector<double>& before, double value) {
    if (value < (before.empty() ? 0 : before.back()))
      fault(row, id,
            before.empty() ? Wanted{"not be negative", "不为负"}
                           : Wanted{"not be smaller than in the row before", "不小于上一行"});
  }

  CaseReading& reading_;
  std::string lake_;
  const DeclaredTable& rows_;
  bool good_ = true;
};

class LakeReading {
 public:
  LakeReading(CaseReading& reading, const DeclaredTable& rows) : reading_(reading), rows_(rows) {}

  void read(std::size_t row) {
    row_ = row;
    lake_ = {};
    own_ = {};
    good_ = true;
    lake_.id = rows_.text(row, "id");
    lake_.name_zh = rows_.text(row, "name_zh");
    lake_.name_en = rows_.text(row, "name_en");
    lake_.place = rows_.place(row, "id");
    own_.county = rows_.text(row, "county");
    own_.stretch = rows_.text(row, "stretch");
    own_.elevation = rows_.quantity(row, "elevation").value_or(0);
    read_node();
    read_curve();
    read_levels();
    read_release();
    lake_.evaporation = not_negative("evaporation");
    enter();
  }

 private:
  const std::string& text(const char* id) {
    text_ = rows_.text(row_, id);
    return text_;
  }

  void read_node() {
    if (rows_.empty(row_, "node") || reading_.nodes.size() == 0) {
      good_ = false;
      rows_.text(row_, "node");
      return;
    }
    const auto node = reading_.nodes.require(text("node"), rows_.place(row_, "node"), reading_.problems);
    good_ = good_ && node;
    lake_.node = node.value_or(0);
    for (const Lake& other : reading_.raw_lakes)
      if (node && other.node == *node) {
        reading_.problems.add(Code::E1465, rows_.place(row_, "node"), {other.id, lake_.id, text("node")});
        good_ = false;
      }
  }

  void read_curve() {
    const std::string file = text("curve");
    const Table* table =
        file.empty() ? nullptr : reading_.files.table(file, rows_.place(row_, "curve"), reading_.problems);
    if (!table) {
      good_ = false;
      return;
    }
    const DeclaredTable curve(*table, "storage curve", reading_.offset, reading_.problems);
    good_ = CurveReading(reading_, lake_.id, curve).read(lake_.curve) && good_;
  }

  // Inside the curve, if there is one.
  std::optional<double> level(const char* id) {
    const auto value = rows_.quantity(row_, id);
    if (!value || lake_.curve.level.size() < 2) return value;
    const double bottom = lake_.curve.level.front(), top = lake_.curve.level.back();
    if (*value >= bottom && *value <= top) return value;
    reading_.problems.add(Code::E1462, rows_.place(row_, id),
                          {lake_.id, id, number_text(*value), number_text(bottom), number_text(top)});
    return std::nullopt;
  }

  void read_levels() {
    lake_.initial_level =
        level("initial_level").value_or(lake_.curve.level.empty() ? 0 : lake_.curve.level.front());
    const bool has_level = !rows_.empty(row_, "crest_level"), has_width = !rows_.empty(row_, "crest_width");
    if (has_level != has_width) {
      const char *absent = has_level ? "crest_width" : "crest_level",
                 *given = has_level ? "crest_level" : "crest_width";
      const Key& key = declared(columns(), "lakes.csv", absent);
      reading_.problems.add(Code::E1111, rows_.place(row_, given), {absent, given, key.en, key.zh});
    }
    if (const auto crest = level("crest_level")) lake_.spillway.crest = *crest;
    lake_.spillway.width = above_zero("crest_width", rows_.quantity(row_, "crest_width")).value_or(0);
    lake_.spillway.coefficient =
        above_zero("weir_coefficient", rows_.number(row_, "weir_coefficient")).value_or(1.7);
    if (const auto lowest = level("lowest_level")) lake_.lowest_level = *lowest;
    const auto length = above_zero("length", rows_.quantity(row_, "length"));
    const double area = good_ ? lake_.curve.area_at(lake_.initial_level) : 0;
    lake_.length = length.value_or(std::max(1.0, 2 * std::sqrt(area / std::numbers::pi)));
  }

  std::optional<double> above_zero(const char* id, std::optional<double> value) {
    if (!value || *value > 0) return value;
    out_of_range(reading_, rows_.place(row_, id), id, *value, "> 0");
    return std::nullopt;
  }

  Series not_negative(const char* id) {
    const auto column = rows_.table().find(id);
    if (!column || rows_.empty(row_, id)) return Series::constant(0);
    const Key& key = declared(columns(), "lakes.csv", id);
    const auto series = read_series_cell(
        reading_,
        {rows_.table().field(row_, *column).text, rows_.place(row_, id), id, key.unit, rows_.head_unit(id)});
    if (series && series->minimum() < 0)
      out_of_range(reading_, rows_.place(row_, id), id, series->minimum(), ">= 0");
    return series && series->minimum() >= 0 ? *series : Series::constant(0);
  }

  void read_release() {
    lake_.release = not_negative("release");
    lake_.inflow_share = rows_.quantity(row_, "inflow_share").value_or(0);
    if (lake_.inflow_share < 0 || lake_.inflow_share > 1)
      out_of_range(reading_, rows_.place(row_, "inflow_share"), "inflow_share", lake_.inflow_share, "0 .. 1");
    if (!rows_.empty(row_, "release_pattern")) read_pattern();
    const bool opens = !rows_.empty(row_, "crest_level") || !lake_.curve.outflow.empty() ||
                       !rows_.empty(row_, "release") || lake_.inflow_share > 0;
    if (!opens) reading_.problems.add(Code::E1463, lake_.place, {lake_.id});
  }

  void read_pattern() {
    const Place place = rows_.place(row_, "release_pattern");
    const auto pattern = reading_.patterns.require(text("release_pattern"), place, reading_.problems);
    if (rows_.empty(row_, "release") || !lake_.release.is_constant()) {
      reading_.problems.add(Code::E1468, place, {lake_.id});
    } else if (pattern) {
      const std::vector<double>& factors = reading_.pattern_factors[static_cast<std::size_t>(*pattern)];
      const double least = *std::min_element(factors.begin(), factors.end());
      if (least < 0) out_of_range(reading_, place, "release_pattern", least, ">= 0");
      lake_.release = monthly(reading_, lake_.release.at(0), factors);
    }
  }

  int climate() {
    if (!rows_.empty(row_, "climate"))
      return reading_.climates.require(text("climate"), rows_.place(row_, "climate"), reading_.problems)
          .value_or(0);
    if (reading_.climates.size() > 1)
      reading_.problems.add(Code::E1303, rows_.place(row_, "climate"), {"climate"});
    return 0;
  }

  // Enters the ids of the lake, its reach and its node, all or none.
  bool fresh() {
    const std::pair<IdTable*, std::string> ids[] = {
        {&reading_.lakes, lake_.id}, {&reading_.reaches, lake_.id}, {&reading_.nodes, lake_.id + "_out"}};
    for (const auto& [table, id] : ids)
      if (table->contains(id)) return table->enter(id, lake_.place, reading_.problems);
    for (const auto& [table, id] : ids) table->enter(id, lake_.place, reading_.problems);
    return true;
  }

  void enter() {
    const int its_climate = climate();
    if (!own_.stretch.empty() && !reading_.stretches.contains(own_.stretch))
      reading_.stretches.enter(own_.stretch, rows_.place(row_, "stretch"), reading_.problems);
    if (reading_.raw_nodes.empty() || !fresh()) {
      reading_.tables_whole = false;
      return;
    }
    if (!good_) reading_.tables_whole = false;
    reading_.result.basin.reach_climate.push_back(its_climate);
    insert_lake(std::move(lake_), std::move(own_), reading_.raw_nodes, reading_.raw_reaches,
                reading_.raw_lakes);
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  std::size_t row_ = 0;
  Lake lake_;
  Reach own_;
  std::string text_;
  bool good_ = true;
};

Series read_exchange(CaseReading& reading, const DeclaredTable& rows, std::size_t row) {
  const auto column = rows.table().find("exchange");
  if (!column) return Series::constant(0);  // told already
  const Place place = rows.place(row, "exchange");
  if (rows.empty(row, "exchange")) {
    reading.problems.add(Code::E1303, place, {"exchange"});
    return Series::constant(0);
  }
  const Key& key = declared(columns(), "lake_layers.csv", "exchange");
  const auto exchange = read_series_cell(reading, {rows.table().field(row, *column).text, place, "exchange",
                                                   key.unit, rows.head_unit("exchange")});
  if (exchange && exchange->minimum() < 0)
    out_of_range(reading, place, "exchange", exchange->minimum(), ">= 0");
  return exchange.value_or(Series::constant(0));
}

// One boundary of a lake's layers; false if it names none.
bool read_boundary(CaseReading& reading, const DeclaredTable& rows, std::size_t row) {
  const auto boundary = rows.quantity(row, "boundary");
  const std::string name = rows.text(row, "lake");
  if (name.empty() || !boundary) return false;
  const auto number = reading.lakes.require(name, rows.place(row, "lake"), reading.problems);
  if (!number) return false;
  Lake& lake = reading.raw_lakes[static_cast<std::size_t>(*number)];
  if (lake.curve.level.size() < 2) return false;
  const double above = lake.boundaries.empty() ? lake.curve.level.back() : lake.boundaries.back(),
               bottom = lake.curve.level.front();
  if (*boundary >= above || *boundary <= bottom)
    reading.problems.add(Code::E1461, rows.place(row, "boundary"),
                         {lake.id, number_text(*boundary), number_text(above), number_text(bottom)});
  lake.boundaries.push_back(*boundary);
  lake.exchange.push_back(read_exchange(reading, rows, row));
  return true;
}

// False if some row could not be read.
bool read_layers(CaseReading& reading, const KeyTable& keys) {
  if (!keys.has("lake_layers")) return true;
  const Table* table = reading.csv(keys, "lake_layers");
  if (!table) return false;
  const DeclaredTable rows(*table, "lake_layers.csv", reading.offset, reading.problems);
  bool whole = !reading.files.damaged(table->file());
  for (std::size_t row = 0; row < rows.rows(); ++row) whole = read_boundary(reading, rows, row) && whole;
  return whole;
}

// Once the layers are known.
void read_layer_numbers(CaseReading& reading, const DeclaredTable& rows) {
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto number = reading.lakes.find(rows.text(row, "id"));
    if (!number) continue;
    Lake& lake = reading.raw_lakes[static_cast<std::size_t>(*number)];
    for (const auto& [id, layer] :
         {std::pair("inflow_layer", &lake.inflow_layer), std::pair("release_layer", &lake.release_layer)}) {
      const double value = rows.number(row, id).value_or(1);
      if (value >= 1 && value <= lake.layers() && value == std::floor(value))
        *layer = static_cast<int>(value) - 1;
      else
        reading.problems.add(Code::E1467, rows.place(row, id),
                             {lake.id, id, rows.text(row, id), std::to_string(lake.layers())});
    }
  }
}

}  // namespace

void read_lakes(CaseReading& reading) {
  const KeyTable keys = reading.table("network");
  if (!keys.has("lakes")) {
    read_layers(reading, keys);
    return;
  }
  const Table* table = reading.csv(keys, "lakes");
  if (!table || reading.files.damaged(table->file())) reading.tables_whole = false;
  if (!table) return;
  const DeclaredTable rows(*table, "lakes.csv", reading.offset, reading.problems);
  LakeReading lake(reading, rows);
  for (std::size_t row = 0; row < rows.rows(); ++row) lake.read(row);
  if (read_layers(reading, keys)) read_layer_numbers(reading, rows);
}

// The dynamic wave lets rivers and lakes act on each other: their levels count from one datum.
void check_lakes(CaseReading& reading) {
  const Basin& basin = reading.result.basin;
  if (basin.schemes.hydraulics != HydraulicScheme::dynamic) return;
  for (const Lake& lake : basin.network.lakes)
    if (!shore_is_given(basin.network, lake))
      reading.problems.add(Code::E1464, lake.place,
                           {lake.id, basin.network.nodes[static_cast<std::size_t>(lake.node)].id});
}

// No process knows how much of a layer's lower side is bed.
void check_layers(CaseReading& reading) {
  for (const Lake& lake : reading.raw_lakes)
    for (const ProcessUse& use : reading.result.basin.processes) {
      const auto rows = use.process->info().rows;
      const bool outside = std::any_of(rows.begin(), rows.end(), [](const ProcessRow& row) {
        return row.exchange == Exchange::bed || row.exchange == Exchange::burial;
      });
      if (lake.layers() > 1 && outside)
        reading.problems.add(Code::W1469, lake.place, {lake.id, std::to_string(lake.layers()), use.id});
    }
}

}  // namespace limpid
