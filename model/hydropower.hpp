// A small hydropower station on a diversion canal: it takes water at the node where the canal leaves the
// river and gives it back where the canal meets the river again. The river between both is the bypassed
// stretch.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "model/network.hpp"
#include "model/problem.hpp"
#include "model/series.hpp"
#include "model/time.hpp"

namespace limpid {

struct Hydropower {
  std::string id, name_zh, name_en;
  int canal = -1;  // the reach that leaves the river: a diversion, whose capacity is the turbines'
  // The ecological release: what stays in the river before any water is diverted, the larger of a flow [m3/s]
  // and a share of what arrives at the intake.
  Series release;
  double inflow_share = 0;
  Series required;  // m3/s that the authority asks for below the intake: what the days are judged by
  // Daily schedule (peaking): water is diverted between these times of the day [s since midnight]; over
  // midnight where the first is the later one; equal = all day.
  double opens = 0, closes = 0;
  std::optional<Time> removed;  // from here on nothing is diverted
  Place place;
};

// What a station's canal may take over a step.
struct DiversionInput {
  double reserve = 0;       // m3/s that pass first
  double inflow_share = 0;  // the same as a share of what arrives; the larger counts
  double capacity = 0;      // m3/s
  // Of `flow`, all in one unit of flow or, with `seconds`, of volume.
  double diverted(double flow, double seconds = 1) const;
};

// Means over [t0, t1) of the model's time; record_begin is t0 in the time of the series.
DiversionInput diversion_input(const Hydropower& station, double capacity, double t0, double t1,
                               double record_begin, std::chrono::seconds offset);

// The river from the station's intake to where its canal comes back, as reaches from above; to the outlet if
// it never does. At a bifurcation the river is the branch that takes the rest.
std::vector<int> bypassed_reaches(const Network& network, int canal);

}  // namespace limpid
