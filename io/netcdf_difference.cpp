#include <bit>
#include <cmath>
#include <cstdint>
#include <netcdf>

#include "io/csv_writer.hpp"
#include "io/first_difference.hpp"
#include "io/netcdf_memory.hpp"
#include "io/netcdf_values.hpp"
#include "model/problem.hpp"
#include "model/time.hpp"

namespace limpid {

namespace {

using netCDF::NcGroup;
using netCDF::NcVar;

bool is_text(const NcVar& variable) {
  return variable.getType().getTypeClass() == netCDF::NcType::nc_CHAR;
}

std::size_t size_of(const NcVar& variable) {
  std::size_t size = 1;
  for (const netCDF::NcDim& dim : variable.getDims()) size *= dim.getSize();
  return size;
}

std::string shape_of(const NcVar& variable) {
  std::string text = is_text(variable) ? "text" : "numbers";
  for (const netCDF::NcDim& dim : variable.getDims())
    text += " " + dim.getName() + "=" + std::to_string(dim.getSize());
  return text;
}

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text.empty() ? "NaN" : text;
}

// Labels of a dimension, where the file has them.
std::optional<std::string> label_of(const NcGroup& root, const std::string& dim, std::size_t index) {
  const NcVar ids = root.getVar(dim + "_id");
  if (ids.isNull() || ids.getDimCount() != 2 || ids.getDim(0).getName() != dim) return std::nullopt;
  return dim + " " + labels(root, dim + "_id", dim).at(index);
}

// "cell 12 (reach R01)"
std::string cell_text(const NcGroup& root, std::size_t index) {
  std::string text = "cell " + std::to_string(index + 1);
  const NcVar reach = root.getVar("mesh1d_edge_reach_number");
  if (reach.isNull() || root.getVar("reach_id").isNull()) return text;
  const int number = integers(root, "mesh1d_edge_reach_number", "mesh1d_edge").at(index);
  return text + " (reach " + labels(root, "reach_id", "reach").at(static_cast<std::size_t>(number - 1)) + ")";
}

std::string place_in(const NcGroup& root, const netCDF::NcDim& dim, std::size_t index) {
  const std::string name = dim.getName();
  if (name == "time" || name == "section_time") {
    const auto seconds = static_cast<std::int64_t>(numbers(root, name, name).at(index));
    return "time " + format_time(Time{std::chrono::seconds(seconds)});
  }
  if (name == "mesh1d_edge") return cell_text(root, index);
  return label_of(root, name, index).value_or(name + " " + std::to_string(index + 1));
}

std::string place_of(const NcGroup& root, const NcVar& variable, std::size_t at) {
  const auto dims = variable.getDims();
  std::string text;
  for (std::size_t d = dims.size(); d-- > 0;) {
    const std::size_t size = dims[d].getSize();
    text = place_in(root, dims[d], at % size) + (text.empty() ? "" : ", ") + text;
    at /= size;
  }
  return text.empty() ? "its only value" : text;
}

template <class Value, class Same>
std::optional<std::size_t> first_unlike(const NcVar& a, const NcVar& b, const Same& alike,
                                        std::pair<Value, Value>& pair) {
  std::vector<Value> x(size_of(a)), y(x.size());
  if (x.empty()) return std::nullopt;
  a.getVar(x.data());
  b.getVar(y.data());
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!alike(x[i], y[i])) {
      pair = {x[i], y[i]};
      return i;
    }
  return std::nullopt;
}

std::optional<Spot> unlike(const NcGroup& root, const NcVar& a, const NcVar& b) {
  const std::string name = a.getName(), shape_a = shape_of(a), shape_b = shape_of(b);
  if (shape_a != shape_b) return Spot{name, "its shape", shape_a, shape_b};
  if (is_text(a)) {
    std::pair<char, char> pair;
    const auto at = first_unlike(
        a, b, [](char x, char y) { return x == y; }, pair);
    if (!at) return std::nullopt;
    return Spot{name, place_of(root, a, *at), std::string(1, pair.first), std::string(1, pair.second)};
  }
  std::pair<double, double> pair;
  const auto at = first_unlike(a, b, same, pair);
  if (!at) return std::nullopt;
  return Spot{name, place_of(root, a, *at), number_text(pair.first), number_text(pair.second)};
}

}  // namespace

std::optional<Spot> first_netcdf_difference(const std::filesystem::path& a, const std::filesystem::path& b) {
  const NetcdfReader one(a), other(b);
  try {
    const auto here = one.root().getVars(), there = other.root().getVars();
    for (const auto& [name, variable] : here) {
      const auto found = there.find(name);
      if (found == there.end()) return Spot{name, "the whole variable", shape_of(variable), ""};
      if (const auto spot = unlike(one.root(), variable, found->second)) return spot;
    }
    for (const auto& [name, variable] : there)
      if (!here.contains(name)) return Spot{name, "the whole variable", "", shape_of(variable)};
    return std::nullopt;
  } catch (const std::exception& e) {
    throw Failure(Code::E1051, {a.string(), 0, 0}, {a.string(), e.what()});
  }
}

}  // namespace limpid
