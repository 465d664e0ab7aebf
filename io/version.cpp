#include "io/version.hpp"

namespace limpid {

const char* version() {
  return LIMPID_VERSION;
}

}  // namespace limpid
