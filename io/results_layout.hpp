// The parts of results.nc that do not change in time: mesh, reaches, sections, ledger.
#pragma once

#include <string>

#include "io/balance.hpp"
#include "io/grid_mapping.hpp"
#include "io/netcdf_variables.hpp"
#include "model/basin.hpp"

namespace limpid {

struct Layout {
  GridMapping mapping;
  netCDF::NcDim edge, section;
  // Coordinate variables of mesh1d_node, mesh1d_edge, section: <of>_lon, <of>_lat or <of>_x, <of>_y.
  std::string x(const std::string& of) const { return of + (mapping.geographic ? "_lon" : "_x"); }
  std::string y(const std::string& of) const { return of + (mapping.geographic ? "_lat" : "_y"); }
};

// Mesh, coordinate system, cells and reaches.
Layout put_network(const netCDF::NcGroup& root, const Network& network);
// Marks a variable on edges as belonging to the mesh.
void put_on_mesh(netCDF::NcVar& variable, const Layout& layout);
// Stations of the section series; sets layout.section. There is at least one section.
void put_sections(const netCDF::NcGroup& root, const Basin& basin, Layout& layout);
void put_ledger(const netCDF::NcGroup& root, const Balance& balance);

}  // namespace limpid
