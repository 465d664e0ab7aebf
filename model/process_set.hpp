// Ready sets of processes that a case may name as a whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/process.hpp"

namespace limpid {

// When a process of a set acts, beside that the case has the constituent of its first role that is not
// optional and all of SetMember::with. What the case names by [processes.ID] acts always.
enum class When : std::uint8_t {
  there,    // then
  windy,    // and the climate gives the wind
  asked,    // only if the case names it
  settles,  // and no process of the bed lets the same matter settle
  stored    // and the case names no other process of the bed
};

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
  When when = When::there;
  std::vector<const char*> with{};  // constituents
};

struct ProcessSet {
  const char *id, *meaning_zh, *meaning_en;
  std::vector<SetMember> members;
};

// What of a case decides which processes of a set act.
struct SetCase {
  std::function<bool(const std::string&)> has;  // the constituent
  bool windy = false;                           // the climate gives the wind
  struct Named {
    std::string id, type;
  };
  std::vector<Named> named;           // [processes.ID] without use = false
  std::vector<std::string> left_out;  // with it
};

// screening: first-order decay and settling, each indicator for itself. river: the coupled water quality of
// carbon, oxygen, nitrogen, phosphorus, plants, pH, pathogens and the bed.
const std::vector<ProcessSet>& process_sets();
const ProcessSet* find_process_set(std::string_view id);  // nullptr if there is none

// The value that the set gives to a parameter; nullptr if it leaves it as the process has it.
const SetMember::Value* set_value(const SetMember& member, std::string_view parameter);
// The constituent that the set binds to a role, else the role's own ("" if the case must say).
std::string set_constituent(const SetMember& member, const Role& role);

// Whether the member acts in the case, if its first constituent is there.
bool acts(const ProcessSet& set, const SetMember& member, const SetCase& in);
// Whether a process of this type is the bed's own: it lets matter settle and takes up oxygen for it.
bool is_of_bed(std::string_view type);

}  // namespace limpid
