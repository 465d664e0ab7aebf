// When a run starts, how it steps, from what state, and what it records.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/time.hpp"
#include "solvers/river_state.hpp"

namespace limpid {

// Steps cover [begin + n * step, begin + (n + 1) * step). A step divides an hour or is a whole number of
// hours.
struct TimeGrid {
  Time begin, end;
  double step = 600;  // s
  std::chrono::seconds offset = kChinaOffset;
  std::int64_t steps() const { return std::lround((seconds_of(end) - seconds_of(begin)) / step); }
  double time(std::int64_t n) const { return seconds_of(begin) + static_cast<double>(n) * step; }
};

// steady: steady water, and amounts run to a steady state by a spin-up under the first step's constant
// inputs; spin_up: the same water, then the run's first `spin_up` of inputs are repeated before the run and
// not recorded; file: a state written by an earlier run.
enum class InitialKind : std::uint8_t { steady, spin_up, file };

struct RunOptions {
  TimeGrid grid;
  ForcingYears forcing_years;
  InitialKind initial = InitialKind::spin_up;
  Period spin_up{0, 30 * 86400};
  std::string initial_file;
  std::vector<double> initial_concentration;  // per constituent, everywhere; what the spin-up starts from (of
                                              // tags it is not read: all is of the rest)
  double section_interval = 3600;             // s between records at sections
  double map_interval = 86400;                // s between maps; 0 = none
  std::optional<RiverState> initial_state;    // with InitialKind::file: where every lane starts
  bool final_state = false;                   // keep the state at the end (BatchOutcome::final_states)
};

}  // namespace limpid
