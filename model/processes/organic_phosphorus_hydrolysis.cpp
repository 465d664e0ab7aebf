// Organic phosphorus becomes phosphate.
#include "model/carbonate.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct OrganicPhosphorusHydrolysis {
  static constexpr const char* id = "organic_phosphorus_hydrolysis";
  static constexpr const char* name_zh = "有机磷水解";
  static constexpr const char* name_en = "hydrolysis of organic phosphorus";
  static constexpr const char* equation = "r = k_hp ORGP; alkalinity falls by the charge of the phosphate";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { organic, phosphate, alkalinity };
  static constexpr Role roles[] = {
      {"organic", "ORGP"}, {"phosphate", "PO4_P"}, {"alkalinity", "alkalinity?"}};

  enum Parameters { k_hp };
  static constexpr Parameter parameters[] = {
      {"k_hp", unit::per_day, 0.1, 0.0, 5.0, "rate at 20 degC",
       "ClearWater-modules 0.1, SWAT+ 0.35; theta ClearWater-modules, SWAT+, QUAL2K 1.05", Status::verified,
       1.047},
  };

  enum Readings { charge };
  static constexpr Reading readings[] = {{"phosphate_charge", 1.5}};

  enum Rows { hydrolysis, acidifying };
  static constexpr ProcessRow rows[] = {{"hydrolysis"}, {"acidifying", Exchange::internal, true}};
  static constexpr Term terms[] = {
      {hydrolysis, organic, -1.0}, {hydrolysis, phosphate, +1.0}, {acidifying, alkalinity, -1.0}};

  static std::array<double, 2> rates(const Point<OrganicPhosphorusHydrolysis>& x) {
    const double r = x[k_hp] * x[organic];
    return {r, kAlkalinityOfPhosphorus * x[charge] * r};
  }
};

LIMPID_PROCESS(OrganicPhosphorusHydrolysis);

}  // namespace
}  // namespace limpid
