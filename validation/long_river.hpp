// One long uniform river with something entering at its head: the setting of most exact transport answers.
#pragma once

#include <vector>

#include "validation/first_type_inlet.hpp"
#include "validation/report.hpp"
#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

struct Grid {
  double cell = 0;  // m
  int steps_per_hour = 1;
  double step() const { return 3600.0 / steps_per_hour; }
  Grid finer() const { return {0.5 * cell, 2 * steps_per_hour}; }
};
// A grid of about this Courant number whose step divides an hour.
Grid grid_of(double cell, double courant, double speed);

inline constexpr double kRiverArea = 10;  // m2

// From x = 0 to `length` with an inflow of clean water.
Basin long_river(const Inlet& inlet, double length, double cell,
                 const std::vector<const char*>& constituents);

// The largest value of a column.
double largest(const Reference& reference, const char* column);

// Sums of |model - reference| over the rows of each time of a table with columns x_m, t_s.
class TableErrors {
 public:
  TableErrors(const Reference& reference, std::vector<std::string> columns)
      : reference_(reference), columns_(std::move(columns)), worst_(columns_.size(), 0), mean_(worst_) {}
  // Call at every hour: looks at rows of this time. `origin`: chainage of x = 0.
  void look(const SingleRun& run, double time, double origin = 0);
  double worst(std::size_t column) const { return worst_[column]; }
  // Mean over all rows.
  double mean(std::size_t column) const { return mean_[column] / static_cast<double>(rows_); }
  // Throws std::runtime_error unless every row was met.
  void require_all() const;

 private:
  const Reference& reference_;
  std::vector<std::string> columns_;
  std::vector<double> worst_, mean_;
  std::size_t rows_ = 0;
};

// Observed order on grids that halve: from the first and the last error.
double order_of(const std::vector<double>& errors);

}  // namespace limpid::validation
