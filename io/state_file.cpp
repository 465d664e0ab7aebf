#include "io/state_file.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "io/netcdf_guard.hpp"
#include "io/netcdf_memory.hpp"
#include "io/netcdf_values.hpp"
#include "io/results_layout.hpp"
#include "io/version.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

constexpr const char* kContent = "state of a river";

void put_globals(const NcGroup& root, const Basin& basin) {
  root.putAtt("Conventions", "CF-1.11 UGRID-1.0");
  root.putAtt("title", basin.name_en.empty() ? basin.id : basin.name_en);
  root.putAtt("source", std::string("limpid ") + version());
  root.putAtt("limpid_version", version());
  root.putAtt("content", kContent);
}

void put_time(const NcGroup& root, Time at) {
  const NcVar time = root.addVar("time", netCDF::ncDouble);
  time.putAtt("long_name", "time of the state");
  time.putAtt("standard_name", "time");
  time.putAtt("units", "seconds since 1970-01-01 00:00:00");
  time.putAtt("calendar", "standard");
  const double seconds = seconds_of(at);
  time.putVar(&seconds);
}

void put_water(const NcGroup& root, const NcDim& compartment, const Layout& layout, const RiverState& state) {
  NcVar volume = root.addVar("state_volume", netCDF::ncDouble, {compartment, layout.edge});
  volume.putAtt("long_name", "volume of the compartment in the cell");
  volume.putAtt("units", "m3");
  std::vector<double> volumes = state.volume;
  volumes.insert(volumes.end(), state.storage_volume.begin(), state.storage_volume.end());
  volume.putVar(volumes.data());
  put_on_mesh(volume, layout);
  NcVar in =
      add_column(root, layout.edge, {"flow_in", "flow through the cell's upper end", "m3 s-1"}, state.inflow);
  NcVar out = add_column(root, layout.edge, {"flow_out", "flow through the cell's lower end", "m3 s-1"},
                         state.outflow);
  put_on_mesh(in, layout);
  put_on_mesh(out, layout);
}

void put_amounts(const NcGroup& root, const NcDim& compartment, const Layout& layout, const Basin& basin,
                 const RiverState& state) {
  const std::size_t n = basin.constituents.size(), cells = state.volume.size();
  if (n == 0) return;  // a dimension of length 0 would be an unlimited one
  const NcDim dim = root.addDim("constituent", n);
  std::vector<std::string> ids, units;
  std::vector<double> amounts;
  for (std::size_t c = 0; c < n; ++c) {
    ids.push_back(basin.constituents[c].id);
    units.emplace_back(basin.constituents[c].amount_unit());
    for (std::size_t i = 0; i < cells; ++i) amounts.push_back(state.amount[i * n + c]);
  }
  if (!state.storage_amount.empty())
    for (std::size_t c = 0; c < n; ++c)
      for (std::size_t i = 0; i < cells; ++i) amounts.push_back(state.storage_amount[i * n + c]);
  add_labels(root, dim, {"constituent_id", "id of the constituent", ""}, ids, NcVar());
  add_labels(root, dim, {"constituent_unit", "unit of its amounts", ""}, units, NcVar());
  const NcVar amount = root.addVar("state_amount", netCDF::ncDouble, {compartment, dim, layout.edge});
  amount.putAtt("long_name", "amount in the compartment of the cell, in constituent_unit");
  amount.putAtt("coordinates", "constituent_id compartment_id");
  amount.putVar(amounts.data());
}

std::vector<double> values_of(const NcVar& variable, std::size_t expected) {
  std::size_t count = 1;
  for (const NcDim& dim : variable.getDims()) count *= dim.getSize();
  if (count != expected) throw std::runtime_error("variable " + variable.getName() + " has other dimensions");
  std::vector<double> values(count);
  variable.getVar(values.data());
  for (const double value : values)
    if (!std::isfinite(value))
      throw std::runtime_error(variable.getName() + " holds a value that is no number");
  return values;
}

void refuse_negative(const std::vector<double>& values, const std::string& name) {
  if (std::any_of(values.begin(), values.end(), [](double value) { return value < 0; }))
    throw std::runtime_error(name + " holds a negative value");
}

