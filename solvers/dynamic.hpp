// The full equations of Saint-Venant on the network: backwater, reversal, sub- and supercritical flow,
// wetting and drying.
//
//   dA/dt + dQ/dx = q,   du/dt + u du/dx + g d(eta)/dx + g u|u| (A/K)^2 = 0     (K: conveyance, Q = K sqrt(S)
//   in uniform flow)
//
// Semi-implicit finite volumes on a staggered grid: levels eta in cells, velocities u at faces (Casulli &
// Zanolli 2002; Stelling & Duinmeijer 2003 for momentum that is conserved). Per face, between cells l and r
// at distance d:
//   u' = [u + dt (s + c u*|u*|) - (1-th) g dt f (eta_r - eta_l)^n / d - th g dt f (eta_r - eta_l) / d]
//        / [1 + dt (2 c |u*| + a)],     Q = th A_f u' + (1-th) Q^n
// u* the last iterate; a, s upwind advection in conservative form, limited to second order inside chains; c
// friction; f = mean area over its value at the step's start. Per cell V(eta) = V^n + dt (in - out): Newton
// on V(eta), whose linear system is an M-matrix eliminated along the tree. Volumes are then formed from the
// face fluxes, so that the balance of every cell holds whatever the iteration left. A step whose limiter had
// to cut more than a millionth of the water, or that did not come near its solution, is taken again in
// halves, at most 64 of them.
// Under a lid V(eta) bends down, where Newton's method alone may run to and fro (dynamic_closed.cpp).
//
// A lake is one unknown more: its storage curve stands for V(eta), rivers that end in it see its level at
// their shores, and what it lets out (lake_flow.hpp) enters the river below (dynamic_lakes.cpp).
#pragma once

#include <vector>

#include "solvers/hydraulics.hpp"
#include "solvers/junction_flow.hpp"
#include "solvers/level_system.hpp"
#include "solvers/wave_grid.hpp"

namespace limpid {

// How far a sub-step iterates: at least `usual` times and on while a level and its volume disagree, at most
// `most` times; it stops where no level moved by more than `near` of its depth.
struct WaveIterations {
  int usual = 3, most = 12;
  double near = 1e-4;
};

class DynamicFlow final : public Hydraulics {
 public:
  explicit DynamicFlow(const Basin& basin, WaveIterations iterations = {});
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) override;
  std::vector<double> face_rates(const WaterStep& step) const override;
  void checkpoint(Checkpoint& file) override;
  Counts counts() const override { return counts_; }

 private:
  static constexpr double kGuessedSlope = 1e-4;  // of a first depth where the bed does not fall
  static constexpr double kGravity = 9.81;       // m/s2
  static constexpr double kTheta = 0.6;          // weight of the end of a sub-step
  static constexpr double kDryDepth = 1e-6;      // m; a drier cell gives nothing
  static constexpr double kLeastArea = 1e-6;     // m2; smallest that divides
  static constexpr double kNarrowest = 1e-3;     // m; least width of a water surface
  static constexpr double kShallow = 0.01;       // m; a shallower cell's change counts as of that depth
  static constexpr double kMostSwelling = 4;     // of the area between two cells, for what drives the water
  static constexpr double kMostGain = 3;         // of the flow along a cell; beyond, drying fronts blow up
  // What one sub-step starts from and what it makes.
  struct Flow {
    std::vector<double> volume;    // [cell] m3
    std::vector<double> velocity;  // [face] m/s
    std::vector<double> rate;      // [face] m3/s
    std::vector<double> outlet;    // [outlet] m3/s
  };
  // Linearised flux through a face: rate + left * d(eta_l) - right * d(eta_r).
  struct Flux {
    double velocity = 0, rate = 0;  // at the end of the sub-step; its weighted mean
    double left = 0, right = 0, velocity_left = 0;
    double weight = kTheta;  // of the end in the mean
  };
  // Of all faces, a row for each part. What an iteration makes of the last one's velocities and rates goes
  // into rows of its own; rates at the end are made after the last one (set_end_rates).
  struct Fluxes {
    std::vector<double> velocity, rate, next_velocity, next_rate;
    std::vector<double> end_rate, left, right, velocity_left, weight;
    std::size_t size() const { return rate.size(); }
    void resize(std::size_t faces) {
      for (auto* row :
           {&velocity, &rate, &next_velocity, &next_rate, &end_rate, &left, &right, &velocity_left})
        row->resize(faces);
      weight.assign(faces, kTheta);
    }
    void set_next(std::size_t f, const Flux& x) {
      next_velocity[f] = x.velocity, next_rate[f] = x.rate, left[f] = x.left;
      right[f] = x.right, velocity_left[f] = x.velocity_left, weight[f] = x.weight;
    }
    void take_next() {
      velocity.swap(next_velocity);
      rate.swap(next_rate);
    }
  };
  // Of the cells of a run: water that passes and the velocities with which it comes (as through_ and others).
  struct Through {
    double *flow, *from_upper, *from_lower;
  };
  // A lake over a sub-step.
  struct Pond {
    const Lake* lake = nullptr;
    std::size_t cell = 0;                    // that stands for it
    int face = -1, outlet = -1;              // of grid_.faces or of grid_.outlets: its lower end
    double lowest_volume = 0;                // m3, above which water goes through the dam
    LakeDemand demand;                       // of the step
    double begin_spill = 0, begin_area = 0;  // m3/s, m2
    double spill = 0, slope = 0;             // m3/s, m2/s: what the level opens, the mean over the sub-step
    double spilled = 0, released = 0, evaporated = 0;  // m3/s
    double excess = 0;                           // m3/s of the spill at an iterate that there is no water for
    double volume = 0;                           // m3 at the end
    double all_spilled = 0, all_evaporated = 0;  // m3 over the step
  };
  struct ClosedCell {
    int cell, outlet;  // of grid_.outlets; -1 = none there
  };
  // What leaves a cell as its depth is, and how that grows with the depth.
  struct Outflow {
    double rate = 0, slope = 0;  // m3/s, m2/s
  };

