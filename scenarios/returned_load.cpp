#include "scenarios/returned_load.hpp"

#include <algorithm>

namespace limpid {

ReturnedLoad returned_load(const Source& source, std::size_t constituent, double volume, double t0, double t1,
                           double warming, double factor) {
  ReturnedLoad load;
  if (constituent < source.removal.size()) load.kept_share = 1 - source.removal[constituent];
  if (constituent >= source.loads.size()) return load;
  const SourceLoad& given = source.loads[constituent];
  if (given.kind == SourceLoad::Kind::load) load.own = factor * given.series.integral(t0, t1);
  if (given.kind != SourceLoad::Kind::concentration) return load;
  load.kept_share = 0;
  load.own = factor * given.series.mean(t0, t1) * volume;
  if (warming != 0) load.own = std::max(std::min(load.own, 0.0), load.own + warming * volume);
  return load;
}

}  // namespace limpid
