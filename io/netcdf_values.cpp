#include "io/netcdf_values.hpp"

#include <stdexcept>

namespace limpid {

namespace {

using netCDF::NcGroup;
using netCDF::NcVar;

template <class Value>
std::vector<Value> column(const NcGroup& root, const std::string& name, const std::string& dim) {
  const NcVar from = required_variable(root, name, {dim});
  if (from.getDimCount() != 1) throw std::runtime_error("variable " + name + " has other dimensions");
  std::vector<Value> values(from.getDim(0).getSize());
  from.getVar(values.data());
  return values;
}

}  // namespace

NcVar required_variable(const NcGroup& root, const std::string& name, const std::vector<std::string>& dims) {
  const NcVar found = root.getVar(name);
  if (found.isNull()) throw std::runtime_error("variable " + name + " is missing");
  const auto has = found.getDims();
  bool fits = has.size() >= dims.size();
  for (std::size_t d = 0; fits && d < dims.size(); ++d) fits = has[d].getName() == dims[d];
  if (!fits) throw std::runtime_error("variable " + name + " has other dimensions");
  return found;
}

std::vector<double> numbers(const NcGroup& root, const std::string& name, const std::string& dim) {
  return column<double>(root, name, dim);
}

std::vector<int> integers(const NcGroup& root, const std::string& name, const std::string& dim) {
  return column<int>(root, name, dim);
}

std::vector<std::string> labels(const NcGroup& root, const std::string& name, const std::string& dim) {
  const NcVar from = required_variable(root, name, {dim, name + "_length"});
  const std::size_t count = from.getDim(0).getSize(), length = from.getDim(1).getSize();
  std::string characters(count * length, '\0');
  from.getVar(characters.data());
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.emplace_back(characters.substr(i * length, length).c_str());
  return texts;
}

std::string required_attribute(const NcGroup& root, const std::string& name) {
  const auto all = root.getAtts();
  if (all.count(name) == 0) throw std::runtime_error("attribute " + name + " is missing");
  return attribute(all, name);
}

}  // namespace limpid
