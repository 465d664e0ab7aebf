// Declaring and filling the variables of results.nc.
#pragma once

#include <string>
#include <vector>

#include <netcdf>

namespace limpid {

struct VariableText {
  std::string name, long_name;
  std::string units;  // CF text; empty = no attribute (labels, indices)
};

// A name that NetCDF takes and that is not taken: blanks, slashes and control characters become _, a number
// is added to a name that is there.
std::string free_name(const netCDF::NcGroup& root, const std::string& wanted);

// One-dimensional numbers, written at once.
netCDF::NcVar add_column(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                         const std::vector<double>& values);
netCDF::NcVar add_column(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                         const std::vector<int>& values);
// Flags as bytes with flag_values 0 .. n-1; meanings: their words, separated by blanks.
netCDF::NcVar add_flags(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                        const std::string& meanings, const std::vector<signed char>& values);
// UTF-8 texts as an array of characters, padded with NUL (string variables are skipped by CDO). They become
// the `coordinates` of the numbers `of` (a null variable: the caller sets them): CDO warns of characters that
// no variable names so, and of two of them on one dimension of a variable.
void add_labels(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const VariableText& text,
                const std::vector<std::string>& values, const netCDF::NcVar& of);

// Compressed doubles with checksums and NaN as missing value; chunks of at most `chunk` along each dimension.
netCDF::NcVar add_field(const netCDF::NcGroup& root, const std::vector<netCDF::NcDim>& dims,
                        const VariableText& text, std::vector<std::size_t> chunk);
// A time coordinate: seconds since 1970-01-01 00:00:00 UTC.
void add_time(const netCDF::NcGroup& root, const netCDF::NcDim& dim, const std::string& long_name,
              const std::vector<double>& seconds);

}  // namespace limpid
