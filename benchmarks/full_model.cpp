#include "benchmarks/full_model.hpp"

#include <stdexcept>
#include <string>

#include "tests/solvers/river_set.hpp"

namespace limpid::bench {

namespace {

constexpr int kCellsPerReach = 50;

void add_processes(Basin& basin) {
  add_process(basin, "reaeration");
  add_process(basin, "cbod_oxidation");
  add_process(basin, "nitrification");
  add_process(basin, "sediment_oxygen_demand", {}, {{"sod", 0.5}});
  add_process(basin, "transformation", {{"reactant", "ORGN"}, {"product", "NH3_N"}}, {{"k", 0.1}});
  add_process(basin, "transformation", {{"reactant", "ORGP"}, {"product", "PO4_P"}}, {{"k", 0.1}});
  for (const char* settles : {"ORGN", "ORGP", "CBOD_fast", "phytoplankton", "TSS", "detritus"})
    add_process(basin, "settling", {{"constituent", settles}}, {{"v_s", 0.2}});
  add_process(basin, "first_order_decay", {{"constituent", "phytoplankton"}}, {{"k", 0.2}});
  add_process(basin, "first_order_decay", {{"constituent", "detritus"}}, {{"k", 0.1}});
}

void add_network(Basin& basin, int count) {
  std::vector<Node> nodes(static_cast<std::size_t>(count) + 1);
  std::vector<Reach> reaches(static_cast<std::size_t>(count));
  for (int i = 0; i <= count; ++i) nodes[static_cast<std::size_t>(i)].id = "n" + std::to_string(i);
  for (int i = 0; i < count; ++i) {
    Reach& r = reaches[static_cast<std::size_t>(i)];
    r.id = "r" + std::to_string(i);
    r.from = i;
    r.to = i + 1;
    r.length = 500.0 * kCellsPerReach;
    r.slope = 0.001;
    r.dispersion = 20;
    r.elevation = 300;
  }
  Channel channel;
  channel.bottom_width = 20;
  channel.side_slope = 2;
  channel.shape = ChannelShape::trapezoidal;
  Problems problems;
  basin.network = build_network(nodes, reaches, {channel}, {}, 500, true, "", problems);
  basin.climates = {Climate{"all", Series::constant(18), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  for (int r = 0; r < count; r += 4) {
    Section section;
    section.id = "s" + std::to_string(r);
    section.reach = r;
    section.chainage = 12000;
    section.location = basin.network.locate(r, 12000);
    basin.sections.push_back(section);
  }
}

// A head inflow that swings with the day, and a load along every reach.
void add_sources(Basin& basin, const std::vector<double>& content, const std::vector<double>& load) {
  Source head;
  head.id = "head";
  head.kind = SourceKind::boundary;
  head.node = head.junction = 0;
  std::vector<double> times, flow;
  for (int h = 0; h < 24 * 400; ++h) {
    times.push_back(3600.0 * h);
    flow.push_back(15 + 5 * ((h % 24) < 12 ? (h % 24) / 12.0 : 2 - (h % 24) / 12.0));
  }
  head.flow = Series(times, flow, Interpolation::linear);
  for (std::size_t c = 0; c < content.size(); ++c)
    head.loads.push_back({SourceLoad::Kind::concentration, Series::constant(content[c])});
  basin.sources.push_back(head);
  for (int r = 0; r < static_cast<int>(basin.network.reaches.size()); ++r) {
    Source side;
    side.id = "side" + std::to_string(r);
    side.kind = SourceKind::diffuse;
    side.reach = r;
    side.end_chainage = 500.0 * kCellsPerReach;
    side.carries_water = false;
    for (std::size_t c = 0; c < load.size(); ++c)
      side.loads.push_back({SourceLoad::Kind::load, Series::constant(load[c])});
    basin.sources.push_back(side);
    for (const DiffuseShare& share :
         diffuse_shares(basin.network, side, static_cast<int>(basin.sources.size()) - 1))
      basin.diffuse_shares.push_back(share);
  }
}

// By their number.
void add_ten(FullModel& model, int reaches) {
  std::vector<double> content, load;
  for (const char* id :
       {"DO", "CBOD_fast", "ORGN", "NH3_N", "NO3_N", "ORGP", "PO4_P", "phytoplankton", "TSS", "detritus"}) {
    Constituent constituent;
    constituent.id = id;
    model.basin.constituents.push_back(constituent);
    const double number = static_cast<double>(load.size());
    content.push_back(content.empty() ? 8.0 : 0.5 + 0.1 * number), load.push_back(0.05 * number);
  }
  add_network(model.basin, reaches);
  add_sources(model.basin, content, load);
  add_processes(model.basin);
  model.options.initial_concentration.assign(content.size(), 1.0);
}

// What it usually holds, and a hundredth of it in g/s along each reach. The sun of the clear sky, a light
// wind.
void add_river(FullModel& model, int reaches) {
  model.basin = river_case::river_set(0, false);
  add_network(model.basin, reaches);
  Climate& climate = model.basin.climates.front();
  climate.wind = Series::constant(3);
  climate.cloud = Series::constant(0.3);
  climate.latitude = 30, climate.longitude = 114;
  std::vector<double> content = river_case::usual(), load;
  model.options.initial_concentration = content;
  content.resize(static_cast<std::size_t>(model.basin.carried_count()));
  for (const double c : content) load.push_back(0.01 * c);
  add_sources(model.basin, content, load);
}

}  // namespace

FullModel full_model(int lanes, int steps, int reaches, FullSet set) {
  FullModel model;
  if (set == FullSet::ten)
    add_ten(model, reaches);
  else if (set == FullSet::river)
    add_river(model, reaches);
  else
    add_network(model.basin, reaches), add_sources(model.basin, {}, {});
  model.options.grid = {Time{}, Time{std::chrono::seconds(600 * steps)}, 600, std::chrono::seconds{0}};
  model.options.initial = InitialKind::steady;
  model.options.spin_up = {};
  model.options.map_interval = 0;
  for (int lane = 0; lane < lanes; ++lane) {
    Plan plan;
    Measure cut;
    cut.action = ActionKind::remove_fraction;
    cut.at = {{"source", "head"}};
    for (int c = 0; c < model.basin.carried_count(); ++c) cut.effects.push_back({c, 0.02 * lane});
    plan.measures = {cut};
    model.plans.push_back(plan);
  }
  return model;
}

}  // namespace limpid::bench
