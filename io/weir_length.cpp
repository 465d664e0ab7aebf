#include "io/weir_length.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "io/units.hpp"

namespace limpid {
namespace {

const ParameterValue& parameter_of(const ProcessUse& use, std::string_view id) {
  const auto parameters = use.process->info().parameters;
  const auto found = std::ranges::find_if(parameters, [&](const Parameter& p) { return p.id == id; });
  return use.parameters[static_cast<std::size_t>(found - parameters.begin())];
}

double at_stretch(const ParameterValue& parameter, const std::string& stretch) {
  for (const ParameterValue::AtStretch& at : parameter.stretches)
    if (at.stretch == stretch) return at.value;
  return parameter.value;
}

double length_of(const std::vector<Reach>& reaches, const std::string& stretch) {
  double sum = 0;
  for (const Reach& reach : reaches)
    if (reach.stretch == stretch) sum += reach.length;
  return sum;
}

}  // namespace

void check_weir_lengths(CaseReading& reading, const KeyTable& processes) {
  for (const ProcessUse& use : reading.result.basin.processes) {
    if (use.process->info().id != std::string_view("weir_reaeration")) continue;
    for (const ParameterValue::AtStretch& drop : parameter_of(use, "drop").stretches) {
      const double length = length_of(reading.raw_reaches, drop.stretch);
      const double given = at_stretch(parameter_of(use, "length"), drop.stretch);
      if (!(drop.value > 0) || !(length > 0) || std::fabs(given / length - 1) <= 0.1) continue;
      reading.problems.add(Code::W1249, processes.place(use.id),
                           {"[processes." + use.id + "] length", number_text(given) + " m",
                            number_text(0.9 * length) + " .. " + number_text(1.1 * length) + " m",
                            "stretch " + drop.stretch + " = " + number_text(length) + " m"});
    }
  }
}

}  // namespace limpid
