#include "validation/saturation_tables.hpp"

#include <algorithm>
#include <cmath>

#include "model/carbonate.hpp"
#include "model/derived.hpp"
#include "model/oxygen.hpp"

namespace limpid::validation {

namespace {

double derived(const char* id, const std::vector<double>& inputs) {
  return find_derived(id)->value(inputs.data());
}

// Height [m] at which the standard atmosphere has this pressure [atm].
double height_of(double pressure) {
  return (1 - std::pow(pressure, 1 / 5.25588)) / 2.25577e-5;
}

}  // namespace

// The model knows heights, no pressures.
void oxygen_saturation_table(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference("saturation.csv"), printed = folder.reference("published.csv");
  double fresh = 0, saline = 0, high = 0, published = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const double t = table.at(row, "T_C"), s = table.at(row, "S_ppt"), p = table.at(row, "p_atm"),
                 exact = table.at(row, "DOsat_mgL");
    const double here = derived("DO_saturation", {t, p < 1 ? height_of(p) : 0});
    if (s > 0)
      saline = std::max(saline, std::fabs(oxygen_saturation(t, s) - exact));
    else if (p < 1)
      high = std::max(high, std::fabs(here / exact - 1));
    else
      fresh = std::max(fresh, std::fabs(here - exact));
  }
  for (std::size_t row = 0; row < printed.rows.size(); ++row)
    published = std::max(published, std::fabs(derived("DO_saturation", {printed.at(row, "T_C"), 0}) -
                                              printed.at(row, "published_mgL")));
  report.add(folder, "fresh water", fresh);
  report.add(folder, "as printed", published);
  report.add(folder, "saline water", saline);
  report.add(folder, "at 0.85 atm", high);
}

void unionised_ammonia_table(const CaseFolder& folder, Report& report) {
  constexpr double kAlkalinity = 100, kConductivity = 500;  // mg/L CaCO3; uS/cm, that of the derived quantity
  const Reference table = folder.reference();
  double by_constant = 0, by_water = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const double t = table.at(row, "T_C"), ph = table.at(row, "pH"), exact = table.at(row, "fraction_NH3");
    const double k = ammonia_constant(t), h = power_of_10(-ph);
    const double carbon = 1e3 * kGramCarbonPerMole *
                          inorganic_carbon(ph, kAlkalinity * 1e-3 / kCarbonatePerEquivalent,
                                           carbonate_constants(t, 1.6e-5 * kConductivity));
    by_constant = std::max(by_constant, std::fabs(k / (h + k) - exact));
    by_water =
        std::max(by_water, std::fabs(derived("unionised_ammonia", {1, carbon, kAlkalinity, t}) - exact));
  }
  report.add(folder, "at the pH", by_constant);
  report.add(folder, "by alkalinity and carbon", by_water);
}

}  // namespace limpid::validation
