// What stands below an outlet of the network and what it does to the water above.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/problem.hpp"
#include "model/series.hpp"

namespace limpid {

// Discharge by stage: straight between rows, 0 below the first, on as between the last two above the last.
struct RatingCurve {
  std::vector<double> stage;      // m above datum, rising
  std::vector<double> discharge;  // m3/s, >= 0, not falling
  double at(double level) const;
  double slope(double level) const;  // m2/s
};

//   normal_depth: uniform flow of the last cell's depth on its own slope
//   free_fall:    critical depth, or uniform flow where that is faster (a steep channel)
//   stage:        the level that is given; water may come in
//   rating:       the discharge that the level there gives
enum class OutletKind : std::uint8_t { normal_depth, free_fall, stage, rating };

struct Outlet {
  int node = 0;
  OutletKind kind = OutletKind::normal_depth;
  Series stage;  // m above datum
  RatingCurve rating;
  // Concentration of what comes in where the flow turns, per constituent; none = what stands in the last
  // cell.
  std::vector<std::optional<Series>> concentration;
  Place place;
};

// An outlet's forcing over a step.
struct OutletInput {
  double stage0 = 0, stage1 = 0;      // m above datum, at the step's begin and end; straight between
  std::vector<double> concentration;  // g m-3, the step's mean; NaN = what stands in the last cell
};
// Over [t0, t1] of the series' own time. A stage in steps holds its value over the step.
OutletInput outlet_input(const Outlet& outlet, double t0, double t1);

}  // namespace limpid
