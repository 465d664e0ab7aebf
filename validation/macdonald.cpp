#include "validation/macdonald.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <stdexcept>

#include "solvers/hydraulics.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kWide = 1e6;  // m; R = h to 2e-6

constexpr double kJump = 500, kBesideJump = 60;  // m, where the hydraulic jump stands, and what is left out

double jump_depth(double x) {
  if (x <= kJump) return 0.9 - std::exp(-x / 250) / 6;
  const double wave = std::exp(-20 * (x / 1000 - 0.5));
  return 1 - 0.348427 * wave + 0.552264 * wave * wave - 0.55558 * wave * wave * wave +
         0.8 * std::exp(x / 1000 - 1);
}

// The depths that the tables were made from (h_m of reference.csv, checked below).
std::function<double(double)> exact_depth(const std::string& id) {
  const double critical = std::cbrt(4 / 9.81);
  const auto bump = [](double x, double k) { return std::exp(-k * std::pow(x / 1000 - 0.5, 2)); };
  if (id == "macdonald_periodic_subcritical_5km")
    return [](double x) { return 1.125 + 0.25 * std::sin(std::numbers::pi * x / 500); };
  if (id == "macdonald_supercritical_wide_1km")
    return [=](double x) { return critical * (1 - 0.2 * bump(x, 36)); };
  if (id == "macdonald_hydraulic_jump_1km") return [=](double x) { return critical * jump_depth(x); };
  if (id == "macdonald_transcritical_1km")
    return [=](double x) {
      const double steepness = x <= 500 ? 3 : 6;
      return critical * (1 - std::tanh(steepness * (x / 1000 - 0.5)) / steepness);
    };
  return [=](double x) { return critical * (1 + 0.5 * bump(x, 16)); };
}

void require_table(const Reference& table, const std::function<double(double)>& depth) {
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (std::fabs(table.at(row, "h_m") - depth(table.at(row, "x_m"))) > 1e-9)
      throw std::runtime_error("depth of the reference is not that of its formula");
}

// Bed between the table's rows, by its heights and slopes.
double bed_at(const Reference& table, double x) {
  const double spacing = table.at(1, "x_m") - table.at(0, "x_m");
  const auto row = std::min(static_cast<std::size_t>(x / spacing), table.rows.size() - 2);
  const double t = x / spacing - static_cast<double>(row);
  const auto z = [&](std::size_t r) { return table.at(r, "z_bed_m"); };
  const auto fall = [&](std::size_t r) { return table.at(r, "S0") * spacing; };
  return (1 + 2 * t) * (1 - t) * (1 - t) * z(row) + t * t * (3 - 2 * t) * z(row + 1) -
         t * (1 - t) * (1 - t) * fall(row) + t * t * (1 - t) * fall(row + 1);
}

struct Profile {
  const Reference& table;
  std::function<double(double)> depth;
  double length, width, flow;
  bool jumps;   // at kJump
  double from;  // m; what enters in uniform flow finds the profile on the way there

  // Not where the scheme steps across the jump.
  bool compared(double x) const { return x > from && (!jumps || std::fabs(x - kJump) > kBesideJump); }
};

