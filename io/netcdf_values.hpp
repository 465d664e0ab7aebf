// Reading the variables and attributes of our own NetCDF files; what is not there, or is shaped otherwise, is
// a std::runtime_error that says so.
#pragma once

#include <netcdf>
#include <string>
#include <vector>

namespace limpid {

// A variable whose first dimensions have these names.
netCDF::NcVar required_variable(const netCDF::NcGroup& root, const std::string& name,
                                const std::vector<std::string>& dims);
std::vector<double> numbers(const netCDF::NcGroup& root, const std::string& name, const std::string& dim);
std::vector<int> integers(const netCDF::NcGroup& root, const std::string& name, const std::string& dim);
// Texts that add_labels wrote.
std::vector<std::string> labels(const netCDF::NcGroup& root, const std::string& name, const std::string& dim);

// "" if there is none.
template <class Attributes>
std::string attribute(const Attributes& all, const std::string& name) {
  std::string text;
  if (const auto at = all.find(name); at != all.end()) at->second.getValues(text);
  return text;
}
std::string required_attribute(const netCDF::NcGroup& root, const std::string& name);

}  // namespace limpid
