// state.nc: the river at the end of a run, from which another run of the same network may start.
//
// state_volume(compartment, mesh1d_edge) [m3], state_amount(compartment, constituent, mesh1d_edge), flow_in
// and flow_out(mesh1d_edge) [m3 s-1], with the mesh and the reaches as in results.nc. The running water is
// the compartment `water`; other stores are rows beside it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "solvers/river_state.hpp"

namespace limpid {

inline constexpr const char* kStateFile = "state.nc";
inline constexpr const char* kWaterCompartment = "water";  // with what is attached to the bed
inline constexpr const char* kStorageCompartment = "dead_zones";

// Throws Failure E5010, E5002.
void write_state(const std::filesystem::path& path, const Basin& basin, const RiverState& state);

// A state and what it was made with.
struct StateFile {
  std::vector<std::string> reaches, constituents, units, compartments;
  std::vector<int> cell_reach;
  std::vector<double> cell_length;
  RiverState state;  // amounts [cell][constituent of the file]
};
// Throws Failure E1001, E1002, E1051 (no state, or damaged: a value that no state can have).
StateFile read_state(const std::filesystem::path& path);

}  // namespace limpid
