#include "solvers/parameter_rows.hpp"

#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"
#include "solvers/team.hpp"

namespace limpid {
namespace {

constexpr std::size_t kParallelBlocks = 512;  // below, threads cost more than they bring

bool same(const LaneParameter& a, const LaneParameter& b) {
  return a.process == b.process && a.parameter == b.parameter && a.stretch == b.stretch && a.lane == b.lane &&
         a.value == b.value;
}

void pad(std::vector<double>& values, std::size_t used) {
  std::fill(values.begin() + static_cast<std::ptrdiff_t>(used), values.end(), values[used - 1]);
}

}  // namespace

ParameterRows::ParameterRows(const Basin& basin, int lanes, Compartment where)
    : basin_(basin),
      cells_(static_cast<std::size_t>(basin.network.cell_count())),
      lanes_(static_cast<std::size_t>(lanes)),
      where_(where) {
  reads_[static_cast<std::size_t>(Env::temperature)] = true;  // the parameters do
  for (std::size_t p = 0; p < basin.processes.size(); ++p) declare(p);
  const auto& lakes = basin.network.lakes;
  if (std::any_of(lakes.begin(), lakes.end(), [](const Lake& lake) { return lake.layers() > 1; })) {
    air_ = static_cast<int>(fields_.size());
    fields_.push_back(make(Spread::cell, 1.0));
  }
  factors_.resize(thetas_.size());
  for (Field& field : environment_) field = make(Spread::cell, 0.0);
  for (Corrected& parameter : corrected_) rebuild(parameter);
}

void ParameterRows::declare(std::size_t process) {
  const ProcessUse& use = basin_.processes[process];
  const ProcessInfo& info = use.process->info();
  first_parameter_.push_back(static_cast<int>(fields_.size()));
  for (const Env e : info.environment) reads_[static_cast<std::size_t>(e)] = true;
  if (use.where != where_) {
    first_coefficient_.push_back(first_parameter_.back());
    first_nu_.push_back(first_parameter_.back());
    return;
  }
  for (std::size_t k = 0; k < info.parameters.size(); ++k) {
    corrected_.push_back({process, k, {}, theta_index(use.parameters[k].theta), fields_.size()});
    fields_.push_back({});
  }
  first_coefficient_.push_back(static_cast<int>(fields_.size()));
  fields_.insert(fields_.end(), info.coefficients.size(), make(Spread::cell, 0.0));
  first_nu_.push_back(static_cast<int>(fields_.size()));
  for (const Term& term : info.terms) {
    if (term.yield >= 0)
      yields_.push_back({std::fabs(term.coefficient),
                         static_cast<std::size_t>(first_parameter_.back() + term.yield), fields_.size()});
    fields_.push_back(make(Spread::constant, std::fabs(term.coefficient)));
  }
}

int ParameterRows::theta_index(double theta) {
  if (theta == 1.0) return -1;
  const auto found = std::find(thetas_.begin(), thetas_.end(), theta);
  if (found == thetas_.end()) thetas_.push_back(theta);
  return static_cast<int>(std::find(thetas_.begin(), thetas_.end(), theta) - thetas_.begin());
}

std::size_t ParameterRows::padded(Spread spread) const {
  const std::size_t used =
      spread == Spread::constant ? kBlock : (spread == Spread::cell ? cells_ : cells_ * lanes_);
  return (used + kBlock - 1) / kBlock * kBlock;
}

Field ParameterRows::make(Spread spread, double value) const {
  return {spread, std::vector<double>(padded(spread), value)};
}

void ParameterRows::set_lane_parameters(const std::vector<LaneParameter>& values) {
  if (std::equal(values.begin(), values.end(), lane_parameters_.begin(), lane_parameters_.end(), same))
    return;
  lane_parameters_ = values;
  for (Corrected& parameter : corrected_) rebuild(parameter);
  changed_ = true;
}

void ParameterRows::rebuild(Corrected& parameter) {
  const ParameterValue& given = basin_.processes[parameter.process].parameters[parameter.parameter];
  const auto mine = [&](const LaneParameter& p) {
    return static_cast<std::size_t>(p.process) == parameter.process &&
           static_cast<std::size_t>(p.parameter) == parameter.parameter;
  };
  const bool by_lane = std::any_of(lane_parameters_.begin(), lane_parameters_.end(), mine);
  const Spread spread = by_lane ? Spread::point : (given.stretches.empty() ? Spread::constant : Spread::cell);
  Field field = make(spread, given.value);
  const std::size_t repeat = by_lane ? lanes_ : 1;
  for (const auto& at : given.stretches)
    for (std::size_t c = 0; c < cells_; ++c)
      if (basin_.network.reaches[static_cast<std::size_t>(basin_.network.cell_reach[c])].stretch ==
          at.stretch)
        std::fill_n(field.values.begin() + static_cast<std::ptrdiff_t>(c * repeat), repeat, at.value);
  if (by_lane) override_lanes(parameter, field);
  if (spread != Spread::constant) pad(field.values, cells_ * repeat);
  parameter.at_20 = std::move(field);
}

// What holds everywhere first, then the stretches, each in the order given.
void ParameterRows::override_lanes(const Corrected& parameter, Field& field) const {
  for (const bool everywhere : {true, false})
    for (const LaneParameter& p : lane_parameters_) {
      if (static_cast<std::size_t>(p.process) != parameter.process ||
          static_cast<std::size_t>(p.parameter) != parameter.parameter || p.stretch.empty() != everywhere)
        continue;
      for (std::size_t c = 0; c < cells_; ++c) {
        const auto& reach = basin_.network.reaches[static_cast<std::size_t>(basin_.network.cell_reach[c])];
        if (everywhere || reach.stretch == p.stretch)
          field.values[c * lanes_ + static_cast<std::size_t>(p.lane)] = p.value;
      }
    }
}

void ParameterRows::prepare(const Environment& environment) {
  for (std::size_t e = 0; e < kEnvCount; ++e) {
    if (!reads_[e]) continue;
    std::copy(environment.values[e].begin(), environment.values[e].end(), environment_[e].values.begin());
    pad(environment_[e].values, cells_);
  }
  for (double& depth : environment_[static_cast<std::size_t>(Env::depth)].values)
    depth = std::max(depth, kShallowest);
  if (set_temperature(environment) || changed_) {
    for (const Corrected& parameter : corrected_) correct(parameter);
    for (const Yield& yield : yields_) scale(yield);
  }
  changed_ = false;
  if (air_ >= 0) set_air(environment);
  for (std::size_t p = 0; p < basin_.processes.size(); ++p)
    if (basin_.processes[p].where == where_) compute_coefficients(p);
}

// The uppermost wet layer of a lake, and those above it that are dry.
void ParameterRows::set_air(const Environment& environment) {
  std::vector<double>& touches = fields_[static_cast<std::size_t>(air_)].values;
  for (const Lake& lake : basin_.network.lakes) {
    const Chain& chain = basin_.network.chains[static_cast<std::size_t>(lake.chain)];
    bool covered = false;
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i) {
      const auto cell = static_cast<std::size_t>(i);
      touches[cell] = covered ? 0.0 : 1.0;
      covered = covered || environment[Env::depth][cell] > 0;
    }
  }
  pad(touches, cells_);
}

