// Reaches whose area is the same all along although lateral inflow lets their discharge grow: what most exact
// answers assume. A river of uniform flow does not have that, so such a reach is made of parts, each with the
// slope that gives the wanted area at the discharge of its middle.
#pragma once

#include <vector>

#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

struct StraightReach {
  double length = 0, area = 0, discharge = 0;  // discharge at its head
  double lateral = 0;                          // m2/s
  double dispersion = 0;
  int cells = 0, parts = 1;
  int from = 0, to = 1;
};

class ConstantAreaNetwork {
 public:
  // Nodes 0..nodes-1 are the caller's.
  ConstantAreaNetwork(const std::vector<StraightReach>& reaches, int nodes);
  const std::vector<UniformReach>& parts() const { return parts_; }
  struct Part {
    int reach = 0;  // of the basin
    double begin = 0, end = 0;
  };
  const std::vector<Part>& parts_of(std::size_t reach) const { return index_[reach]; }
  double at(const SingleRun& run, int constituent, std::size_t reach, double x) const;
  // Lateral inflow of one reach, evenly along it, with a constant concentration in each constituent.
  void add_lateral(Basin& basin, std::size_t reach, double flow_per_metre, const char* constituent,
                   double c) const;

 private:
  std::vector<UniformReach> parts_;
  std::vector<std::vector<Part>> index_;
};

}  // namespace limpid::validation
