// Counts what small hydropower leaves to the river: days below the ecological flow, and the stretch that runs
// dry.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/observer.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

// One local day at one station.
struct StationDay {
  double begin = 0;     // seconds since 1970
  double left = 0;      // m3/s, mean flow into the bypassed stretch below the intake
  double diverted = 0;  // m3/s, mean
  double required = 0;  // m3/s, mean of the ecological flow asked for
  double dewatered =
      0;  // m of the bypassed stretch that carried less than kDewateredFlow on the mean of the day
  bool below() const { return left < required * (1 - 1e-9); }  // round-off is no shortage
};

// A stretch with less water is called dewatered: one litre a second.
inline constexpr double kDewateredFlow = 1e-3;  // m3/s

class StationWatch : public Observer {
 public:
  StationWatch(const Basin& basin, const RunOptions& options);
  void observe(const Simulation&, double) override {}
  void see_step(const Simulation& simulation, double t0, double t1) override;
  void checkpoint(Checkpoint& file) override;
  // [station][day]; days that the run covers in part only are left out.
  std::vector<std::vector<StationDay>> days() const { return days_; }

 private:
  struct Place {
    std::size_t canal_face;                // first face of the canal, of WaterStep::face
    std::vector<std::size_t> river_faces;  // of the other branches at the intake
    std::vector<std::size_t> cells;        // of the bypassed stretch
  };
  void end_day(double t1);

  const Basin& basin_;
  const RunOptions& options_;
  std::vector<Place> places_;
  std::vector<std::vector<StationDay>> days_;
  std::vector<StationDay> today_;               // sums over the day so far, m3
  std::vector<std::vector<double>> cell_flow_;  // [station][cell of the bypassed stretch] m3 so far
  double day_begin_ = 0;
};

}  // namespace limpid
