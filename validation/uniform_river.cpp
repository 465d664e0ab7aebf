#include "validation/uniform_river.hpp"

#include <cmath>
#include <stdexcept>

namespace limpid::validation {

namespace {

constexpr double kManning = 0.03;

// Slope at which a rectangular channel of this width carries the wanted discharge at the wanted depth.
double slope_for(const Channel& channel, const UniformReach& reach) {
  const double unit = normal_flow(channel, reach.area, 1.0, kManning).discharge;
  return (reach.discharge / unit) * (reach.discharge / unit);
}

}  // namespace

Basin uniform_basin(const std::vector<UniformReach>& reaches, const std::vector<Cut>& cuts) {
  std::vector<Node> nodes;
  std::vector<Reach> network;
  std::vector<Channel> channels;
  for (std::size_t i = 0; i < reaches.size(); ++i) {
    const UniformReach& r = reaches[i];
    Channel channel;
    channel.id = "c" + std::to_string(i);
    channel.bottom_width = r.area / r.depth;
    Reach reach;
    reach.id = "r" + std::to_string(i);
    reach.from = r.from;
    reach.to = r.to;
    reach.length = r.length;
    reach.manning_n = kManning;
    reach.slope = slope_for(channel, r);
    reach.dispersion = r.dispersion;
    reach.channel = static_cast<int>(i);
    reach.cell_length = r.length / r.cells;
    channels.push_back(channel);
    network.push_back(reach);
    for (int node : {r.from, r.to})
      while (static_cast<int>(nodes.size()) <= node)
        nodes.push_back({"n" + std::to_string(nodes.size()), 0, 0, {}});
  }
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, network, channels, cuts, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::steady;
  basin.climates = {Climate{"all", Series::constant(20), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  return basin;
}

void add_constituents(Basin& basin, const std::vector<const char*>& ids) {
  for (const char* id : ids) {
    Constituent constituent;
    constituent.id = id;
    basin.constituents.push_back(constituent);
  }
}

Source& add_boundary(Basin& basin, int node, double flow) {
  Source source;
  source.id = "boundary" + std::to_string(basin.sources.size());
  source.kind = SourceKind::boundary;
  source.node = source.junction = node;
  source.flow = Series::constant(flow);
  source.loads.resize(basin.constituents.size());
  return basin.sources.emplace_back(source);
}

Source& add_point(Basin& basin, int reach, double chainage, int cut, double flow) {
  Source source;
  source.id = "point" + std::to_string(basin.sources.size());
  source.reach = reach;
  source.chainage = source.end_chainage = chainage;
  source.junction = basin.network.cut_junction(cut);
  source.flow = Series::constant(flow);
  source.loads.resize(basin.constituents.size());
  return basin.sources.emplace_back(source);
}

Source& add_diffuse(Basin& basin, int reach, double flow) {
  Source source;
  source.id = "diffuse" + std::to_string(basin.sources.size());
  source.kind = SourceKind::diffuse;
  source.reach = reach;
  source.end_chainage = basin.network.reaches[static_cast<std::size_t>(reach)].length;
  source.flow = Series::constant(flow);
  source.loads.resize(basin.constituents.size());
  for (const DiffuseShare& share :
       diffuse_shares(basin.network, source, static_cast<int>(basin.sources.size())))
    basin.diffuse_shares.push_back(share);
  return basin.sources.emplace_back(source);
}

void set_concentration(Basin& basin, Source& source, const char* constituent, Series series) {
  source.loads.at(static_cast<std::size_t>(basin.constituent(constituent))) = {
      SourceLoad::Kind::concentration, std::move(series)};
}

void set_load(Basin& basin, Source& source, const char* constituent, Series series) {
  source.loads.at(static_cast<std::size_t>(basin.constituent(constituent))) = {SourceLoad::Kind::load,
                                                                               std::move(series)};
}

void set_temperature(Basin& basin, double degrees) {
  basin.climates[0].water_temperature = Series::constant(degrees);
}

RunOptions plain_options(double step, int steps) {
  RunOptions options;
  options.grid.begin = Time{};
  options.grid.step = step;
  options.grid.end = Time{std::chrono::seconds(std::lround(step * steps))};
  options.initial = InitialKind::steady;
  options.spin_up = {};
  options.section_interval = options.map_interval = 0;
  return options;
}

}  // namespace limpid::validation
