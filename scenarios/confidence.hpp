// How sure a plan's answer is: the plan under many draws of what is not known.
//
// A member is one draw of everything at once: which record years stand for the model's, factors on process
// parameters, how much of its stated effect each measure has, by how much its start is late, and the error of
// the model at each section and indicator. Every number is a function of (seed, what it is of, member), so
// that a member is the same for every plan, alone and among others, and a new doubt leaves the draws of the
// others as they were.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace limpid {

struct YearsChoice {
  std::string id;  // wet, dry, ...
  ForcingYears years;
  double weight = 1;
};
struct UncertainParameter {
  std::string process, parameter;
  double log_deviation = 0;  // of the natural logarithm of its factor (median 1)
};
struct ModelError {
  int section = -1;  // -1: of every section without an own one
  std::string indicator;
  double deviation = 0;  // of a normal error of mean 0, in the indicator's unit, the same for the whole run
};

struct Uncertainty {
  std::uint64_t seed = 1;
  int members = 100;
  std::vector<YearsChoice> years;  // none: the case's own
  std::vector<UncertainParameter> parameters;
  std::vector<ModelError> model_errors;
};

// One number that was drawn.
struct Draw {
  std::string kind, of;  // years, parameter, effect, slip [d], model_error
  double value = 0;
};

struct Member {
  Scenario scenario;
  int years = -1;                           // into Uncertainty::years; -1 = the case's own
  std::vector<std::vector<double>> errors;  // [section][item of the standard], added to simulated values
  std::vector<Draw> draws;
};

// Effects: an action that removes or changes takes `f` times what is stated (a removal at most 1), a cap and
// a set load are reached at 1/f of it. Slips are whole days.
Member member_of(const Basin& basin, const Plan& plan, const Uncertainty& uncertainty, int member,
                 std::chrono::seconds offset);

// What an ensemble says about one DeadlineAnswer.
struct Confidence {
  int members = 0;                  // that ran whole
  double met_and_held = 0;          // share of them whose answer is held
  double standard_error = 0;        // sqrt(p (1 - p)/n)
  std::optional<Month> held_by_90;  // by this month 90 % of the members have begun to attain to the end
  // What goes with failure: of each thing drawn the share that holds in its worse and in its better half (of
  // years: in these years and in all others), largest difference first; those of at least 0.05.
  struct Break {
    std::string kind, of;
    double worse = 0, better = 0;
  };
  std::vector<Break> breaks;
};

struct MemberAnswer {
  Held held = Held::unproven;
  std::optional<Month> held_from;
  std::optional<double> margin;
};

struct PlanConfidence {
  std::vector<std::vector<Confidence>> answers;                 // as ScenarioResult::answers
  std::vector<std::vector<Draw>> draws;                         // per member
  std::vector<std::vector<std::vector<MemberAnswer>>> members;  // [member][section][answer]; empty = failed
};

// One a plan, in order. Members of one choice of years whose water is the same ride as lanes. Empty when
// `progress` stopped it.
std::vector<PlanConfidence> confidence(const Basin& basin, const RunOptions& options,
                                       const AssessmentRules& rules, const std::vector<const Plan*>& plans,
                                       const Uncertainty& uncertainty, const ProgressReport& progress = {},
                                       Workers* workers = nullptr);

}  // namespace limpid
