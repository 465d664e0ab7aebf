#include "validation/network_cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "validation/constant_area.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;
using Json = nlohmann::json;

Json reaches_of(const Reference& reference) {
  return Json::parse(reference.parameters.at("reaches"));
}

// First-order decay with its own rate [1/d] in every reach of the table.
void add_decay_by_reach(Basin& basin, const ConstantAreaNetwork& network, const Json& reaches) {
  ProcessUse& use = add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", 0}});
  for (std::size_t r = 0; r < reaches.size(); ++r) {
    const std::string stretch = "reach " + std::to_string(r + 1);
    for (const auto& part : network.parts_of(r))
      basin.network.reaches[static_cast<std::size_t>(part.reach)].stretch = stretch;
    use.parameters[0].stretches.push_back({stretch, reaches[r].at("k_d").get<double>() / kDay});
  }
}

// Largest error over the rows, relative to the table's largest concentration.
double table_error(const SingleRun& run, const ConstantAreaNetwork& network, const Reference& reference) {
  double error = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const auto reach = static_cast<std::size_t>(reference.at(row, "reach")) - 1;
    const double model = network.at(run, 0, reach, reference.at(row, "x_m"));
    error = std::max(error, std::fabs(model - reference.at(row, "C_mgL")));
  }
  return error / largest(reference, "C_mgL");
}

constexpr double kStep = 300;  // s; cells are made so that the Courant number is 0.5
constexpr int kParts = 10;

std::vector<StraightReach> plug_flow_reaches(const Json& list) {
  std::vector<double> head(list.size() + 1, 0);  // discharge at the node above reach i
  std::vector<StraightReach> reaches;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& r = list[i];
    const std::size_t down = r.at("down").is_null() ? list.size() : r.at("down").get<std::size_t>() - 1;
    StraightReach reach;
    reach.length = r.at("L"), reach.area = r.at("A"), reach.lateral = r.value("q", 0.0);
    reach.discharge = head[i] + r.value("Qh", 0.0) + r.value("Qp", 0.0);
    head[down] += reach.discharge + reach.lateral * reach.length;
    reach.parts = reach.lateral > 0 ? kParts : 1;
    const double speed = (reach.discharge + 0.5 * reach.lateral * reach.length) / reach.area;
    reach.cells =
        reach.parts * static_cast<int>(std::lround(reach.length / reach.parts / (2 * speed * kStep)));
    reach.from = static_cast<int>(i), reach.to = static_cast<int>(down);
    reaches.push_back(reach);
  }
  return reaches;
}

// Discharges at the table's places, from the water's own faces.
double discharge_error(const SingleRun& run, const Basin& basin, const ConstantAreaNetwork& network,
                       const Reference& reference) {
  const WaterStep& water = run.simulation().water();
  double error = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    for (const auto& part : network.parts_of(static_cast<std::size_t>(reference.at(row, "reach")) - 1))
      if (std::fabs(part.begin - reference.at(row, "x_m")) < 1e-6) {
        const int face =
            basin.network.first_face(basin.network.first_chain[static_cast<std::size_t>(part.reach)]);
        const double flow = water.face[static_cast<std::size_t>(face)] / water.dt;
        error = std::max(error, std::fabs(flow / reference.at(row, "Q_m3_s") - 1));
      }
  return error;
}

double balance(const SingleRun& run) {
  return std::max(std::fabs(run.simulation().closure(0, 0)), std::fabs(run.simulation().closure(-1, 0)));
}

}  // namespace

void network_plug_flow(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Json list = reaches_of(reference);
  const ConstantAreaNetwork network(plug_flow_reaches(list), static_cast<int>(list.size()) + 1);
  Basin basin = uniform_basin(network.parts());
  add_constituents(basin, {"tracer"});
  add_decay_by_reach(basin, network, list);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& r = list[i];
    const int node = static_cast<int>(i);
    if (r.contains("Qh"))
      set_concentration(basin, add_boundary(basin, node, r["Qh"]), "tracer", Series::constant(r.at("Ch")));
    if (r.contains("Qp"))
      set_load(basin, add_boundary(basin, node, r["Qp"]), "tracer", Series::constant(r.at("Wp")));
    if (r.contains("q")) network.add_lateral(basin, i, r["q"], "tracer", r.at("cl"));
  }
  const RunOptions options = plain_options(kStep, 1500);
  SingleRun run(basin, options);
  run.to_end();
  report.add(folder, "concentration", table_error(run, network, reference));
  report.add(folder, "discharge", discharge_error(run, basin, network, reference));
  report.add(folder, "mass balance", balance(run));
}

