// The ready sets name processes, roles and parameters that exist; who reads a value finds who provides it.
#include "model/process_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/bed_twice.hpp"
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
        EXPECT_TRUE(value || !p.required() || member.when == When::asked) << p.id;
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

// The members of `river` that act in a case, in the set's order.
std::string acting(const SetCase& in) {
  const ProcessSet& set = *find_process_set("river");
  std::string list;
  for (const SetMember& member : set.members)
    if (acts(set, member, in)) list += std::string(member.id) + " ";
  return list;
}
SetCase case_with(std::set<std::string> constituents) {
  SetCase in;
  in.has = [held = std::move(constituents)](const std::string& id) { return held.contains(id); };
  return in;
}
bool holds(const std::string& list, const std::string& id) {
  return (" " + list).find(" " + id + " ") != std::string::npos;
}

TEST(RiverSetMembers, WindAndWeirsActWhereTheCaseGivesThem) {
  SetCase in = case_with({"DO", "DIC", "alkalinity", "NH3_N"});
  for (const char* id : {"wind_reaeration", "ammonia_exchange", "weir_reaeration", "sediment_oxygen_demand"})
    EXPECT_FALSE(holds(acting(in), id)) << id;
  in.windy = true;
  EXPECT_TRUE(holds(acting(in), "wind_reaeration"));
  EXPECT_TRUE(holds(acting(in), "ammonia_exchange"));
  EXPECT_FALSE(holds(acting(in), "weir_reaeration"));
  in.named = {{"weir_reaeration", "weir_reaeration"}, {"sediment_oxygen_demand", "sediment_oxygen_demand"}};
  EXPECT_TRUE(holds(acting(in), "weir_reaeration"));
  EXPECT_TRUE(holds(acting(in), "sediment_oxygen_demand"));
  in.left_out = {"wind_reaeration"};
  EXPECT_FALSE(holds(acting(in), "wind_reaeration"));
  SetCase without_ph = case_with({"DO", "NH3_N"});
  without_ph.windy = true;
  EXPECT_FALSE(holds(acting(without_ph), "ammonia_exchange"));
}

// Its own settling and that of the members never act together.
TEST(RiverSetMembers, TheBedLetsMatterSettleOnce) {
  const SetCase plain = case_with({"detritus", "ORGN"});
  EXPECT_TRUE(holds(acting(plain), "settling_detritus"));
  EXPECT_FALSE(holds(acting(plain), "sediment_flux"));
  EXPECT_FALSE(holds(acting(plain), "sediment_diagenesis"));
  SetCase flux = plain;
  flux.named = {{"mine", "sediment_flux"}};
  EXPECT_FALSE(holds(acting(flux), "settling_detritus"));
  EXPECT_TRUE(holds(acting(flux), "settling_ISS"));
  SetCase stores = case_with({"detritus", "ORGN", "bed_POC_G1"});
  EXPECT_TRUE(holds(acting(stores), "sediment_diagenesis"));
  for (const char* id : {"settling_phytoplankton", "settling_detritus", "settling_ORGN", "settling_ORGP"})
    EXPECT_FALSE(holds(acting(stores), id)) << id;
  stores.named = {{"sediment_flux", "sediment_flux"}};  // in its place
  EXPECT_FALSE(holds(acting(stores), "sediment_diagenesis"));
  EXPECT_TRUE(holds(acting(stores), "sediment_flux"));
  stores.named.clear(), stores.left_out = {"sediment_diagenesis"};
  EXPECT_TRUE(holds(acting(stores), "settling_detritus"));
}

ProcessUse on(const char* type, const std::vector<int>& constituents) {
  ProcessUse use = default_use(*find_process(type));
  for (std::size_t i = 0; i < constituents.size(); ++i) use.constituents[i] = constituents[i];
  return use;
}

TEST(BedTwice, SeesMatterThatSettlesAndOxygenThatIsTakenTwice) {
  Basin basin;  // roles of sediment_flux: detritus, algae, ORGN, ORGP, PO4, DO
  basin.processes = {on("sediment_flux", {0, 1, 2, 3, 4, 5}), on("settling", {2})};
  ASSERT_EQ(bed_twice(basin).size(), 1u);
  EXPECT_EQ(bed_twice(basin)[0].constituent, 2);
  basin.processes[1].where = Compartment::storage;
  EXPECT_TRUE(bed_twice(basin).empty());
  basin.processes[1] = on("settling", {4});  // of phosphate v_ip = 0 takes nothing
  EXPECT_TRUE(bed_twice(basin).empty());
  basin.processes[0].parameters[4].stretches = {{"upper", 1e-7}};
  EXPECT_EQ(bed_twice(basin).size(), 1u);
  basin.processes[1] = on("sediment_oxygen_demand", {5});
  EXPECT_EQ(bed_twice(basin).size(), 1u);
  basin.processes[1] = on("sediment_diagenesis", {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(bed_twice(basin).size(), 5u);  // phosphate settles by one of them only
  basin.processes = {on("settling", {2}), on("settling", {2})};
  EXPECT_TRUE(bed_twice(basin).empty());
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
