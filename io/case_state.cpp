// [initial] kind = "file": the state of an earlier run, checked against this case.
#include <algorithm>
#include <cmath>

#include "io/case_reading.hpp"
#include "io/state_file.hpp"
#include "io/units.hpp"
#include "model/tags.hpp"

namespace limpid {

namespace {

class StateReading {
 public:
  StateReading(CaseReading& reading, const StateFile& file)
      : reading_(reading),
        file_(file),
        network_(reading.result.basin.network),
        shown_(reading.result.run.initial_file) {}

  void read() {
    if (!same_reaches() || !same_cells() || !known_compartments()) return;
    check_time();
    RiverState state = file_.state;
    state.amount = amounts(file_.state.volume, file_.state.amount);
    if (good_ && !state.storage_volume.empty()) {
      state.storage_volume = dead_zones();
      state.storage_amount = amounts(state.storage_volume, file_.state.storage_amount);
    }
    reading_.result.run.initial_state = std::move(state);
  }

 private:
  void add(Code code, std::vector<std::string> args) {
    good_ = good_ && code == Code::W1706;
    args.insert(args.begin(), shown_);
    const KeyTable keys = reading_.table("initial");
    reading_.problems.add(code, keys.place("file"), std::move(args));
  }

  bool same_reaches() {
    const std::size_t here = network_.reaches.size(), there = file_.reaches.size();
    for (std::size_t r = 0; r < std::max(here, there); ++r) {
      const std::string id = r < here ? network_.reaches[r].id : "-";
      const std::string other = r < there ? file_.reaches[r] : "-";
      if (id == other) continue;
      add(Code::E1702, {std::to_string(r + 1), other, id});
      return false;
    }
    return true;
  }

  static std::vector<std::vector<double>> lengths(const std::vector<int>& reach,
                                                  const std::vector<double>& length, std::size_t reaches) {
    std::vector<std::vector<double>> of(reaches);
    for (std::size_t i = 0; i < reach.size(); ++i)
      of[static_cast<std::size_t>(reach[i])].push_back(length[i]);
    return of;
  }

  // E1703 names the first reach that is cut otherwise, with the first length that differs.
  bool same_cells() {
    constexpr double kRoundOff = 1e-9;
    const auto here = lengths(network_.cell_reach, network_.cell_length, network_.reaches.size());
    const auto there = lengths(file_.cell_reach, file_.cell_length, network_.reaches.size());
    for (std::size_t r = 0; r < here.size(); ++r) {
      std::size_t i = 0;
      while (i < std::min(here[r].size(), there[r].size()) &&
             std::abs(here[r][i] - there[r][i]) <= kRoundOff * here[r][i])
        ++i;
      if (i == here[r].size() && i == there[r].size()) continue;
      const auto length = [i](const std::vector<double>& of) {
        return of.empty() ? std::string("-") : number_text(of[std::min(i, of.size() - 1)]);
      };
      add(Code::E1703, {network_.reaches[r].id, std::to_string(there[r].size()), length(there[r]),
                        std::to_string(here[r].size()), length(here[r])});
      return false;
    }
    if (file_.cell_reach == network_.cell_reach) return true;
    add(Code::E1708, {});
    return false;
  }

  bool known_compartments() {
    bool known = true;
    for (const std::string& compartment : file_.compartments) {
      if (compartment == kWaterCompartment ||
          (compartment == kStorageCompartment && reading_.result.basin.has_storage()))
        continue;
      add(Code::E1707, {compartment});
      known = false;
    }
    return known;
  }

  void check_time() {
    const TimeGrid& grid = reading_.result.run.grid;
    if (grid.end > grid.begin && file_.state.time != grid.begin)
      add(Code::W1706, {format_time(file_.state.time, grid.offset), format_time(grid.begin, grid.offset)});
  }

  // m2 of water surface
  double plan_area(std::size_t cell, double volume) const {
    const Reach& reach = network_.reaches[static_cast<std::size_t>(network_.cell_reach[cell])];
    if (const Lake* lake = network_.lake_of(network_.cell_chain[cell])) {
      const int first = network_.chains[static_cast<std::size_t>(lake->chain)].first_cell;
      double all = 0;
      for (int k = 0; k < lake->layers(); ++k) all += file_.state.volume[static_cast<std::size_t>(first + k)];
      return lake->layer_area(static_cast<int>(cell) - first, all);
    }
    const Channel& channel = network_.channels[static_cast<std::size_t>(reach.channel)];
    const double length = network_.cell_length[cell];
    if (channel.closed() && volume > 0) return volume / channel.mean_depth(volume / length);
    return channel.top_width(channel.depth(volume / length)) * length;
  }

