#include "solvers/dispersion_by_lane.hpp"

#include <algorithm>

#include "solvers/team.hpp"

namespace limpid {

namespace {

bool same(const LaneDispersion& a, const LaneDispersion& b) {
  return a.reach == b.reach && a.share == b.share && a.value == b.value && a.factor == b.factor;
}

}  // namespace

struct DispersionByLane::Group {
  Group(const Network& network, int constituents, TransportScheme scheme, Members of, bool own_acts,
        const std::vector<int>& tag_of)
      : members(std::move(of)),
        rows(constituents, static_cast<int>(members.lanes.size())),
        acts(own_acts || !members.changes.empty()),
        dispersion(network, rows, scheme),
        loads(network, rows),
        confluences(network, rows, scheme, tag_of) {}

  Members members;
  Rows rows;
  bool acts;
  std::vector<double> coefficient;  // [cell] m2/s
  Dispersion dispersion;
  JunctionLoads loads;
  ConfluenceExchange confluences;
  std::vector<Deposit> deposits;  // of both
  TransportRows part;  // the group's columns of the junctions' loads, where it does not have all lanes

  // f(column of all, column of the group) for each of its columns.
  template <class F>
  void each_column(const Rows& all, const F& f) const {
    for (int c = 0; c < rows.constituents; ++c)
      for (int l = 0; l < rows.lanes; ++l)
        f(all.index(c, members.lanes[static_cast<std::size_t>(l)]), rows.index(c, l));
  }
};

DispersionByLane::DispersionByLane(const Network& network, const Rows& rows, TransportScheme scheme,
                                   bool own_acts, const std::vector<int>& tag_of)
    : network_(network),
      rows_(rows),
      scheme_(scheme),
      own_acts_(own_acts),
      tag_of_(tag_of),
      own_(static_cast<std::size_t>(network.cell_count()), 0.0) {
  make_groups(partition());
}
DispersionByLane::~DispersionByLane() = default;

// Lanes with the same changes, in the order of their first lanes.
std::vector<DispersionByLane::Members> DispersionByLane::partition() const {
  std::vector<Members> parts;
  for (int lane = 0; lane < rows_.lanes; ++lane) {
    std::vector<LaneDispersion> mine;
    for (const LaneDispersion& change : changes_)
      if (change.lane == lane) mine.push_back(change);
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Members& m) {
      return std::equal(m.changes.begin(), m.changes.end(), mine.begin(), mine.end(), same);
    });
    if (found == parts.end())
      parts.push_back({{lane}, std::move(mine)});
    else
      found->lanes.push_back(lane);
  }
  return parts;
}

// Whether the groups hold these lanes: their coefficients alone are to be made again.
bool DispersionByLane::is_parted_as(const std::vector<Members>& parts) const {
  return std::equal(
      parts.begin(), parts.end(), groups_.begin(), groups_.end(), [](const Members& m, const auto& group) {
        return m.lanes == group->members.lanes && m.changes.empty() == group->members.changes.empty();
      });
}

void DispersionByLane::make_groups(const std::vector<Members>& parts) {
  groups_.clear();
  for (const Members& members : parts) {
    groups_.push_back(
        std::make_unique<Group>(network_, rows_.constituents, scheme_, members, own_acts_, tag_of_));
    update(*groups_.back());
  }
  found_ = false;
}

void DispersionByLane::set_lanes(const std::vector<LaneDispersion>& changes) {
  const auto unchanged = [](const LaneDispersion& a, const LaneDispersion& b) {
    return a.lane == b.lane && same(a, b);
  };
  if (std::equal(changes.begin(), changes.end(), changes_.begin(), changes_.end(), unchanged)) return;
  changes_ = changes;
  const std::vector<Members> parts = partition();
  if (!is_parted_as(parts)) make_groups(parts);
  for (std::size_t g = 0; g < parts.size(); ++g) {
    groups_[g]->members.changes = parts[g].changes;
    update(*groups_[g]);
  }
}

void DispersionByLane::set_own(const std::vector<double>& coefficient) {
  own_ = coefficient;
  for (auto& group : groups_) update(*group);
}

// The cells of a reach follow one another.
void DispersionByLane::update(Group& group) const {
  group.coefficient = own_;
  for (const LaneDispersion& change : group.members.changes) {
    const auto first = static_cast<std::size_t>(network_.first_chain[static_cast<std::size_t>(change.reach)]);
    for (std::size_t k = first; k < network_.chains.size() && network_.chains[k].reach == change.reach; ++k)
      for (int i = 0; i < network_.chains[k].cells; ++i) {
        double& d = group.coefficient[static_cast<std::size_t>(network_.chains[k].first_cell + i)];
        d = (1 - change.share) * d + change.share * (change.factor ? change.value * d : change.value);
      }
  }
}

