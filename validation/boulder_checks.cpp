#include "validation/boulder_checks.hpp"

#include <algorithm>
#include <cmath>

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;

// A column of the reference, the rows of the process that give and take, and the factor from g/m2/d.
struct BedFlux {
  const char *quantity, *column, *gives, *takes;
  double factor;
};
constexpr BedFlux kFluxes[] = {
    {"bed, oxygen demand", "SOD_gO2_m2_d", nullptr, "oxygen_demand", 1},
    {"bed, methane", "CBODflux", "methane_release", "methane_uptake", 1},
    {"bed, ammonium", "NH4flux_mgN_m2_d", "ammonia_release", "ammonia_uptake", 1e3},
    {"bed, phosphate", "SRPflux", "phosphate_release", "phosphate_uptake", 1e3},
    {"bed, nitrate", "NO3flux", "nitrate_release", "nitrate_uptake", 1e3}};

double flux(const BedFlux& f, const PointReactions& reactions, const double* c) {
  const double gives = f.gives ? reactions.rate("sediment_flux", f.gives, c) : 0;
  return kDay * f.factor * (gives - reactions.rate("sediment_flux", f.takes, c));
}

// Surroundings of a cell of a run whose temperature is simulated.
std::array<double, kEnvCount> around(const Simulation& simulation, std::size_t cell, double temperature) {
  std::array<double, kEnvCount> env{};
  for (std::size_t e = 0; e < env.size(); ++e) env[e] = simulation.environment().values[e][cell];
  env[static_cast<std::size_t>(Env::temperature)] = temperature;
  return env;
}

}  // namespace

BedFluxes::BedFluxes(std::size_t reaches)
    : sums_(std::size(kFluxes), std::vector<double>(reaches, 0.0)), looks_(reaches, 0.0) {}

void BedFluxes::look(const PointReactions& reactions, const double* c, double depth, std::size_t reach) {
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k][reach] += depth * flux(kFluxes[k], reactions, c);
  ++looks_[reach];
}

void BedFluxes::look(const Simulation& simulation) {
  const Basin& basin = simulation.basin();
  const auto heat = static_cast<std::size_t>(basin.constituent("temperature"));
  for (int cell = 0; cell < basin.network.cell_count(); ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const auto reach = static_cast<std::size_t>(basin.network.cell_reach[i]);
    std::vector<double> c;
    for (std::size_t k = 0; k < basin.constituents.size(); ++k)
      c.push_back(simulation.stores().amount(cell, static_cast<int>(k), 0) / simulation.water().volume1[i]);
    const PointReactions reactions(basin, around(simulation, i, c[heat]),
                                   basin.network.reaches[reach].stretch);
    look(reactions, c.data(), simulation.water().depth[i], reach);
  }
}

void BedFluxes::compare(const CaseFolder& folder, const std::string& data, Report& report) const {
  const Reference reference = folder.reference(data + "sediment_fluxes.csv");
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    double sum = 0, low = 1e300, high = -1e300;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
      const double exact = reference.at(i, kFluxes[k].column);
      sum += std::pow(sums_[k][i] / looks_[i] - exact, 2);
      low = std::min(low, exact), high = std::max(high, exact);
    }
    report.add(folder, kFluxes[k].quantity,
               std::sqrt(sum / static_cast<double>(looks_.size())) / (high - low));
  }
}

namespace {

double element_closure(const Simulation& simulation, double Composition::*part) {
  const Basin& basin = simulation.basin();
  const Ledger& ledger = simulation.ledger();
  double made = 0, moved = 0, change = 0, outside = 0, stock = 0;
  for (int c = 0; c < static_cast<int>(basin.constituents.size()); ++c) {
    const double holds = basin.constituents[static_cast<std::size_t>(c)].composition.*part;
    change += holds * (simulation.stores().total(c, 0) - simulation.stock_begin(c, 0));
    stock += holds * simulation.stock_begin(c, 0);
    for (int a = 0; a < static_cast<int>(ledger.accounts().size()); ++a) {
      const bool within = ledger.accounts()[static_cast<std::size_t>(a)].starts_with("process:");
      (within ? made : outside) += holds * ledger.net(a, c, 0);
      moved += holds * ledger.gross(a, c, 0);
    }
  }
  return std::max(std::fabs(made), std::fabs(change - outside)) / (stock + moved);
}

}  // namespace

void compare_elements(const CaseFolder& folder, const Simulation& simulation, Report& report) {
  report.add(folder, "nitrogen, closure", element_closure(simulation, &Composition::nitrogen));
  report.add(folder, "phosphorus, closure", element_closure(simulation, &Composition::phosphorus));
  report.add(folder, "carbon, closure", element_closure(simulation, &Composition::carbon));
}

namespace {

double largest_change(const std::vector<DailyValue>& before, const std::vector<DailyValue>& after) {
  double low = 1e300, high = -1e300, change = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const double was = before[i].mean;
    low = std::min(low, was), high = std::max(high, was);
    change = std::max(change, std::fabs(after[i].mean - was));
  }
  return change / (high - low);
}

}  // namespace

void compare_days(const CaseFolder& folder, const DayTable& before, const DayTable& after, Report& report) {
  double algae = 0, others = 0;
  for (std::size_t k = 0; k < before.size(); ++k) {
    const bool is_algae =
        k < boulder_columns().size() && boulder_columns()[k].id == std::string("bottom_algae");
    double& worst = is_algae ? algae : others;
    worst = std::max(worst, largest_change(before[k], after[k]));
  }
  report.add(folder, "day 4 to day 5, bottom algae", algae);
  report.add(folder, "day 4 to day 5, all else", others);
}

}  // namespace limpid::validation
