#include "io/values_hash.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <netcdf>

#include "io/netcdf_memory.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

static_assert(std::endian::native == std::endian::little);

struct Shape {
  std::vector<std::size_t> sizes;
  std::size_t rows = 1, row_values = 1;  // first dimension, product of the others
  std::string text;
};

Shape shape_of(const netCDF::NcVar& variable) {
  Shape shape;
  for (const netCDF::NcDim& dim : variable.getDims()) {
    if (!shape.text.empty()) shape.text += 'x';
    shape.text += std::to_string(dim.getSize());
    (shape.sizes.empty() ? shape.rows : shape.row_values) *= dim.getSize();
    shape.sizes.push_back(dim.getSize());
  }
  return shape;
}

template <class Value>
void add_values(Sha256& sum, const netCDF::NcVar& variable, const Shape& shape) {
  constexpr std::size_t kValuesAtOnce = std::size_t{1} << 20;
  const std::size_t step =
      std::max<std::size_t>(1, kValuesAtOnce / std::max<std::size_t>(1, shape.row_values));
  std::vector<std::size_t> start(shape.sizes.size(), 0), count = shape.sizes;
  std::vector<Value> values;
  for (std::size_t row = 0; row < shape.rows; row += step) {
    const std::size_t rows = std::min(step, shape.rows - row);
    values.resize(rows * shape.row_values);
    if (!start.empty()) {
      start[0] = row;
      count[0] = rows;
    }
    if (values.empty()) continue;
    start.empty() ? variable.getVar(values.data()) : variable.getVar(start, count, values.data());
    if constexpr (std::is_same_v<Value, double>)
      for (double& value : values)
        if (std::isnan(value)) value = std::bit_cast<double>(std::uint64_t{0x7ff8000000000000});
    sum.update(values.data(), values.size() * sizeof(Value));
  }
}

void add_variable(Sha256& sum, const netCDF::NcVar& variable) {
  const bool text = variable.getType().getTypeClass() == netCDF::NcType::nc_CHAR;
  const Shape shape = shape_of(variable);
  sum.update(variable.getName() + (text ? " text " : " number ") + shape.text + "\n");
  if (text)
    add_values<char>(sum, variable, shape);
  else
    add_values<double>(sum, variable, shape);
}

}  // namespace

std::string values_sha256(const std::filesystem::path& path) {
  if (path.extension() != ".nc") return sha256_of_file(path);
  const NetcdfReader file(path);
  try {
    Sha256 sum;
    for (const auto& [name, variable] : file.root().getVars()) add_variable(sum, variable);
    return sum.hex();
  } catch (const netCDF::exceptions::NcException& e) {
    throw Failure(Code::E1051, {path.string(), 0, 0}, {path.string(), e.what()});
  }
}

std::vector<FileHash> hash_results(const std::filesystem::path& folder) {
  std::vector<FileHash> hashes;
  for (const char* file : {"results.nc", "sections.csv", "assessment.csv", "rollup.csv", "trend.csv",
                           "trophic.csv", "criteria.csv", "criteria_deadline.csv", "ledger.csv", "fit.csv",
                           "comparison.csv", "stations.csv", "state.nc", "steady.csv"})
    if (std::filesystem::exists(folder / file)) hashes.push_back({file, values_sha256(folder / file)});
  return hashes;
}

}  // namespace limpid
