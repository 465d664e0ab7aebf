#include "scenarios/influence.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "scenarios/batch.hpp"
#include "scenarios/station_measure.hpp"
#include "scenarios/water_measure.hpp"

namespace limpid {

namespace {

constexpr double kNowhere = std::numeric_limits<double>::infinity();

// Per reach the chainage from which on its water is touched.
class Touched {
 public:
  explicit Touched(const Network& network) : network_(network), from_(network.reaches.size(), kNowhere) {
    for (std::size_t r = 0; r < network.reaches.size(); ++r) leaving_[network.reaches[r].from].push_back(r);
  }

  // Marks a reach from a chainage on, and everything below.
  void reach(std::size_t r, double chainage) {
    from_[r] = std::min(from_[r], chainage);
    node(network_.reaches[r].to);
  }
  void node(int first) {
    std::vector<int> waiting{first};
    while (!waiting.empty()) {
      const int n = waiting.back();
      waiting.pop_back();
      if (!seen_.insert(n).second) continue;
      for (const std::size_t r : leaving_[n]) {
        from_[r] = 0;
        waiting.push_back(network_.reaches[r].to);
      }
    }
  }
  bool at(const Section& section) const {
    const auto r = static_cast<std::size_t>(section.reach);
    return r < from_.size() && section.chainage >= from_[r];
  }

 private:
  const Network& network_;
  std::vector<double> from_;
  std::map<int, std::vector<std::size_t>> leaving_;  // reaches by the node they leave
  std::set<int> seen_;                               // nodes whose water is touched
};

void touch_stretch(const Basin& basin, const Measure& measure, Touched& touched) {
  for (const int r : measure_reaches(basin, measure)) touched.reach(static_cast<std::size_t>(r), 0);
}

// All below the intake: the bypassed stretch, the canal and what both come to.
void touch_stations(const Basin& basin, const Measure& measure, Touched& touched) {
  for (const int s : measure_stations(basin, measure)) {
    const Hydropower& station = basin.stations[static_cast<std::size_t>(s)];
    touched.node(basin.network.reaches[static_cast<std::size_t>(station.canal)].from);
  }
}

void touch_source(const Source& source, Touched& touched) {
  if (source.node >= 0)
    touched.node(source.node);
  else if (source.reach >= 0)
    touched.reach(static_cast<std::size_t>(source.reach), source.chainage);
}

// With what comes back of an abstraction.
void touch_sources(const Basin& basin, const Measure& measure, Touched& touched) {
  for (const int s : measure_sources(basin, measure)) {
    touch_source(basin.sources[static_cast<std::size_t>(s)], touched);
    for (const Source& source : basin.sources)
      if (source.return_of == s) touch_source(source, touched);
  }
}

void touch_channels(const Basin& basin, const Measure& measure, Touched& touched) {
  for (const int r : restored_reaches(basin, measure)) touched.reach(static_cast<std::size_t>(r), 0);
  for (const int s : measure_structures(basin, measure))
    touched.node(basin.network.structures[static_cast<std::size_t>(s)].node);
}

}  // namespace

std::vector<int> sections_below(const Basin& basin, const Measure& measure) {
  Touched touched(basin.network);
  if (measure.action == ActionKind::set_parameter)
    touch_stretch(basin, measure, touched);
  else if (acts_on_station(measure))
    touch_stations(basin, measure, touched);
  else if (restores_channels(measure) || sets_openings(measure))
    touch_channels(basin, measure, touched);
  else
    touch_sources(basin, measure, touched);
  std::vector<int> list;
  for (std::size_t s = 0; s < basin.sections.size(); ++s)
    if (touched.at(basin.sections[s])) list.push_back(static_cast<int>(s));
  return list;
}

}  // namespace limpid
