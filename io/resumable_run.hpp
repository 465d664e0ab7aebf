// `limpid run --checkpoint PERIOD` and `--resume`: a run that a kill, a signal or a full disk does not lose.
//
// OUT.partial/checkpoint stands there from the run's first moment until its results are whole. Then it is
// moved aside to OUT.checkpoint, OUT.partial becomes OUT, and OUT.checkpoint goes: at every instant either
// OUT is there or --resume finds a checkpoint.
#pragma once

#include "io/one_run.hpp"

namespace limpid {

// Runs and writes arguments.out, or continues what is there of it. Returns 0 and fills `finished`, or the
// exit status of what stopped it (128 + signal, or that of a failed write), after saying how to go on. Throws
// Failure E1010, E1710 to E1713, 50xx before anything ran, 30xx.
int run_resumable(const CommonOptions& common, const RunArguments& arguments, const OneRun& run,
                  Finished& finished);

// Before a run without --resume: throws Failure E1010 when it would throw away what an earlier one left to go
// on with; with force, part of that goes here, OUT.partial with the OutputFolder.
void refuse_to_drop_checkpoint(const std::filesystem::path& out, bool force);

// Steps between two checkpoints of a run. Throws Failure E1713.
std::int64_t steps_of_period(const std::string& period, const TimeGrid& grid);

}  // namespace limpid
