// The design of a sweep: factors with their distributions, and the values of every member.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid {

// Every distribution is drawn through its inverse, one uniform a number (model/random.hpp), so that a design
// is the same on every platform.
enum class DistributionKind : std::uint8_t { uniform, normal, lognormal, triangular, values };

struct Distribution {
  DistributionKind kind = DistributionKind::uniform;
  double low = 0, high = 1;  // uniform, triangular; bounds of a truncated normal or lognormal (infinite
                             // where there is none)
  double mode = 0;           // triangular
  double median = 1, deviation = 0;  // normal: median = mean; lognormal: deviation of the natural logarithm
  std::vector<double> values;        // values: each as likely as its weight
  std::vector<double> weights;       // empty: all alike
};
double quantile(const Distribution& distribution, double p);  // 0 <= p <= 1
// Of the standard normal to lie below x; error below 1e-15, in the tail to -9 below 1e-8 of itself.
double normal_probability(double x);

// What a factor moves. Those of the water come first: members that differ in none of them share their water.
enum class FactorKind : std::uint8_t {
  years,        // which map of forcing years; value: index into the sweep's choices
  flow,         // Assumptions::flow
  temperature,  // Assumptions::temperature, degC
  plan,         // value: index into the sweep's plans
  start,        // s by which the start of a measure is late
  ramp,         // s, its length
  effect,       // factor on what a measure is stated to do
  level,        // one effect of a measure itself, in inside units
  parameter,    // factor on a parameter of a process
  load          // factor on the loads of a sector
};

struct Factor {
  std::string id;  // its column in design.csv
  FactorKind kind = FactorKind::parameter;
  std::string measure;              // start, ramp, effect, level: its id, in every plan that has it
  std::string key;                  // level: the effect key
  std::string process, parameter;   // parameter
  std::string sector;               // load
  std::string unit;                 // as the user wrote it: design.csv and results are in it
  double to_inside = 1;             // inside value = to_inside x the user's
  std::vector<std::string> labels;  // of values, for plan and years
  Distribution distribution;        // in the user's unit
  bool water = false;               // whether it moves the water of the river (mark_water(), sweep.hpp)
};

enum class DesignMethod : std::uint8_t { grid, list, latin_hypercube, sobol, one_at_a_time, morris };

struct DesignRequest {
  DesignMethod method = DesignMethod::latin_hypercube;
  std::uint64_t seed = 1;
  std::size_t members = 0;  // base sample of latin hypercube and sobol; trajectories of morris
  bool indices = false;     // sobol: A, B and the A_B matrices of Saltelli for indices
  int levels = 4;           // morris (even); grid and one_at_a_time of a continuous factor
  std::size_t waters = 0;   // nested: so many draws of the water's factors, each with `members` of the others
};

struct Design {
  DesignRequest request;
  std::vector<Factor> factors;
  std::vector<std::string> ids;             // [member], stable: m000001 or what a list names
  std::vector<std::vector<double>> values;  // [member][factor], in the user's unit
  std::size_t members() const { return ids.size(); }
};

inline constexpr double kMostMembers = 1e6;

// How many members the design has; not the list, whose rows are counted.
double member_count(const DesignRequest& request, const std::vector<Factor>& factors);

// Draws every member. Each factor draws from a stream of its own id, so that a factor more leaves the others'
// latin hypercube as it was. Order of members:
//   grid            all combinations, the last factor fastest
//   latin_hypercube, sobol   as drawn; nested: `members` of one water one after the other
//   sobol, indices  in groups of k + 2: A, A_B of each factor (column of B), B (Saltelli et al. 2010)
//   one_at_a_time   the base (median of a continuous factor, first of values), then each factor's other
//   levels morris          trajectories of k + 1, one factor moving at a time (Morris 1991)
// Levels of a continuous factor are even in probability, from end to end; where it has no bound, from or to
// the 1 % tail. Throws std::invalid_argument for a list, no factor, or more than kMostMembers.
Design make_design(const DesignRequest& request, std::vector<Factor> factors);

std::string member_id(std::size_t member);  // 0 -> m000001
bool is_continuous(const Factor& factor);
// The probability of level i of `levels`.
double level_probability(const Distribution& distribution, int i, int levels);

}  // namespace limpid
