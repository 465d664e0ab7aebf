#include "validation/lower_colorado.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <netcdf>
#include <stdexcept>

#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kStep = 300, kHours = 27, kCellLength = 2000;
constexpr double kLeastSlope = 1e-5;   // the table's own floor
constexpr double kUnknownHead = 0.01;  // m3/s, for headwaters whose flow the file does not give

// Hourly values of one variable, [hour][link], and the links they belong to.
struct Inflow {
  std::vector<int> links;
  std::vector<float> lateral, discharge;
};

Inflow read_inflow(const std::string& path) {
  const netCDF::NcFile file(path, netCDF::NcFile::read);
  Inflow inflow;
  inflow.links.resize(file.getDim("feature_id").getSize());
  inflow.lateral.resize(inflow.links.size() * file.getDim("time").getSize());
  inflow.discharge.resize(inflow.lateral.size());
  file.getVar("feature_id").getVar(inflow.links.data());
  file.getVar("q_lateral").getVar(inflow.lateral.data());
  file.getVar("streamflow").getVar(inflow.discharge.data());
  return inflow;
}

Channel channel_of(const Reference& table, std::size_t row) {
  Channel channel;
  channel.id = std::to_string(row);
  channel.shape = ChannelShape::compound;
  channel.bottom_width = table.at(row, "BtmWdth");
  channel.side_slope = 1 / table.at(row, "ChSlp");
  channel.bank_depth = (table.at(row, "TopWdth") - channel.bottom_width) / (2 * channel.side_slope);
  channel.flood_width = table.at(row, "TopWdthCC") - table.at(row, "TopWdth");
  channel.flood_manning_n = table.at(row, "nCC");
  return channel;
}

// Node i is the upper end of link i; one more node is the outlet.
Basin river_of(const Reference& table) {
  std::map<double, int> index;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    index[table.at(row, "link")] = static_cast<int>(row);
  std::vector<Node> nodes(table.rows.size() + 1);
  std::vector<Reach> reaches(table.rows.size());
  std::vector<Channel> channels;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    nodes[row].id = std::to_string(row);
    Reach& reach = reaches[row];
    reach.id = std::to_string(static_cast<long long>(table.at(row, "link")));
    reach.from = static_cast<int>(row);
    const auto down = index.find(table.at(row, "to"));
    reach.to = down == index.end() ? static_cast<int>(table.rows.size()) : down->second;
    reach.length = table.at(row, "Length");
    reach.slope = std::max(kLeastSlope, table.at(row, "So"));
    reach.manning_n = table.at(row, "n");
    reach.channel = static_cast<int>(row);
    channels.push_back(channel_of(table, row));
  }
  nodes.back().id = "outlet";
  Problems problems;
  Basin basin;
  basin.network = build_network(nodes, reaches, channels, {}, kCellLength, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.climates = {Climate{"all", Series::constant(20), Series::constant(0)}};
  basin.reach_climate.assign(reaches.size(), 0);
  add_constituents(basin, {"tracer"});
  return basin;
}

// The tracer enters with all water at 1 g m-3: headwaters at their flow of hour 0, lateral inflow hour by
// hour.
void add_inflow(Basin& basin, const Inflow& inflow) {
  std::map<std::string, std::size_t> column;
  for (std::size_t k = 0; k < inflow.links.size(); ++k) column[std::to_string(inflow.links[k])] = k;
  const std::size_t hours = inflow.lateral.size() / inflow.links.size();
  for (std::size_t r = 0; r < basin.network.reaches.size(); ++r) {
    const std::size_t k = column.at(basin.network.reaches[r].id);
    if (basin.network.junctions[static_cast<std::size_t>(basin.network.reaches[r].from)].in.empty()) {
      const auto known = static_cast<double>(inflow.discharge[k]);
      Source& head =
          add_boundary(basin, basin.network.reaches[r].from, std::isfinite(known) ? known : kUnknownHead);
      set_concentration(basin, head, "tracer", Series::constant(1));
    }
    std::vector<double> times, values;
    for (std::size_t h = 0; h < hours; ++h) {
      times.push_back(3600.0 * static_cast<double>(h));
      values.push_back(static_cast<double>(inflow.lateral[h * inflow.links.size() + k]));
    }
    times.push_back(3600.0 * static_cast<double>(hours));  // the last hour ends here
    values.push_back(values.back());
    const Series series(times, values, Interpolation::step_mean);
    if (series.is_zero()) continue;
    Source& side = add_diffuse(basin, static_cast<int>(r), 0);
    side.flow = series;
    set_concentration(basin, side, "tracer", Series::constant(1));
  }
}

// Balances, sign and uniformity by one scheme.
void route(const CaseFolder& folder, const Basin& basin, const std::string& scheme, Report& report) {
  RunOptions options = plain_options(kStep, static_cast<int>(kHours * 3600 / kStep));
  options.initial_concentration = {1.0};
  SingleRun run(basin, options);
  double lowest = 0;
  run.each_step([&](double) {
    const std::vector<double>& volume = run.simulation().water().volume1;
    lowest = std::min(lowest, *std::min_element(volume.begin(), volume.end()));
  });
  double deviation = 0;
  for (int i = 0; i < basin.network.cell_count(); ++i)
    if (run.simulation().water().volume1[static_cast<std::size_t>(i)] > 1)
      deviation = std::max(deviation, std::fabs(run.concentration(0, i) - 1));
  report.add(folder, "water balance, " + scheme, run.simulation().closure(-1, 0));
  report.add(folder, "tracer balance, " + scheme, run.simulation().closure(0, 0));
  report.add(folder, "uniform tracer, " + scheme, deviation);
  report.add(folder, "volume below 0, " + scheme, -lowest);
  report.add(folder, "cells not solved, " + scheme,
             static_cast<double>(run.simulation().hydraulics().counts().capped));
}

}  // namespace

