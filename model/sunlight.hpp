// Sun and sky: where the sun stands, what it brings under a clear and a cloudy sky, what a water surface
// reflects.
#pragma once

namespace limpid {

struct Sun {
  double sine = 0;      // of its height above the horizon; negative at night
  double height = 0;    // degrees above the horizon, 0 at night
  double distance = 1;  // factor on the solar constant, (mean distance / distance)^2
};

// seconds: since 1970, UTC; degrees north and east. Declination, equation of time and distance by the series
// of Spencer 1971 (declination within 0.3 degrees: leap years shift the day).
Sun sun_at(double seconds, double latitude, double longitude);

// Short wave on level ground under a clear sky, W/m2: 1367 W/m2 through the optical air mass of Kasten 1966
// (lower air pressure with elevation), attenuated after Bras 1990. turbidity: 2 clear to 5 smoggy.
double clear_sky(const Sun& sun, double elevation, double turbidity);

// Share of the clear sky's short wave that passes a cloud cover of 0..1: 1 - 0.65 cloud^2 (TVA 1972).
double cloud_transmission(double cloud);

// Share that the water surface reflects, by the sun's height and the clouds (Brown & Barnwell 1987, QUAL2E).
double water_albedo(const Sun& sun, double cloud);

// Saturation vapour pressure over water, hPa; temperature in degC (Magnus form of Raudkivi 1979, as QUAL2K
// has it).
double saturation_vapour_pressure(double temperature);

}  // namespace limpid
