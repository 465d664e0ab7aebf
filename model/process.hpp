// Processes as rows of a Petersen matrix: rate x stoichiometry, declared once.
//
// The author of a process writes one file in model/processes/: a struct with roles, parameters, rows,
// stoichiometry and the rate of one point as scalar arithmetic. process_adapter.hpp turns it into a Process
// that works on blocks of points; LIMPID_PROCESS registers it. See docs/processes.md.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/constituent.hpp"
#include "model/unit.hpp"

namespace limpid {

// What the water's surroundings give to a rate; one value per cell and water step.
enum class Env : std::uint8_t {
  temperature,              // degC
  depth,                    // mean hydraulic depth A/B, m
  velocity,                 // m/s
  slope,                    // m/m
  discharge,                // m3/s
  elevation,                // m above sea level
  wind,                     // m/s at 10 m
  air_temperature,          // degC
  vapour_pressure,          // of the air, hPa
  solar,                    // short wave that meets the water, after cloud and shade, W/m2
  albedo,                   // share of it that the surface reflects
  cloud,                    // share of the sky
  equilibrium_temperature,  // at which water exchanges no heat with the air, degC
  count
};
inline constexpr int kEnvCount = static_cast<int>(Env::count);

// How well a default is founded: read in two or more independent sources that agree, read in one, computed
// here, or domain knowledge only.
enum class Status : std::uint8_t { verified, one_source, computed, unverified };

// In place of a default where no literature value would mean anything: the case must give the parameter.
inline constexpr double kNoDefault = std::numeric_limits<double>::quiet_NaN();

// What a parameter can be at all, in its unit; what lies outside is an error, not only implausible.
struct Bounds {
  double low = 0, high = std::numeric_limits<double>::infinity();
  bool whole = false;      // a choice: whole numbers only
  bool above_low = false;  // `low` itself is impossible (the rate divides by it)

  constexpr bool hold(double value) const {  // false for NaN
    if (!(above_low ? value > low : value >= low) || !(value <= high)) return false;
    return !whole || value == static_cast<double>(static_cast<int>(value));
  }
  constexpr bool usual() const { return low == 0 && high > 1e300 && !whole && !above_low; }
};
inline constexpr Bounds kShare{0, 1};
inline constexpr Bounds kPerMass{0, 1000};  // mg/g of a whole
inline constexpr Bounds kPositive{0, std::numeric_limits<double>::infinity(), false, true};
constexpr Bounds choice_up_to(int last) {  // 0, 1, ... last; the parameter's meaning says which is which
  return {0, static_cast<double>(last), true};
}

struct Parameter {
  const char* id;
  NamedUnit unit;
  double value, low, high;  // default (or kNoDefault) and plausible range, in `unit`
  const char* meaning;
  const char* source;
  Status status = Status::unverified;
  double theta =
      1.0;  // value(T) = value * theta^(T-20); 1 = no temperature correction; override with <id>.theta
  Bounds possible = {};  // at least 0 unless told

  bool required() const { return std::isnan(value); }
};

// A constituent that the process works on. `constituent` is the default id; nullptr = the case must name it.
// A '?' behind it: the case may do without; then the role's terms fall away and the rate reads `absent`.
struct Role {
  const char* id;
  const char* constituent;
  double absent = 0.0;

  bool optional() const { return constituent && std::string_view(constituent).ends_with('?'); }
  std::string default_id() const {  // "" where the case must say
    std::string_view text = constituent ? constituent : "";
    if (optional()) text.remove_suffix(1);
    return std::string(text);
  }
};

// A value that the process works out for others at the same instant (light extinction, shares of a dissolved
// substance). It is never carried or booked.
struct Provided {
  const char* id;
  NamedUnit unit;
  const char* meaning;
};

// A value that the rates read from another process in the same compartment. `otherwise`: what they read where
// the case has no process that provides it; kNoDefault = there must be one.
struct Reading {
  const char* id;
  double otherwise;

