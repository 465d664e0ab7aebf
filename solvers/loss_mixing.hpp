// What the cells of a river lose during a step, taken out of what advection brought to them.
//
// Advection fills each cell as if the water that it loses stood there beside what stays: V1 + E + S. Of that
// mixture the share S / (V1 + E + S) seeps away with all it carries, and E / (V1 + E + S) evaporates: heat
// and age, the water's own, go with it; the matter goes on as a load without water that enters the cell
// evenly over the step. In the cell such a load stays with the share of a stirred tank (mix_shares), the rest
// seeps or leaves with the outflow to the next cell, as their volumes are. Hence a uniform concentration
// stays uniform under seepage, and where nothing flows it grows under evaporation as the water falls,
// exactly, at any Courant number; of second order where both act.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/rows.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class LossMixing {
 public:
  // of_water: [constituent], as Advection's; may be empty.
  LossMixing(const Network& network, const Rows& rows, const std::vector<char>& of_water);

  // Shares for this step's water.
  void set_water(const WaterStep& step);
  // Whether some cell of the chain loses water in this step.
  bool acts(int chain) const { return acts_[static_cast<std::size_t>(chain)] != 0; }

  // One chunk of columns of a chain, in rows of kChunk: its cells; room for one row before and one behind
  // them; where the sums of what is lost go. Afterwards the rows of `passing` before the first and behind the
  // last cell hold what leaves by the ends; nothing does if all must stay.
  struct Chunk {
    int first = 0, columns = 0;
    double *cells = nullptr, *passing = nullptr;
    double *evaporated = nullptr, *seeped = nullptr;
    bool all_stays = false;
  };
  void take(int chain, const Chunk& chunk) const;

 private:
  struct Shares {
    double kept = 1, evaporates = 0;  // of what the cell holds; of what it loses
    double stays = 1, seeps = 0;      // of a load; of what does not stay
    double down = 1;                  // of what then leaves, by the lower end
  };
  Shares shares(const WaterStep& step, std::size_t cell, std::size_t face) const;
  void lose(const Shares& shares, const Chunk& chunk, double* cell, double* here) const;

  const Network& network_;
  std::vector<char> acts_;        // [chain]
  std::vector<double> of_water_;  // [column] 1 for heat and age
  std::vector<Shares> shares_;    // [cell], of chains that act
  std::vector<double> face_;
};

}  // namespace limpid
