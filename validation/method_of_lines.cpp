#include "validation/method_of_lines.hpp"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace limpid::validation {

namespace {

constexpr std::size_t kMostNumbers = 32;  // parameters, coefficients, roles or rows of a process

std::size_t padded(int cells) {
  return static_cast<std::size_t>((cells + kBlock - 1) / kBlock * kBlock);
}

bool is_provided(const Basin& basin, const char* id) {
  return std::any_of(basin.processes.begin(), basin.processes.end(),
                     [&](const ProcessUse& use) { return provided_index(use.process->info(), id) >= 0; });
}

void refuse(bool unknown, const char* what) {
  if (unknown) throw std::invalid_argument(std::string("the method of lines does not know ") + what);
}

}  // namespace

MethodOfLines::MethodOfLines(const Basin& basin, std::function<double(double, double)> inflow)
    : basin_(basin),
      inflow_(std::move(inflow)),
      cells_(basin.network.cell_count()),
      constituents_(static_cast<int>(basin.constituents.size())),
      ends_(basin.network.junctions.size()),
      boundary_flow_(basin.network.junctions.size(), 0.0),
      boundary_(basin.network.junctions.size(), std::vector<double>(basin.constituents.size(), 0.0)),
      state_(index(cells_) * index(1 + 2 * constituents_), 0.0),
      face_(index(basin.network.face_count())),
      junction_flow_(basin.network.junctions.size()),
      junction_load_(boundary_),
      face_load_(basin.constituents.size(), std::vector<double>(face_.size())) {
  refuse(basin.schemes.hydraulics != HydraulicScheme::steady, "schemes other than steady");
  refuse(basin.carried_count() < constituents_, "attached constituents");
  for (auto& store : concentration_)
    store.assign(index(constituents_), std::vector<double>(padded(cells_), 0.0));
  for (int i = 0; i < cells_; ++i) {
    const Reach& reach = basin.network.reaches[index(basin.network.cell_reach[index(i)])];
    refuse(reach.split.kind == SplitKind::diversion, "diversions");
    storage_volume_.push_back(reach.storage_area * basin.network.cell_length[index(i)]);
  }
  for (const Source& source : basin.sources) {
    refuse(source.kind != SourceKind::boundary, "sources other than boundaries");
    const double flow = source.flow.at(0);
    boundary_flow_[index(source.junction)] += flow;
    for (std::size_t c = 0; c < source.loads.size(); ++c)
      if (source.loads[c].kind == SourceLoad::Kind::concentration)
        boundary_[index(source.junction)][c] += flow * source.loads[c].series.at(0);
  }
  find_ends();
  find_shares();
  find_steady_flow();
  set_rates();
}

void MethodOfLines::find_ends() {
  const Network& network = basin_.network;
  for (std::size_t j = 0; j < ends_.size(); ++j) {
    for (int k : network.junctions[j].in)
      ends_[j].push_back({k, network.chains[index(k)].first_cell + network.chains[index(k)].cells - 1, true});
    for (int k : network.junctions[j].out)
      ends_[j].push_back({k, network.chains[index(k)].first_cell, false});
  }
}

// A bifurcation's fractions and the remainder; a cut inside a reach passes all on.
void MethodOfLines::find_shares() {
  const Network& network = basin_.network;
  for (const Chain& chain : network.chains) {
    const Reach& reach = network.reaches[index(chain.reach)];
    double others = 0;
    for (int k : network.junctions[index(chain.upstream)].out) {
      const Reach& beside = network.reaches[index(network.chains[index(k)].reach)];
      if (beside.split.kind == SplitKind::fraction && chain.upstream == beside.from)
        others += beside.split.fraction;
    }
    const bool fraction = reach.split.kind == SplitKind::fraction && chain.upstream == reach.from;
    share_.push_back(fraction ? reach.split.fraction : 1 - others);
  }
}

void MethodOfLines::set_rates() {
  for (const ProcessUse& use : basin_.processes) {
    const ProcessInfo& info = use.process->info();
    Rates rates{&use, {}, {}, {}};
    refuse(
        std::max({info.parameters.size(), info.coefficients.size(), info.roles.size() + info.readings.size(),
                  info.rows.size() + info.provides.size()}) > kMostNumbers,
        "processes so large");
    for (const ParameterValue& value : use.parameters) {
      std::vector<double> row(padded(cells_), value.value);
      for (int i = 0; i < cells_; ++i) {
        const std::string& stretch =
            basin_.network.reaches[index(basin_.network.cell_reach[index(i)])].stretch;
        for (const auto& own : value.stretches)
          if (own.stretch == stretch) row[index(i)] = own.value;
      }
      rates.parameters.push_back(std::move(row));
    }
    for (const Env e : info.environment)
      refuse(e != Env::temperature && e != Env::elevation && e != Env::velocity && e != Env::depth &&
                 e != Env::discharge && e != Env::slope,
             "weather");
    for (const Role& role : info.roles) rates.alone.emplace_back(kBlock, role.absent);
    for (const Reading& reading : info.readings) {
      refuse(reading.required() || is_provided(basin_, reading.id), "processes that read each other");
      rates.alone.emplace_back(kBlock, reading.otherwise);
    }
    rates.coefficients.assign(info.coefficients.size(), std::vector<double>(padded(cells_)));
    rates_.push_back(std::move(rates));
  }
}