  std::vector<double> dead_zones() const {
    std::vector<double> volume;
    for (std::size_t i = 0; i < network_.cell_reach.size(); ++i)
      volume.push_back(network_.reaches[static_cast<std::size_t>(network_.cell_reach[i])].storage_area *
                       network_.cell_length[i]);
    return volume;
  }

  // Of one compartment, [cell][constituent of the case]: the file's, or for one that it lacks the given
  // concentration; of a constituent whose tags it lacks all is of the rest.
  std::vector<double> amounts(const std::vector<double>& volume, const std::vector<double>& there) {
    const std::size_t n = reading_.result.basin.constituents.size(), cells = volume.size();
    std::vector<double> amounts(cells * n, 0.0);
    for (std::size_t c = 0; c < n; ++c) {
      const Constituent& constituent = reading_.result.basin.constituents[c];
      if (constituent.is_tag() && !has_tags_of(constituent.tag_of)) {
        if (constituent.tag_group + 1 < static_cast<int>(reading_.result.basin.tag_groups.size())) continue;
        for (std::size_t i = 0; i < cells; ++i)
          amounts[i * n + c] = amounts[i * n + static_cast<std::size_t>(constituent.tag_of)];
        continue;
      }
      const std::vector<double> own = amounts_of(c, volume, there);
      for (std::size_t i = 0; i < own.size(); ++i) amounts[i * n + c] = own[i];
    }
    return amounts;
  }

  // The same groups: tags of fewer would not add up to the total.
  bool has_tags_of(int total) const {
    const auto& list = reading_.result.basin.constituents;
    const std::string of = tag_id(list[static_cast<std::size_t>(total)].id, "");
    const auto there = std::count_if(file_.constituents.begin(), file_.constituents.end(),
                                     [&](const std::string& id) { return id.starts_with(of); });
    std::ptrdiff_t here = 0, found = 0;
    for (const Constituent& c : list) {
      if (c.tag_of != total) continue;
      ++here;
      found += std::count(file_.constituents.begin(), file_.constituents.end(), c.id);
    }
    return here == there && here == found;
  }

  std::vector<double> amounts_of(std::size_t c, const std::vector<double>& volume,
                                 const std::vector<double>& there) {
    const Constituent& constituent = reading_.result.basin.constituents[c];
    const auto found = std::find(file_.constituents.begin(), file_.constituents.end(), constituent.id);
    if (found == file_.constituents.end()) return given(c, volume);
    const auto at = static_cast<std::size_t>(found - file_.constituents.begin());
    if (file_.units[at] != constituent.amount_unit())
      add(Code::E1705, {constituent.id, file_.units[at], constituent.amount_unit()});
    std::vector<double> own;
    for (std::size_t i = 0; i < volume.size(); ++i) own.push_back(there[i * file_.constituents.size() + at]);
    return own;
  }

  std::vector<double> given(std::size_t c, const std::vector<double>& volume) {
    const std::string& id = reading_.result.basin.constituents[c].id;
    const TomlValue* list = reading_.table("initial").find("concentration");
    if (!list || !list->find(id)) {
      add(Code::E1704, {id, listed(file_.constituents)});
      return {};
    }
    const bool attached = reading_.result.basin.constituents[c].phase == Phase::attached;
    std::vector<double> own = volume;
    for (std::size_t i = 0; i < own.size(); ++i)
      own[i] =
          reading_.result.run.initial_concentration[c] * (attached ? plan_area(i, volume[i]) : volume[i]);
    return own;
  }

  CaseReading& reading_;
  const StateFile& file_;
  const Network& network_;
  std::string shown_;
  bool good_ = true;
};

}  // namespace

void read_initial_state(CaseReading& reading) {
  if (!reading.state_path || !reading.network_built || !reading.constituents_whole) return;
  try {
    const StateFile file = read_state(*reading.state_path);
    StateReading(reading, file).read();
  } catch (const Failure& failure) {
    const Problem& problem = failure.problem();
    std::vector<std::string> args = problem.args;
    if (!args.empty()) args[0] = reading.result.run.initial_file;
    reading.problems.add(problem.code == Code::E1051 ? Code::E1701 : problem.code,
                         reading.table("initial").place("file"), std::move(args));
  }
}

}  // namespace limpid
