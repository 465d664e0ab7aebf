// Dispersion of all lanes, whether they share their coefficients or not.
//
// Lanes with equal coefficients form a group that shares one factorisation. As long as no lane differs there
// is one group, which works on the state itself; else the columns of each group are copied out of the rows of
// the state and back. The arithmetic of a column does not depend on its neighbours, so a lane gets the bits
// that it would get alone.
#pragma once

#include <memory>
#include <vector>

#include "solvers/confluence_exchange.hpp"
#include "solvers/forcing.hpp"
#include "solvers/junction_loads.hpp"
#include "solvers/transport.hpp"

namespace limpid {

class DispersionByLane {
 public:
  // own_acts: whether the river itself disperses anything. tag_of: as for Advection. Keeps a reference to the
  // network.
  DispersionByLane(const Network& network, const Rows& rows, TransportScheme scheme, bool own_acts,
                   const std::vector<int>& tag_of = {});
  ~DispersionByLane();

  // What lanes have other than the river, from the next divide() on; cheap when nothing changed.
  void set_lanes(const std::vector<LaneDispersion>& changes);
  // The river's own coefficients, [cell] m2/s.
  void set_own(const std::vector<double>& coefficient);
  bool idle() const;  // nothing disperses in any lane

  // Loads at junctions (JunctionLoads), for all lanes: divide() and restore() around a step, find() before it
  // when the loads have changed. state: as dispersion finds it.
  void find() { found_ = false; }
  void divide(const WaterStep& step, const State& state, TransportRows& loads);
  void restore(TransportRows& amounts);
  // What the arms of confluences exchange meanwhile (ConfluenceExchange): before advection and after it,
  // between the two halves of dispersion.
  void exchange_before(State& state);
  void exchange_after(State& state);
  // As Dispersion::advance, with the deposits that divide() made.
  void advance(double dt, const std::vector<double>& area, const std::vector<double>& volume, State& state);

 private:
  struct Members {
    std::vector<int> lanes;
    std::vector<LaneDispersion> changes;
  };
  struct Group;
  std::vector<Members> partition() const;
  bool is_parted_as(const std::vector<Members>& parts) const;
  void make_groups(const std::vector<Members>& parts);
  void update(Group& group) const;
  bool whole() const { return groups_.size() == 1; }  // one group has all lanes
  ConfluenceExchange::CellRow amounts(const Group& group, const State& state);
  void exchange(Group& group, State& state);
  void take_loads(Group& group, const TransportRows& amounts) const;
  void give_loads(const Group& group, TransportRows& amounts) const;

  const Network& network_;
  Rows rows_;
  TransportScheme scheme_;
  bool own_acts_;
  std::vector<int> tag_of_;
  std::vector<double> own_;  // [cell] m2/s
  std::vector<LaneDispersion> changes_;
  std::vector<std::unique_ptr<Group>> groups_;
  State part_;                   // the columns of one group
  std::vector<double> columns_;  // the same of one cell
  bool found_ = false;           // the groups have seen the loads
};

}  // namespace limpid
