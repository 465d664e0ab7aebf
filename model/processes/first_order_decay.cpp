// Loss in proportion to what is there: screening of any constituent (COD_Mn, faecal coliform, a decaying
// tracer).
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct FirstOrderDecay {
  static constexpr const char* id = "first_order_decay";
  static constexpr const char* name_zh = "一级降解";
  static constexpr const char* name_en = "first-order decay";
  static constexpr const char* equation = "r = k C";
  static constexpr const char* source = "mass action";

  enum Roles { decaying };
  static constexpr Role roles[] = {{"constituent", nullptr}};

  enum Parameters { k };
  static constexpr Parameter parameters[] = {
      {"k", unit::per_day, kNoDefault, 0.0, 10.0, "rate at 20 degC",
       "of the constituent and the river, e.g. E. coli 0.8 with theta 1.07 (ClearWater-modules, DELWAQ); "
       "theta as CBOD",
       Status::unverified, 1.047},
  };

  enum Rows { decay };
  static constexpr ProcessRow rows[] = {{"decay"}};
  static constexpr Term terms[] = {{decay, decaying, -1.0}};

  static std::array<double, 1> rates(const Point<FirstOrderDecay>& x) { return {x[k] * x[decaying]}; }
};

LIMPID_PROCESS(FirstOrderDecay);

}  // namespace
}  // namespace limpid
