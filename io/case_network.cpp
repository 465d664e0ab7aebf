// [network]: nodes, channel shapes and reaches.
#include <cmath>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/units.hpp"
#include "model/bed.hpp"
#include "model/dispersion_formula.hpp"
#include "model/network_checks.hpp"

namespace limpid {

namespace {

void out_of_range(CaseReading& reading, const Place& place, const std::string& what, double value,
                  const std::string& range) {
  reading.problems.add(Code::E1330, place, {what, number_text(value), range, range});
}

void need(CaseReading& reading, const DeclaredTable& rows, std::size_t row, std::string_view id,
          const std::string& with) {
  if (!rows.empty(row, id)) return;
  const Key& key = declared(columns(), "channels.csv", id);
  reading.problems.add(Code::E1111, rows.row_place(row), {std::string(id), with, key.en, key.zh});
}

// The pair of columns that gives a node its place; x and y win over lon and lat.
bool read_coordinates(const DeclaredTable& rows, std::size_t row, Node& node) {
  const char* east = rows.empty(row, "x") ? "lon" : "x";
  const char* north = rows.empty(row, "x") ? "lat" : "y";
  if (rows.empty(row, east) || rows.empty(row, north)) return false;
  node.x = rows.number(row, east).value_or(0);
  node.y = rows.number(row, north).value_or(0);
  return true;
}

bool any_coordinate(const DeclaredTable& rows, std::size_t row) {
  return !rows.empty(row, "x") || !rows.empty(row, "y") || !rows.empty(row, "lon") || !rows.empty(row, "lat");
}

// The table, with the network marked as incomplete if rows of it are missing.
const Table* whole_table(CaseReading& reading, const KeyTable& keys, std::string_view key) {
  const Table* table = reading.csv(keys, key);
  if (!table || reading.files.damaged(table->file())) reading.tables_whole = false;
  return table;
}

void read_nodes(CaseReading& reading, const KeyTable& keys) {
  const Table* table = whole_table(reading, keys, "nodes");
  if (!table) return;
  const DeclaredTable rows(*table, "nodes.csv", reading.offset, reading.problems);
  bool some = false;
  for (std::size_t row = 0; row < rows.rows(); ++row) some = some || any_coordinate(rows, row);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Node node;
    node.id = rows.text(row, "id");
    node.place = rows.place(row, "id");
    const bool placed = read_coordinates(rows, row, node);
    if (const auto bed = rows.quantity(row, "bed_level")) node.bed_level = *bed;
    if (some && !placed) reading.problems.add(Code::E1338, rows.row_place(row), {node.id});
    if (reading.nodes.enter(node.id, node.place, reading.problems)) reading.raw_nodes.push_back(node);
  }
  reading.schematic = !some;
  reading.crs = reading.schematic ? "" : keys.text("crs");
}

void read_width_table(CaseReading& reading, const DeclaredTable& channels, std::size_t row,
                      Channel& channel) {
  const Table* table =
      reading.files.table(channels.text(row, "table"), channels.place(row, "table"), reading.problems);
  if (!table) return;
  const DeclaredTable rows(*table, "width table", reading.offset, reading.problems);
  double last = -1;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto depth = rows.quantity(i, "depth"), width = rows.quantity(i, "width");
    if (!depth || !width) continue;
    if ((i == 0 && *depth != 0) || *depth <= last)
      out_of_range(reading, rows.place(i, "depth"), "depth", *depth,
                   i == 0 ? "0 m" : "> " + number_text(last) + " m");
    if (*width < 0 || (i > 0 && *width == 0))
      out_of_range(reading, rows.place(i, "width"), "width", *width, "> 0 m");
    last = *depth;
    channel.table_depth.push_back(*depth);
    channel.table_width.push_back(*width);
  }
  if (channel.table_depth.size() < 2)
    reading.problems.add(Code::E1330, {table->file(), 0, 0},
                         {"rows", std::to_string(rows.rows()), ">= 2", ">= 2"});
}

// A number that must be positive for this shape.
double positive(CaseReading& reading, const DeclaredTable& rows, std::size_t row, const char* id, bool plain,
                const std::string& shape) {
  need(reading, rows, row, id, "shape = " + shape);
  const auto value = plain ? rows.number(row, id) : rows.quantity(row, id);
  if (value && *value <= 0) out_of_range(reading, rows.place(row, id), id, *value, "> 0");
  return value.value_or(1);
}

