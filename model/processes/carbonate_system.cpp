// The pH of the water and what it decides for other processes.
#include "model/carbonate.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct CarbonateSystem {
  static constexpr const char* id = "carbonate_system";
  static constexpr const char* name_zh = "碳酸盐体系";
  static constexpr const char* name_en = "carbonate system (pH)";
  static constexpr const char* equation =
      "pH where Alk = (a1 + 2 a2) DIC + [OH] - [H] (8 halvings of pH 0..14, 4 Newton steps); shares of CO2 "
      "and HCO3, of NH4 in ammonia, mean charge of phosphate";
  static constexpr const char* source =
      "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source; Plummer & Busenberg 1982; "
      "Emerson "
      "et al. 1975";

  enum Roles { carbon, alkalinity };
  static constexpr Role roles[] = {{"carbon", "DIC"}, {"alkalinity", "alkalinity"}};

  enum Parameters { conductivity };
  static constexpr Parameter parameters[] = {
      {"conductivity", unit::none, 500.0, 10.0, 5000.0, "uS/cm; ionic strength = 1.6e-5 times it",
       "of the river; the factor read in the QUAL2Kw 5 source", Status::one_source},
  };

  static constexpr std::array<ProcessRow, 0> rows{};
  static constexpr std::array<Term, 0> terms{};

  enum Provides { co2_share, bicarbonate_share, ammonium_share, phosphate_charge_number };
  static constexpr Provided provides[] = {
      {"co2_share", unit::none, "CO2 in inorganic carbon"},
      {"bicarbonate_share", unit::none, "bicarbonate in inorganic carbon"},
      {"ammonium_share", unit::none, "ammonium in ammonia nitrogen"},
      {"phosphate_charge", unit::none, "mean charge of phosphate"}};

  static constexpr Env environment[] = {Env::temperature};
  enum Coefficients { k1, k2, kw, k_ammonia };
  static constexpr const char* coefficient_names[] = {"K1", "K2", "Kw", "K_NH4"};

  static std::array<double, 4> coefficients(const Point<CarbonateSystem>& x) {
    const CarbonateConstants k = carbonate_constants(x[Env::temperature], 1.6e-5 * x[conductivity]);
    return {k.k1, k.k2, k.kw, ammonia_constant(x[Env::temperature])};
  }
  static std::array<double, 4> rates(const Point<CarbonateSystem>& x) {
    const CarbonateConstants k{x[k1], x[k2], x[kw]};
    const double h = hydrogen_ions(x[carbon] * (1e-3 / kGramCarbonPerMole),
                                   x[alkalinity] * (1e-3 / kCarbonatePerEquivalent), k);
    const CarbonateShares shares = carbonate_shares(h, k);
    return {shares.co2, shares.bicarbonate, h / (h + x[k_ammonia]), phosphate_charge(h)};
  }
};

LIMPID_PROCESS(CarbonateSystem);

}  // namespace
}  // namespace limpid
