// Where this tree stands. In one file of each test program, so that no other depends on the folder.
#pragma once

#include <string>

namespace limpid {

std::string source_dir();
std::string binary_dir();

}  // namespace limpid
