// What reaches lose on their way: evaporation from the water surface and seepage through the bed, both over
// the width B of the water surface as the step begins:
//   E + S = min[(e + s) B L dt, what stands in the cell or comes into it],   E : S = e : s
// (the form of EPA SWMM 5; from memory, its source was not read). A dry cell into which nothing comes loses
// nothing. Evaporation takes water with its heat and age and leaves matter behind, seepage takes all that
// the water carries (solvers/loss_mixing.hpp).
#pragma once

#include <vector>

#include "model/channel.hpp"
#include "model/network.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// Of a cell's reach; nullptr where nothing is lost anywhere.
inline const LossInput* loss_of(const WaterInput& input, int reach) {
  return input.losses.empty() ? nullptr : &input.losses[static_cast<std::size_t>(reach)];
}

// m3 that a cell loses of the `there` m3 that it has or gets, booked into the step; surface_time: B L dt
// [m2 s]. All of `there` goes where the loss comes within round-off of it.
double take_loss(const LossInput& loss, double surface_time, double there, std::size_t cell, WaterStep& step);

// Shares of what a cell lost, m3, booked into the step.
void book_loss(const LossInput& loss, double lost, std::size_t cell, WaterStep& step);

// Widths of the water surface at cross-sections `area` [cell] m2, of river cells; 0 of lakes.
void surface_widths(const Network& network, const std::vector<double>& area, std::vector<double>& width);

}  // namespace limpid
