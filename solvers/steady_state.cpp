#include "solvers/steady_state.hpp"

#include <kinsol/kinsol.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace limpid {

namespace {

constexpr double kLeastKept = 0.1;  // of an amount, in one step of the acceleration
constexpr double kLeastScale = 1e-30;

class DayMap {
 public:
  DayMap(Simulation& simulation, const SteadySearch& search, const std::function<bool(int)>& keep_going)
      : simulation_(simulation), search_(search), keep_going_(keep_going) {}

  void settle();
  bool accelerate(int window);  // whether KINSOL came to the tolerance
  SteadyState report();
  bool is_over() const { return stopped_ || !simulation_.failures().empty(); }
  bool is_steady(double tolerance) const { return change_ <= tolerance && water_change_ <= tolerance; }

  int evaluate(N_Vector scaled, N_Vector mapped);

 private:
  void run_days(int days);
  void find_scales();
  double largest_change(const std::vector<double>& before, const std::vector<double>& after) const;
  int constituent_of(std::size_t at) const;
  void put_change(const std::vector<double>& before, const std::vector<double>& after,
                  SteadyState& state) const;

  Simulation& simulation_;
  const SteadySearch& search_;
  const std::function<bool(int)>& keep_going_;
  std::vector<double> scale_, last_;              // of amounts(); last_: the map's last value
  double change_ = 1e300, water_change_ = 1e300;  // in the last window
  int window_ = 1, days_ = 0;
  bool stopped_ = false;
};

double largest_water_change(const std::vector<double>& before, const std::vector<double>& after) {
  double most = 1e-30, change = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    most = std::max(most, after[i]);
    change = std::max(change, std::fabs(after[i] - before[i]));
  }
  return change / most;
}

void DayMap::run_days(int days) {
  const std::vector<double> water = simulation_.water().volume1;
  for (int d = 0; d < days && !is_over(); ++d) {
    simulation_.restart();
    simulation_.run({});
    ++days_;
    stopped_ = keep_going_ && !keep_going_(days_);
  }
  water_change_ = largest_water_change(water, simulation_.water().volume1);
}

void DayMap::settle() {
  last_ = simulation_.amounts();
  for (int d = 0; d < search_.settling_days && !is_over(); ++d) {
    run_days(1);
    const std::vector<double> next = simulation_.amounts();
    find_scales();
    change_ = largest_change(last_, next);
    last_ = next;
  }
}

// Which constituent an entry of amounts() belongs to; that of the padding is the last one.
int DayMap::constituent_of(std::size_t at) const {
  const Stores& stores = simulation_.stores();
  int first = 0;
  for (const State* store : {&stores.water, &stores.attached, &stores.storage}) {
    if (store == &stores.attached) first = stores.water.rows.constituents;
    if (store == &stores.storage) first = 0;
    if (at < store->amount.size()) {
      const auto j = static_cast<int>(at % static_cast<std::size_t>(store->rows.width));
      return first + std::min(j, store->rows.constituents - 1);
    }
    at -= store->amount.size();
  }
  throw std::logic_error("beyond the river's amounts");
}

// The amount that an entry would have at the largest content of its constituent in its store; where a store
// is shorter than the channel (dead zones, dry cells) as large as its largest amount.
void DayMap::find_scales() {
  const std::vector<double> now = simulation_.amounts();
  const std::vector<double>& volume = simulation_.water().volume1;
  const Stores& stores = simulation_.stores();
  scale_.assign(now.size(), kLeastScale);
  std::size_t first = 0;
  for (const State* store : {&stores.water, &stores.attached, &stores.storage}) {
    const auto width = static_cast<std::size_t>(store->rows.width);
    const auto extent = [&](int i) {
      if (store == &stores.water) return volume[static_cast<std::size_t>(i)];
      return store == &stores.attached ? simulation_.plan_area(i) : simulation_.storage_volume(i);
    };
    for (int c = 0; c < store->rows.constituents; ++c) {
      double most = 0;
      for (int i = 0; i < store->cells(); ++i)
        if (extent(i) > kDryVolume) most = std::max(most, std::fabs(store->row(i)[c]) / extent(i));
      for (int i = 0; i < store->cells(); ++i) {
        double& scale = scale_[first + store->rows.at(i) + static_cast<std::size_t>(c)];
        scale = std::max(scale, std::max(most * extent(i), std::fabs(store->row(i)[c])));
      }
    }
    first += width * static_cast<std::size_t>(store->cells());
  }
}

double DayMap::largest_change(const std::vector<double>& before, const std::vector<double>& after) const {
  double change = 0;
  for (std::size_t i = 0; i < after.size(); ++i)
    change = std::max(change, std::fabs(after[i] - before[i]) / scale_[i]);
  return change;
}

