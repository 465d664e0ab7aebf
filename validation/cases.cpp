#include "validation/boulder_creek.hpp"
#include "validation/coupling_cases.hpp"
#include "validation/dam_break.hpp"
#include "validation/dispersion_cases.hpp"
#include "validation/hayami_wave.hpp"
#include "validation/heat_cases.hpp"
#include "validation/kinematic_wave.hpp"
#include "validation/kinetics_cases.hpp"
#include "validation/lake_cases.hpp"
#include "validation/lower_colorado.hpp"
#include "validation/macdonald.hpp"
#include "validation/metal_partition.hpp"
#include "validation/monoclinal.hpp"
#include "validation/muskingum.hpp"
#include "validation/network_cases.hpp"
#include "validation/otis_pulse.hpp"
#include "validation/outfall_cases.hpp"
#include "validation/published_answers.hpp"
#include "validation/report.hpp"
#include "validation/river_set_order.hpp"
#include "validation/saturation_tables.hpp"
#include "validation/steady_cases.hpp"
#include "validation/still_water.hpp"
#include "validation/storage_cases.hpp"
#include "validation/streeter_phelps.hpp"
#include "validation/swmm_open.hpp"
#include "validation/swmm_pipes.hpp"
#include "validation/swmm_tree.hpp"
#include "validation/uvas_creek.hpp"
#include "validation/weir_backwater.hpp"

namespace limpid::validation {

const std::vector<ValidationCase>& validation_cases() {
  static const std::vector<ValidationCase> cases = {
      {"streeter_phelps_classic", streeter_phelps},
      {"streeter_phelps_degenerate_ka_eq_kr", streeter_phelps},
      {"streeter_phelps_full_settling_nbod_sod_pr", streeter_phelps},
      {"steady_streeter_phelps", steady_streeter_phelps},
      {"network_7reach_plugflow", network_plug_flow},
      {"ynetwork_dispersion", network_dispersion},
      {"ogata_banks", ogata_banks},
      {"ogata_banks_high_peclet", ogata_banks_high_peclet},
      {"vga_decay_first_type_pulse", decaying_pulse},
      {"vga_decay_third_type", decaying_flux_inlet},
      {"gaussian_spill", gaussian_spill},
      {"nitrification_chain_NH3_NO2_NO3", nitrification_chain},
      {"orgN_NH3_NO2_NO3_chain4", nitrification_chain},
      {"michaelis_menten_decay", michaelis_menten},
      {"logistic_algae", logistic_algae},
      {"diel_do_halfsine", diel_oxygen},
      {"oxygen_saturation", oxygen_saturation_table},
      {"unionised_ammonia", unionised_ammonia_table},
      {"river_set_order", river_set_order},
      {"tanks_in_series_decay_n8", tanks_in_series},
      {"nash_cascade_n3", tanks_in_series},
      {"kinematic_plane_runoff", kinematic_plane_runoff},
      {"kinematic_rarefaction", kinematic_rarefaction},
      {"kinematic_shock", kinematic_shock},
      {"swmm_kinematic_tree", swmm_kinematic_tree},
      {"muskingum_sine_exact", muskingum_sine},
      {"muskingum_chow_ex_8_4_1", muskingum_chow},
      {"hayami_step", hayami_step},
      {"hayami_step_dynamic", hayami_dynamic},
      {"monoclinal_wave", monoclinal_wave},
      {"monoclinal_steep_front", monoclinal_wave},
      {"dambreak_ritter", dam_break},
      {"dambreak_stoker", dam_break},
      {"dambreak_stoker_river_scale", dam_break},
      {"macdonald_subcritical_wide_1km", macdonald},
      {"macdonald_supercritical_wide_1km", macdonald},
      {"macdonald_periodic_subcritical_5km", macdonald},
      {"macdonald_rect10m_subcritical", macdonald},
      {"macdonald_transcritical_1km", macdonald},
      {"macdonald_hydraulic_jump_1km", macdonald},
      {"weir_backwater", weir_backwater},
      {"swmm_flat_open", swmm_open},
      {"swmm_confluence", swmm_open},
      {"swmm_bypass", swmm_open},
      {"swmm_weir_reservoir", swmm_open},
      {"swmm_routing_test1", swmm_pipes},
      {"swmm_routing_test5", swmm_pipes},
      {"swmm_extran1", swmm_pipes},
      {"swmm_extran4", swmm_pipes},
      {"uvas_creek_chloride", uvas_creek},
      {"uvas_creek_strontium", uvas_creek},
      {"transient_storage_conservative", transient_storage_conservative},
      {"transient_storage_decay", transient_storage_decay},
      {"otis_decaying_pulse", otis_decaying_pulse},
      {"oloughlin_bowmer_low_alpha", oloughlin_bowmer, true},
      {"oloughlin_bowmer_estuary_high_alpha", oloughlin_bowmer},
      {"hj23_2018_regimes", hj23_regimes, true},
      {"equilibrium_temperature_steady", equilibrium_temperature_steady},
      {"equilibrium_temperature_diel_equilibrium", equilibrium_temperature_diel},
      {"lakes_in_series", lakes_in_series},
      {"lake_level_pool", lake_level_pool},
      {"lake_two_layers", lake_two_layers},
      {"lake_age", lake_age},
      {"metal_partition_settling", metal_partition},
      {"coupling_order", coupling_order},
      {"coupling_order_network", coupling_order_network, true},
      {"published_answers", published_answers},
      {"lower_colorado", lower_colorado},
      {"lower_colorado_ten", lower_colorado_ten},
      {"qual2kw_boulder_creek", boulder_creek},
      {"qual2kw_boulder_creek_reference_grid", boulder_creek_reference},
      {"steady_boulder_creek", steady_boulder_creek},
  };
  return cases;
}

}  // namespace limpid::validation
