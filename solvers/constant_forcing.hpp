// The inputs of one stretch of time, held at their means: what a steady state is asked for.
#pragma once

#include <vector>

#include "solvers/forcing.hpp"

namespace limpid {

// Over [begin, end) of another forcing: water and loads at their exact means, stages and surroundings at the
// mean of `samples` equal steps (the albedo weighted by the light that meets it, so that the light under
// water is the mean), parameters as they stand in the middle. One Simulation may use it; `of` is read in the
// constructor, at the first loads() and for water that comes back, and must outlive the forcing.
class ConstantForcing : public Forcing {
 public:
  ConstantForcing(Forcing& of, std::size_t cells, double begin, double end, int samples);

  int lanes() const override { return lanes_; }
  void water(double t0, double t1, WaterInput& out) override;
  bool loads(double t0, double t1, const Rows& rows, std::vector<double>& out) override;
  void environment(double t0, double t1, Environment& out) override;
  void parameters(double t, std::vector<LaneParameter>& out) override;
  void dispersion(double t0, double t1, std::vector<LaneDispersion>& out) override;
  void returned(double t0, double t1, int source, double volume, const Rows& rows, double* row) override;
  bool changes_channels() const override { return of_.changes_channels(); }
  bool is_steady() const override { return true; }

 private:
  std::vector<double> mean_stages(int samples);
  void find_surroundings(std::size_t cells, int samples);

  Forcing& of_;
  int lanes_;
  double begin_, end_, loads_dt_ = 0;
  WaterInput water_;
  Environment environment_;  // NaN where the other forcing leaves it alone
  std::vector<LaneParameter> parameters_;
  std::vector<LaneDispersion> dispersion_;
};

}  // namespace limpid
