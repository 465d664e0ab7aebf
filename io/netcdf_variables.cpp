#include "io/netcdf_variables.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

netCDF::NcVar declare(const netCDF::NcGroup& root, const std::vector<netCDF::NcDim>& dims,
                      const VariableText& text, const netCDF::NcType& type) {
  netCDF::NcVar variable = root.addVar(text.name, type, dims);
  variable.putAtt("long_name", text.long_name);
  if (!text.units.empty()) variable.putAtt("units", text.units);
  return variable;
}

}  // namespace

std::string free_name(const netCDF::NcGroup& root, const std::string& wanted) {
  std::string name = wanted;
  for (char& c : name)
    if (static_cast<unsigned char>(c) < 0x21 || c == '/' || c == 0x7f) c = '_';
  std::string unique = name;
  for (int n = 2; !root.getVar(unique).isNull(); ++n) unique = name + "_" + std::to_string(n);
  return unique;
}

netCDF::NcVar add_column(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                         const std::vector<double>& values) {
  netCDF::NcVar variable = declare(root, {dim}, text, netCDF::ncDouble);
  variable.putVar(values.data());
  return variable;
}

netCDF::NcVar add_column(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                         const std::vector<int>& values) {
  netCDF::NcVar variable = declare(root, {dim}, text, netCDF::ncInt);
  variable.putVar(values.data());
  return variable;
}

netCDF::NcVar add_flags(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                        const std::string& meanings, const std::vector<signed char>& values) {
  netCDF::NcVar variable = declare(root, {dim}, text, netCDF::ncByte);
  std::vector<signed char> flags(1 +
                                 static_cast<std::size_t>(std::count(meanings.begin(), meanings.end(), ' ')));
  for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = static_cast<signed char>(i);
  variable.putAtt("flag_values", netCDF::ncByte, flags.size(), flags.data());
  variable.putAtt("flag_meanings", meanings);
  variable.putVar(values.data());
  return variable;
}

void add_labels(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                const std::vector<std::string>& values, const netCDF::NcVar& of) {
  std::size_t length = 1;
  for (const std::string& value : values) length = std::max(length, value.size());
  std::string characters;
  for (const std::string& value : values) characters += value + std::string(length - value.size(), '\0');
  const netCDF::NcDim letters = root.addDim(text.name + "_length", length);
  netCDF::NcVar variable = declare(root, {dim, letters}, text, netCDF::ncChar);
  variable.putAtt("_Encoding", "utf-8");
  variable.putVar(characters.data());
  if (!of.isNull()) of.putAtt("coordinates", text.name);
}

netCDF::NcVar add_field(const netCDF::NcGroup& root, const std::vector<netCDF::NcDim>& dims,
                        const VariableText& text, std::vector<std::size_t> chunk) {
  netCDF::NcVar variable = declare(root, dims, text, netCDF::ncDouble);
  for (std::size_t d = 0; d < dims.size(); ++d) chunk[d] = std::min(chunk[d], dims[d].getSize());
  variable.setChunking(netCDF::NcVar::nc_CHUNKED, chunk);
  variable.setCompression(true, true, 1);
  variable.setChecksum(netCDF::NcVar::nc_FLETCHER32);
  variable.setFill(true, std::numeric_limits<double>::quiet_NaN());
  return variable;
}

void add_time(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const std::string& long_name,
              const std::vector<double>& seconds) {
  netCDF::NcVar time =
      add_column(root, dim, {dim.getName(), long_name, "seconds since 1970-01-01 00:00:00"}, seconds);
  time.putAtt("standard_name", "time");
  time.putAtt("calendar", "standard");
  time.putAtt("axis", "T");
}

}  // namespace limpid
