// Where a sweep keeps what its members gave; io/ implements it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid {

// What a sweep keeps of a member. Everything but `seconds` and `lanes` is the same whoever ran it.
struct MemberResult {
  std::size_t member = 0;  // row of the design
  bool failed = false;
  std::string cause;            // of a failure: place, constituent, date and reason
  std::vector<double> metrics;  // as metrics_of() names them; NaN = missing
  std::vector<double> closure;  // [constituent], then water
  double capex = 0, opex = 0;   // 元, 元/a
  std::vector<double> series;   // [series asked for][time of the record]
  double seconds = 0;           // wall time of its batch over its lanes
  int lanes = 1;
};

class Store {
 public:
  virtual ~Store() = default;
  // Members that are done (failed ones too), as rows of the design, ascending.
  virtual std::vector<std::size_t> done() const = 0;
  // Keeps whole batches: when it returns, they survive a kill. Throws Failure E5002 when the disk refuses.
  virtual void add(const std::vector<MemberResult>& results) = 0;
};

}  // namespace limpid
