// The length that weir_reaeration takes against the reaches that stand for the weir.
#pragma once

#include "io/case_reading.hpp"

namespace limpid {

// W1249 where a stretch with a drop is by more than a tenth longer or shorter than the process's `length`.
void check_weir_lengths(CaseReading& reading, const KeyTable& processes);

}  // namespace limpid