void MethodOfLines::find_steady_flow() {
  const Network& network = basin_.network;
  steady_.assign(network.chains.size(), 0.0);
  for (int j : network.junction_order) {
    double entering = boundary_flow_[index(j)];
    for (int k : network.junctions[index(j)].in) entering += steady_[index(k)];
    for (int k : network.junctions[index(j)].out) steady_[index(k)] = share_[index(k)] * entering;
  }
}

double MethodOfLines::area(int chain, double inflow) const {
  const Reach& reach = basin_.network.reaches[index(basin_.network.chains[index(chain)].reach)];
  return normal_area(basin_.network.channels[index(reach.channel)], steady_[index(chain)] * inflow,
                     reach.slope, reach.manning_n, 0);
}

void MethodOfLines::start_from(const std::vector<std::vector<double>>& concentrations, double step) {
  for (int i = 0; i < cells_; ++i)
    state_[index(i)] =
        area(basin_.network.cell_chain[index(i)], inflow_(0, step)) * basin_.network.cell_length[index(i)];
  for (int c = 0; c < constituents_; ++c)
    for (int i = 0; i < cells_; ++i) {
      state_[at(0, c, i)] = concentrations[index(c)][index(i)] * state_[index(i)];
      state_[at(1, c, i)] = concentrations[index(c)][index(i)] * storage_volume_[index(i)];
    }
}

void MethodOfLines::derivative(const double* y, double* dydt) {
  ++evaluations_;
  std::fill_n(dydt, state_.size(), 0.0);
  for (std::size_t k = 0; k < basin_.network.chains.size(); ++k) {
    const Chain& chain = basin_.network.chains[k];
    const double* face = face_.data() + basin_.network.first_face(static_cast<int>(k));
    for (int i = 0; i < chain.cells; ++i) dydt[chain.first_cell + i] = face[i] - face[i + 1];
  }
  find_concentrations(y);
  advect(dydt);
  disperse(y, dydt);
  exchange(y, dydt);
  react(y, dydt);
}

void MethodOfLines::find_concentrations(const double* y) {
  for (int c = 0; c < constituents_; ++c)
    for (int i = 0; i < cells_; ++i) {
      concentration_[0][index(c)][index(i)] = y[at(0, c, i)] / y[index(i)];
      const double v = storage_volume_[index(i)];
      concentration_[1][index(c)][index(i)] = v > 0 ? y[at(1, c, i)] / v : 0.0;
    }
}

int MethodOfLines::beyond(int chain, bool lower) const {
  const Chain& k = basin_.network.chains[index(chain)];
  const auto j = index(lower ? k.downstream : k.upstream);
  const Junction& junction = basin_.network.junctions[j];
  if (junction.in.size() != 1 || junction.out.size() != 1) return -1;
  const Chain& next = basin_.network.chains[index(lower ? junction.out[0] : junction.in[0])];
  return next.first_cell + (lower ? 0 : next.cells - 1);
}

namespace {

// At the lower face of the middle one of three cells; a neighbour that is not there is -1.
double face_value(const double* values, int before, int here, int after) {
  const auto of = [&](int i) { return values[static_cast<std::size_t>(i)]; };
  if (before >= 0 && after >= 0) return (2 * of(after) + 5 * of(here) - of(before)) / 6;
  if (after >= 0) return 0.5 * (of(here) + of(after));
  return before >= 0 ? 1.5 * of(here) - 0.5 * of(before) : of(here);
}

}  // namespace

// A junction passes on what enters it; a cell keeps what normal depth asks for and passes on the rest.
void MethodOfLines::set_water(double inflow, double step) {
  const Network& network = basin_.network;
  factor_ = inflow;
  for (int j : network.junction_order) {
    double flow = boundary_flow_[index(j)] * inflow;
    for (int k : network.junctions[index(j)].in)
      flow += face_[index(network.first_face(k) + network.chains[index(k)].cells)];
    junction_flow_[index(j)] = flow;
    for (int k : network.junctions[index(j)].out) {
      const Chain& chain = network.chains[index(k)];
      double* face = face_.data() + network.first_face(k);
      const double wanted = area(k, inflow);
      face[0] = share_[index(k)] * flow;
      for (int i = 0; i < chain.cells; ++i) {
        const auto cell = index(chain.first_cell + i);
        face[i + 1] = face[i] - (wanted * network.cell_length[cell] - state_[cell]) / step;
      }
    }
  }
}

