// What the mean flow says before a run: sections so close below an outfall that its water has not mixed over
// the cross-section there, and reaches outside the range of their formula of dispersion.
#include <cmath>
#include <cstdio>

#include "io/case_reading.hpp"
#include "io/units.hpp"
#include "model/dispersion_formula.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;

std::string metres(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f", value);
  return text;
}

std::string significant(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

FlowSection uniform_flow(const Network& network, const Reach& reach, double discharge) {
  const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
  if (reach.slope <= 0) return {};
  const double area = normal_area(channel, discharge, reach.slope, reach.manning_n, 0);
  const double width =
      channel.closed() ? area / channel.mean_depth(area) : channel.top_width(channel.depth(area));
  const double depth = area / width;
  return {discharge / area, depth, width, std::sqrt(kGravity * depth * reach.slope)};
}

// Length [m] below a bank outfall until full lateral mixing: L = (0.11 + 0.7 sqrt(0.5 - 1.1 x 0.5^2)) u B^2 /
// E_y = 0.442 u B^2 / E_y (HJ 2.3-2018 with the outfall at the bank; form not verified against the standard's
// text), lateral diffusivity E_y = 0.6 h u* (Fischer et al. 1979, natural channels), at uniform flow.
double mixing_length(const Network& network, const Reach& reach, double discharge) {
  const FlowSection x = uniform_flow(network, reach, discharge);
  return 0.442 * x.velocity * x.width * x.width / (0.6 * x.depth * x.shear_velocity);
}

// Distance [m] down the river from a source to a section of its reach or of the next one, or -1.
double distance_below(const Network& network, const Source& source, const Section& section) {
  if (source.reach < 0 || source.node >= 0) return -1;
  const Reach& upper = network.reaches[static_cast<std::size_t>(source.reach)];
  const Reach& lower = network.reaches[static_cast<std::size_t>(section.reach)];
  if (upper.lake >= 0 || lower.lake >= 0) return -1;  // a lake is mixed, or as well as its layers say
  if (source.reach == section.reach) return section.chainage - source.chainage;
  return upper.to == lower.from ? upper.length - source.chainage + section.chainage : -1;
}

}  // namespace

void check_mixing(CaseReading& reading) {
  const Basin& basin = reading.result.basin;
  for (const Section& section : basin.sections)
    for (std::size_t s = 0; s < basin.sources.size(); ++s) {
      const Source& source = basin.sources[s];
      if (source.kind != SourceKind::point || source.junction < 0) continue;
      const double distance = distance_below(basin.network, source, section);
      const double discharge = reading.mean_flow.at_source(basin, s);
      if (distance < 0 || discharge <= 0) continue;
      const Reach& reach = basin.network.reaches[static_cast<std::size_t>(source.reach)];
      const double length = mixing_length(basin.network, reach, discharge);
      if (distance < length)
        reading.problems.add(Code::W1450, section.place,
                             {section.id, metres(distance), source.id, metres(length)});
    }
}

namespace {

std::string limits(const AspectRange& range) {
  return std::isfinite(range.high) ? number_text(range.low) + " .. " + number_text(range.high)
                                   : ">= " + number_text(range.low);
}

}  // namespace

void check_dispersion_formulas(CaseReading& reading) {
  const Basin& basin = reading.result.basin;
  const auto& formulas = dispersion_formulas();
  for (std::size_t r = 0; r < basin.network.reaches.size(); ++r) {
    const Reach& reach = basin.network.reaches[r];
    const double discharge =
        reading.mean_flow.chain_end[static_cast<std::size_t>(basin.network.first_chain[r])];
    if (reach.dispersion_formula < 0 || discharge <= 0) continue;
    const DispersionFormula& formula = formulas[static_cast<std::size_t>(reach.dispersion_formula)];
    const FlowSection section = uniform_flow(basin.network, reach, discharge);
    if (formula.aspect.holds(section)) continue;
    const int nearest = nearest_dispersion_formula(reach.dispersion_formula, section);
    reading.problems.add(Code::W1451, reach.place,
                         {reach.id, significant(section.width / section.depth), significant(discharge),
                          formula.id, "B/H " + limits(formula.aspect), formula.aspect.source,
                          nearest < 0 ? "-" : formulas[static_cast<std::size_t>(nearest)].id});
  }
}

}  // namespace limpid
