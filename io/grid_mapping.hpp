// What an EPSG code means in CF terms, for the systems in use on Chinese rivers and UTM.
#pragma once

#include <string>

namespace limpid {

// Geographic: EPSG 4326 (WGS 84), 4490 (CGCS2000). Transverse Mercator: 4491-4554 (CGCS2000 Gauss-Krueger, 6
// and 3 degree zones, with and without the zone in the easting), 32601-32660 and 32701-32760 (UTM). Source:
// EPSG registry.
struct GridMapping {
  int epsg = 0;  // 0: no code was given
  bool geographic = false;
  std::string
      cf_name;  // latitude_longitude, transverse_mercator, or "" (code kept, parameters unknown to us)
  double semi_major_axis = 0, inverse_flattening = 0;  // m, -
  double central_meridian = 0, scale = 1;              // degrees east, -
  double false_easting = 0, false_northing = 0;        // m
};

GridMapping grid_mapping(const std::string& crs);  // "EPSG:4490"

}  // namespace limpid