Spread ParameterRows::temperature_spread(const Environment& environment) const {
  return environment.lane_temperature.empty() || lanes_ == 1 ? Spread::cell : Spread::point;
}

// True if it is not that of the last call.
bool ParameterRows::set_temperature(const Environment& environment) {
  Field& field = environment_[static_cast<std::size_t>(Env::temperature)];
  if (!environment.lane_temperature.empty()) {
    field.spread = temperature_spread(environment);
    field.values.resize(padded(field.spread));
    std::copy(environment.lane_temperature.begin(), environment.lane_temperature.end(), field.values.begin());
    pad(field.values, environment.lane_temperature.size());
  }
  const double first = field.values.front();
  const bool uniform =
      std::all_of(field.values.begin(), field.values.end(), [&](double t) { return t == first; });
  if (!take_temperature(uniform ? make(Spread::constant, first) : field)) return false;
  update_factors();
  return true;
}

bool ParameterRows::take_temperature(const Field& field) {
  if (field.spread == temperature_.spread && field.values == temperature_.values) return false;
  temperature_ = field;
  return true;
}

void ParameterRows::update_factors() {
  for (std::size_t k = 0; k < thetas_.size(); ++k) {
    const double log_theta = elementary::log(thetas_[k]);
    factors_[k].resize(temperature_.values.size());
    const double* t = temperature_.values.data();
    double* factor = factors_[k].data();
    for (std::size_t c = 0; c < factors_[k].size(); ++c)
      factor[c] = elementary::exp(log_theta * (t[c] - 20.0));
  }
}

