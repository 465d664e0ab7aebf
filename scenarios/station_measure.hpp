// Measures on hydropower stations: what they change of the water that a canal may take. They change the
// water, so that scenarios share it only where these measures are equal.
#pragma once

#include <chrono>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"

namespace limpid {

bool acts_on_station(const Measure& measure);

// Indices of the stations that a measure acts on: every one of its conditions must hold, county, reach and
// stretch being those of the station's canal.
std::vector<int> measure_stations(const Basin& basin, const Measure& measure);

// What `own`, the station's input over the step, becomes in `out` under a measure of that mean strength: a
// release or a share below the measure's rises by `strength` of the difference (none ever falls), a capacity
// falls. Of several measures the highest release and the lowest capacity hold, in whatever order they come.
void limit_diversion(const DiversionInput& own, const Measure& measure, double strength, double t0, double t1,
                     std::chrono::seconds offset, DiversionInput& out);

}  // namespace limpid
