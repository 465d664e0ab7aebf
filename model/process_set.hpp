// Ready sets of processes that a case may name as a whole.
#pragma once

#include <string_view>
#include <vector>

#include "model/process.hpp"

namespace limpid {

// One process of a set. It acts where the case has the constituent of its first role that is not optional.
struct SetMember {
  const char* id;    // as the case would name it
  const char* type;  // of process
  struct Bound {
    const char *role, *constituent;
  };
  std::vector<Bound> roles{};  // in place of the process's own defaults
  struct Value {
    const char* parameter;
    double value, theta;  // in the parameter's unit
    const char* source;
  };
  std::vector<Value> values{};  // likewise
};

struct ProcessSet {
  const char *id, *meaning_zh, *meaning_en;
  std::vector<SetMember> members;
};

// screening: first-order decay and settling, each indicator for itself. river: the coupled water quality of
// carbon, oxygen, nitrogen, phosphorus, plants, pH and pathogens.
const std::vector<ProcessSet>& process_sets();
const ProcessSet* find_process_set(std::string_view id);  // nullptr if there is none

// The value that the set gives to a parameter; nullptr if it leaves it as the process has it.
const SetMember::Value* set_value(const SetMember& member, std::string_view parameter);
// The constituent that the set binds to a role, else the role's own ("" if the case must say).
std::string set_constituent(const SetMember& member, const Role& role);

}  // namespace limpid
