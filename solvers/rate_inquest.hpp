// After the fact: which process made a point leave the finite numbers. Asked only for points that did, so
// that healthy steps pay nothing: the contents at the sub-step's begin still stand when its end is seen.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "solvers/field.hpp"
#include "solvers/rate_fault.hpp"

namespace limpid {

struct Basin;
class Integrator;

// Of one thread.
class RateInquest {
 public:
  // told: [lane] not 0 where the cause is known already; neither it nor the basin may go away.
  RateInquest(const Basin& basin, const std::vector<char>& told) : basin_(basin), told_(told) {}

  const BlockPlace* place = nullptr;  // of the block that is worked on
  std::vector<PointFault> found;      // at most one per lane

  // strange: not 0 at the points whose end of the sub-step of length dt is not finite. Leaves in `points`
  // what the rest of the sub-step reads as it was.
  void look(Integrator& points, const BlockRow& strange, double dt);

 private:
  struct Sick {
    std::size_t point;
    PointFault fault;
  };
  std::vector<Sick> sick_points(const Integrator& points, const BlockRow& strange) const;
  bool came_so(const Integrator& points, Sick& sick) const;
  bool blame_a_rate(const Integrator& points, Sick& sick) const;
  bool blame_a_yield(const Integrator& points, Sick& sick) const;
  void blame(const Integrator& points, Sick& sick, std::size_t call, std::size_t row) const;
  // call: index into the point's calls, in evaluation order.
  std::string values(const Integrator& points, std::size_t call, std::size_t point) const;

  const Basin& basin_;
  const std::vector<char>& told_;
};

}  // namespace limpid
