#include "solvers/rate_inquest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "model/basin.hpp"
#include "solvers/integrator.hpp"

namespace limpid {
namespace {

std::string number(double value) {
  if (std::isnan(value)) return "nan";  // whatever its sign
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6).ptr;
  return {text.data(), end};
}

void append(std::string& text, const std::string& name, double value, const std::string& unit = "") {
  text += (text.empty() ? "" : ", ") + name + " = " + number(value) + (unit.empty() ? "" : " ") + unit;
}

// In the kinetics all contents are referred to the water's volume.
std::string content_unit(Constituent constituent) {
  constituent.phase = Phase::dissolved;
  return constituent.concentration_unit();
}

const char* row_name(const ProcessInfo& info, std::size_t row) {
  return row < info.rows.size() ? info.rows[row].id : info.provides[row - info.rows.size()].id;
}

// A cause is better than none, the first cell better than a later one.
bool better(const PointFault& a, const PointFault& b) {
  if (a.cause.process.empty() != b.cause.process.empty()) return b.cause.process.empty();
  return a.cell < b.cell;
}

}  // namespace

std::string fault_text(const RateFault& fault) {
  if (fault.process.empty()) return fault.values;
  return fault.process + "." + fault.row + " = " + number(fault.rate) + " (" + fault.values + ")";
}

void take_better(std::vector<PointFault>& list, const PointFault& fault) {
  const auto known = std::ranges::find(list, fault.lane, &PointFault::lane);
  if (known == list.end())
    list.push_back(fault);
  else if (better(fault, *known))
    *known = fault;
}

// The rates once more, as the sub-step made them: from the contents at its begin, and then where it evaluated
// them last. Its extents stay as they are.
void RateInquest::look(Integrator& points, const BlockRow& strange, double dt) {
  std::vector<Sick> sick = sick_points(points, strange);
  const auto settle = [&](const auto& blame) {
    std::erase_if(sick, [&](Sick& s) { return blame(s) && (take_better(found, s.fault), true); });
  };
  settle([&](Sick& s) { return came_so(points, s); });
  if (sick.empty()) return;
  const std::vector<BlockRow> extents = points.extent_;
  points.start_from_contents();
  points.evaluate_rates(points.fields.rows());
  settle([&](Sick& s) { return blame_a_rate(points, s); });
  settle([&](Sick& s) { return blame_a_yield(points, s); });
  if (!sick.empty()) {
    points.propose(dt);  // leaves `evaluated_` at the last evaluation
    points.evaluate_rates(points.fields.rows());
    settle([&](Sick& s) { return blame_a_rate(points, s); });
    settle([&](Sick&) { return true; });  // no rate is to blame: sums that left the range
  }
  points.extent_ = extents;
}

// That count, and of which no more is known.
std::vector<RateInquest::Sick> RateInquest::sick_points(const Integrator& points,
                                                        const BlockRow& strange) const {
  std::vector<Sick> sick;
  for (std::size_t w = 0; w < kBlock; ++w) {
    if (strange.v[w] == 0 || !(points.volume.v[w] > 0) || told_[place->lane[w]]) continue;
    PointFault fault{static_cast<int>(place->lane[w]), static_cast<int>(place->cell[w]), 0, {}};
    std::size_t i = 0;
    while (std::isfinite(points.next_[i].v[w])) ++i;
    fault.constituent = points.s_.columns[i];
    const auto known = std::ranges::find(found, fault.lane, &PointFault::lane);
    if (known == found.end() || known->cause.process.empty() || fault.cell < known->cell)
      sick.push_back({w, fault});
  }
  return sick;
}

// What brought it is none of the rates: water, loads, a state that was set.
bool RateInquest::came_so(const Integrator& points, Sick& sick) const {
  std::string& text = sick.fault.cause.values;
  for (std::size_t i = 0; i < points.content_.size(); ++i) {
    const double content = points.content_[i].v[sick.point];
    const Constituent& of = basin_.constituents[static_cast<std::size_t>(points.s_.columns[i])];
    if (!std::isfinite(content)) append(text, of.id, content, content_unit(of));
  }
  return !text.empty();
}

// The first in the order of evaluation: what it reads of others is finite then, so that it is its own doing
// or that of its parameters and coefficients.
bool RateInquest::blame_a_rate(const Integrator& points, Sick& sick) const {
  for (std::size_t k = 0; k < points.calls_.size(); ++k) {
    const Integrator::Call& call = points.calls_[k];
    for (std::size_t j = 0; j < call.rate.size(); ++j) {
      if (std::isfinite(call.rate[j][sick.point])) continue;
      blame(points, sick, k, j);
      return true;
    }
  }
  return false;
}

// All rates are finite, but a stoichiometric number is not.
bool RateInquest::blame_a_yield(const Integrator& points, Sick& sick) const {
  for (std::size_t k = 0; k < points.calls_.size(); ++k) {
    const Integrator::Call& call = points.calls_[k];
    const double* const* parameter = points.fields.rows() + call.parameter;
    for (const Term& term : call.process->info().terms) {
      if (term.yield < 0 || std::isfinite(parameter[term.yield][sick.point])) continue;
      blame(points, sick, k, static_cast<std::size_t>(term.row));
      return true;
    }
  }
  return false;
}

// The constituent is then the first that the row changes.
void RateInquest::blame(const Integrator& points, Sick& sick, std::size_t k, std::size_t row) const {
  const Integrator::Call& call = points.calls_[k];
  const ProcessUse& use = basin_.processes[call.index];
  sick.fault.cause = {use.id, row_name(call.process->info(), row), call.rate[row][sick.point],
                      values(points, k, sick.point)};
  for (const Term& term : call.process->info().terms) {
    const int constituent = use.constituents[static_cast<std::size_t>(term.role)];
    if (static_cast<std::size_t>(term.row) != row || constituent < 0) continue;
    sick.fault.constituent = constituent;
    return;
  }
}

std::string RateInquest::values(const Integrator& points, std::size_t index, std::size_t point) const {
  const Integrator::Call& call = points.calls_[index];
  const ProcessInfo& info = call.process->info();
  const ProcessUse& use = basin_.processes[call.index];
  std::string text;
  for (std::size_t r = 0; r < info.roles.size(); ++r)
    if (use.constituents[r] >= 0) {
      const Constituent& of = basin_.constituents[static_cast<std::size_t>(use.constituents[r])];
      append(text, of.id, call.concentration[r][point], content_unit(of));
    }
  for (std::size_t k = 0; k < info.readings.size(); ++k)
    append(text, info.readings[k].id, call.concentration[info.roles.size() + k][point]);
  for (std::size_t p = 0; p < info.parameters.size(); ++p) {
    const NamedUnit& unit = info.parameters[p].unit;
    const double inside = points.fields.rows()[static_cast<std::size_t>(call.parameter) + p][point];
    append(text, info.parameters[p].id, unit.unit.from_inside(inside), unit.text);
  }
  for (std::size_t k = 0; k < info.coefficients.size(); ++k)
    append(text, info.coefficients[k],
           points.fields.rows()[static_cast<std::size_t>(call.coefficient) + k][point]);
  return text;
}

}  // namespace limpid
