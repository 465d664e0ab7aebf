#include "tests/paths.hpp"

namespace limpid {

std::string source_dir() {
  return LIMPID_SOURCE_DIR;
}
std::string binary_dir() {
  return LIMPID_BINARY_DIR;
}

}  // namespace limpid