bool DispersionByLane::idle() const {
  return std::none_of(groups_.begin(), groups_.end(), [](const auto& group) { return group->acts; });
}

void DispersionByLane::take_loads(Group& group, const TransportRows& amounts) const {
  const int junctions = static_cast<int>(network_.junctions.size());
  group.part.junction_load.assign(group.rows.at(junctions), 0.0);
  for (int j = 0; j < junctions; ++j) {
    const double* from = amounts.junction_load.data() + rows_.at(j);
    double* to = group.part.junction_load.data() + group.rows.at(j);
    group.each_column(rows_, [&](int all, int mine) { to[mine] = from[all]; });
  }
}

void DispersionByLane::give_loads(const Group& group, TransportRows& amounts) const {
  for (int j = 0; j < static_cast<int>(network_.junctions.size()); ++j) {
    const double* from = group.part.junction_load.data() + group.rows.at(j);
    double* to = amounts.junction_load.data() + rows_.at(j);
    group.each_column(rows_, [&](int all, int mine) { to[all] = from[mine]; });
  }
}

ConfluenceExchange::CellRow DispersionByLane::amounts(const Group& group, const State& state) {
  return [this, &group, &state](int cell) {
    if (whole()) return state.row(cell);
    columns_.assign(group.rows.at(1), 0.0);
    group.each_column(
        rows_, [&](int all, int mine) { columns_[static_cast<std::size_t>(mine)] = state.row(cell)[all]; });
    return static_cast<const double*>(columns_.data());
  };
}

void DispersionByLane::divide(const WaterStep& step, const State& state, TransportRows& loads) {
  for (auto& group : groups_) {
    if (!group->acts) continue;
    if (!whole()) take_loads(*group, loads);
    TransportRows& mine = whole() ? loads : group->part;
    if (!found_) group->loads.find(mine);
    const auto amount = amounts(*group, state);
    group->loads.divide(step, group->coefficient, amount, mine);
    group->confluences.find(step, group->coefficient, amount);
    group->confluences.bound(amount);
    group->deposits = group->loads.deposits();
    const std::vector<Deposit>& more = group->confluences.deposits();
    group->deposits.insert(group->deposits.end(), more.begin(), more.end());
    if (!whole()) give_loads(*group, loads);
  }
  found_ = true;
}

void DispersionByLane::exchange_before(State& state) {
  for (auto& group : groups_)
    if (group->acts) exchange(*group, state);
}

// What dispersion takes back is bounded by what advection has brought.
void DispersionByLane::exchange_after(State& state) {
  for (auto& group : groups_) {
    if (!group->acts) continue;
    group->confluences.bound(amounts(*group, state));
    exchange(*group, state);
  }
}

void DispersionByLane::exchange(Group& group, State& state) {
  group.confluences.exchange(amounts(group, state), [&](int cell, double weight, const double* row) {
    double* to = state.row(cell);
    if (whole())
      for (int j = 0; j < rows_.width; ++j) to[j] += weight * row[j];
    else
      group.each_column(rows_, [&](int all, int mine) { to[all] += weight * row[mine]; });
  });
}

void DispersionByLane::restore(TransportRows& amounts) {
  for (auto& group : groups_) {
    if (!group->acts) continue;
    group->loads.restore(whole() ? amounts : group->part);
    if (!whole()) give_loads(*group, amounts);
  }
}

void DispersionByLane::advance(double dt, const std::vector<double>& area, const std::vector<double>& volume,
                               State& state) {
  for (auto& group : groups_) {
    if (!group->acts) continue;
    if (whole()) {
      group->dispersion.advance(dt, group->coefficient, area, volume, state, group->deposits);
      continue;
    }
    const int cells = state.cells();
    const bool team = state.amount.size() >= kParallelEntries;
    part_.rows = group->rows;
    part_.amount.assign(group->rows.at(cells), 0.0);
    const auto each_cell = [&](const auto& f) {
      with_team(team,
                [&] { share_work(team, cells, 0, 1, [&](int i, int) { f(state.row(i), part_.row(i)); }); });
    };
    each_cell([&](double* all, double* mine) {
      group->each_column(rows_, [&](int from, int to) { mine[to] = all[from]; });
    });
    group->dispersion.advance(dt, group->coefficient, area, volume, part_, group->deposits);
    each_cell([&](double* all, double* mine) {
      group->each_column(rows_, [&](int to, int from) { all[to] = mine[from]; });
    });
  }
}

}  // namespace limpid
