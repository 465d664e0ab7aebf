#include "validation/river_set_order.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "solvers/kinetics.hpp"
#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/river_set.hpp"

namespace limpid::validation {

namespace {

using namespace river_case;

constexpr double kHours = 6, kHour = 3600, kTolerance = 1e-11;

struct Regime {
  std::string name;
  Basin basin;
  std::vector<double> start;  // g/m3
};

Environment surroundings() {
  Environment env = day(1);
  env[Env::temperature][0] = 22, env[Env::depth][0] = 0.8;
  return env;
}

std::vector<double> exact(const Regime& regime, double hours) {
  return cvode_solve(regime.basin, kinetics_case::at_cell(surroundings(), 0), regime.start, hours * kHour,
                     kTolerance);
}

// Contents after six hours in steps of dt.
std::vector<double> march(const Regime& regime, double dt) {
  Basin basin = regime.basin;
  basin.schemes.kinetics_sub_steps = 1;
  const int kinds = static_cast<int>(basin.constituents.size()), carried = basin.carried_count();
  const std::vector<double> volume{1000};
  State water(1, Rows(carried, 1)), attached(1, Rows(kinds - carried, 1));
  const auto at = [&](int i) -> double& {
    return i < carried ? water.row(0)[water.rows.index(i, 0)]
                       : attached.row(0)[attached.rows.index(i - carried, 0)];
  };
  for (int i = 0; i < kinds; ++i) at(i) = volume[0] * regime.start[static_cast<std::size_t>(i)];
  Ledger ledger(Rows(kinds, 1));
  Kinetics kinetics(basin, 1, ledger);
  kinetics.prepare(surroundings());
  for (int n = 0; n < std::lround(kHours * kHour / dt); ++n)
    kinetics.advance(dt, volume, water, &attached, ledger);
  std::vector<double> end;
  for (int i = 0; i < kinds; ++i) end.push_back(at(i) / volume[0]);
  return end;
}

// |c - CVODE| / (0.01 g/m3 + CVODE), largest over the constituents.
double error(const std::vector<double>& c, const std::vector<double>& reference) {
  double worst = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    worst = std::max(worst, std::fabs(c[i] - reference[i]) / (0.01 + std::fabs(reference[i])));
  return worst;
}

void set(Basin& basin, const char* use_id, const char* parameter, double value) {
  for (ProcessUse& use : basin.processes) {
    const auto& known = use.process->info().parameters;
    for (std::size_t p = 0; p < known.size(); ++p)
      if (use.id == use_id && known[p].id == std::string(parameter)) {
        use.parameters[p].value = known[p].unit.unit.to_inside(value);
        return;
      }
  }
  throw std::runtime_error("the set river has no " + std::string(use_id) + "." + parameter);
}

// A shallow torrent below a treatment plant.
Basin quick(Basin basin) {
  set(basin, "reaeration", "k_a_given", 100);
  set(basin, "cbod_fast_oxidation", "k_d", 10);
  set(basin, "nitritation", "k_na", 30);
  set(basin, "nitratation", "k_nb", 100);
  return basin;
}

std::vector<Regime> regimes() {
  std::vector<Regime> list = {{"usual", river_set(1, false), usual()},
                              {"sediment_flux", river_set(1, true), usual()},
                              {"rates to 100 1/d", quick(river_set(1, false)), usual()}};
  for (std::size_t i = 0, n = list.size(); i < n; ++i) {
    Regime later = list[i];
    later.start = exact(list[i], 24);
    later.name += ", a day later";
    list.push_back(later);
  }
  return list;
}

}  // namespace

void river_set_order(const CaseFolder& folder, Report& report) {
  for (const Regime& regime : regimes()) {
    const std::vector<double> reference = exact(regime, kHours);
    std::vector<double> errors;
    for (const int minutes : {60, 15, 5, 1}) {
      errors.push_back(error(march(regime, 60.0 * minutes), reference));
      report.add(folder, regime.name + ", " + std::to_string(minutes) + " min", errors.back());
    }
    const auto order = [&](std::size_t a, double ratio) {
      return std::log(errors[a] / errors[a + 1]) / std::log(ratio);
    };
    report.add(folder, regime.name + ", order 15 to 5 min", std::fabs(order(1, 3) - 2));
    report.add(folder, regime.name + ", order 5 to 1 min", std::fabs(order(2, 5) - 2));
  }
}

}  // namespace limpid::validation
