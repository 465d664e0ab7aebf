#include "model/derived.hpp"

#include "model/elementary.hpp"
#include "model/oxygen.hpp"

namespace limpid {
namespace {

constexpr NamedUnit kPercent{"%", unit::dims(0, 0, 0)};  // written in percent, as the standards do

// Decay in the BOD bottle [1/d at 20 degC]: fast organic matter as in process cbod_oxidation, slow at the
// upper end of the published 0.001 to 0.01.
constexpr double kBottleFast = 0.23, kBottleSlow = 0.01;

double sum4(const double* c) {
  return ((c[0] + c[1]) + c[2]) + c[3];
}
double sum2(const double* c) {
  return c[0] + c[1];
}
double bod5(const double* c) {
  return c[0] * (1.0 - elementary::exp(-5.0 * kBottleFast)) +
         c[1] * (1.0 - elementary::exp(-5.0 * kBottleSlow));
}
double saturation(const double* x) {
  return oxygen_saturation(x[0]) * oxygen_elevation_factor(x[1]);
}
double percent(const double* x) {
  return 100.0 * x[0] / saturation(x + 1);
}

}  // namespace

const std::vector<Derived>& derived_quantities() {
  static const std::vector<Derived> list = {
      {"BOD5",
       "五日生化需氧量",
       "five-day biochemical oxygen demand",
       unit::mg_per_litre,
       "CBOD_fast (1 - exp(-5 x 0.23)) + CBOD_slow (1 - exp(-5 x 0.01))",
       "first-order bottle decay; rates: conventional 0.23 1/d (0.1 1/d to base 10), slow pool 0.001-0.01 "
       "1/d Hydrolitica docs",
       {"CBOD_fast?", "CBOD_slow?"},
       bod5},
      {"DO_percent",
       "溶解氧饱和度",
       "oxygen saturation",
       kPercent,
       "100 DO / DO_saturation",
       "definition",
       {"DO", "temperature", "elevation"},
       percent},
      {"DO_saturation",
       "饱和溶解氧",
       "dissolved oxygen at saturation",
       unit::mg_per_litre,
       "exp(-139.34411 + 1.575701e5/Ta - 6.642308e7/Ta^2 + 1.2438e10/Ta^3 - 8.621949e11/Ta^4) (1 - 0.0001148 "
       "z), "
       "Ta = T + 273.15",
       "Benson & Krause 1984, APHA 4500-O; elevation factor read in QUAL2Kw 5 source",
       {"temperature", "elevation"},
       saturation},
      {"TN",
       "总氮",
       "total nitrogen",
       unit::mg_per_litre,
       "NH3_N + NO2_N + NO3_N + ORGN",
       "definition",
       {"NH3_N?", "NO2_N?", "NO3_N?", "ORGN?"},
       sum4},
      {"TP",
       "总磷",
       "total phosphorus",
       unit::mg_per_litre,
       "PO4_P + ORGP",
       "definition",
       {"PO4_P?", "ORGP?"},
       sum2},
  };
  return list;
}

const Derived* find_derived(const std::string& id) {
  for (const Derived& d : derived_quantities())
    if (id == d.id) return &d;
  return nullptr;
}

}  // namespace limpid
