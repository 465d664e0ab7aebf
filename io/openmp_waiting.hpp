// How idle OpenMP threads wait: asleep, unless the user says otherwise.
#pragma once

namespace limpid {

// Sets OMP_WAIT_POLICY=passive, for which the program starts itself once more; does nothing if
// OMP_WAIT_POLICY or GOMP_SPINCOUNT is set. To be called first in main.
//
// Why: libgomp's threads spin 300 000 times before they sleep, which on a shared machine takes the time of
// those that work. Why so: libgomp reads its variables when it is loaded, before main and before any
// constructor or preinit function of a program that links it dynamically (tried); it has no call for it.
void wait_passively(char** argv);

}  // namespace limpid
