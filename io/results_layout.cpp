#include "io/results_layout.hpp"

#include <algorithm>
#include <numeric>

#include "io/mesh1d.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

// 1 .. n: numbers for tools that skip texts.
std::vector<int> numbers(std::size_t n) {
  std::vector<int> list(n);
  std::iota(list.begin(), list.end(), 1);
  return list;
}

template <class Item, class Get>
auto column(const std::vector<Item>& items, Get get) {
  std::vector<decltype(get(items.front()))> values;
  values.reserve(items.size());
  for (const Item& item : items) values.push_back(get(item));
  return values;
}

void put_crs(const NcGroup& root, const GridMapping& m, bool schematic) {
  if (schematic || m.epsg == 0) return;
  const NcVar crs = root.addVar("crs", netCDF::ncInt);
  const std::string code = "EPSG:" + std::to_string(m.epsg);
  crs.putAtt("long_name", "coordinate system " + code);
  crs.putAtt("epsg_code", code);
  crs.putAtt("epsg", netCDF::ncInt, m.epsg);
  if (m.cf_name.empty()) return;
  const auto number = [&crs](const char* name, double value) { crs.putAtt(name, netCDF::ncDouble, value); };
  crs.putAtt("grid_mapping_name", m.cf_name);
  number("semi_major_axis", m.semi_major_axis);
  number("inverse_flattening", m.inverse_flattening);
  if (m.geographic) return;
  number("longitude_of_central_meridian", m.central_meridian);
  number("latitude_of_projection_origin", 0.0);
  number("scale_factor_at_central_meridian", m.scale);
  number("false_easting", m.false_easting);
  number("false_northing", m.false_northing);
}

void put_points(const NcGroup& root, const NcDim& dim, const std::string& of, const Layout& layout,
                const std::vector<double>& x, const std::vector<double>& y) {
  const bool geographic = layout.mapping.geographic;
  NcVar vx = add_column(root, dim,
                        {layout.x(of), geographic ? "longitude" : "x", geographic ? "degrees_east" : "m"}, x);
  NcVar vy = add_column(root, dim,
                        {layout.y(of), geographic ? "latitude" : "y", geographic ? "degrees_north" : "m"}, y);
  vx.putAtt("standard_name", geographic ? "longitude" : "projection_x_coordinate");
  vy.putAtt("standard_name", geographic ? "latitude" : "projection_y_coordinate");
}

void put_mesh(const NcGroup& root, const Network& network, Layout& layout) {
  const Mesh1d mesh = make_mesh(network);
  const NcDim node = root.addDim("mesh1d_node", mesh.node_x.size());
  layout.edge = root.addDim("mesh1d_edge", mesh.edges.size());
  const NcVar topology = root.addVar("mesh1d", netCDF::ncInt);
  topology.putAtt("cf_role", "mesh_topology");
  topology.putAtt("long_name",
                  network.schematic ? "river network, schematic layout (no map)" : "river network");
  topology.putAtt("topology_dimension", netCDF::ncInt, 1);
  topology.putAtt("node_coordinates", layout.x("mesh1d_node") + " " + layout.y("mesh1d_node"));
  topology.putAtt("node_dimension", "mesh1d_node");
  topology.putAtt("edge_node_connectivity", "mesh1d_edge_nodes");
  topology.putAtt("edge_coordinates", layout.x("mesh1d_edge") + " " + layout.y("mesh1d_edge"));
  topology.putAtt("edge_dimension", "mesh1d_edge");
  put_points(root, node, "mesh1d_node", layout, mesh.node_x, mesh.node_y);
  put_points(root, layout.edge, "mesh1d_edge", layout, mesh.edge_x, mesh.edge_y);
  const NcVar ends = root.addVar("mesh1d_edge_nodes", netCDF::ncInt, {layout.edge, root.addDim("two", 2)});
  ends.putAtt("cf_role", "edge_node_connectivity");
  ends.putAtt("long_name", "upstream and downstream node of each cell");
  ends.putAtt("start_index", netCDF::ncInt, 0);
  ends.putVar(mesh.edges.front().data());
}

void put_cells(const NcGroup& root, const Network& network, const Layout& layout) {
  NcVar reach = add_column(root, layout.edge, {"mesh1d_edge_reach_number", "number of the cell's reach", ""},
                           column(network.cell_reach, [](int r) { return r + 1; }));
  NcVar chainage =
      add_column(root, layout.edge,
                 {"mesh1d_edge_chainage", "distance of the cell's centre below the reach's upper end", "m"},
                 network.cell_chainage);
  NcVar length =
      add_column(root, layout.edge, {"mesh1d_edge_length", "length of the cell", "m"}, network.cell_length);
  for (NcVar* variable : {&reach, &chainage, &length}) put_on_mesh(*variable, layout);
}