Time read_time_of_state(const NcGroup& root) {
  const double seconds = values_of(required_variable(root, "time", {}), 1).front();
  if (std::abs(seconds) > 1e12) throw std::runtime_error("the time of the state cannot be");
  return Time(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

// The rows of one compartment: volumes [cell] and amounts [cell][constituent]; both empty if the file has
// none.
void read_compartment(const NcGroup& root, const StateFile& file, const char* id, std::vector<double>& volume,
                      std::vector<double>& amount) {
  const auto found = std::find(file.compartments.begin(), file.compartments.end(), id);
  if (found == file.compartments.end()) return;
  const auto row = static_cast<std::size_t>(found - file.compartments.begin());
  const std::size_t cells = file.cell_reach.size(), n = file.constituents.size();
  const auto volumes = values_of(required_variable(root, "state_volume", {"compartment", "mesh1d_edge"}),
                                 file.compartments.size() * cells);
  refuse_negative(volumes, "state_volume");
  volume.assign(volumes.begin() + static_cast<std::ptrdiff_t>(row * cells),
                volumes.begin() + static_cast<std::ptrdiff_t>((row + 1) * cells));
  amount.resize(cells * n);
  if (n == 0) return;
  const auto amounts =
      values_of(required_variable(root, "state_amount", {"compartment", "constituent", "mesh1d_edge"}),
                file.compartments.size() * n * cells);
  for (std::size_t c = 0; c < n; ++c)
    for (std::size_t i = 0; i < cells; ++i) amount[i * n + c] = amounts[(row * n + c) * cells + i];
}

void read_compartments(const NcGroup& root, StateFile& file) {
  RiverState& state = file.state;
  read_compartment(root, file, kWaterCompartment, state.volume, state.amount);
  if (state.volume.empty()) throw std::runtime_error("compartment water is missing");
  read_compartment(root, file, kStorageCompartment, state.storage_volume, state.storage_amount);
  const std::size_t cells = file.cell_reach.size();
  state.inflow = values_of(required_variable(root, "flow_in", {"mesh1d_edge"}), cells);
  state.outflow = values_of(required_variable(root, "flow_out", {"mesh1d_edge"}), cells);
}

StateFile read_content(const NcGroup& root) {
  if (required_attribute(root, "content") != kContent) throw std::runtime_error("it holds something else");
  StateFile file;
  file.reaches = labels(root, "reach_id", "reach");
  file.compartments = labels(root, "compartment_id", "compartment");
  if (!root.getDim("constituent").isNull()) {
    file.constituents = labels(root, "constituent_id", "constituent");
    file.units = labels(root, "constituent_unit", "constituent");
  }
  file.cell_reach = integers(root, "mesh1d_edge_reach_number", "mesh1d_edge");
  for (int& reach : file.cell_reach)
    if (--reach < 0 || static_cast<std::size_t>(reach) >= file.reaches.size())
      throw std::runtime_error("a cell lies in no reach");
  file.cell_length = numbers(root, "mesh1d_edge_length", "mesh1d_edge");
  file.state.time = read_time_of_state(root);
  read_compartments(root, file);
  return file;
}

}  // namespace

void write_state(const std::filesystem::path& path, const Basin& basin, const RiverState& state) {
  NetcdfBuilder file(path);
  try {
    const NcGroup root = file.root();
    put_globals(root, basin);
    const Layout layout = put_network(root, basin.network);
    put_time(root, state.time);
    std::vector<std::string> compartments{kWaterCompartment};
    if (!state.storage_volume.empty()) compartments.emplace_back(kStorageCompartment);
    const NcDim compartment = root.addDim("compartment", compartments.size());
    add_labels(root, compartment, {"compartment_id", "store that holds the amounts", ""}, compartments,
               NcVar());
    put_water(root, compartment, layout, state);
    put_amounts(root, compartment, layout, basin, state);
  } catch (const netCDF::exceptions::NcException& e) {
    throw Failure(Code::E5010, {path.string(), 0, 0}, {path.string(), e.what()});
  }
  file.save();
}

StateFile read_state(const std::filesystem::path& path) {
  guard_netcdf(path);
  const NetcdfReader file(path);
  try {
    return read_content(file.root());
  } catch (const std::exception& e) {
    throw Failure(Code::E1051, {path.string(), 0, 0}, {path.string(), e.what()});
  }
}

}  // namespace limpid
