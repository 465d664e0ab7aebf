#include "scenarios/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/scaled_effect.hpp"

namespace limpid {

namespace {

bool of_measure(FactorKind kind) {
  return kind == FactorKind::start || kind == FactorKind::ramp || kind == FactorKind::effect ||
         kind == FactorKind::level;
}

bool has_key(const Basin& basin, const Measure& m, const Effect& effect, const std::string& key) {
  if (m.action == ActionKind::raise_release) return key == "release";
  if (m.action == ActionKind::raise_release_share) return key == "inflow_share";
  if (m.action == ActionKind::cap_flow) return key == "at_most";
  if (m.action == ActionKind::scale_width) return key == "width_factor";
  if (m.action == ActionKind::set_roughness) return key == "manning_n";
  if (m.action == ActionKind::set_opening) return key == "opening";
  if (effect.constituent < 0) return key == "flow" || key == "value";
  return key == "all" || basin.constituents[static_cast<std::size_t>(effect.constituent)].id == key;
}

void move_measure(const Basin& basin, const Factor& factor, double inside, Measure& m) {
  const auto seconds = static_cast<std::int64_t>(std::llround(inside));
  if (factor.kind == FactorKind::start) m.start += std::chrono::seconds(seconds);
  if (factor.kind == FactorKind::ramp) m.ramp = {0, seconds};
  if (factor.kind == FactorKind::effect) scale_effect(m, inside, basin);
  if (factor.kind == FactorKind::level)
    for (Effect& e : m.effects)
      if (has_key(basin, m, e, factor.key)) e.value = inside;
}

void move_measures(const Basin& basin, const Factor& factor, double inside, Plan& plan) {
  for (Measure& m : plan.measures)
    if (m.id == factor.measure) move_measure(basin, factor, inside, m);
}

std::size_t index_of(double value) {
  return static_cast<std::size_t>(value);
}

void assume(const Sweep& sweep, const Factor& factor, double inside, Assumptions& assumptions) {
  switch (factor.kind) {
    case FactorKind::years:
      assumptions.years = sweep.years[index_of(inside)].years;
      break;
    case FactorKind::flow:
      assumptions.flow *= inside;
      break;
    case FactorKind::temperature:
      assumptions.temperature += inside;
      break;
    case FactorKind::parameter:
      assumptions.parameters.push_back({factor.process, factor.parameter, inside});
      break;
    case FactorKind::load:
      assumptions.loads.push_back({factor.sector, inside});
      break;
    default:
      break;
  }
}

const Plan& plan_of(const Sweep& sweep, std::size_t member) {
  const std::vector<Factor>& factors = sweep.design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    if (factors[f].kind == FactorKind::plan) return sweep.plans[index_of(sweep.design.values[member][f])];
  return sweep.plans.front();
}

// Whether what a factor moves of a measure is the water of the river.
bool moves_flow(const Basin& basin, const Sweep& sweep, const Factor& factor) {
  const bool of_water = factor.key == "flow" || factor.key == "release" || factor.key == "inflow_share";
  if (factor.kind == FactorKind::level && !of_water) return false;
  for (const Plan& plan : sweep.plans) {
    Plan only;
    for (const Measure& m : plan.measures)
      if (m.id == factor.measure) only.measures.push_back(m);
    if (!water_key(basin, only).empty()) return true;
  }
  return false;
}

bool plans_differ(const Basin& basin, const Sweep& sweep) {
  return std::any_of(sweep.plans.begin(), sweep.plans.end(), [&](const Plan& plan) {
    return water_key(basin, plan) != water_key(basin, sweep.plans.front());
  });
}

bool moves_water(const Basin& basin, const Sweep& sweep, const Factor& factor) {
  switch (factor.kind) {
    case FactorKind::years:
    case FactorKind::flow:
    case FactorKind::temperature:
      return true;
    case FactorKind::plan:
      return plans_differ(basin, sweep);
    default:
      return of_measure(factor.kind) && moves_flow(basin, sweep, factor);
  }
}

}  // namespace

Scenario scenario_of(const Basin& basin, const Sweep& sweep, std::size_t member,
                     std::chrono::seconds /*offset*/) {
  const std::vector<Factor>& factors = sweep.design.factors;
  const std::vector<double>& values = sweep.design.values[member];
  Scenario scenario{plan_of(sweep, member), {}};
  for (const bool levels : {true, false})
    for (std::size_t f = 0; f < factors.size(); ++f)
      if (of_measure(factors[f].kind) && (factors[f].kind == FactorKind::level) == levels)
        move_measures(basin, factors[f], factors[f].to_inside * values[f], scenario.plan);
  for (std::size_t f = 0; f < factors.size(); ++f)
    assume(sweep, factors[f], factors[f].to_inside * values[f], scenario.assumptions);
  return scenario;
}

void mark_water(const Basin& basin, const Sweep& sweep, std::vector<Factor>& factors) {
  for (Factor& factor : factors) factor.water = moves_water(basin, sweep, factor);
}

// Members with equal values of the water's factors have equal water: its key is made once for each of them.
std::vector<std::vector<std::size_t>> batches_of(const Basin& basin, const Sweep& sweep, std::size_t lanes,
                                                 std::chrono::seconds offset) {
  std::vector<Factor> factors = sweep.design.factors;
  mark_water(basin, sweep, factors);
  std::map<std::vector<double>, std::string> known;
  std::vector<std::string> keys;
  for (std::size_t m = 0; m < sweep.design.members(); ++m) {
    std::vector<double> values;
    for (std::size_t f = 0; f < factors.size(); ++f)
      if (factors[f].water) values.push_back(sweep.design.values[m][f]);
    const auto [at, fresh] = known.try_emplace(std::move(values));
    if (fresh) {
      const Scenario scenario = scenario_of(basin, sweep, m, offset);
      at->second = water_key(basin, scenario.plan, scenario.assumptions);
    }
    keys.push_back(at->second);
  }
  return pack(keys, std::max<std::size_t>(1, lanes));
}

}  // namespace limpid
