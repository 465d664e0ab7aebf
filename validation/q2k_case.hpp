// A QUAL2Kw 5 case file (.q2k) as plain numbers, in the order and units of the file. Only what one main stem
// without weirs, hyporheic zone or downstream boundary needs; anything else is refused.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace limpid::validation {

inline constexpr int kQ2kConstituents = 15;  // of the water, behind the temperature
enum Q2kConstituent {
  q_conductivity,
  q_iss,
  q_oxygen,
  q_cbod_slow,
  q_cbod_fast,
  q_organic_n,
  q_ammonia,
  q_nitrate,
  q_organic_p,
  q_inorganic_p,
  q_phytoplankton,
  q_detritus,
  q_pathogen,
  q_generic,
  q_alkalinity
};

struct Q2kReach {
  double x_down, elevation_up, elevation_down;  // km, m
  double flow;                                  // m3/s, of the headwater
  double width, slope, manning_n;
  double bed_conductivity, bed_diffusivity, bed_thickness, bed_capacity;  // cal/s/cm/K, cm2/s, cm, cal/cm3/K
  double k_a = 0;                                                         // 1/d, given
  double bottom_algae = 0;                                                // g/m2 at the begin
};

// mean + amplitude cos(2 pi (t - time of the maximum)), days.
struct Q2kWave {
  double mean, amplitude, peak;
  double at(double day) const;
};

struct Q2kPoint {
  double x, abstraction, inflow;
  Q2kWave temperature;
  std::array<Q2kWave, kQ2kConstituents> constituents;
  Q2kWave ph;
};

struct Q2kDiffuse {
  double x_up, x_down, abstraction, inflow, temperature;
  std::array<double, kQ2kConstituents> constituents;
  double ph;
};

struct Q2kHourly {  // 24 values, straight between them
  std::array<double, 24> values;
  double at(double day) const;
};

struct Q2kCase {
  int year, month, day;
  double time_zone, daylight_saving;  // h
  double p_co2, step, days;           // atm, d, d
  double latitude, longitude;         // degrees north and west
  Q2kReach headwater;
  std::vector<Q2kReach> reaches;
  std::vector<double> light;  // PAR, kep, kela, kenla, kess, kepom, kemac
  double turbidity;
  std::vector<Q2kPoint> points;
  std::vector<Q2kDiffuse> diffuse;
  // As the file has them, line by line (validation/cases/qual2kw_boulder_creek/layout.md names them).
  std::vector<double> stoichiometry, oxygen, carbon_rates, nitrogen_rates, phytoplankton_rates, algae_rates,
      algae_rates_2, algae_rates_3, pathogen_rates;
  Q2kHourly head_temperature;
  std::array<Q2kHourly, kQ2kConstituents> head;
  Q2kHourly head_ph;
  double shade, air_temperature, dew_point, wind, cloud;  // the same in all reaches and hours
};

// Throws std::runtime_error naming file and line.
Q2kCase read_q2k(const std::filesystem::path& file);

}  // namespace limpid::validation
