// A command on all ranks of mpirun: they end with one exit status, and what they all have to say is said
// once.
#pragma once

#include <functional>

#include "io/held_output.hpp"
#include "io/ranks.hpp"
#include "model/problem.hpp"

namespace limpid {

// Runs `command` in this rank and gives the worst exit status of all ranks. What ranks other than 0 print on
// standard output is dropped. What they print on standard error is held back until the command releases it:
// while all read the same files they find the same problems. If it ends before, the first rank with the worst
// status prints it. Throws Failure E1814, E1815.
int run_on_ranks(Lang lang, const std::function<int(Ranks&, HeldOutput&)>& command);

}  // namespace limpid