void read_form(CaseReading& reading, const DeclaredTable& rows, std::size_t row, Channel& channel) {
  const std::string shape = rows.text(row, "shape");
  if (channel.shape == ChannelShape::tabulated) {
    need(reading, rows, row, "table", "shape = " + shape);
    if (!rows.empty(row, "table")) read_width_table(reading, rows, row, channel);
  } else if (channel.shape == ChannelShape::power_law) {
    channel.area_coef = positive(reading, rows, row, "area_coef", true, shape);
    channel.area_exp = positive(reading, rows, row, "area_exp", true, shape);
  } else if (channel.shape == ChannelShape::circular) {
    channel.soffit = positive(reading, rows, row, "diameter", false, shape);
  } else {
    channel.bottom_width = positive(reading, rows, row, "bottom_width", false, shape);
    channel.side_slope = rows.number(row, "side_slope").value_or(0);
    if (channel.side_slope < 0)
      out_of_range(reading, rows.place(row, "side_slope"), "side_slope", channel.side_slope, ">= 0");
  }
  if (channel.shape != ChannelShape::compound) return;
  channel.bank_depth = positive(reading, rows, row, "bank_depth", false, shape);
  channel.flood_width = positive(reading, rows, row, "flood_width", false, shape);
  channel.flood_manning_n = rows.number(row, "flood_manning_n").value_or(0);
}

void read_channels(CaseReading& reading, const KeyTable& keys) {
  const Table* table = whole_table(reading, keys, "channels");
  if (!table) return;
  const DeclaredTable rows(*table, "channels.csv", reading.offset, reading.problems);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Channel channel;
    channel.id = rows.text(row, "id");
    const auto shape = rows.choice(row, "shape");
    channel.shape = static_cast<ChannelShape>(shape.value_or(0));
    if (shape) {
      read_form(reading, rows, row, channel);
      channel = close_form(reading, rows, row, channel);
    }
    if (reading.channels.enter(channel.id, rows.place(row, "id"), reading.problems))
      reading.raw_channels.push_back(std::move(channel));
  }
}

void read_split(CaseReading& reading, const DeclaredTable& rows, std::size_t row, Reach& reach) {
  reach.split.kind = static_cast<SplitKind>(rows.choice(row, "split_kind").value_or(0));
  if (reach.split.kind == SplitKind::levels &&
      reading.result.basin.schemes.hydraulics != HydraulicScheme::dynamic)
    reading.problems.add(Code::E1483, rows.place(row, "split_kind"), {reach.id});
  if (reach.split.kind == SplitKind::remainder || reach.split.kind == SplitKind::levels) return;
  const char* needed = reach.split.kind == SplitKind::fraction ? "fraction" : "capacity";
  const Key& key = declared(columns(), "reaches.csv", needed);
  if (rows.empty(row, needed))
    reading.problems.add(Code::E1111, rows.row_place(row),
                         {needed, "split_kind = " + rows.text(row, "split_kind"), key.en, key.zh});
  reach.split.fraction = rows.quantity(row, "fraction").value_or(0);
  reach.split.capacity = rows.quantity(row, "capacity").value_or(0);
  reach.split.reserve = rows.quantity(row, "reserve").value_or(0);
  for (const auto& [id, value, top] :
       {std::tuple("fraction", reach.split.fraction, 1.0), std::tuple("capacity", reach.split.capacity, 1e9),
        std::tuple("reserve", reach.split.reserve, 1e9)})
    if (value < 0 || value > top)
      out_of_range(reading, rows.place(row, id), id, value, top == 1 ? "0 .. 1" : ">= 0 m3/s");
}

void read_dispersion_formula(CaseReading& reading, const DeclaredTable& rows, std::size_t row, Reach& reach) {
  if (rows.empty(row, "dispersion_formula")) return;
  const auto formula = rows.choice(row, "dispersion_formula");
  reach.dispersion_formula = formula ? static_cast<int>(*formula) : -1;
  if (!rows.empty(row, "dispersion"))
    reading.problems.add(Code::E1237, rows.place(row, "dispersion_formula"), {reach.id});
}

void check_storage(CaseReading& reading, const DeclaredTable& rows, std::size_t row, const Reach& reach) {
  if ((reach.storage_area > 0) == (reach.storage_exchange > 0)) return;
  const char* given = reach.storage_area > 0 ? "storage_area" : "storage_exchange";
  const char* absent = reach.storage_area > 0 ? "storage_exchange" : "storage_area";
  reading.problems.add(Code::E1233, rows.place(row, given), {reach.id, given, absent});
}

