#include "solvers/integrator.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "model/provision.hpp"
#include "solvers/cvode_points.hpp"
#include "solvers/mean_state.hpp"
#include "solvers/two_stage.hpp"

namespace limpid {

Integrator::Integrator(const Basin& basin, const Stoichiometry& stoichiometry,
                       const ParameterRows& parameters)
    : amount(stoichiometry.columns.size()),
      limited(basin.processes.size(), 0),
      s_(stoichiometry),
      sums_(stoichiometry.make_sums()),
      air_(parameters.air()) {
  if (air_ >= 0) find_air_rows(basin);
  for (auto* rows : {&content_, &evaluated_, &share_, &next_}) rows->resize(s_.columns.size());
  for (auto* rows : {&extent_, &proposed_}) rows->resize(s_.rows.size());
  const std::vector<Provider> providers = find_providers(basin, s_.processes);
  for (const Provider& provider : providers) provided_.resize(provided_.size() + provider.values);
  for (const int process : evaluation_order(basin, s_.processes)) {
    const auto p = static_cast<std::size_t>(process);
    const ProcessUse& use = basin.processes[p];
    const ProcessInfo& info = use.process->info();
    Call call{p, use.process, {}, parameters.first_parameter()[p], parameters.first_coefficient()[p], {}};
    for (std::size_t r = 0; r < info.roles.size(); ++r) {
      const int constituent = use.constituents[r];
      const int column = constituent < 0 ? -1 : s_.column_of[static_cast<std::size_t>(constituent)];
      call.concentration.push_back(column < 0 ? fixed(info.roles[r].absent)
                                              : evaluated_[static_cast<std::size_t>(column)].v);
    }
    for (const Reading& reading : info.readings) {
      const int value = find_provided(basin, providers, reading);
      call.concentration.push_back(value < 0 ? fixed(reading.otherwise)
                                             : provided_[static_cast<std::size_t>(value)].v);
    }
    for (std::size_t j = 0; j < info.rows.size(); ++j)
      call.rate.push_back(extent_[static_cast<std::size_t>(s_.first_row[p]) + j].v);
    for (const Provider& provider : providers)
      for (std::size_t k = 0; provider.process == process && k < provider.values; ++k)
        call.rate.push_back(provided_[provider.first + k].v);
    calls_.push_back(std::move(call));
  }
}

const double* Integrator::fixed(double value) {
  BlockValue(value).store(fixed_.emplace_back().v);
  return fixed_.back().v;
}

// Rows from or to the air (or ice) of processes that read the air's state. Others lose to the air what the
// water makes anywhere, such as nitrogen of denitrification.
void Integrator::find_air_rows(const Basin& basin) {
  constexpr Env kOfAir[] = {Env::elevation, Env::wind,  Env::air_temperature,        Env::vapour_pressure,
                            Env::solar,     Env::cloud, Env::equilibrium_temperature};
  for (const int process : s_.processes) {
    const ProcessInfo& info = basin.processes[static_cast<std::size_t>(process)].process->info();
    const bool reads_air = std::any_of(info.environment.begin(), info.environment.end(), [&](Env e) {
      return std::find(std::begin(kOfAir), std::end(kOfAir), e) != std::end(kOfAir);
    });
    const auto first = static_cast<std::size_t>(s_.first_row[static_cast<std::size_t>(process)]);
    for (std::size_t j = 0; reads_air && j < info.rows.size(); ++j)
      if (info.rows[j].exchange == Exchange::atmosphere || info.rows[j].exchange == Exchange::ice)
        air_rows_.push_back(first + j);
  }
}

void Integrator::start_from_contents() {
  for (std::size_t i = 0; i < content_.size(); ++i)
    larger(kSmallestContent, BlockValue::load(content_[i].v)).store(evaluated_[i].v);
}

void Integrator::evaluate_rates(const double* const* values) {
  for (const Call& call : calls_)
    call.process->rates(call.concentration.data(), values + call.parameter, values + call.coefficient,
                        call.rate.data());
  for (const std::size_t row : air_rows_)
    (BlockValue::load(extent_[row].v) * BlockValue::load(values[air_])).store(extent_[row].v);
}

// The only place where amounts are formed, whether the limiter acted or not; true if some point is overdrawn,
// or no number (then nothing is at most what may be taken).
bool Integrator::form_amounts() {
  const BlockValue v = BlockValue::load(volume.v);
  BlockValue over = 0.0;
  for (std::size_t i = 0; i < content_.size(); ++i) {
    const BlockValue made = production(i), used = consumption(i);
    over = where_at_most(used, allowance(made, BlockValue::load(content_[i].v)), over, 1.0);
    (BlockValue::load(amount[i].v) + v * (made - used)).store(next_[i].v);
  }
  over.store(over_.v);
  return any_greater(over, 0.0);
}

// Overdrawn points are limited; of those that left the finite numbers the cause is looked for.
void Integrator::see_to(double dt) {
  BlockValue sum = 0.0;
  for (const BlockRow& row : next_) sum += BlockValue::load(row.v) * 0.0;
  BlockRow strange;
  sum.store(strange.v);
  if (any_greater(where_at_most(sum, 0.0, BlockValue::load(over_.v), 0.0), 0.0)) {
    limit_and_count(strange);
    form_amounts();
  }
  if (inquest && any_greater(where_at_most(sum, 0.0, 0.0, 1.0), 0.0)) inquest->look(*this, strange, dt);
}

void Integrator::limit_and_count(const BlockRow& strange) {
  proposed_ = extent_;
  limit_extents(s_, fields.rows(), content_, extent_, share_, sums_);
  for (const Call& call : calls_)
    for (std::size_t w = 0; w < kBlock; ++w) {
      bool acted = false;
      const auto first = static_cast<std::size_t>(s_.first_row[call.index]);
      for (std::size_t j = first; j < first + call.process->info().rows.size(); ++j)
        acted = acted || extent_[j].v[w] < proposed_[j].v[w];
      if (acted && volume.v[w] > 0 && strange.v[w] == 0) ++limited[call.index];
    }
}

void Integrator::step(double dt, const BlockValue& per_volume) {
  for (std::size_t i = 0; i < content_.size(); ++i) {
    const BlockValue c = BlockValue::load(amount[i].v) * per_volume;
    c.store(content_[i].v);
    larger(kSmallestContent, c).store(evaluated_[i].v);
  }
  propose(dt);
  if (form_amounts()) see_to(dt);
  amount.swap(next_);
  if (!tags) return;
  s_.sum(extent_.data(), fields.rows(), sums_);
  tags->step(next_, amount, extent_, sums_, volume, fields.rows());
}

const std::vector<BlockRow>& Integrator::advance(double dt, int steps) {
  const BlockValue v = BlockValue::load(volume.v),
                   per_volume = where_greater(v, 0.0, BlockValue(1.0) / v, 0.0);
  step(dt, per_volume);
  if (steps == 1) return extent_;
  extent_sum_ = extent_;
  for (int n = 1; n < steps; ++n) {
    step(dt, per_volume);
    for (std::size_t j = 0; j < extent_.size(); ++j)
      (BlockValue::load(extent_sum_[j].v) + BlockValue::load(extent_[j].v)).store(extent_sum_[j].v);
  }
  return extent_sum_;
}

std::unique_ptr<Integrator> make_integrator(const Basin& basin, const Stoichiometry& stoichiometry,
                                            const ParameterRows& parameters) {
  switch (basin.schemes.integrator) {
    case KineticsIntegrator::two_stage:
      return std::make_unique<TwoStage>(basin, stoichiometry, parameters);
    case KineticsIntegrator::cvode:
      return std::make_unique<CvodePoints>(basin, stoichiometry, parameters);
    default:
      return std::make_unique<MeanState>(basin, stoichiometry, parameters);
  }
}

}  // namespace limpid