void ParameterRows::correct(const Corrected& parameter) {
  Field& out = fields_[parameter.field];
  if (parameter.theta < 0) {
    if (changed_) out = parameter.at_20;
    return;
  }
  const Field& base = parameter.at_20;
  const auto& factor = factors_[static_cast<std::size_t>(parameter.theta)];
  out.spread = std::max(base.spread, temperature_.spread);
  out.values.resize(padded(out.spread));
  const auto cell_of = [&](std::size_t i) { return std::min(i / lanes_, cells_ - 1); };
  if (base.spread == Spread::constant)
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = base.values[0] * factor[i];
  else if (temperature_.spread == Spread::constant)
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = base.values[i] * factor[0];
  else if (base.spread == temperature_.spread)
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = base.values[i] * factor[i];
  else if (base.spread == Spread::point)
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = base.values[i] * factor[cell_of(i)];
  else
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = base.values[cell_of(i)] * factor[i];
}

void ParameterRows::scale(const Yield& yield) {
  const Field& parameter = fields_[yield.parameter];
  Field& out = fields_[yield.field];
  out.spread = parameter.spread;
  out.values.resize(parameter.values.size());
  for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] = yield.coefficient * parameter.values[i];
}

Spread ParameterRows::coefficient_spread(std::size_t process) const {
  const auto first = static_cast<std::size_t>(first_parameter_[process]);
  for (std::size_t k = 0; k < basin_.processes[process].parameters.size(); ++k)
    if (fields_[first + k].spread == Spread::point) return Spread::point;
  for (const Env e : basin_.processes[process].process->info().environment)
    if (environment_[static_cast<std::size_t>(e)].spread == Spread::point) return Spread::point;
  return Spread::cell;
}

void ParameterRows::compute_coefficients(std::size_t process) {
  const Process& author = *basin_.processes[process].process;
  const ProcessInfo& info = author.info();
  const std::size_t count = info.coefficients.size(), parameters = info.parameters.size();
  if (count == 0) return;
  const Spread spread = coefficient_spread(process);
  const auto parameter = static_cast<std::size_t>(first_parameter_[process]);
  const auto coefficient = static_cast<std::size_t>(first_coefficient_[process]);
  for (std::size_t k = 0; k < count; ++k) {
    fields_[coefficient + k].spread = spread;
    fields_[coefficient + k].values.resize(padded(spread));
  }
  const std::size_t lanes = spread == Spread::point ? lanes_ : 1, blocks = padded(spread) / kBlock;
  const bool team = blocks >= kParallelBlocks;
  with_team(team, [&] {
    const std::size_t inputs = info.environment.size();
    std::vector<BlockRow> room(inputs + parameters);
    std::vector<const double*> in(inputs + parameters);
    std::vector<double*> out(count);
    share_work(team, static_cast<int>(blocks), 0, 1, [&](int b, int) {
      const std::size_t first = static_cast<std::size_t>(b) * kBlock;
      const auto field = [&](std::size_t e) -> const Field& {
        return e < inputs ? environment_[static_cast<std::size_t>(info.environment[e])]
                          : fields_[parameter + e - inputs];
      };
      if (lanes == 1) {
        for (std::size_t e = 0; e < in.size(); ++e) in[e] = values_from(field(e), first);
      } else {
        const BlockPlace place(static_cast<std::size_t>(b), cells_, lanes);
        for (std::size_t e = 0; e < in.size(); ++e) in[e] = values_on(field(e), place, room[e]);
      }
      for (std::size_t k = 0; k < count; ++k) out[k] = fields_[coefficient + k].values.data() + first;
      author.coefficients(in.data(), in.data() + inputs, out.data());
    });
  });
}

}  // namespace limpid