// false if one could not be read.
bool read_numbers(CaseReading& reading, const DeclaredTable& rows, std::size_t row, Reach& reach) {
  bool readable = true;
  const auto take = [&](const char* id, const NamedUnit& unit, double low, double high, bool least_zero,
                        double most = 0) {
    const auto value = rows.quantity(row, id);
    readable =
        readable && (value || (rows.empty(row, id) && !declared(columns(), "reaches.csv", id).required));
    if (!value) return 0.0;
    const Place place = rows.place(row, id);
    if (least_zero && *value < 0) out_of_range(reading, place, id, *value, ">= 0");
    if (most > 0 && *value > most)
      out_of_range(reading, place, id, *value, "0 .. " + number_text(most) + " " + unit.text);
    if (!rows.empty(row, id))
      check_plausible(*value, rows.table().field(row, *rows.table().find(id)).text, unit, low, high, place,
                      id, reading.problems);
    return *value;
  };
  reach.length = take("length", unit::metre, 1, 200e3, false);  // check_reach() judges 0 and less
  const HydraulicScheme scheme = reading.result.basin.schemes.hydraulics;
  const bool falls = scheme == HydraulicScheme::kinematic || scheme == HydraulicScheme::muskingum_cunge;
  reach.slope = take("slope", unit::none, falls ? 1e-6 : -1, 1, false);
  reach.elevation = take("elevation", unit::metre, -500, 9000, false);
  reach.dispersion = take("dispersion", unit::square_metre_per_second, 0.01, 1e4, true, kMostDispersion);
  reach.shade = rows.quantity(row, "shade").value_or(0);
  if (reach.shade < 0 || reach.shade > 1)
    out_of_range(reading, rows.place(row, "shade"), "shade", reach.shade, "0 .. 1");
  reach.storage_area = take("storage_area", unit::square_metre, 0.01, 1e4, true);
  reach.storage_exchange =
      take("storage_exchange", unit::per_second, 1e-8, 0.1, true, kFastestStorageExchange);
  reach.cell_length = take("cell_length", unit::metre, 1, 50e3, true);
  read_dispersion_formula(reading, rows, row, reach);
  check_storage(reading, rows, row, reach);
  const auto roughness = rows.number(row, "manning_n");
  reach.manning_n = roughness.value_or(0.03);
  if (reach.manning_n > 1)
    out_of_range(reading, rows.place(row, "manning_n"), "manning_n", reach.manning_n, "0.01 .. 0.2");
  return readable && roughness;
}

constexpr double kFastestEvaporation = 20e-3 / unit::kDay;  // m/s; a hot desert has 15 mm/d
constexpr double kFastestSeepage = 1e-4;                    // m/s; clean gravel
double fastest_loss(std::string_view id) {
  return id == "evaporation" ? kFastestEvaporation : kFastestSeepage;
}

Series loss_series(CaseReading& reading, const SeriesCell& cell) {
  const auto series = read_series_cell(reading, cell);
  if (!series) return {};
  if (series->minimum() < 0) {
    out_of_range(reading, cell.place, cell.what, series->minimum(), ">= 0");
    return {};
  }
  if (series->is_constant() && !series->is_zero())
    check_plausible(series->at(0), cell.text, cell.unit, 0, fastest_loss(cell.what), cell.place, cell.what,
                    reading.problems);
  return *series;
}

// Of the whole network, [network] evaporation and seepage.
Series network_loss(CaseReading& reading, const KeyTable& keys, const char* id) {
  if (!keys.has(id)) return {};
  const std::string text = keys.text(id);
  return loss_series(reading, {text, keys.place(id), id, declared(case_keys(), "network", id).unit, {}});
}

Series reach_loss(CaseReading& reading, const DeclaredTable& rows, std::size_t row, const char* id,
                  const Series& common) {
  const auto column = rows.table().find(id);
  if (!column || rows.empty(row, id)) return common;
  const Key& key = declared(columns(), "reaches.csv", id);
  return loss_series(reading, {rows.table().field(row, *column).text, rows.place(row, id), id, key.unit,
                               rows.head_unit(id)});
}

// readable: set to false if a number that a reach must have could not be read.
Reach read_reach(CaseReading& reading, const DeclaredTable& rows, std::size_t row, bool& readable) {
  Reach reach;
  reach.id = rows.text(row, "id");
  reach.name_zh = rows.text(row, "name_zh");
  reach.name_en = rows.text(row, "name_en");
  reach.county = rows.text(row, "county");
  reach.stretch = rows.text(row, "stretch");
  reach.place = rows.place(row, "id");
  readable = read_numbers(reading, rows, row, reach);
  read_split(reading, rows, row, reach);
  return reach;
}

