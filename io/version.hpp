// The version that files and --version name.
#pragma once

namespace limpid {

const char* version();  // "0.1.0", from the project() line of CMakeLists.txt

}  // namespace limpid
