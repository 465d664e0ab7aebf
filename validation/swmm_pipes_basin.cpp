#include "validation/swmm_pipes_basin.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "validation/water_run.hpp"

namespace limpid::validation {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

Channel section(const Reference& table, std::size_t row) {
  if (table.at(row, "diameter_m") > 0) return pipe(table.at(row, "diameter_m"));
  Channel channel;
  channel.shape = ChannelShape::trapezoidal;
  channel.bottom_width = table.at(row, "bottom_width_m");
  channel.side_slope = table.at(row, "side_slope");
  return channel;
}

Reach reach_of(const Reference& table, std::size_t row) {
  Reach reach;
  reach.id = std::to_string(row);
  reach.from = static_cast<int>(table.at(row, "from"));
  reach.to = static_cast<int>(table.at(row, "to"));
  reach.length = table.at(row, "length_m");
  reach.cell_length = reach.length / table.at(row, "cells");
  reach.slope = (table.at(row, "bed_up_m") - table.at(row, "bed_down_m")) / reach.length;
  reach.manning_n = table.at(row, "manning_n");
  reach.channel = static_cast<int>(row);
  return reach;
}

Network network_of(const Reference& table) {
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Channel> channels;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    reaches.push_back(reach_of(table, row));
    channels.push_back(section(table, row));
    Reach& reach = reaches.back();
    for (const Reach& other : reaches)  // a second reach below a node takes its water by the levels
      if (&other != &reach && other.from == reach.from) reach.split.kind = SplitKind::levels;
    while (static_cast<int>(nodes.size()) <= std::max(reach.from, reach.to))
      nodes.push_back({std::to_string(nodes.size()), 0, 0, {}});
    nodes[at(reach.to)].bed_level = table.at(row, "bed_down_m");
  }
  Problems problems;
  Network network = build_network(nodes, reaches, channels, {}, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  for (std::size_t n = 0; n < network.nodes.size(); ++n) {
    if (!network.junctions[n].is_outlet()) continue;
    Outlet outlet;
    outlet.node = static_cast<int>(n);
    outlet.kind = OutletKind::free_fall;
    network.outlets.push_back(outlet);
  }
  return network;
}

std::vector<Structure> structures_of(const Reference& table) {
  std::vector<Structure> list;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Structure s;
    s.kind = StructureKind::orifice;
    s.node = static_cast<int>(table.at(row, "node"));
    s.crest_level = table.at(row, "crest_m");
    s.width = table.at(row, "width_m");
    s.coefficient = table.at(row, "coefficient");
    s.opening = Series::constant(table.at(row, "height_m"));
    list.push_back(s);
  }
  return list;
}

}  // namespace

Basin pipes_basin(const CaseFolder& folder, const Reference& table) {
  Basin basin;
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  basin.network = network_of(table);
  if (std::filesystem::exists(folder.file("structures.csv")))
    basin.network.structures = structures_of(folder.reference("structures.csv"));
  add_inflows(basin, folder.reference("boundary.csv"), "time_s", 1, "flow_m3_s");
  return basin;
}

}  // namespace limpid::validation
