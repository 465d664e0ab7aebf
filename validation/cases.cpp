#include "validation/dispersion_cases.hpp"
#include "validation/kinematic_wave.hpp"
#include "validation/report.hpp"
#include "validation/streeter_phelps.hpp"

namespace limpid::validation {

const std::vector<ValidationCase>& validation_cases() {
  static const std::vector<ValidationCase> cases = {
      {"streeter_phelps_classic", streeter_phelps},
      {"streeter_phelps_degenerate_ka_eq_kr", streeter_phelps},
      {"streeter_phelps_full_settling_nbod_sod_pr", streeter_phelps},
      {"ogata_banks", ogata_banks},
      {"ogata_banks_high_peclet", ogata_banks_high_peclet},
      {"vga_decay_first_type_pulse", decaying_pulse},
      {"vga_decay_third_type", decaying_flux_inlet},
      {"gaussian_spill", gaussian_spill},
      {"kinematic_plane_runoff", kinematic_plane_runoff},
      {"kinematic_rarefaction", kinematic_rarefaction},
      {"kinematic_shock", kinematic_shock},
  };
  return cases;
}

}  // namespace limpid::validation
