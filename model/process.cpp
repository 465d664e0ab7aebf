#include "model/process.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace limpid {
namespace {

std::vector<const Process*>& registry() {
  static std::vector<const Process*> list;
  return list;
}

bool before(const Process* process, std::string_view id) {
  return process->info().id < id;
}

}  // namespace

void register_process(const Process* process) {
  const std::string_view id = process->info().id;
  auto& list = registry();
  const auto place = std::lower_bound(list.begin(), list.end(), id, before);
  if (place != list.end() && (*place)->info().id == id)
    throw std::logic_error("process declared twice: " + std::string(id));
  list.insert(place, process);
}

const std::vector<const Process*>& processes() {
  return registry();
}

const Process* find_process(const std::string& id) {
  const auto& list = registry();
  const auto place = std::lower_bound(list.begin(), list.end(), std::string_view(id), before);
  return place != list.end() && (*place)->info().id == id ? *place : nullptr;
}

int provided_index(const ProcessInfo& info, std::string_view id) {
  for (std::size_t k = 0; k < info.provides.size(); ++k)
    if (id == info.provides[k].id) return static_cast<int>(k);
  return -1;
}

const Process* find_provider(std::string_view id) {
  for (const Process* process : registry())
    if (provided_index(process->info(), id) >= 0) return process;
  return nullptr;
}

Composition element_balance(const ProcessUse& use, int row, const std::vector<Constituent>& constituents) {
  Composition net;
  bool open = false;
  for (const Term& term : use.process->info().terms) {
    if (term.row != row) continue;
    const int constituent = use.constituents[static_cast<std::size_t>(term.role)];
    open = open || constituent < 0;
    if (constituent < 0) continue;
    const Composition& of = constituents[static_cast<std::size_t>(constituent)].composition;
    const double nu = term.coefficient *
                      (term.yield < 0 ? 1.0 : use.parameters[static_cast<std::size_t>(term.yield)].value);
    net.nitrogen += nu * of.nitrogen;
    net.phosphorus += nu * of.phosphorus;
    net.carbon += nu * of.carbon;
  }
  if (open) net.carbon = 0;
  return net;
}

std::string bounds_text(const Bounds& bounds) {
  if (bounds.whole) {
    std::string text;
    for (int k = static_cast<int>(bounds.low); k <= bounds.high; ++k)
      text += (text.empty() ? "" : ", ") + std::to_string(k);
    return text;
  }
  const auto number = [](double value) {
    std::array<char, 32> text{};
    return std::string(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
  };
  const bool open = std::isinf(bounds.high);
  if (bounds.above_low || open)
    return (bounds.above_low ? "> " : ">= ") + number(bounds.low) +
           (open ? "" : ", <= " + number(bounds.high));
  return number(bounds.low) + " .. " + number(bounds.high);
}

ProcessUse default_use(const Process& process) {
  ProcessUse use;
  use.id = process.info().id;
  use.process = &process;
  use.constituents.assign(process.info().roles.size(), -1);
  for (const Parameter& p : process.info().parameters)
    use.parameters.push_back({p.unit.unit.to_inside(p.value), p.theta, {}});
  return use;
}

}  // namespace limpid
