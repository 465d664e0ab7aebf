// The ready sets name processes, roles and parameters that exist; who reads a value finds who provides it.
#include "model/process_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/provision.hpp"

namespace limpid {
namespace {

TEST(ProcessSets, NameWhatExistsAndGiveTheirSources) {
  for (const ProcessSet& set : process_sets()) {
    std::set<std::string> ids;
    for (const SetMember& member : set.members) {
      SCOPED_TRACE(member.id);
      EXPECT_TRUE(ids.insert(member.id).second);
      const Process* process = find_process(member.type);
      ASSERT_NE(process, nullptr);
      const auto roles = process->info().roles;
      for (const auto& bound : member.roles)
        EXPECT_TRUE(std::any_of(roles.begin(), roles.end(),
                                [&](const Role& r) { return r.id == std::string(bound.role); }));
      for (const Role& role : roles) EXPECT_FALSE(set_constituent(member, role).empty());
      for (const Parameter& p : process->info().parameters) {
        const SetMember::Value* value = set_value(member, p.id);
        EXPECT_TRUE(value || !p.required()) << p.id;
        if (!value) continue;
        EXPECT_GT(std::string(value->source).size(), 3u);
        EXPECT_GE(value->value, p.low);
        EXPECT_LE(value->value, p.high);
      }
    }
  }
  EXPECT_EQ(find_process_set("none"), nullptr);
}

// Of the set itself, each value that one process reads another provides, once.
TEST(ProcessSets, ProvideWhatTheyRead) {
  for (const ProcessSet& set : process_sets()) {
    Basin basin;
    std::vector<int> all;
    for (const SetMember& member : set.members) {
      basin.processes.push_back(default_use(*find_process(member.type)));
      all.push_back(static_cast<int>(all.size()));
    }
    const auto providers = find_providers(basin, all);
    for (const ProcessUse& use : basin.processes)
      for (const Reading& reading : use.process->info().readings)
        EXPECT_NO_THROW(find_provided(basin, providers, reading)) << use.id;
    const std::vector<int> order = evaluation_order(basin, all);
    EXPECT_EQ(order.size(), all.size());
  }
}

TEST(Provision, PutsProvidersFirstAndKeepsTheRest) {
  Basin basin;
  for (const char* id :
       {"settling", "phytoplankton", "co2_exchange", "reaeration", "underwater_light", "carbonate_system"})
    basin.processes.push_back(default_use(*find_process(id)));
  const std::vector<int> order = evaluation_order(basin, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(order, (std::vector<int>{0, 3, 4, 5, 1, 2}));
  const auto providers = find_providers(basin, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(find_provided(basin, providers, {"k_a", kNoDefault}), 0);
  EXPECT_EQ(find_provided(basin, providers, {"par", kNoDefault}), 2);
  EXPECT_EQ(find_provided(basin, providers, {"k_a_wind", 0.0}), -1);
  EXPECT_THROW(find_provided(basin, {}, {"k_a", kNoDefault}), std::logic_error);
}

}  // namespace
}  // namespace limpid