  void start_from(const std::vector<double>& volume);
  void set_face_flow(const std::vector<double>& face_rate);
  void set_inflow(const WaterInput& input, WaterStep& step);
  void set_head_areas();
  bool sub_step(double dt, bool last_resort);
  void set_levels();
  void set_depths();
  void lose(double dt);
  void set_cell(std::size_t cell);
  void fill_pools();
  double lowest_crest(const WaveGate& gate) const;
  void set_borders(const WaterInput& input);
  void set_beyond(double part);
  double half_loss(std::size_t cell, double rate) const;
  double end_level(std::size_t cell, double rate) const;
  template <class Law>
  static double consistent(const Law& law);
  Passage gate_passage(const WaveFace& face, double rate, bool forward) const;
  Flux gate_flux(const WaveFace& face) const;
  Outflow outlet_flow(const WaveOutlet& outlet) const;
  Outflow rated(std::size_t cell, const RatingCurve& rating) const;
  Outflow free_fall(std::size_t cell) const;
  Flux held_by_fall(const WaveFace& face, const Flux& flux) const;
  void set_cells();
  void set_lakes();
  void set_through_flow();
  static std::vector<Pond> ponds_of(const Network& network, const WaveGrid& grid);
  void set_lake_demands(const WaterInput& input);
  void set_pond_cell(const Pond& pond);
  void set_shores();
  void begin_ponds();
  double let_out(std::size_t junction, double dt) const;
  double pond_inflow(const Pond& pond) const;
  void set_spills(double dt);
  void settle_ponds(double dt);
  void settle_pond(Pond& pond, double dt, bool by_water) const;
  void guess_ponds(double dt);
  Flux dam_flux(const WaveFace& face) const;
  bool given(const Pond& pond) const { return pinned_ || pond.demand.hold; }
  void finish_ponds(WaterStep& step) const;
  double entering_velocity(int reach, std::size_t cell, double rate) const;
  double ruled_rate(const WaveFace& face) const;
  Flux ruled_flux(const WaveFace& face, double dt) const;
  struct Advection {
    double rate = 0, source = 0;  // 1/s, m/s2
  };
  Advection advection(std::size_t face) const;
  Flux flux(std::size_t face, double dt) const;
  double face_depth(std::size_t f, std::size_t donor, bool forward) const;
  double half_slope(int before, int face, int after) const;
  Through through_of(const WaveRun& run) {
    const auto i = static_cast<std::size_t>(run.first_cell);
    return {&through_[i], &from_upper_[i], &from_lower_[i]};
  }
  void pass_through(const WaveRun& run, const Through& to) const;
  void set_run_slopes(const WaveRun& run);
  void set_run_sections(const WaveRun& run);
  void set_run_advection(const WaveRun& run);
  void set_end_rates();
  void set_run(const WaveRun& run);
  void run_fluxes(const WaveRun& run, double dt);
  void assemble_run(const WaveRun& run, double dt);
  void correct_run(const WaveRun& run);
  void set_fluxes(double dt);
  void set_run_fluxes(const WaveRun& run, double dt);
  void iterate(double dt);
  void assemble(double dt);
  void correct();
  double correct_cells(const WaveRun& run);
  void set_balance(std::size_t first, std::size_t count, double dt);
  void correct_closed(double dt);
  double closed_residual() const;
  bool shut(int face, std::size_t donor) const;
  double closed_change(std::size_t cell, double faces, double dt, int outlet, double change);
  void set_closed(std::size_t cell, double depth);
  double carrying_area(std::size_t cell) const;
  Outflow end_of_pipe(std::size_t cell) const;
  void form_volumes(double dt);
  double limit(double dt);
  void scale_outflow(std::size_t cell, double dt, bool ignore_inflow);
  void give_back(std::size_t cell, double dt);
  double residual() const;
  void add_volumes(double dt);
  void abstract(const WaterInput& input, WaterStep& step);
  void finish(const WaterInput& input, WaterStep& step);
  void set_speeds(WaterStep& step) const;
  double uniform_speed(std::size_t cell, const WaterStep& step) const;
  double end_speed(std::size_t cell, const WaterStep& step) const;

