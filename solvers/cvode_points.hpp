// The reference: every point by SUNDIALS CVODE (BDF, Newton), to a relative 1e-9 of its contents a step of
// its own, the extents integrated beside them and left out of the error test. A point does not know its
// neighbours. Some thousand times as dear as the mean-state scheme.
#pragma once

#include <memory>
#include <vector>

#include "solvers/integrator.hpp"

namespace limpid {

class CvodePoints final : public Integrator {
 public:
  // Throws std::runtime_error where SUNDIALS cannot be set up.
  CvodePoints(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters);
  ~CvodePoints() override;

 private:
  struct Solver;
  void propose(double dt) override;
  void solve_point(std::size_t w, double dt);
  void spread_fields(std::size_t w);
  BlockValue change(std::size_t column) const {  // by the rates as they stand
    return s_.production(column, extent_.data(), values_.data()) -
           s_.consumption(column, extent_.data(), values_.data());
  }
  // CVODE's: y = contents [column], then extents [row].
  void derivative(const double* y, double* dydt);
  // columns[k][i] is where d(dydt_i)/d(content_k) belongs.
  void jacobian(const double* y, const double* dydt, double* const* columns);

  std::unique_ptr<Solver> solver_;
  std::vector<BlockRow> own_,
      solved_;  // the fields of the point at hand, everywhere in the block; extents found
  std::vector<const double*> values_;  // rows of own_
};

}  // namespace limpid
