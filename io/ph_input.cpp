#include "io/ph_input.hpp"

#include "io/constituent_columns.hpp"
#include "model/carbonate.hpp"

namespace limpid {

bool is_ph(std::string_view name) {
  const LibraryConstituent* known = constituent_library().find_by_synonym(std::string(name));
  return name == "pH" || (known && known->constituent.id == "pH");
}

bool check_ph(double ph, const std::string& what, const std::string& text, const Place& place,
              Problems& problems) {
  if (ph >= 0 && ph <= 14) return true;
  problems.add(Code::E1339, place, {what, text});
  return false;
}

double inorganic_carbon_of(double ph, double alkalinity, double temperature) {
  constexpr double kIonicStrength = 1.6e-5 * 500;  // of the default conductivity, mol/L
  const CarbonateConstants k = carbonate_constants(temperature, kIonicStrength);
  return 1e3 * kGramCarbonPerMole * inorganic_carbon(ph, 1e-3 * alkalinity / kCarbonatePerEquivalent, k);
}

}  // namespace limpid