namespace {

// Roots of D l^2 - u l - k = 0.
struct Exponents {
  double up, down;
  Exponents(double u, double d, double k)
      : up((u + std::sqrt(u * u + 4 * k * d)) / (2 * d)),
        down((u - std::sqrt(u * u + 4 * k * d)) / (2 * d)) {}
};

// One reach of the Y: c = a exp(up (x - L)) + b exp(down x).
struct Limb {
  double length, flow, area, dispersion;
  Exponents e;
  explicit Limb(const Json& r)
      : length(r.at("L")),
        flow(r.at("Q")),
        area(r.at("A")),
        dispersion(r.at("D")),
        e(flow / area, dispersion, r.at("k_d").get<double>() / kDay) {}
  // Flux Q c - A D dc/dx at x for coefficients a, b.
  double flux(double x, double a, double b) const {
    const double rising = a * std::exp(e.up * (x - length)), falling = b * std::exp(e.down * x);
    return flow * (rising + falling) - area * dispersion * (e.up * rising + e.down * falling);
  }
  // Coefficients for c(0) = head, c(L) = foot.
  std::array<double, 2> between(double head, double foot) const {
    const double p = std::exp(-e.up * length), q = std::exp(e.down * length);
    const double a = (foot - head * q) / (1 - p * q);
    return {a, head - a * p};
  }
  // Coefficients for c(0) = head, dc/dx(L) = 0.
  std::array<double, 2> ending(double head) const {
    const double p = std::exp(-e.up * length),
                 ratio = -e.down / e.up * std::exp(e.down * length);  // a = ratio b
    const double b = head / (1 + ratio * p);
    return {ratio * b, b};
  }
};

// Fluxes into the two head reaches, where the answer prescribes the concentration: the balance at the node is
// linear in the concentration there, and its root follows from two values.
std::array<double, 2> head_fluxes(const Json& list, double junction_load) {
  const Limb one(list[0]), two(list[1]), three(list[2]);
  const double c1 = list[0].at("C0"), c2 = list[1].at("C0");
  const auto excess = [&](double m) {
    const auto a = one.between(c1, m), b = two.between(c2, m), c = three.ending(m);
    return one.flux(one.length, a[0], a[1]) + two.flux(two.length, b[0], b[1]) + junction_load -
           three.flux(0, c[0], c[1]);
  };
  const double m = excess(0) / (excess(0) - excess(1));
  const auto a = one.between(c1, m), b = two.between(c2, m);
  return {one.flux(0, a[0], a[1]), two.flux(0, b[0], b[1])};
}

// Errors of each row at the given cell length, relative to the table's largest concentration.
std::vector<double> y_errors(const Reference& reference, double cell, double* closure) {
  const Json list = reaches_of(reference);
  std::vector<StraightReach> reaches;
  for (int i = 0; i < 3; ++i) {
    const Json& r = list[static_cast<std::size_t>(i)];
    const int cells = static_cast<int>(std::lround(r.at("L").get<double>() / cell));
    reaches.push_back({r.at("L"), r.at("A"), r.at("Q"), 0, r.at("D"), cells, 1, i, i < 2 ? 2 : 3});
  }
  const ConstantAreaNetwork network(reaches, 4);
  Basin basin = uniform_basin(network.parts());
  add_constituents(basin, {"tracer"});
  add_decay_by_reach(basin, network, list);
  const double junction_load = reference.parameter("W_junction_g_s");
  const auto loads = head_fluxes(list, junction_load);
  for (int i = 0; i < 2; ++i)
    set_load(basin, add_boundary(basin, i, list[static_cast<std::size_t>(i)].at("Q")), "tracer",
             Series::constant(loads[static_cast<std::size_t>(i)]));
  set_load(basin, add_boundary(basin, 2, 0), "tracer", Series::constant(junction_load));
  const double step =
      cell;  // 1 s a metre: Fourier number at most 2.4 in a half step, Crank-Nicolson throughout
  const RunOptions options = plain_options(step, static_cast<int>(4e5 / step));
  SingleRun run(basin, options);
  run.to_end();
  *closure = std::max(*closure, balance(run));
  std::vector<double> errors;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const auto reach = static_cast<std::size_t>(reference.at(row, "reach")) - 1;
    const double model = network.at(run, 0, reach, reference.at(row, "x_m"));
    errors.push_back((model - reference.at(row, "C_mgL")) / largest(reference, "C_mgL"));
  }
  return errors;
}

}  // namespace

// `refined` is what two grids promise for ever smaller cells, of second order.
void network_dispersion(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  double closure = 0, worst = 0, refined = 0, away = 0;
  const std::vector<double> coarse = y_errors(reference, 40, &closure),
                            fine = y_errors(reference, 20, &closure);
  for (std::size_t row = 0; row < fine.size(); ++row) {
    worst = std::max(worst, std::fabs(fine[row]));
    refined = std::max(refined, std::fabs((4 * fine[row] - coarse[row]) / 3));
    const bool below = reference.at(row, "reach") == 3 && reference.at(row, "x_m") > 0;
    if (below) away = std::max(away, std::fabs(fine[row]));
  }
  report.add(folder, "concentration, refined", refined);
  report.add(folder, "concentration at 20 m", worst);
  report.add(folder, "below the junction at 20 m", away);
  report.add(folder, "mass balance", closure);
}

}  // namespace limpid::validation
