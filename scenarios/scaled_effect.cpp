#include "scenarios/scaled_effect.hpp"

#include <algorithm>

namespace limpid {

void scale_effect(Measure& m, double factor, const Basin& basin) {
  const double f = std::max(kLeastEffect, factor);
  for (Effect& e : m.effects) switch (m.action) {
      case ActionKind::remove_fraction:
      case ActionKind::raise_release_share:
      case ActionKind::stop_diversion:
        e.value = std::min(1.0, e.value * f);
        break;
      case ActionKind::cap_concentration:
      case ActionKind::set_load:
      case ActionKind::cap_flow:
        e.value /= f;
        break;
      case ActionKind::scale_flow:
        e.value = std::max(-1.0, e.value * f);
        break;
      case ActionKind::add_flow:
        if (e.constituent < 0) e.value *= f;  // more water, of the same quality
        break;
      case ActionKind::raise_release:
        e.value *= f;
        break;
      case ActionKind::scale_width:
        e.value = std::max(kLeastEffect, 1 + f * (e.value - 1));
        break;
      case ActionKind::set_roughness:  // reaches differ in what it changes: as stated
      case ActionKind::set_opening:
      case ActionKind::open_by_level:
        break;
      case ActionKind::set_parameter:
        for (const ProcessUse& use : basin.processes)
          for (std::size_t k = 0; use.id == m.process && k < use.parameters.size(); ++k) {
            if (m.parameter != use.process->info().parameters[k].id) continue;
            double now = use.parameters[k].value;
            for (const auto& own : use.parameters[k].stretches)
              if (!m.at.empty() && own.stretch == m.at.front().id) now = own.value;
            e.value = now + f * (e.value - now);
          }
        break;
    }
}

}  // namespace limpid
