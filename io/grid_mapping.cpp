#include "io/grid_mapping.hpp"

#include <charconv>

namespace limpid {

namespace {

int epsg_code(const std::string& crs) {
  const std::size_t colon = crs.rfind(':');
  const char* begin = crs.data() + (colon == std::string::npos ? 0 : colon + 1);
  int code = 0;
  std::from_chars(begin, crs.data() + crs.size(), code);
  return code;
}

void set_transverse_mercator(GridMapping& m, double meridian, double scale, double easting, double northing) {
  m.cf_name = "transverse_mercator";
  m.central_meridian = meridian;
  m.scale = scale;
  m.false_easting = easting;
  m.false_northing = northing;
}

// CGCS2000 Gauss-Krueger: central meridians 75 .. 135 E every 6 or 3 degrees.
void set_gauss_krueger(GridMapping& m) {
  const int code = m.epsg;
  if (code <= 4501)
    set_transverse_mercator(m, 75 + 6 * (code - 4491), 1, (13 + code - 4491) * 1e6 + 5e5, 0);
  else if (code <= 4512)
    set_transverse_mercator(m, 75 + 6 * (code - 4502), 1, 5e5, 0);
  else if (code <= 4533)
    set_transverse_mercator(m, 75 + 3 * (code - 4513), 1, (25 + code - 4513) * 1e6 + 5e5, 0);
  else
    set_transverse_mercator(m, 75 + 3 * (code - 4534), 1, 5e5, 0);
}

}  // namespace

GridMapping grid_mapping(const std::string& crs) {
  GridMapping m;
  m.epsg = epsg_code(crs);
  const int code = m.epsg;
  m.geographic = code == 4326 || code == 4490;
  const bool gauss_krueger = code >= 4491 && code <= 4554;
  const bool north = code >= 32601 && code <= 32660, south = code >= 32701 && code <= 32760;
  if (m.geographic) m.cf_name = "latitude_longitude";
  if (gauss_krueger) set_gauss_krueger(m);
  if (north || south) set_transverse_mercator(m, 6 * (code % 100) - 183, 0.9996, 5e5, south ? 1e7 : 0);
  if (m.cf_name.empty()) return m;
  m.semi_major_axis = 6378137.0;
  m.inverse_flattening = code == 4490 || gauss_krueger ? 298.257222101 : 298.257223563;
  return m;
}

}  // namespace limpid