void MethodOfLines::advect(double* dydt) {
  const Network& network = basin_.network;
  for (int j : network.junction_order) {
    for (int c = 0; c < constituents_; ++c) {
      double load = boundary_[index(j)][index(c)] * factor_;
      for (int k : network.junctions[index(j)].in)
        load += face_load_[index(c)][index(network.first_face(k) + network.chains[index(k)].cells)];
      junction_load_[index(j)][index(c)] = load;
    }
    for (int k : network.junctions[index(j)].out) advect_chain(k, dydt);
  }
}

void MethodOfLines::advect_chain(int chain, double* dydt) {
  const Network& network = basin_.network;
  const Chain& k = network.chains[index(chain)];
  const int first = network.first_face(chain);
  const double share = face_[index(first)] / junction_flow_[index(k.upstream)];
  for (int c = 0; c < constituents_; ++c) {
    const double* values = concentration_[0][index(c)].data();
    double* load = face_load_[index(c)].data() + first;
    load[0] = share * junction_load_[index(k.upstream)][index(c)];
    for (int i = 0; i < k.cells; ++i) {
      const int cell = k.first_cell + i;
      load[i + 1] =
          face_[index(first + i + 1)] * face_value(values, i > 0 ? cell - 1 : beyond(chain, false), cell,
                                                   i + 1 < k.cells ? cell + 1 : beyond(chain, true));
      dydt[at(0, c, cell)] += load[i] - load[i + 1];
    }
  }
}

void MethodOfLines::disperse(const double* y, double* dydt) const {
  if (!basin_.schemes.dispersion) return;
  const Network& network = basin_.network;
  const auto half = [&](int cell) {  // m3/s
    const double length = network.cell_length[index(cell)];
    return 2 * network.reaches[index(network.cell_reach[index(cell)])].dispersion * y[index(cell)] /
           (length * length);
  };
  for (int c = 0; c < constituents_; ++c) {
    const std::vector<double>& values = concentration_[0][index(c)];
    for (const Chain& chain : network.chains)
      for (int i = chain.first_cell; i + 1 < chain.first_cell + chain.cells; ++i) {
        const double a = half(i), b = half(i + 1);
        const double flux = a + b > 0 ? a * b / (a + b) * (values[index(i)] - values[index(i + 1)]) : 0.0;
        dydt[at(0, c, i)] -= flux;
        dydt[at(0, c, i + 1)] += flux;
      }
    for (const auto& ends : ends_) {
      double sum = 0, mean = 0;
      for (const End& end : ends) sum += half(end.cell), mean += half(end.cell) * values[index(end.cell)];
      if (sum <= 0) continue;
      for (const End& end : ends)
        dydt[at(0, c, end.cell)] += half(end.cell) * (mean / sum - values[index(end.cell)]);
    }
  }
}

void MethodOfLines::exchange(const double* y, double* dydt) const {
  for (int i = 0; i < cells_; ++i) {
    if (storage_volume_[index(i)] <= 0) continue;
    const Reach& reach = basin_.network.reaches[index(basin_.network.cell_reach[index(i)])];
    for (int c = 0; c < constituents_; ++c) {
      const double crossing = reach.storage_exchange * y[index(i)] *
                              (concentration_[0][index(c)][index(i)] - concentration_[1][index(c)][index(i)]);
      dydt[at(0, c, i)] -= crossing;
      dydt[at(1, c, i)] += crossing;
    }
  }
}

void MethodOfLines::react(const double* y, double* dydt) {
  for (Rates& rates : rates_)
    for (int first = 0; first < cells_; first += kBlock) {
      if (!rates.coefficients.empty()) set_coefficients(rates, y, first);
      add_rates(rates, y, first, dydt);
    }
}

double MethodOfLines::surroundings(Env e, const double* y, int cell) const {
  const Network& network = basin_.network;
  const Reach& reach = network.reaches[index(network.cell_reach[index(cell)])];
  const double area = y[index(cell)] / network.cell_length[index(cell)];
  const Channel& channel = network.channels[index(reach.channel)];
  switch (e) {
    case Env::elevation:
      return reach.elevation;
    case Env::velocity:
      return normal_flow(channel, area, reach.slope, reach.manning_n).discharge / area;
    case Env::discharge:
      return normal_flow(channel, area, reach.slope, reach.manning_n).discharge;
    case Env::slope:
      return reach.slope;
    case Env::depth:
      return area / channel.top_width(channel.depth(area));
    default:
      return 20.0;  // degC
  }
}

