#include "validation/long_river.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace limpid::validation {

Grid grid_of(double cell, double courant, double speed) {
  return {cell, std::max(1, static_cast<int>(std::lround(3600 * speed / (courant * cell))))};
}

Basin long_river(const Inlet& inlet, double length, double cell,
                 const std::vector<const char*>& constituents) {
  const int cells = static_cast<int>(std::ceil(length / cell));
  Basin basin =
      uniform_basin({{cells * cell, kRiverArea, inlet.speed * kRiverArea, inlet.dispersion, 1.0, cells}});
  add_constituents(basin, constituents);
  add_boundary(basin, 0, inlet.speed * kRiverArea);
  return basin;
}

double largest(const Reference& reference, const char* column) {
  double most = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    most = std::max(most, reference.at(row, column));
  return most;
}

void TableErrors::look(const SingleRun& run, double time, double origin) {
  for (std::size_t row = 0; row < reference_.rows.size(); ++row) {
    if (std::fabs(reference_.at(row, "t_s") - time) > 1e-6) continue;
    ++rows_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const double model = run.at(static_cast<int>(c), 0, origin + reference_.at(row, "x_m"));
      const double error = std::fabs(model - reference_.at(row, columns_[c]));
      worst_[c] = std::max(worst_[c], error);
      mean_[c] += error;
    }
  }
}

void TableErrors::require_all() const {
  if (rows_ != reference_.rows.size())
    throw std::runtime_error("rows of the reference lie outside the run's hours");
}

double order_of(const std::vector<double>& errors) {
  return std::log2(errors.front() / errors.back()) / static_cast<double>(errors.size() - 1);
}

}  // namespace limpid::validation
