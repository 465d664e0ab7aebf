#include "validation/method_of_lines.hpp"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "solvers/dispersion_tree.hpp"

namespace limpid::validation {

namespace {

std::size_t padded(int cells) {
  return static_cast<std::size_t>((cells + kBlock - 1) / kBlock * kBlock);
}

void refuse(bool unknown, const char* what) {
  if (unknown) throw std::invalid_argument(std::string("the method of lines does not know ") + what);
}

}  // namespace

MethodOfLines::MethodOfLines(const Basin& basin, std::function<double(double)> inflow)
    : basin_(basin),
      inflow_(std::move(inflow)),
      cells_(basin.network.cell_count()),
      constituents_(static_cast<int>(basin.constituents.size())),
      ends_(basin.network.junctions.size()),
      linked_(basin.network.junctions.size()),
      boundary_flow_(basin.network.junctions.size(), 0.0),
      boundary_(basin.network.junctions.size(), std::vector<double>(basin.constituents.size(), 0.0)),
      state_(index(cells_) * index(1 + 2 * constituents_), 0.0),
      uniform_(index(cells_)),
      face_(index(basin.network.face_count())),
      junction_flow_(basin.network.junctions.size()),
      junction_load_(boundary_),
      face_load_(basin.constituents.size(), std::vector<double>(face_.size())) {
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
  link_ends();
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

// Cells that the tree joins, directly or by a star, are linked at the junction where their chains meet.
void MethodOfLines::link_ends() {
  const DispersionTree tree(basin_.network);
  const auto link = [&](const std::vector<int>& cells) {
    for (std::size_t j = 0; j < ends_.size(); ++j) {
      std::vector<End> here;
      for (const End& end : ends_[j])
        if (std::find(cells.begin(), cells.end(), end.cell) != cells.end()) here.push_back(end);
      if (here.size() == cells.size()) {
        linked_[j] = here;
        return;
      }
    }
    throw std::logic_error("cells of a star that meet at no junction");
  };
  const auto chain_of = [&](int cell) { return basin_.network.cell_chain[index(cell)]; };
  for (const Branch& branch : tree.branches)
    for (int q = branch.begin; q + 1 < branch.end; ++q)
      if (chain_of(tree.cell[index(q)]) != chain_of(tree.cell[index(q + 1)]))
        link({tree.cell[index(q)], tree.cell[index(q + 1)]});
  for (const Star& star : tree.stars) {
    std::vector<int> cells;
    if (star.parent >= 0) cells.push_back(tree.cell[index(tree.branches[index(star.parent)].begin)]);
    for (int b : star.children) cells.push_back(tree.cell[index(tree.branches[index(b)].end - 1)]);
    link(cells);
  }
}

void MethodOfLines::set_rates() {
  for (const ProcessUse& use : basin_.processes) {
    const ProcessInfo& info = use.process->info();
    Rates rates{&use, {}, {}};
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
      refuse(e != Env::temperature && e != Env::elevation && e != Env::velocity && e != Env::depth,
             "weather");
    rates.coefficients.assign(info.coefficients.size(), std::vector<double>(padded(cells_)));
    rates_.push_back(std::move(rates));
  }
}

void MethodOfLines::start_from(const std::vector<std::vector<double>>& concentrations) {
  const Network& network = basin_.network;
  std::vector<double> end_flow(network.chains.size(), 0.0);
  for (int j : network.junction_order) {
    double flow = boundary_flow_[index(j)] * inflow_(0), remainder = 0;
    for (int k : network.junctions[index(j)].in) flow += end_flow[index(k)];
    remainder = flow;
    for (const bool last : {false, true})
      for (int k : network.junctions[index(j)].out) {
        const Chain& chain = network.chains[index(k)];
        const Reach& reach = network.reaches[index(chain.reach)];
        const bool cut = chain.upstream != reach.from;  // only the reach's first chain takes its share
        const bool shares = !cut && reach.split.kind == SplitKind::fraction;
        if (shares == last) continue;
        const double own = shares ? reach.split.fraction * flow : remainder;
        if (shares) remainder -= own;
        end_flow[index(k)] = own;
        const double area =
            normal_area(network.channels[index(reach.channel)], own, reach.slope, reach.manning_n, 0);
        for (int i = 0; i < chain.cells; ++i)
          state_[index(chain.first_cell + i)] = area * network.cell_length[index(chain.first_cell + i)];
      }
  }
  for (int c = 0; c < constituents_; ++c)
    for (int i = 0; i < cells_; ++i) {
      state_[at(0, c, i)] = concentrations[index(c)][index(i)] * state_[index(i)];
      state_[at(1, c, i)] = concentrations[index(c)][index(i)] * storage_volume_[index(i)];
    }
}

void MethodOfLines::derivative(double t, const double* y, double* dydt) {
  ++evaluations_;
  std::fill_n(dydt, state_.size(), 0.0);
  find_concentrations(y);
  move_water(t, y, dydt);
  advect(t, dydt);
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
  const Junction& junction = basin_.network.junctions[index(lower ? k.downstream : k.upstream)];
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

// A junction passes on what enters it; a face inside a chain or below its last cell what uniform flow gives.
void MethodOfLines::move_water(double t, const double* y, double* dydt) {
  const Network& network = basin_.network;
  for (int i = 0; i < cells_; ++i) {
    const Reach& reach = network.reaches[index(network.cell_reach[index(i)])];
    uniform_[index(i)] =
        normal_flow(network.channels[index(reach.channel)], y[index(i)] / network.cell_length[index(i)],
                    reach.slope, reach.manning_n)
            .discharge;
  }
  const double factor = inflow_(t);
  for (int j : network.junction_order) {
    double flow = boundary_flow_[index(j)] * factor;
    for (int k : network.junctions[index(j)].in)
      flow += face_[index(network.first_face(k) + network.chains[index(k)].cells)];
    junction_flow_[index(j)] = flow;
    double shared = 0;
    for (int k : network.junctions[index(j)].out) {
      const Chain& chain = network.chains[index(k)];
      const Reach& reach = network.reaches[index(chain.reach)];
      if (chain.upstream == reach.from && reach.split.kind == SplitKind::fraction)
        shared += reach.split.fraction;
    }
    for (int k : network.junctions[index(j)].out) {
      const Chain& chain = network.chains[index(k)];
      const Reach& reach = network.reaches[index(chain.reach)];
      const bool shares = chain.upstream == reach.from && reach.split.kind == SplitKind::fraction;
      double* face = face_.data() + network.first_face(k);
      face[0] = (shares ? reach.split.fraction : 1 - shared) * flow;
      for (int i = 0; i < chain.cells; ++i) {
        const int cell = chain.first_cell + i;
        face[i + 1] = face_value(uniform_.data(), i > 0 ? cell - 1 : beyond(k, false), cell,
                                 i + 1 < chain.cells ? cell + 1 : beyond(k, true));
        dydt[cell] = face[i] - face[i + 1];
      }
    }
  }
}

void MethodOfLines::advect(double t, double* dydt) {
  const Network& network = basin_.network;
  const double factor = inflow_(t);
  for (int j : network.junction_order) {
    for (int c = 0; c < constituents_; ++c) {
      double load = boundary_[index(j)][index(c)] * factor;
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
    for (const auto& ends : linked_) {
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
  const Network& network = basin_.network;
  for (Rates& rates : rates_) {
    const ProcessUse& use = *rates.use;
    const ProcessInfo& info = use.process->info();
    const int store = use.where == Compartment::channel ? 0 : 1;
    std::vector<double> environment[kEnvCount], rate[8];
    for (const Env e : info.environment) environment[static_cast<std::size_t>(e)].resize(kBlock);
    for (std::size_t r = 0; r < info.rows.size(); ++r) rate[r].resize(kBlock);
    for (int first = 0; first < cells_; first += kBlock) {
      std::vector<const double*> in, parameters, coefficients, concentrations;
      std::vector<double*> to, out;
      const auto offset = static_cast<std::ptrdiff_t>(first);
      for (int w = 0; w < kBlock; ++w) {
        const int i = std::min(first + w, cells_ - 1);
        const Reach& reach = network.reaches[index(network.cell_reach[index(i)])];
        const double area = y[index(i)] / network.cell_length[index(i)];
        const Channel& channel = network.channels[index(reach.channel)];
        for (const Env e : info.environment)
          environment[static_cast<std::size_t>(e)][index(w)] =
              e == Env::temperature ? 20.0
              : e == Env::elevation ? reach.elevation
              : e == Env::velocity  ? uniform_[index(i)] / area
                                    : area / channel.top_width(channel.depth(area));
      }
      for (const Env e : info.environment) in.push_back(environment[static_cast<std::size_t>(e)].data());
      for (auto& row : rates.parameters) parameters.push_back(row.data() + offset);
      for (auto& row : rates.coefficients)
        to.push_back(row.data() + offset), coefficients.push_back(to.back());
      for (const int c : use.constituents)
        concentrations.push_back(concentration_[store][index(c)].data() + offset);
      for (std::size_t r = 0; r < info.rows.size(); ++r) out.push_back(rate[r].data());
      if (!to.empty()) use.process->coefficients(in.data(), parameters.data(), to.data());
      use.process->rates(concentrations.data(), parameters.data(), coefficients.data(), out.data());
      for (const Term& term : info.terms)
        for (int w = 0; w < std::min(kBlock, cells_ - first); ++w) {
          const int i = first + w;
          const double yield = term.yield < 0 ? 1.0 : rates.parameters[index(term.yield)][index(i)];
          dydt[at(store, use.constituents[index(term.role)], i)] +=
              (store == 0 ? y[index(i)] : storage_volume_[index(i)]) * term.coefficient * yield *
              rate[index(term.row)][index(w)];
        }
    }
  }
}

namespace {

int call_derivative(realtype t, N_Vector y, N_Vector dydt, void* lines) {
  static_cast<MethodOfLines*>(lines)->derivative(t, NV_DATA_S(y), NV_DATA_S(dydt));
  return 0;
}

}  // namespace

// Adams with functional iteration: nothing here is stiffer than dispersion on the grid.
void MethodOfLines::run(double duration, double tolerance) {
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
  realtype reached = 0;
  const int flag =
      CVodeSetStopTime(cvode, duration) == CV_SUCCESS ? CVode(cvode, duration, y, &reached, CV_NORMAL) : -1;
  SUNNonlinSolFree(iteration);
  CVodeFree(&cvode);
  N_VDestroy(absolute);
  N_VDestroy(y);
  SUNContext_Free(&context);
  if (flag < 0) throw std::runtime_error("CVODE failed: " + std::to_string(flag));
}

}  // namespace limpid::validation
