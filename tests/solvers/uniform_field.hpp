// All water that enters, and all that stands, carries 1 g/m3: so does all water at any time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/transport.hpp"
#include "tests/solvers/random_river.hpp"

namespace limpid::rivers {

class UniformField {
 public:
  UniformField(const Network& network, const WaterStep& step)
      : network_(network),
        state_(network.cell_count(), rows_),
        amounts_(network, rows_),
        advection_(network, rows_, TransportScheme::monotone),
        turnover_(step.volume1) {
    for (int i = 0; i < network.cell_count(); ++i) state_.row(i)[0] = step.volume1[at(i)];
  }

  // Largest deviation of a river's cell from its volume [m3] over what round-off allows: 1e-12 of the most
  // that it has held or passed in a step, and 1e-9 m3. Layers of lakes: tests/solvers/lake_test.cpp.
  double miss_after(const WaterStep& step) {
    for (std::size_t j = 0; j < step.junction_in.size(); ++j)
      amounts_.junction_load[rows_.at(static_cast<int>(j))] = step.junction_in[j];
    for (std::size_t i = 0; i < step.lateral_in.size(); ++i)
      amounts_.lateral_load[rows_.at(static_cast<int>(i))] = step.lateral_in[i];
    advection_.advance(step, amounts_, state_);
    double worst = 0;
    for (int i = 0; i < network_.cell_count(); ++i) {
      const std::size_t face = at(i + network_.cell_chain[at(i)]);
      turnover_[at(i)] = std::max(turnover_[at(i)],
                                  step.volume0[at(i)] + std::fabs(step.face[face]) + step.lateral_in[at(i)]);
      if (network_.is_lake(network_.cell_chain[at(i)])) continue;
      const double miss =
          std::fabs(state_.row(i)[0] - step.volume1[at(i)]) / (1e-12 * turnover_[at(i)] + 1e-9);
      worst = std::max(worst, std::isfinite(miss) ? miss : std::numeric_limits<double>::infinity());
    }
    return worst;
  }

 private:
  const Network& network_;
  Rows rows_{1, 1};
  State state_;
  TransportRows amounts_;
  Advection advection_;
  std::vector<double> turnover_;
};

}  // namespace limpid::rivers
