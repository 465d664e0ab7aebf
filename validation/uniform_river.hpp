// Rivers of constant width, depth and speed: what most analytic answers ask for.
#pragma once

#include <vector>

#include "scenarios/batch.hpp"
#include "solvers/simulation.hpp"

namespace limpid::validation {

// One prismatic reach: its steady flow has exactly this area and discharge.
struct UniformReach {
  double length = 0;      // m
  double area = 0;        // m2
  double discharge = 0;   // m3/s
  double dispersion = 0;  // m2/s
  double depth = 1;       // m
  int cells = 0;
  int from = 0, to = 1;  // nodes
};

// A basin of uniform reaches on nodes 0..n-1 (steady hydraulics, no sources yet). The slope is what Manning's
// formula gives for the wanted flow. Reach i has the id "r<i>".
Basin uniform_basin(const std::vector<UniformReach>& reaches, const std::vector<Cut>& cuts = {});
// To be called before sources are added.
void add_constituents(Basin& basin, const std::vector<const char*>& ids);

// Adds a boundary or point source with constant or given series.
Source& add_boundary(Basin& basin, int node, double flow);
Source& add_point(Basin& basin, int reach, double chainage, int cut, double flow);
Source& add_diffuse(Basin& basin, int reach, double flow);  // evenly along the whole reach
void set_concentration(Basin& basin, Source& source, const char* constituent, Series series);
void set_load(Basin& basin, Source& source, const char* constituent, Series series);
void set_temperature(Basin& basin, double degrees);

// Options for a run of `steps` steps of `step` seconds from 1970-01-01T00:00Z, without spin-up and with
// nothing in the water at first. A case has no rule that a step divides an hour, so fractional steps serve.
RunOptions plain_options(double step, int steps);

}  // namespace limpid::validation
