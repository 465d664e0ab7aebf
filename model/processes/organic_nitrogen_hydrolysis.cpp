// Organic nitrogen becomes ammonia.
#include "model/carbonate.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct OrganicNitrogenHydrolysis {
  static constexpr const char* id = "organic_nitrogen_hydrolysis";
  static constexpr const char* name_zh = "有机氮水解";
  static constexpr const char* name_en = "hydrolysis of organic nitrogen";
  static constexpr const char* equation = "r = k_hn ORGN; alkalinity 1 eq/mol of the ammonium";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { organic, ammonia, alkalinity };
  static constexpr Role roles[] = {{"organic", "ORGN"}, {"ammonia", "NH3_N"}, {"alkalinity", "alkalinity?"}};

  enum Parameters { k_hn };
  static constexpr Parameter parameters[] = {
      {"k_hn", unit::per_day, 0.1, 0.0, 2.0, "rate at 20 degC",
       "ClearWater-modules 0.1, SWAT+ 0.21; theta SWAT+, QUAL2K 1.05", Status::verified, 1.047},
  };

  enum Readings { ammonium_share };
  static constexpr Reading readings[] = {{"ammonium_share", 1.0}};

  enum Rows { hydrolysis, buffering };
  static constexpr ProcessRow rows[] = {{"hydrolysis"}, {"buffering"}};
  static constexpr Term terms[] = {
      {hydrolysis, organic, -1.0}, {hydrolysis, ammonia, +1.0}, {buffering, alkalinity, +1.0}};

  static std::array<double, 2> rates(const Point<OrganicNitrogenHydrolysis>& x) {
    const double r = x[k_hn] * x[organic];
    return {r, kAlkalinityOfNitrogen * x[ammonium_share] * r};
  }
};

LIMPID_PROCESS(OrganicNitrogenHydrolysis);

}  // namespace
}  // namespace limpid
