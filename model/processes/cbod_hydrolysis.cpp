// Slowly degradable organic matter becomes fast degradable.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct CbodHydrolysis {
  static constexpr const char* id = "cbod_hydrolysis";
  static constexpr const char* name_zh = "慢速 CBOD 水解";
  static constexpr const char* name_en = "hydrolysis of slow CBOD";
  static constexpr const char* equation = "r = k_hc CBOD_slow";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { slow, fast };
  static constexpr Role roles[] = {{"slow", "CBOD_slow"}, {"fast", "CBOD_fast"}};

  enum Parameters { k_hc };
  static constexpr Parameter parameters[] = {
      {"k_hc", unit::per_day, 0.1, 0.0, 5.0, "rate at 20 degC",
       "of the matter: 1.94 calibrated in the Boulder Creek example of QUAL2Kw 5; theta as organic N and P",
       Status::unverified, 1.047},
  };

  enum Rows { hydrolysis };
  static constexpr ProcessRow rows[] = {{"hydrolysis"}};
  static constexpr Term terms[] = {{hydrolysis, slow, -1.0}, {hydrolysis, fast, +1.0}};

  static std::array<double, 1> rates(const Point<CbodHydrolysis>& x) { return {x[k_hc] * x[slow]}; }
};

LIMPID_PROCESS(CbodHydrolysis);

}  // namespace
}  // namespace limpid