  const Basin& basin_;
  WaveIterations iterations_;
  JunctionFlow junctions_;
  LakeFlow lakes_;
  WaveGrid grid_;
  LevelSystem system_;
  std::vector<Pond> ponds_;                 // in the order of the chains
  std::vector<int> pond_of_;                // [lake]
  std::vector<char> given_;                 // [cell] its level is not an unknown
  bool pinned_ = false;                     // lakes keep their levels, whatever flows in (before the run)
  std::vector<DiversionInput> diversions_;  // [station] of the step
  std::vector<const Channel*> channel_;     // [cell]
  std::vector<ClosedCell> closed_;          // own cells of closed sections
  Flow now_, next_;
  std::vector<double> inflow_;              // [cell] m3/s from junctions and diffuse sources
  std::vector<double> net_inflow_;          // [cell] m3/s, all of it less what abstractions take now
  std::vector<double> wanted_, taken_now_;  // [junction] m3/s that abstractions ask for and get now
  std::vector<double> head_inflow_;         // [cell] m3/s of it that enters a headwater along the channel
  std::vector<double> head_area_;           // [cell] m2 that uniform flow of it takes
  std::vector<double> taken_;               // [junction] m3 that they got over the step
  // [cell] m2/s per m of width that evaporates and seeps, m3/s of it now, m3 over the step; empty: nothing
  // does
  std::vector<double> loss_rate_, lost_now_, lost_;
  std::vector<double> depth_, level_, area_, width_, friction_;  // [cell] at the iterate
  std::vector<double> start_level_;                              // [cell] at the sub-step's begin
  std::vector<double> per_volume_;  // [face] 1/m3 of the water between its cells' centres then
  std::vector<double> through_, from_upper_, from_lower_, out_upper_, out_lower_;  // [cell] of momentum
  Fluxes flux_;
  std::vector<double> run_half_, run_fall_;                           // [face of a run + 1]: m/s, -
  std::vector<double> run_area_, run_width_, run_rate_, run_source_;  // [face of a run]: m2, m, 1/s, m/s2
  std::vector<double> run_through_, run_upper_, run_lower_;           // [cell of a run]: as Through
  std::vector<double> outlet_rate_, outlet_slope_;                    // [outlet]
  std::vector<double> half_fall_;         // [cell] m that the bed falls from its centre to its lower end
  std::vector<double> stage0_, stage1_;   // [beyond] m at the step's begin and end
  std::vector<double> openings_;          // [structure] m
  std::vector<double> right_, diagonal_;  // [cell]
  std::vector<double> answers_;           // [cell] 0 where the level does not answer to what flows in
  std::vector<double> rough_limit_;       // [cell] most friction of a face above it, of the donor's
  std::vector<double> moved_;             // [step face] m3 over the step
  double part_begin_ = 0, part_end_ = 1;  // of the sub-step, as shares of the step
  double change_ = 0;                     // largest change of a level in the last iteration, of its depth
  Counts counts_;
};

}  // namespace limpid
