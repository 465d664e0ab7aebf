// Advection on the step's own face volumes (conservative remap of chains in volume coordinates; lakes mix)
// and implicit dispersion.
#pragma once

#include <memory>
#include <vector>

#include "model/basin.hpp"
#include "solvers/state.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// Amounts of diffuse sources, without a row for every cell: a source's row times the share of it that enters.
struct LateralShares {
  struct Share {
    int source;
    double share;
  };
  std::vector<std::size_t> first;       // [cell + 1] of its shares
  std::vector<Share> shares;            // by cell
  const double* source_rows = nullptr;  // [source][width], the step's
  LateralShares() = default;
  explicit LateralShares(const Basin& basin);
};

// Amounts that cross the river's border during a step; rows of State's shape.
struct TransportRows {
  std::vector<double>
      junction_load;  // in: [junction][width] amount entering with or without water (boundaries, points)
  std::vector<double> lateral_load;  // in: [cell][width] amount of diffuse sources; empty = `laterals` counts
  LateralShares laterals;            // in; empty = there are none
  bool same_laterals = false;      // in: laterals are those of the last step (so they are not searched again)
  std::vector<double> outlet;      // out: [junction][width] amount leaving at outlets
  std::vector<double> abstracted;  // out: [junction][width] amount leaving with abstractions
  std::vector<double> evaporated;  // out: [lake][width] amount of the water itself (heat, age)
  // out: [chain][width] the same of rivers, and what seeps away; empty where no reach loses water
  std::vector<double> river_evaporated, seeped;
  TransportRows() = default;
  TransportRows(const Network& network, const Rows& rows);  // with rows for lateral_load
  TransportRows(const Network& network, const Rows& rows, LateralShares shares);
};

class Advection {
 public:
  // tag_of: per constituent the one (before it) that it is a tag of, -1 = none; empty without tags. With the
  // monotone scheme a tag is moved by the profile of its total, else like any constituent.
  // of_water: per constituent 1 where it is a property of the water itself (heat, age), which goes where the
  // water goes, also into the air; empty = none is.
  Advection(const Network& network, const Rows& rows, TransportScheme scheme,
            const std::vector<int>& tag_of = {}, const std::vector<char>& of_water = {});
  ~Advection();
  Advection(Advection&&) noexcept;
  // In place of the monotone one (Limiter in solvers/remap.hpp), for steady states.
  void take_smooth_limiter();
  // Moves state from step.volume0 to step.volume1 by step.face. Positive, mass exact, uniform stays uniform.
  void advance(const WaterStep& step, TransportRows& amounts, State& state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What enters a cell while dispersion acts: share * row[width], which may be negative.
struct Deposit {
  int cell = 0;
  double share = 0;
  const double* row = nullptr;
};

// Implicit theta scheme with booked fluxes on the tree; one factorisation for all constituents and lanes.
// Crank-Nicolson in up to four sub-steps where that is positive, towards backward Euler beyond. No dispersive
// flux passes an inlet or an outlet; what is let through an inlet comes as a deposit (JunctionLoads).
class Dispersion {
 public:
  // linear: amounts may be negative; else round-off that would leave less than nothing in a cell is given
  // back.
  Dispersion(const Network& network, const Rows& rows, TransportScheme scheme = TransportScheme::monotone);
  ~Dispersion();
  Dispersion(Dispersion&&) noexcept;
  // coefficient: [cell] m2/s; area: [cell] m2; volume: [cell] m3, constant over dt. Deposits enter evenly
  // over dt.
  void advance(double dt, const std::vector<double>& coefficient, const std::vector<double>& area,
               const std::vector<double>& volume, State& state, const std::vector<Deposit>& deposits = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid
