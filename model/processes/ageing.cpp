// Water that grows older: water age, or the residence time in a stretch.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Ageing {
  static constexpr const char* id = "ageing";
  static constexpr const char* name_zh = "水龄";
  static constexpr const char* name_en = "ageing of water";
  static constexpr const char* equation = "r = rate (seconds per second)";
  static constexpr const char* source =
      "definition of age, Delhez et al. 1999, doi:10.1016/S1463-5003(99)00004-2";

  enum Roles { age };
  static constexpr Role roles[] = {{"age", "age"}};

  enum Parameters { rate };
  static constexpr Parameter parameters[] = {
      {"rate", unit::none, 1.0, 0.0, 1.0,
       "1: age since the water entered; 0 outside a stretch: residence time in that stretch", "definition",
       Status::computed, 1.0, kShare},
  };

  enum Rows { growing };
  static constexpr ProcessRow rows[] = {{"ageing"}};
  static constexpr Term terms[] = {{growing, age, +1.0}};

  static std::array<double, 1> rates(const Point<Ageing>& x) { return {x[rate]}; }
};

LIMPID_PROCESS(Ageing);

}  // namespace
}  // namespace limpid
