#include "model/basin.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

namespace limpid {

namespace {

// The cells of a reach from its upper to its lower end.
std::vector<int> reach_cells(const Network& network, int reach) {
  std::vector<int> cells;
  if (static_cast<std::size_t>(reach) >= network.first_chain.size()) return cells;
  auto chain = network.chains.begin() + network.first_chain[static_cast<std::size_t>(reach)];
  for (; chain != network.chains.end() && chain->reach == reach; ++chain)
    for (int k = 0; k < chain->cells; ++k) cells.push_back(chain->first_cell + k);
  return cells;
}

struct Stretch {
  double begin, end;
};

Stretch cell_stretch(const Network& network, int cell) {
  const auto i = static_cast<std::size_t>(cell);
  return {network.cell_chainage[i] - 0.5 * network.cell_length[i],
          network.cell_chainage[i] + 0.5 * network.cell_length[i]};
}

// The cell that holds a chainage; the nearest end of the reach if none does.
int cell_at(const Network& network, const std::vector<int>& cells, double chainage) {
  const auto below = [&](int cell) { return cell_stretch(network, cell).end > chainage; };
  const auto found = std::find_if(cells.begin(), cells.end(), below);
  return found != cells.end() ? *found : cells.back();
}

}  // namespace

int Basin::constituent(const std::string& constituent_id) const {
  const auto same = [&](const Constituent& c) { return c.id == constituent_id; };
  const auto found = std::find_if(constituents.begin(), constituents.end(), same);
  return found != constituents.end() ? static_cast<int>(found - constituents.begin()) : -1;
}

int Basin::carried_count() const {
  const auto carried = [](const Constituent& c) { return c.phase != Phase::attached; };
  return static_cast<int>(std::count_if(constituents.begin(), constituents.end(), carried));
}

bool Basin::has_storage() const {
  return std::any_of(network.reaches.begin(), network.reaches.end(),
                     [](const Reach& reach) { return reach.storage_area > 0; });
}

std::vector<DiffuseShare> diffuse_shares(const Network& network, const Source& source, int source_index) {
  const std::vector<int> cells = reach_cells(network, source.reach);
  if (cells.empty()) throw std::invalid_argument("diffuse_shares: the source's reach has no cells");
  const int lake = network.lakes.empty() ? -1 : network.reaches[static_cast<std::size_t>(source.reach)].lake;
  if (lake >= 0) {
    const int layer = network.lakes[static_cast<std::size_t>(lake)].inflow_layer;
    return {{source_index, cells[static_cast<std::size_t>(layer)], 1.0}};
  }
  std::vector<DiffuseShare> shares;
  double total = 0;
  for (const int cell : cells) {
    const auto [begin, end] = cell_stretch(network, cell);
    const double overlap = std::min(end, source.end_chainage) - std::max(begin, source.chainage);
    if (!(overlap > 0)) continue;
    shares.push_back({source_index, cell, overlap});
    total += overlap;
  }
  if (shares.empty()) return {{source_index, cell_at(network, cells, source.chainage), 1.0}};
  for (DiffuseShare& share : shares) share.share /= total;
  std::sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.cell < b.cell; });
  return shares;
}

namespace {

// Index of the declared role or parameter with this id.
template <class Declared>
std::size_t index_of(std::span<const Declared> declared, const std::string& id, const std::string& type) {
  for (std::size_t i = 0; i < declared.size(); ++i)
    if (id == declared[i].id) return i;
  throw std::invalid_argument(type + " has no \"" + id + "\"");
}

std::string free_id(const Basin& basin, const std::string& type) {
  const auto taken = [&](const std::string& id) {
    return std::any_of(basin.processes.begin(), basin.processes.end(),
                       [&](const ProcessUse& use) { return use.id == id; });
  };
  std::string id = type;
  for (int n = 2; taken(id); ++n) id = type + "_" + std::to_string(n);
  return id;
}

}  // namespace

ProcessUse& add_process(Basin& basin, const std::string& type,
                        const std::vector<std::pair<std::string, std::string>>& roles,
                        const std::vector<std::pair<std::string, double>>& parameters) {
  const Process* process = find_process(type);
  if (!process) throw std::invalid_argument("no process \"" + type + "\"");
  const ProcessInfo& declared = process->info();
  ProcessUse use = default_use(*process);
  use.id = free_id(basin, type);
  std::vector<std::string> bound;
  for (const Role& role : declared.roles) bound.push_back(role.default_id());
  for (const auto& [role, constituent] : roles) bound[index_of(declared.roles, role, type)] = constituent;
  for (std::size_t r = 0; r < bound.size(); ++r) {
    use.constituents[r] = basin.constituent(bound[r]);
    if (use.constituents[r] < 0 && !declared.roles[r].optional())
      throw std::invalid_argument(type + ": " + declared.roles[r].id +
                                  " is bound to no constituent of the basin");
  }
  for (const auto& [id, value] : parameters) {
    const std::size_t p = index_of(declared.parameters, id, type);
    use.parameters[p].value = declared.parameters[p].unit.unit.to_inside(value);
  }
  return basin.processes.emplace_back(std::move(use));
}

}  // namespace limpid
