#include "io/openmp_waiting.hpp"

#include <unistd.h>

#include <cstdlib>

namespace limpid {

void wait_passively(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT")) return;
  if (::setenv("OMP_WAIT_POLICY", "passive", 1) != 0) return;
  ::execv("/proc/self/exe", argv);  // comes back only if it cannot: the run is then as right, and slower
}

}  // namespace limpid
