// The river at one instant in one lane, apart from the run that led there: what a run may start from.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "model/time.hpp"

namespace limpid {

struct RiverState {
  Time time;
  std::vector<double> volume;           // [cell] m3
  std::vector<double> inflow, outflow;  // [cell] m3/s through its upper and its lower end
  std::vector<double> amount;           // [cell][constituent], in the channel's water or attached to its bed
  // Of dead zones; empty where there are none.
  std::vector<double> storage_volume;  // [cell] m3
  std::vector<double> storage_amount;  // [cell][constituent]
};

// Between rates per cell end and per face (Network::first_face); inside a chain a cell's outflow is the next
// one's inflow.
std::vector<double> face_rates(const Network& network, const RiverState& state);
void set_face_rates(const Network& network, const std::vector<double>& rates, RiverState& state);

}  // namespace limpid
