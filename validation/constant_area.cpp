#include "validation/constant_area.hpp"

namespace limpid::validation {

ConstantAreaNetwork::ConstantAreaNetwork(const std::vector<StraightReach>& reaches, int nodes) {
  int next_node = nodes;
  for (const StraightReach& r : reaches) {
    std::vector<Part>& list = index_.emplace_back();
    const double length = r.length / r.parts;
    int from = r.from;
    for (int p = 0; p < r.parts; ++p) {
      const int to = p + 1 == r.parts ? r.to : next_node++;
      const double middle = r.discharge + r.lateral * (p + 0.5) * length;
      list.push_back({static_cast<int>(parts_.size()), p * length, (p + 1) * length});
      parts_.push_back({length, r.area, middle, r.dispersion, 1.0, r.cells / r.parts, from, to});
      from = to;
    }
  }
}

double ConstantAreaNetwork::at(const SingleRun& run, int constituent, std::size_t reach, double x) const {
  const std::vector<Part>& list = index_[reach];
  std::size_t p = 0;
  while (p + 1 < list.size() && x > list[p].end) ++p;
  return run.at(constituent, list[p].reach, x - list[p].begin);
}

void ConstantAreaNetwork::add_lateral(Basin& basin, std::size_t reach, double flow_per_metre,
                                      const char* constituent, double c) const {
  for (const Part& part : index_[reach]) {
    Source& source = add_diffuse(basin, part.reach, flow_per_metre * (part.end - part.begin));
    set_concentration(basin, source, constituent, Series::constant(c));
  }
}

}  // namespace limpid::validation
