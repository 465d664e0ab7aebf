// How the oxidation of organic matter fades without oxygen, where the half-saturation of cbod_oxidation does
// not serve.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct OxidationLimitation {
  static constexpr const char* id = "oxidation_limitation";
  static constexpr const char* name_zh = "氧化的溶解氧限制";
  static constexpr const char* name_en = "limitation of oxidation by oxygen";
  static constexpr const char* equation = "f_O = DO / (k_o + DO), 1 - exp(-DO/k_o) or DO^2 / (k_o^2 + DO^2)";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { oxygen_law, k_o };
  static constexpr Parameter parameters[] = {
      {"oxygen_law", unit::none, 1.0, 0.0, 2.0, "0 half-saturation, 1 exponential, 2 second order",
       "exponential in the Boulder Creek example of QUAL2Kw 5", Status::one_source, 1.0, choice_up_to(2)},
      {"k_o", unit::mg_per_litre, 1.667, 0.01, 5.0, "of the limitation",
       "0.6 L/mg in the Boulder Creek example of QUAL2Kw 5", Status::one_source},
  };

  static constexpr std::array<ProcessRow, 0> rows{};
  static constexpr std::array<Term, 0> terms{};

  enum Provides { oxidation_limit };
  static constexpr Provided provides[] = {
      {"oxidation_limit", unit::none, "share of the oxidation of CBOD that the oxygen lets pass"}};

  static std::array<double, 1> rates(const Point<OxidationLimitation>& x) {
    return {oxygen_limitation(x[oxygen_law], x[oxygen], x[k_o])};
  }
};

LIMPID_PROCESS(OxidationLimitation);

}  // namespace
}  // namespace limpid