// The row's number in `ids`, or 0 with the whole network marked as incomplete.
int refer(CaseReading& reading, const IdTable& ids, const DeclaredTable& rows, std::size_t row,
          std::string_view id) {
  const std::string name = rows.text(row, id);
  const auto number = name.empty() || ids.size() == 0
                          ? std::nullopt
                          : ids.require(name, rows.place(row, id), reading.problems);
  if (!number) reading.tables_whole = false;
  return number.value_or(0);
}

int climate_of(CaseReading& reading, const DeclaredTable& rows, std::size_t row) {
  if (!rows.empty(row, "climate"))
    return reading.climates.require(rows.text(row, "climate"), rows.place(row, "climate"), reading.problems)
        .value_or(0);
  if (rows.has("climate") && reading.climates.size() > 1)
    reading.problems.add(Code::E1303, rows.place(row, "climate"), {"climate"});
  return 0;
}

void tell_slope(CaseReading& reading, const Reach& reach, const char* scheme) {
  reading.problems.add(Code::E1404, reach.place, {reach.id, number_text(reach.slope), scheme, scheme});
}

// Routing needs a bed that falls.
void check_routed_slope(CaseReading& reading, const Reach& reach) {
  const HydraulicScheme scheme = reading.result.basin.schemes.hydraulics;
  if (reach.slope > 0 || !std::isfinite(reach.slope)) return;
  if (scheme == HydraulicScheme::kinematic) tell_slope(reading, reach, "kinematic");
  if (scheme == HydraulicScheme::muskingum_cunge) tell_slope(reading, reach, "muskingum-cunge");
}

void read_reaches(CaseReading& reading, const KeyTable& keys) {
  const Table* table = whole_table(reading, keys, "reaches");
  if (!table) return;
  const DeclaredTable rows(*table, "reaches.csv", reading.offset, reading.problems);
  const Series evaporation = network_loss(reading, keys, "evaporation"),
               seepage = network_loss(reading, keys, "seepage");
  if (reading.climates.size() > 1) table->require("climate", reading.problems);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    bool readable = true;
    Reach reach = read_reach(reading, rows, row, readable);
    reach.evaporation = reach_loss(reading, rows, row, "evaporation", evaporation);
    reach.seepage = reach_loss(reading, rows, row, "seepage", seepage);
    if (readable) check_reach(reach, reading.problems);
    if (readable) check_routed_slope(reading, reach);
    if (!readable) reading.tables_whole = false;
    reach.from = refer(reading, reading.nodes, rows, row, "from");
    reach.to = refer(reading, reading.nodes, rows, row, "to");
    reach.channel = refer(reading, reading.channels, rows, row, "channel");
    check_closed(reading, reach);
    if (!reach.stretch.empty() && !reading.stretches.contains(reach.stretch))
      reading.stretches.enter(reach.stretch, rows.place(row, "stretch"), reading.problems);
    if (!reading.reaches.enter(reach.id, reach.place, reading.problems)) {
      reading.tables_whole = false;
      continue;
    }
    reading.result.basin.reach_climate.push_back(climate_of(reading, rows, row));
    reading.raw_reaches.push_back(std::move(reach));
  }
}

}  // namespace

// Steady flow needs a bed that falls, or a level below it to reckon from.
void check_slopes(CaseReading& reading) {
  if (reading.result.basin.schemes.hydraulics != HydraulicScheme::steady) return;
  const Network& network = reading.result.basin.network;
  const std::vector<char> held = held_reaches(network);
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    if (network.reaches[r].lake < 0 && network.reaches[r].slope <= 0 && !held[r])
      tell_slope(reading, network.reaches[r], "steady");
}

void read_network(CaseReading& reading) {
  const KeyTable keys = reading.table("network");
  keys.refuse_unknown();
  reading.cell_length = keys.quantity("cell_length").value_or(500);
  if (reading.cell_length <= 0) {
    out_of_range(reading, keys.place("cell_length"), "cell_length", reading.cell_length, "> 0 m");
    reading.cell_length = 500;
  }
  read_nodes(reading, keys);
  read_channels(reading, keys);
  read_reaches(reading, keys);
}

}  // namespace limpid
