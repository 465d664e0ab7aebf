// Tags: who causes it. A tag is the part of a constituent that one group of sources brought, carried as a
// constituent of its own behind those of the case.
//
// Every source belongs to one group. What no group claims, what stands in the river at the begin, and what a
// process makes out of nothing that is tagged belongs to the group of the rest, so that the tags of a
// constituent add up to it everywhere and at all times.
#pragma once

#include <string>
#include <vector>

#include "model/basin.hpp"

namespace limpid {

inline constexpr std::size_t kMostTagGroups = 32;  // with that of the rest
inline constexpr const char* kTagRest = "other";   // id of the group of the rest

// Whether it can have tags: matter that the water carries and that is never negative (a share of what may be
// negative means nothing), and no tag itself.
bool can_be_tagged(const Constituent& constituent);

std::string tag_id(const std::string& constituent, const std::string& group);  // NH3_N_from_works

// Gives constituents of the basin (by index, each once) a tag per group and one for the rest. The tags come
// behind all that is carried, by constituent, then group; what is attached moves up, and the basin's
// processes, formulas and sources follow. Source::tag_group is the caller's. Throws std::invalid_argument for
// a constituent that cannot be tagged, more groups than kMostTagGroups, or a basin with tags.
void add_tags(Basin& basin, const std::vector<int>& constituents, std::vector<std::string> groups);

// The group that a source's loads carry.
int tag_group(const Basin& basin, const Source& source);

// Per constituent that the water carries: the one it is a tag of, -1 where it is none. Empty without tags.
std::vector<int> tag_totals(const Basin& basin);

}  // namespace limpid