void MethodOfLines::set_coefficients(Rates& rates, const double* y, int first) const {
  const ProcessInfo& info = rates.use->process->info();
  double values[kEnvCount][kBlock];
  const double *environment[kEnvCount], *parameters[kMostNumbers];
  double* coefficients[kMostNumbers];
  for (std::size_t e = 0; e < info.environment.size(); ++e) {
    for (int w = 0; w < kBlock; ++w)
      values[e][w] = surroundings(info.environment[e], y, std::min(first + w, cells_ - 1));
    environment[e] = values[e];
  }
  for (std::size_t p = 0; p < rates.parameters.size(); ++p)
    parameters[p] = rates.parameters[p].data() + first;
  for (std::size_t k = 0; k < rates.coefficients.size(); ++k)
    coefficients[k] = rates.coefficients[k].data() + first;
  rates.use->process->coefficients(environment, parameters, coefficients);
}

void MethodOfLines::add_rates(const Rates& rates, const double* y, int first, double* dydt) const {
  const ProcessUse& use = *rates.use;
  const ProcessInfo& info = use.process->info();
  const int store = use.where == Compartment::channel ? 0 : 1;
  double values[kMostNumbers][kBlock];
  const double *concentrations[kMostNumbers], *parameters[kMostNumbers], *coefficients[kMostNumbers];
  double* rate[kMostNumbers];
  for (std::size_t r = 0; r < info.rows.size() + info.provides.size(); ++r) rate[r] = values[r];
  for (std::size_t p = 0; p < rates.parameters.size(); ++p)
    parameters[p] = rates.parameters[p].data() + first;
  for (std::size_t k = 0; k < rates.coefficients.size(); ++k)
    coefficients[k] = rates.coefficients[k].data() + first;
  for (std::size_t r = 0; r < rates.alone.size(); ++r) {
    const bool bound = r < use.constituents.size() && use.constituents[r] >= 0;
    concentrations[r] =
        bound ? concentration_[store][index(use.constituents[r])].data() + first : rates.alone[r].data();
  }
  use.process->rates(concentrations, parameters, coefficients, rate);
  const double* volume = store == 0 ? y : storage_volume_.data();
  for (const Term& term : info.terms) {
    const int constituent = use.constituents[index(term.role)];
    if (constituent < 0) continue;
    for (int w = 0; w < std::min(kBlock, cells_ - first); ++w) {
      const auto i = index(first + w);
      const double yield = term.yield < 0 ? 1.0 : rates.parameters[index(term.yield)][i];
      dydt[at(store, constituent, first + w)] += volume[i] * term.coefficient * yield * values[term.row][w];
    }
  }
}

namespace {

int call_derivative(realtype, N_Vector y, N_Vector dydt, void* lines) {
  static_cast<MethodOfLines*>(lines)->derivative(NV_DATA_S(y), NV_DATA_S(dydt));
  return 0;
}

}  // namespace

// Adams with functional iteration: nothing here is stiffer than dispersion on the grid.
void MethodOfLines::run(int steps, double step, double tolerance) {
  const auto n = static_cast<sunindextype>(state_.size());
  SUNContext context = nullptr;
  SUNContext_Create(nullptr, &context);
  N_Vector y = N_VMake_Serial(n, state_.data(), context), absolute = N_VNew_Serial(n, context);
  for (std::size_t first = 0; first < state_.size(); first += index(cells_)) {
    const auto begin = state_.begin() + static_cast<std::ptrdiff_t>(first);
    double most = 1e-30;
    std::for_each(begin, begin + cells_, [&](double v) { most = std::max(most, std::fabs(v)); });
    std::fill_n(NV_DATA_S(absolute) + first, cells_, tolerance * most);
  }
  void* cvode = CVodeCreate(CV_ADAMS, context);
  CVodeInit(cvode, call_derivative, 0.0, y);
  CVodeSVtolerances(cvode, tolerance, absolute);
  CVodeSetUserData(cvode, this);
  SUNNonlinearSolver iteration = SUNNonlinSol_FixedPoint(y, 0, context);
  CVodeSetNonlinearSolver(cvode, iteration);
  CVodeSetMaxNumSteps(cvode, 10'000'000);
  int flag = CV_SUCCESS;
  for (int s = 0; s < steps && flag >= 0; ++s) {
    realtype reached = 0;
    set_water(inflow_(s * step, (s + 1) * step), step);
    CVodeReInit(cvode, 0.0, y);
    CVodeSetStopTime(cvode, step);
    flag = CVode(cvode, step, y, &reached, CV_NORMAL);
  }
  SUNNonlinSolFree(iteration);
  CVodeFree(&cvode);
  N_VDestroy(absolute);
  N_VDestroy(y);
  SUNContext_Free(&context);
  if (flag < 0) throw std::runtime_error("CVODE failed: " + std::to_string(flag));
}

}  // namespace limpid::validation