// KINSOL may ask for less than nothing. What it asks for is taken as far as a part of the last value stays;
// at a fixed point that changes nothing.
int DayMap::evaluate(N_Vector scaled, N_Vector mapped) {
  if (is_over()) return -1;
  const double* x = NV_DATA_S(scaled);
  std::vector<double> amounts(scale_.size());
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const double asked = x[i] * scale_[i], least = kLeastKept * last_[i];
    if (!std::isfinite(asked)) return -1;
    amounts[i] = last_[i] >= 0 && asked < least ? least : asked;
  }
  simulation_.set_amounts(amounts);
  run_days(window_);
  last_ = simulation_.amounts();
  change_ = largest_change(amounts, last_);
  for (std::size_t i = 0; i < last_.size(); ++i) NV_DATA_S(mapped)[i] = last_[i] / scale_[i];
  return 0;
}

int call_map(N_Vector u, N_Vector mapped, void* map) {
  return static_cast<DayMap*>(map)->evaluate(u, mapped);
}

// Everything that KINSOL holds, given back in any case.
struct Kinsol {
  SUNContext context = nullptr;
  N_Vector u = nullptr, ones = nullptr;
  void* memory = nullptr;

  explicit Kinsol(std::size_t size) {
    SUNContext_Create(nullptr, &context);
    u = N_VNew_Serial(static_cast<sunindextype>(size), context);
    ones = N_VNew_Serial(static_cast<sunindextype>(size), context);
    N_VConst(1.0, ones);
    memory = KINCreate(context);
    KINSetErrFile(memory, nullptr);
  }
  Kinsol(const Kinsol&) = delete;
  Kinsol& operator=(const Kinsol&) = delete;
  ~Kinsol() {
    KINFree(&memory);
    N_VDestroy(ones);
    N_VDestroy(u);
    SUNContext_Free(&context);
  }
};

bool DayMap::accelerate(int window) {
  window_ = window;
  find_scales();
  Kinsol kinsol(scale_.size());
  for (std::size_t i = 0; i < scale_.size(); ++i) NV_DATA_S(kinsol.u)[i] = last_[i] / scale_[i];
  KINSetMAA(kinsol.memory, search_.depth);
  KINSetNumMaxIters(kinsol.memory, search_.iterations);
  KINSetFuncNormTol(kinsol.memory, search_.tolerance);
  KINSetUserData(kinsol.memory, this);
  if (KINInit(kinsol.memory, call_map, kinsol.u) != KIN_SUCCESS)
    throw std::runtime_error("KINSOL does not start");
  const int flag = KINSol(kinsol.memory, kinsol.u, KIN_FP, kinsol.ones, kinsol.ones);
  simulation_.set_amounts(last_);
  return flag >= 0;
}

// By a last day from the state found, which is kept: the change that the user is told.
SteadyState DayMap::report() {
  SteadyState state;
  state.stopped = stopped_;
  if (!is_over()) {
    simulation_.set_amounts(last_);
    find_scales();
    run_days(1);
    put_change(last_, simulation_.amounts(), state);
    simulation_.set_amounts(last_);
  }
  simulation_.restart();
  state.days = days_;
  return state;
}

void DayMap::put_change(const std::vector<double>& before, const std::vector<double>& after,
                        SteadyState& state) const {
  const Stores& stores = simulation_.stores();
  const std::size_t stored_from = stores.water.amount.size() + stores.attached.amount.size();
  state.water = water_change_;
  state.change.assign(static_cast<std::size_t>(simulation_.rows().constituents), {});
  for (std::size_t i = 0; i < after.size(); ++i) {
    DailyChange& change = state.change[static_cast<std::size_t>(constituent_of(i))];
    const double value = std::fabs(after[i] - before[i]) / scale_[i];
    if (!(value > change.value)) continue;
    const bool stored = i >= stored_from, attached = !stored && i >= stores.water.amount.size();
    const State& store = stored ? stores.storage : (attached ? stores.attached : stores.water);
    const std::size_t within = i - (stored ? stored_from : (attached ? stores.water.amount.size() : 0));
    change = {value, static_cast<int>(within / static_cast<std::size_t>(store.rows.width)), stored};
  }
  double most = state.water;
  for (std::size_t c = 0; c < state.change.size(); ++c)
    if (state.change[c].value > most) {
      most = state.change[c].value;
      state.worst = static_cast<int>(c);
    }
  state.found = most <= search_.acceptable;
}

}  // namespace

SteadyState find_steady_state(Simulation& simulation, const SteadySearch& search,
                              const std::function<bool(int days)>& keep_going) {
  DayMap map(simulation, search, keep_going);
  map.settle();
  for (int window = 1; window <= search.longest_window && !map.is_over(); window *= 4) {
    if (map.accelerate(window) || map.is_steady(search.tolerance)) break;
    if (map.is_steady(search.acceptable) && window > 1) break;
  }
  return map.report();
}

}  // namespace limpid