void put_reaches(const NcGroup& root, const std::vector<Reach>& reaches) {
  const NcDim dim = root.addDim("reach", reaches.size());
  const NcVar number =
      add_column(root, dim, {"reach_number", "number of the reach", ""}, numbers(reaches.size()));
  const NcVar length = add_column(root, dim, {"reach_length", "length of the reach", "m"},
                                  column(reaches, [](const Reach& r) { return r.length; }));
  const NcVar slope = add_column(root, dim, {"reach_slope", "bed slope of the reach", "1"},
                                 column(reaches, [](const Reach& r) { return r.slope; }));
  add_labels(root, dim, {"reach_id", "id of the reach", ""},
             column(reaches, [](const Reach& r) { return r.id; }), number);
  add_labels(root, dim, {"reach_name_zh", "name of the reach, Chinese", ""},
             column(reaches, [](const Reach& r) { return r.name_zh; }), length);
  add_labels(root, dim, {"reach_name_en", "name of the reach, English", ""},
             column(reaches, [](const Reach& r) { return r.name_en; }), slope);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// A text, not a time coordinate: xarray warns of missing values among times.
std::string limit_text(const Section& section) {
  return section.limit_date ? format_time(*section.limit_date) : "";
}

// Groups of sections by a name: their numbers from 1 in the order of first appearance, and the names.
void put_group(const NcGroup& root, const NcDim& dim, const std::string& group,
               const std::vector<std::string>& names) {
  std::vector<std::string> known;
  std::vector<int> number;
  for (const std::string& name : names) {
    const auto at = std::find(known.begin(), known.end(), name);
    number.push_back(static_cast<int>(at - known.begin()) + 1);
    if (at == known.end()) known.push_back(name);
  }
  const NcVar numbers =
      add_column(root, dim, {"section_" + group + "_number", "number of the section's " + group, ""}, number);
  add_labels(root, dim, {"section_" + group, group + " of the section", ""}, names, numbers);
}

// Numbers first, each with the text that it carries along.
void put_section_names(const NcGroup& root, const NcDim& dim, const std::vector<Section>& list) {
  add_labels(root, dim, {"section_id", "id of the section", ""},
             column(list, [](const Section& s) { return s.id; }), NcVar());
  root.getVar("section_id").putAtt("cf_role", "timeseries_id");
  const NcVar number =
      add_column(root, dim, {"section_number", "number of the section", ""}, numbers(list.size()));
  add_labels(root, dim, {"section_name_zh", "name of the section, Chinese", ""},
             column(list, [](const Section& s) { return s.name_zh; }), number);
  const NcVar reach = add_column(root, dim, {"section_reach_number", "number of the section's reach", ""},
                                 column(list, [](const Section& s) { return s.reach + 1; }));
  add_labels(root, dim, {"section_name_en", "name of the section, English", ""},
             column(list, [](const Section& s) { return s.name_en; }), reach);
  const NcVar chainage =
      add_column(root, dim, {"section_chainage", "distance below the reach's upper end", "m"},
                 column(list, [](const Section& s) { return s.chainage; }));
  add_labels(root, dim, {"section_level", "level of the section", ""},
             column(list, [](const Section& s) { return s.level; }), chainage);
  put_group(root, dim, "river", column(list, [](const Section& s) { return s.river; }));
  put_group(root, dim, "county", column(list, [](const Section& s) { return s.county; }));
}

void put_section_targets(const NcGroup& root, const NcDim& dim, const std::vector<Section>& list) {
  const auto target = [](const Section& s) {
    return static_cast<signed char>(s.target ? static_cast<int>(*s.target) : 0);
  };
  const NcVar targets = add_flags(root, dim, {"section_target_class", "target class of GB 3838", ""},
                                  "none I II III IV V worse_than_V", column(list, target));
  add_labels(root, dim, {"section_indicators", "indicators that the target asks for; empty: all", ""},
             column(list, [](const Section& s) { return joined(s.indicators); }), targets);
  const NcVar waters =
      add_flags(root, dim, {"section_water_body", "limits that apply", ""}, "river lake",
                column(list, [](const Section& s) { return static_cast<signed char>(s.lake); }));
  add_labels(root, dim, {"section_limit_date", "limit date of the target", ""}, column(list, limit_text),
             waters);
}

}  // namespace

void put_on_mesh(NcVar& variable, const Layout& layout) {
  variable.putAtt("mesh", "mesh1d");
  variable.putAtt("location", "edge");
  variable.putAtt("coordinates", layout.x("mesh1d_edge") + " " + layout.y("mesh1d_edge"));
}

Layout put_network(const NcGroup& root, const Network& network) {
  Layout layout;
  if (!network.schematic) layout.mapping = grid_mapping(network.crs);
  put_crs(root, layout.mapping, network.schematic);
  put_mesh(root, network, layout);
  put_cells(root, network, layout);
  put_reaches(root, network.reaches);
  return layout;
}

void put_sections(const NcGroup& root, const Basin& basin, Layout& layout) {
  const std::vector<Section>& list = basin.sections;
  const NcDim dim = layout.section = root.addDim("section", list.size());
  const auto point = [&basin](const Section& s) { return reach_point(basin.network, s.reach, s.chainage); };
  put_points(root, dim, "section", layout, column(list, [&](const Section& s) { return point(s).x; }),
             column(list, [&](const Section& s) { return point(s).y; }));
  put_section_names(root, dim, list);
  put_section_targets(root, dim, list);
}

void put_ledger(const NcGroup& root, const Balance& balance) {
  const NcDim quantity = root.addDim("ledger_quantity", balance.quantities.size());
  const NcVar begin = add_column(
      root, quantity, {"ledger_stock_begin", "amount in the river at the begin", ""}, balance.stock_begin);
  const NcVar end = add_column(root, quantity, {"ledger_stock_end", "amount in the river at the end", ""},
                               balance.stock_end);
  add_labels(root, quantity, {"ledger_unit", "unit of the quantity's amounts", ""}, balance.units, begin);
  add_labels(root, quantity, {"ledger_quantity_id", "constituent, or water", ""}, balance.quantities, end);
  if (balance.accounts.empty()) return;
  const NcDim account = root.addDim("ledger_account", balance.accounts.size());
  NcVar net = root.addVar("ledger_net", netCDF::ncDouble, {account, quantity});
  net.putAtt("long_name", "amount that the river got from the account, in ledger_unit");
  net.putVar(balance.net.data());
  add_labels(root, account, {"ledger_account_id", "account", ""}, balance.accounts, NcVar());
  net.putAtt("coordinates", "ledger_quantity_id ledger_account_id");  // last dimension first, else CDO warns
}

}  // namespace limpid
