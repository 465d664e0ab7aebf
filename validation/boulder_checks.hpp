// What else Boulder Creek is asked: what its bed gives, whether elements are kept, whether the day comes
// again.
#pragma once

#include <vector>

#include "validation/boulder_day.hpp"
#include "validation/point_reactions.hpp"

namespace limpid::validation {

// Fluxes of process sediment_flux per m2 of bed, reach by reach, as means over what was looked at.
class BedFluxes {
 public:
  explicit BedFluxes(std::size_t reaches);
  // c: contents per m3; depth in m; every look at a reach counts the same.
  void look(const PointReactions& reactions, const double* c, double depth, std::size_t reach);
  // Every cell of a run as it stands.
  void look(const Simulation& simulation);
  // Against sediment_fluxes.csv of the folder `data` beside that of the case.
  void compare(const CaseFolder& folder, const std::string& data, Report& report) const;

 private:
  std::vector<std::vector<double>> sums_;  // [flux][reach]
  std::vector<double> looks_;              // [reach]
};

// N, P and C of a whole run: what all stores hold more and what came in through all accounts outside (water,
// bed, atmosphere), and what processes within turned, which must be none; over what there was and was moved.
void compare_elements(const CaseFolder& folder, const Simulation& simulation, Report& report);

// Largest change of a daily mean from one day to the next anywhere, over the column's range along the river:
// of bottom algae, and of all else.
void compare_days(const CaseFolder& folder, const DayTable& before, const DayTable& after, Report& report);

}  // namespace limpid::validation