// One reach a cell, with the table's bed at its ends.
Basin river_of(const Profile& profile, int cells, HydraulicScheme scheme) {
  const double dx = profile.length / cells;
  std::vector<Node> nodes(static_cast<std::size_t>(cells) + 1);
  std::vector<Reach> reaches(static_cast<std::size_t>(cells));
  for (int i = 0; i <= cells; ++i) nodes[static_cast<std::size_t>(i)].id = std::to_string(i);
  for (int i = 0; i < cells; ++i) {
    Reach& reach = reaches[static_cast<std::size_t>(i)];
    reach.id = std::to_string(i);
    reach.from = i;
    reach.to = i + 1;
    reach.length = dx;
    reach.slope = (bed_at(profile.table, i * dx) - bed_at(profile.table, (i + 1) * dx)) / dx;
    reach.manning_n = profile.table.parameter("n");
  }
  nodes.back().bed_level = bed_at(profile.table, profile.length);
  Channel channel;
  channel.bottom_width = profile.width;
  Basin basin;
  Problems problems;
  basin.network = build_network(nodes, reaches, {channel}, {}, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  Outlet outlet;
  outlet.node = cells;
  outlet.kind = OutletKind::stage;
  outlet.stage = Series::constant(nodes.back().bed_level + profile.depth(profile.length));
  basin.network.outlets.push_back(outlet);
  basin.schemes.hydraulics = scheme;
  Source source;
  source.kind = SourceKind::boundary;
  source.junction = 0;
  basin.sources.push_back(source);
  return basin;
}

struct Outcome {
  double depth = 0, flow = 0;  // RMSE over the mean depth; largest deviation of the flow, relative
  double jump = 0;             // cells that the jump stands off its place, by the water that is lacking there
};

Outcome run(const Profile& profile, int cells, HydraulicScheme scheme) {
  const Basin basin = river_of(profile, cells, scheme);
  const double dt = profile.length / cells;  // s: a Courant number of about 5
  const WaterInput input{dt, {profile.flow * dt}, {profile.flow}};
  WaterStep step(basin.network, 1);
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->initialise(input, step);
  for (int n = 0; n < 20 * cells; ++n) hydraulics->advance(input, step);
  double square = 0, mean = 0, lacking = 0;
  Outcome outcome;
  for (int i = 0; i < cells; ++i) {
    const auto cell = static_cast<std::size_t>(basin.network.chains[static_cast<std::size_t>(i)].first_cell);
    const double x = (static_cast<double>(basin.network.cell_reach[cell]) + 0.5) * profile.length / cells;
    const double exact = profile.depth(x), depth = step.area[cell] / profile.width;
    const double off = depth - exact;
    if (profile.compared(x)) square += off * off / cells;
    if (profile.jumps && std::fabs(x - kJump) < 100) lacking -= off;
    mean += exact / cells;
  }
  if (profile.jumps) outcome.jump = lacking / (profile.depth(kJump + 1e-9) - profile.depth(kJump));
  for (const double volume : step.face)
    outcome.flow = std::max(outcome.flow, std::fabs(volume / (dt * profile.flow) - 1));
  outcome.depth = std::sqrt(square) / mean;
  return outcome;
}

}  // namespace

void macdonald(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference();
  Profile profile{table,
                  exact_depth(folder.id()),
                  table.parameter("L"),
                  kWide,
                  0,
                  folder.id() == "macdonald_hydraulic_jump_1km",
                  0};
  if (profile.jumps || folder.id() == "macdonald_transcritical_1km") profile.from = 100;
  require_table(table, profile.depth);
  const bool wide = table.parameters.count("q") > 0;
  if (!wide) profile.width = table.parameter("B");
  profile.flow = wide ? table.parameter("q") * kWide : table.parameter("Q");
  for (const auto& [name, scheme] :
       {std::pair("steady", HydraulicScheme::steady), std::pair("dynamic", HydraulicScheme::dynamic)}) {
    std::vector<double> errors;
    double flow = 0, jump = 0;
    for (const int cells : {50, 100, 200}) {
      const Outcome outcome = run(profile, cells, scheme);
      errors.push_back(outcome.depth);
      if (cells == 100) flow = outcome.flow;
      jump = std::max(jump, std::fabs(outcome.jump));
    }
    if (profile.jumps) report.add(folder, std::string(name) + ": cells from the jump's place, most", jump);
    report.add(folder, std::string(name) + ": depth RMSE, 100 cells", errors[1]);
    report.add(folder, std::string(name) + ": order below 1", std::max(0.0, 1 - order_of(errors)));
    report.add(folder, std::string(name) + ": flow along the channel", flow);
  }
}

}  // namespace limpid::validation
