#include "validation/weir_backwater.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "model/bed.hpp"
#include "solvers/hydraulics.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

// A reach above the weir and one below it. drowned: with a stage at the outlet.
Basin river_of(const Reference& table, double cell_length, HydraulicScheme scheme, bool drowned) {
  std::vector<Node> nodes(3);
  std::vector<Reach> reaches(2);
  for (std::size_t r = 0; r < 3; ++r) nodes[r].id = std::to_string(r);
  for (std::size_t r = 0; r < 2; ++r) {
    reaches[r].id = std::to_string(r);
    reaches[r].from = static_cast<int>(r);
    reaches[r].to = static_cast<int>(r) + 1;
    reaches[r].length = table.parameter(r == 0 ? "L_above" : "L_below");
    reaches[r].slope = table.parameter("S0");
    reaches[r].manning_n = table.parameter("n");
  }
  Channel channel;
  channel.bottom_width = table.parameter("B");
  Basin basin;
  Problems problems;
  basin.network = build_network(nodes, reaches, {channel}, {}, cell_length, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  Structure weir;
  weir.node = 1;
  weir.width = table.parameter("weir_width");
  weir.coefficient = table.parameter("C");
  weir.crest_level = node_beds(basin.network)[1] + table.parameter("crest");
  basin.network.structures = {weir};
  Outlet outlet;
  outlet.node = 2;
  outlet.kind = OutletKind::stage;
  outlet.stage = Series::constant(table.parameter("stage_drowned"));  // the outlet's bed lies at 0
  if (drowned) basin.network.outlets = {outlet};
  basin.schemes.hydraulics = scheme;
  Source source;
  source.kind = SourceKind::boundary;
  source.junction = 0;
  basin.sources = {source};
  return basin;
}

// From the table's rows of one part of the river, whose spacing every cell's middle meets.
double exact_depth(const Reference& table, int part, double x, const std::string& column) {
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (table.at(row, "part") == part && std::fabs(table.at(row, "x_m") - x) < 1e-6)
      return table.at(row, column);
  throw std::runtime_error("no row for a cell's middle");
}

struct Outcome {
  double depth = 0, flow = 0;  // RMSE over the mean depth; largest deviation of the flow, relative
};

Outcome run(const Reference& table, double cell_length, HydraulicScheme scheme, bool drowned) {
  const Basin basin = river_of(table, cell_length, scheme, drowned);
  const Network& network = basin.network;
  constexpr double kStep = 300, kSteps = 1000;  // s; 20 times what fills the river
  const double flow = table.parameter("Q");
  const WaterInput input{kStep, {flow * kStep}, {flow}};
  WaterStep step(network, 1);
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->initialise(input, step);
  for (int n = 0; n < kSteps; ++n) hydraulics->advance(input, step);
  double square = 0, sum = 0;
  for (std::size_t i = 0; i < step.area.size(); ++i) {
    const int part = network.cell_reach[i];
    const double x = network.cell_chainage[i] + (part == 1 ? table.parameter("L_above") : 0);
    const double exact = exact_depth(table, part, x, drowned ? "h_drowned_m" : "h_free_m");
    square += std::pow(step.area[i] / table.parameter("B") - exact, 2);
    sum += exact;
  }
  const auto cells = static_cast<double>(step.area.size());
  Outcome outcome{std::sqrt(square / cells) / (sum / cells), 0};
  for (const double volume : step.face)
    outcome.flow = std::max(outcome.flow, std::fabs(volume / (kStep * flow) - 1));
  return outcome;
}

}  // namespace

void weir_backwater(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference();
  for (const auto& [name, scheme] :
       {std::pair("steady", HydraulicScheme::steady), std::pair("dynamic", HydraulicScheme::dynamic)})
    for (const bool drowned : {false, true}) {
      std::vector<double> errors;
      double flow = 0;
      for (const double cell_length : {100.0, 50.0, 25.0}) {
        const Outcome outcome = run(table, cell_length, scheme, drowned);
        errors.push_back(outcome.depth);
        flow = std::max(flow, outcome.flow);
      }
      const std::string what = std::string(name) + (drowned ? ", drowned: " : ", free: ");
      report.add(folder, what + "depth RMSE, cells of 100 m", errors.front());
      report.add(folder, what + "order below 1", std::max(0.0, 1 - order_of(errors)));
      report.add(folder, what + "flow along the river", flow);
    }
}

}  // namespace limpid::validation
