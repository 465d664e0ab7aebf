#include "model/dispersion_formula.hpp"

#include <cmath>

#include "model/elementary.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;  // m/s2

double elder(const FlowSection& x) {
  return 5.93 * x.depth * x.shear_velocity;
}

double fischer(const FlowSection& x) {
  const double spread = x.velocity * x.width;
  return 0.011 * spread * spread / (x.depth * x.shear_velocity);
}

// 0.18 (u*/U)^1.5 U^2 B^2 / (u* H), without the division by U
double liu(const FlowSection& x) {
  return 0.18 * x.width * x.width / x.depth * std::sqrt(x.velocity * x.shear_velocity);
}

double iwasa_aya(const FlowSection& x) {
  const double aspect = x.width / x.depth;
  return 2.0 * x.depth * x.shear_velocity * aspect * std::sqrt(aspect);
}

double koussis(const FlowSection& x) {
  return 0.6 * x.shear_velocity * x.width * x.width / x.depth;
}

double seo_cheong(const FlowSection& x) {
  return 5.915 * x.depth * x.shear_velocity * elementary::pow(x.width / x.depth, 0.620) *
         elementary::pow(x.velocity / x.shear_velocity, 1.428);
}

double deng(const FlowSection& x) {
  const double aspect = x.width / x.depth, friction = x.velocity / x.shear_velocity;
  const double mixing = 0.145 + friction * elementary::pow(aspect, 1.38) / 3520;
  return 0.15 / (8 * mixing) * x.depth * x.shear_velocity * elementary::pow(aspect, 5.0 / 3) * friction *
         friction;
}

double kashefipour_falconer(const FlowSection& x) {
  const double aspect = x.width / x.depth, friction = x.velocity / x.shear_velocity;
  const double factor =
      aspect >= 50 ? 10.612
                   : 7.428 + 1.775 * elementary::pow(aspect, 0.620) * elementary::pow(1 / friction, 0.572);
  return factor * x.depth * x.velocity * friction;
}

}  // namespace

const std::vector<DispersionFormula>& dispersion_formulas() {
  static const std::vector<DispersionFormula> list = {
      {"elder", "Elder 1959", "5.93 H u*", "wide uniform channel; shear over the depth alone, a lower bound",
       "Elder 1959; as MASCARET-TRACER and watum have it", Status::verified, elder},
      {"fischer", "Fischer 1975", "0.011 U^2 B^2 / (H u*)", "natural streams, within a factor of about 4",
       "Fischer 1975; as QUAL2Kw and MASCARET-TRACER have it", Status::verified, fischer},
      {"liu", "Liu 1977", "0.18 (u*/U)^1.5 U^2 B^2 / (H u*)", "natural streams",
       "Liu 1977; as MASCARET-TRACER has it", Status::one_source, liu},
      {"iwasa_aya", "Iwasa and Aya 1991", "2 H u* (B/H)^1.5", "natural streams",
       "Iwasa & Aya 1991; as MASCARET-TRACER and a second program have it", Status::verified, iwasa_aya},
      {"koussis", "Koussis and Rodriguez-Mirasol 1998", "0.6 H u* (B/H)^2", "natural streams",
       "Koussis & Rodriguez-Mirasol 1998; as MASCARET-TRACER and a second program have it", Status::verified,
       koussis},
      {"seo_cheong", "Seo and Cheong 1998", "5.915 H u* (B/H)^0.620 (U/u*)^1.428",
       "59 data sets of US streams",
       "Seo & Cheong 1998; as MASCARET-TRACER (rounded) and a second program have it", Status::verified,
       seo_cheong},
      {"deng",
       "Deng, Singh and Bengtsson 2001",
       "0.15 / (8 e) H u* (B/H)^(5/3) (U/u*)^2, e = 0.145 + (U/u*) (B/H)^1.38 / 3520",
       "straight reaches, B/H > 10 (range not verified)",
       "Deng et al. 2001; as MASCARET-TRACER and watum have it",
       Status::verified,
       deng,
       {10, std::numeric_limits<double>::infinity(), "Deng et al. 2001, from domain knowledge",
        Status::unverified}},
      {"kashefipour_falconer", "Kashefipour and Falconer 2002",
       "f H U^2/u*, f = 10.612 for B/H >= 50, else 7.428 + 1.775 (B/H)^0.620 (u*/U)^0.572", "natural streams",
       "Kashefipour & Falconer 2002; as MASCARET-TRACER and watum have it", Status::verified,
       kashefipour_falconer},
  };
  return list;
}

int nearest_dispersion_formula(int formula, const FlowSection& section) {
  const auto& list = dispersion_formulas();
  const double wanted = elementary::log(list[static_cast<std::size_t>(formula)].value(section));
  int nearest = -1;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < list.size(); ++k) {
    const double away = std::fabs(elementary::log(list[k].value(section)) - wanted);
    if (static_cast<int>(k) == formula || !list[k].aspect.holds(section) || away >= least) continue;
    least = away;
    nearest = static_cast<int>(k);
  }
  return nearest;
}

const std::vector<Parameter>& dispersion_parameters() {
  static const std::vector<Parameter> list = {
      {"dispersion", unit::square_metre_per_second, kNoDefault, 0.01, 1e4,
       "longitudinal dispersion, in place of what is given or predicted", "of the river", Status::computed},
      {"dispersion_factor", unit::none, 1, 0.1, 10, "times what is given or predicted",
       "1 = the reach's own; predictions are good to a factor of about 4 (Fischer 1975)", Status::computed},
  };
  return list;
}

double shear_velocity(double velocity, double depth, double manning_n) {
  return std::sqrt(kGravity) * manning_n * velocity / elementary::pow(depth, 1.0 / 6);
}

}  // namespace limpid
