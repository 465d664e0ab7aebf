#include "model/provision.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace limpid {
namespace {

const ProcessInfo& info_of(const Basin& basin, int process) {
  return basin.processes[static_cast<std::size_t>(process)].process->info();
}

// Whether all that a process reads, and that `all` provide, is provided by `done`.
bool is_ready(const Basin& basin, int process, const std::vector<int>& all, const std::vector<int>& done) {
  const auto give = [&](const std::vector<int>& list, const char* id) {
    return std::any_of(list.begin(), list.end(),
                       [&](int p) { return provided_index(info_of(basin, p), id) >= 0; });
  };
  for (const Reading& reading : info_of(basin, process).readings)
    if (give(all, reading.id) && !give(done, reading.id)) return false;
  return true;
}

}  // namespace

std::vector<Provider> find_providers(const Basin& basin, const std::vector<int>& processes) {
  std::vector<Provider> list;
  std::size_t first = 0;
  for (const int process : processes) {
    const std::size_t values = info_of(basin, process).provides.size();
    if (values > 0) list.push_back({process, first, values});
    first += values;
  }
  return list;
}

int find_provided(const Basin& basin, const std::vector<Provider>& providers, const Reading& reading) {
  for (const Provider& provider : providers) {
    const int k = provided_index(info_of(basin, provider.process), reading.id);
    if (k >= 0) return static_cast<int>(provider.first) + k;
  }
  if (reading.required()) throw std::logic_error(std::string("no process provides ") + reading.id);
  return -1;
}

std::vector<int> evaluation_order(const Basin& basin, const std::vector<int>& processes) {
  std::vector<int> order, waiting = processes;
  while (!waiting.empty()) {
    const auto next = std::find_if(waiting.begin(), waiting.end(),
                                   [&](int p) { return is_ready(basin, p, processes, order); });
    if (next == waiting.end()) throw std::logic_error("processes read each other's values in a circle");
    order.push_back(*next);
    waiting.erase(next);
  }
  return order;
}

}  // namespace limpid
