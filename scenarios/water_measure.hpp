// Measures that change the river's water beside those on stations: flows of sources, channels, structures.
// Only scenarios whose measures of this kind are equal share their water (water_key in batch.hpp).
#pragma once

#include <chrono>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// Whether it acts on a source's flow.
bool is_flow(ActionKind kind);
// Whether it also changes the river's water there: of a source that carries none to speak of
// (Source::carries_water) only a transfer does.
bool moves_water(const Source& source, const Measure& measure);

// What it may ask of a channel; s m^(-1/3).
inline constexpr double kLeastWidthFactor = 0.1, kMostWidthFactor = 10;
inline constexpr double kLeastRoughness = 0.005, kMostRoughness = 1;

bool restores_channels(const Measure& measure);
// The reaches whose channels it changes (conditions reach and stretch); lakes have none.
std::vector<int> restored_reaches(const Basin& basin, const Measure& measure);
// What `channel` of `reach` becomes under a measure of that mean strength: widths times 1 + strength (f - 1),
// n + strength (own of the measure - n). Widths of several multiply; of several roughnesses each moves what
// the one before left.
void restore(const Reach& reach, const Measure& measure, double strength, ChannelInput& channel);

bool sets_openings(const Measure& measure);
std::vector<int> measure_structures(const Basin& basin, const Measure& measure);

// A value of the measure over [t0, t1), seconds since 1970: its only one, or the mean of twelve by calendar
// month.
double monthly_effect(const Measure& measure, double t0, double t1, std::chrono::seconds offset);

}  // namespace limpid
