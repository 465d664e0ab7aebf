// An example of a process, to be copied into model/processes/ under its id, photolysis.cpp.
// Light destroys a substance. How deep it reaches, process underwater_light knows.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Photolysis {
  static constexpr const char* id = "photolysis";
  static constexpr const char* name_zh = "光解";
  static constexpr const char* name_en = "photolysis";
  static constexpr const char* equation = "r = k I (1 - exp(-k_e h)) / (k_e h) C";
  static constexpr const char* source = "Beer-Lambert law, averaged over the depth";

  // The case must say which constituent decays.
  enum Roles { substance };
  static constexpr Role roles[] = {{"substance", nullptr}};

  // Unit, default (kNoDefault: the case must give it), range, meaning, source, how well founded; at 20 degC.
  enum Parameters { k };
  static constexpr Parameter parameters[] = {
      {"k", unit::per_day, kNoDefault, 0.0, 10.0, "rate per W/m2 of light",
       "of the substance, to be measured", Status::unverified},
  };

  // From another process, at the same instant. Without light in the case there is no photolysis.
  enum Readings { k_e, short_wave };
  static constexpr Reading readings[] = {{"k_e", 1.0}, {"short_wave", 0.0}};

  // One row of the Petersen matrix: one unit of it takes one unit of the substance.
  enum Rows { destruction };
  static constexpr ProcessRow rows[] = {{"destruction"}};
  static constexpr Term terms[] = {{destruction, substance, -1.0}};

  // From the surroundings, once per water step.
  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { depth };
  static constexpr const char* coefficient_names[] = {"h"};
  static std::array<double, 1> coefficients(const Point<Photolysis>& x) { return {x[Env::depth]}; }

  // g m-3 s-1, >= 0, vanishing with the substance.
  static std::array<double, 1> rates(const Point<Photolysis>& x) {
    const double optical_depth = x[k_e] * x[depth];
    return {x[k] * x[short_wave] * one_minus_exp(optical_depth) / optical_depth * x[substance]};
  }
};

LIMPID_PROCESS(Photolysis);

}  // namespace
}  // namespace limpid
