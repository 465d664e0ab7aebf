// Values of process parameters, in a case or set by a measure, against what is possible and what is known.
#pragma once

#include <string>

#include "model/problem.hpp"
#include "model/process.hpp"

namespace limpid {

// E1248 where the parameter cannot be (Parameter::possible); W1249 outside its plausible range, with the
// source of that; W1316 where another unit is likely. inside: the value; text: as the user wrote it; what:
// its name.
void check_parameter(double inside, const std::string& text, const Parameter& parameter,
                     const std::string& what, const Place& place, Problems& problems);

}  // namespace limpid
