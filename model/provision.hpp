// Who provides what in a case: values that processes work out for other processes at the same instant.
#pragma once

#include <cstddef>
#include <vector>

#include "model/basin.hpp"

namespace limpid {

// A process of the basin that provides `values` values, numbered on from `first` over all providers.
struct Provider {
  int process;
  std::size_t first, values;
};

// processes: indices into Basin::processes of those that act in one compartment.
std::vector<Provider> find_providers(const Basin& basin, const std::vector<int>& processes);
// The number of the value that a reading reads; -1 where none provides it. Throws std::logic_error where one
// must.
int find_provided(const Basin& basin, const std::vector<Provider>& providers, const Reading& reading);
// The same processes, each behind those whose values it reads. Throws std::logic_error for a circle.
std::vector<int> evaluation_order(const Basin& basin, const std::vector<int>& processes);

}  // namespace limpid
