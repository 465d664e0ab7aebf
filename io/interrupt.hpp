// Ctrl-C and SIGTERM: a run notices at its next step, removes what is half-written and ends with 130 or 143.
#pragma once

namespace limpid {

void catch_interrupts();
int interrupted();  // the signal's number, 0 if none came

}  // namespace limpid
