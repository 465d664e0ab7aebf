// Every key of a sweep file, declared once (case_keys.hpp says how).
#pragma once

#include <vector>

#include "io/case_keys.hpp"

namespace limpid {

const std::vector<Key>& sweep_keys();

}  // namespace limpid
