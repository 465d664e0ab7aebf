// Where two files of results first differ: by variable and place, as a person looks for them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace limpid {

struct Spot {
  std::string variable;  // of a NetCDF file; constituent, indicator or column of a table
  std::string place;     // time, section or cell; row of a table
  std::string a, b;      // what stands there in either; "" = nothing
};

// Variables of the root in byte order of their names, values in C order; bits count, but every NaN is one.
// nullopt if all values are equal (attributes do not count). Throws Failure E1051.
std::optional<Spot> first_netcdf_difference(const std::filesystem::path& a, const std::filesystem::path& b);

// Of two CSV tables, or of any text, line by line. Throws Failure E1001.
std::optional<Spot> first_text_difference(const std::filesystem::path& a, const std::filesystem::path& b);

// One or the other, by the file's name.
std::optional<Spot> first_difference(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace limpid