  bool required() const { return std::isnan(otherwise); }
};

// Where the matter of a row comes from or goes to, beside the constituents it names.
enum class Exchange : std::uint8_t { internal, atmosphere, bed, burial, ice };

// One row of the Petersen matrix. Its rate is >= 0 [g m-3 s-1].
struct ProcessRow {
  const char* id;
  Exchange exchange = Exchange::internal;
  bool zero_order = false;  // the rate does not vanish with its reactants (it is cut to their content)
};

// Stoichiometric coefficient of a role in a row; times the value (>= 0) of parameter `yield` if that is not
// -1.
struct Term {
  int row;
  int role;
  double coefficient;
  int yield = -1;
};

struct ProcessInfo {
  const char *id, *name_zh, *name_en;
  const char* equation;  // as the docs print it
  const char* source;    // literature
  std::span<const Role> roles;
  std::span<const Parameter> parameters;
  std::span<const ProcessRow> rows;
  std::span<const Term> terms;
  std::span<const Env> environment;           // what the rate or coefficients read
  std::span<const char* const> coefficients;  // names of what is computed once per water step, not per stage
  std::span<const Reading> readings = {};
  std::span<const Provided> provides = {};
};

// Points of one block; every row of pointers below points to kBlock consecutive doubles.
inline constexpr int kBlock = 16;

class Process {
 public:
  virtual ~Process() = default;
  virtual const ProcessInfo& info() const = 0;
  // coefficients[k][w] from environment[e][w] (order of info().environment) and parameters[p][w] (inside
  // units, already at the point's temperature).
  virtual void coefficients(const double* const* environment, const double* const* parameters,
                            double* const* coefficients) const = 0;
  // rate[row][w] >= 0 from concentration[role][w] (>= 1e-30; `absent` of a role without a constituent),
  // parameters and coefficients. Behind the roles stand the readings, behind the rows what it provides.
  virtual void rates(const double* const* concentration, const double* const* parameters,
                     const double* const* coefficients, double* const* rate) const = 0;
};

// The registry, filled before main() by LIMPID_PROCESS; sorted by id.
void register_process(const Process* process);
const std::vector<const Process*>& processes();
const Process* find_process(const std::string& id);  // nullptr if there is none
// Index into info.provides; -1 if it does not provide it.
int provided_index(const ProcessInfo& info, std::string_view id);
// The first registered process that provides it; nullptr if none does.
const Process* find_provider(std::string_view id);

// A process as a case uses it: roles bound to constituents, parameters with their values in inside units.
struct ParameterValue {
  double value = 0;  // inside units, at 20 degC
  double theta = 1.0;
  struct AtStretch {
    std::string stretch;
    double value;
  };
  std::vector<AtStretch> stretches;
};
// Where a process acts: in the channel, or in the dead zones beside it (Reach::storage_area).
enum class Compartment : std::uint8_t { channel, storage };

struct ProcessUse {
  std::string id;  // the case's name for it, e.g. "nitrification" or "decay_tracer"
  const Process* process = nullptr;
  std::vector<int> constituents;           // per role; -1 = an optional role that stays open
  std::vector<ParameterValue> parameters;  // per parameter
  Compartment where = Compartment::channel;
};

// ">= 0", "> 0", "0 .. 1", or a choice's numbers "0, 1, 2".
std::string bounds_text(const Bounds& bounds);

// The process under its own id with its defaults (kNoDefault where the case must say) and no role bound yet
// (-1).
ProcessUse default_use(const Process& process);

// What one unit of a row's extent makes of each element [g/g]; 0 for an internal row that conserves elements.
// Carbon is not counted (0) where an optional role of the row stays open, e.g. oxidation without DIC.
Composition element_balance(const ProcessUse& use, int row, const std::vector<Constituent>& constituents);

}  // namespace limpid
