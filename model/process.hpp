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

struct Parameter {
  const char* id;
  NamedUnit unit;
  double value, low, high;  // default (or kNoDefault) and plausible range, in `unit`
  const char* meaning;
  const char* source;
  Status status = Status::unverified;
  double theta =
      1.0;  // value(T) = value * theta^(T-20); 1 = no temperature correction; override with <id>.theta

  bool required() const { return std::isnan(value); }
};

// A constituent that the process works on. `constituent` is the default id; nullptr = the case must name it.
struct Role {
  const char* id;
  const char* constituent;
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
};

// Points of one block; every row of pointers below points to kBlock consecutive doubles.
inline constexpr int kBlock = 8;

class Process {
 public:
  virtual ~Process() = default;
  virtual const ProcessInfo& info() const = 0;
  // coefficients[k][w] from environment[e][w] (order of info().environment) and parameters[p][w] (inside
  // units, already at the point's temperature).
  virtual void coefficients(const double* const* environment, const double* const* parameters,
                            double* const* coefficients) const = 0;
  // rate[row][w] >= 0 from concentration[role][w] (>= 1e-30), parameters and coefficients.
  virtual void rates(const double* const* concentration, const double* const* parameters,
                     const double* const* coefficients, double* const* rate) const = 0;
};

// The registry, filled before main() by LIMPID_PROCESS; sorted by id.
void register_process(const Process* process);
const std::vector<const Process*>& processes();
const Process* find_process(const std::string& id);  // nullptr if there is none

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
  std::vector<int> constituents;           // per role
  std::vector<ParameterValue> parameters;  // per parameter
  Compartment where = Compartment::channel;
};

// The process under its own id with its defaults (kNoDefault where the case must say) and no role bound yet
// (-1).
ProcessUse default_use(const Process& process);

// What one unit of a row's extent makes of each element [g/g]; 0 for an internal row that conserves elements.
// All roles must be bound.
Composition element_balance(const ProcessUse& use, int row, const std::vector<Constituent>& constituents);

}  // namespace limpid