Basin lower_colorado_basin(const CaseFolder& folder) {
  Basin basin = river_of(folder.reference("network.csv"));
  add_inflow(basin, read_inflow(folder.file("inflow.nc").string()));
  return basin;
}

void lower_colorado(const CaseFolder& folder, Report& report) {
  Basin basin = lower_colorado_basin(folder);
  const double links = static_cast<double>(read_inflow(folder.file("inflow.nc").string()).links.size());
  report.add(folder, "links missing", std::fabs(links - static_cast<double>(basin.network.chains.size())));
  basin.schemes.hydraulics = HydraulicScheme::kinematic;
  route(folder, basin, "kinematic", report);
  basin.schemes.hydraulics = HydraulicScheme::muskingum_cunge;
  route(folder, basin, "muskingum-cunge", report);
}

namespace {

constexpr const char* kTen[] = {"DO",   "CBOD_fast", "ORGN",          "NH3_N", "NO3_N",
                                "ORGP", "PO4_P",     "phytoplankton", "TSS",   "tracer"};
constexpr double kInflow[] = {8, 3, 0.5, 0.3, 1, 0.05, 0.1, 0.02, 40, 1};  // g/m3
constexpr double kDayLong = 28;                                            // h

void add_river_processes(Basin& basin) {
  add_process(basin, "reaeration");
  add_process(basin, "cbod_oxidation");
  add_process(basin, "nitrification");
  add_process(basin, "sediment_oxygen_demand", {}, {{"sod", 0.5}});
  add_process(basin, "transformation", {{"reactant", "ORGN"}, {"product", "NH3_N"}}, {{"k", 0.1}});
  add_process(basin, "transformation", {{"reactant", "ORGP"}, {"product", "PO4_P"}}, {{"k", 0.1}});
  for (const char* settles : {"ORGN", "ORGP", "CBOD_fast", "phytoplankton", "TSS"})
    add_process(basin, "settling", {{"constituent", settles}}, {{"v_s", 0.2}});
  add_process(basin, "first_order_decay", {{"constituent", "phytoplankton"}}, {{"k", 0.2}});
}

// The same river and inflows with ten constituents instead of the tracer alone.
Basin ten_constituents(const CaseFolder& folder) {
  Basin basin = lower_colorado_basin(folder);
  basin.constituents.clear();
  add_constituents(basin, {std::begin(kTen), std::end(kTen)});
  for (Source& source : basin.sources) {
    source.loads.clear();
    for (const double concentration : kInflow)
      source.loads.push_back({SourceLoad::Kind::concentration, Series::constant(concentration)});
  }
  for (Reach& reach : basin.network.reaches) reach.dispersion = 10;
  basin.schemes.hydraulics = HydraulicScheme::muskingum_cunge;
  return basin;
}

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double wall_time(SingleRun& run) {
  const double start = seconds();
  run.to_end();
  return seconds() - start;
}

double lowest_amount(const Simulation& simulation) {
  double lowest = 0;
  for (int i = 0; i < simulation.state().cells(); ++i)
    for (int c = 0; c < simulation.rows().constituents; ++c)
      lowest = std::min(lowest, simulation.stores().amount(i, c, 0));
  return lowest;
}

}  // namespace

void lower_colorado_ten(const CaseFolder& folder, Report& report) {
  const CaseFolder data(folder.file("../lower_colorado"));
  Basin basin = ten_constituents(data);
  RunOptions options = plain_options(kStep, static_cast<int>(kDayLong * 3600 / kStep));
  options.initial_concentration.assign(std::begin(kInflow), std::end(kInflow));
  double carried = 0;
  {
    SingleRun run(basin, options);
    carried = wall_time(run);
  }
  add_river_processes(basin);
  SingleRun run(basin, options);
  const double whole = wall_time(run);
  const Simulation& simulation = run.simulation();
  double closure = 0, deviation = 0;
  for (int c = 0; c < 10; ++c) closure = std::max(closure, std::fabs(simulation.closure(c, 0)));
  for (int i = 0; i < basin.network.cell_count(); ++i)
    if (simulation.water().volume1[static_cast<std::size_t>(i)] > 1)
      deviation = std::max(deviation, std::fabs(run.concentration(9, i) - 1));
  report.add(folder, "water balance", simulation.closure(-1, 0));
  report.add(folder, "largest balance of ten", closure);
  report.add(folder, "below 0", std::fabs(lowest_amount(simulation)));
  report.add(folder, "uniform tracer", deviation);
  report.add(folder, "kinetics, share of time", std::max(0.0, 1 - carried / whole));
  report.add(folder, "run, share of river time", whole / (3600 * kDayLong));
}

}  // namespace limpid::validation
