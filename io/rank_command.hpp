// A command on all ranks of mpirun: only rank 0 prints, and all end with one exit status.
#pragma once

#include <functional>

#include "io/ranks.hpp"
#include "model/problem.hpp"

namespace limpid {

// Runs `command` in this rank and gives the worst exit status of all ranks. What ranks other than 0 print on
// standard output is dropped; what they print on standard error is held back, and printed only by the first
// rank with the worst status, so that a problem all ranks find is read once. Throws Failure E1814, E1815.
int run_on_ranks(Lang lang, const std::function<int(Ranks&)>& command);

}  // namespace limpid
