#include "io/results_netcdf.hpp"

#include <algorithm>

#include "io/grid_mapping.hpp"
#include "io/mesh1d.hpp"
#include "io/netcdf_memory.hpp"
#include "io/results_assessment.hpp"
#include "io/results_layout.hpp"
#include "io/version.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

// Chunks that serve both a map at one time and a series at one place (measured: 50 x 2000 of 500 x 100000
// doubles).
constexpr std::size_t kMapTimes = 50, kMapCells = 2000, kSeriesValues = 100000;

void put_globals(const NcGroup& root, const Basin& basin, const std::vector<FileHash>& inputs) {
  root.putAtt("Conventions", "CF-1.11 UGRID-1.0");
  root.putAtt("featureType", "timeSeries");
  root.putAtt("title", basin.name_en.empty() ? basin.id : basin.name_en);
  if (!basin.name_zh.empty()) root.putAtt("title_zh", basin.name_zh);
  root.putAtt("source", std::string("limpid ") + version());
  root.putAtt("limpid_version", version());
  std::string lines;
  for (const FileHash& input : inputs)
    lines += (lines.empty() ? "" : "\n") + input.sha256 + "  " + input.path;
  root.putAtt("input_sha256", lines);
}

// Attributes that a map and a section series of one quantity share.
void describe(NcVar& variable, const RecordedQuantity& quantity, const std::string& time,
              const Layout& layout) {
  if (!quantity.cf_name.empty()) variable.putAtt("standard_name", quantity.cf_name);
  if (!quantity.name_zh.empty()) variable.putAtt("long_name_zh", quantity.name_zh);
  variable.putAtt("cell_methods", time + ": point");
  if (!layout.mapping.cf_name.empty()) variable.putAtt("grid_mapping", "crs");
}

std::string long_name(const RecordedQuantity& quantity) {
  return quantity.name_en.empty() ? quantity.id : quantity.name_en;
}

// Values [time][place][quantity] of one quantity into its variable [time][place], some times at once.
void put_quantity(const NcVar& variable, const std::vector<double>& values, std::size_t times,
                  std::size_t places, std::size_t quantity, std::size_t quantities,
                  std::size_t times_at_once) {
  std::vector<double> block;
  for (std::size_t t = 0; t < times; t += times_at_once) {
    const std::size_t n = std::min(times_at_once, times - t);
    block.resize(n * places);
    const double* from = values.data() + t * places * quantities + quantity;
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = from[i * quantities];
    variable.putVar({t, 0}, {n, places}, block.data());
  }
}

void put_maps(const NcGroup& root, const Record& record, const Layout& layout) {
  const NcDim time = root.addDim("time", record.map_times.size());
  add_time(root, time, "time of the maps", record.map_times);
  const auto cells = static_cast<std::size_t>(record.cells);
  for (std::size_t q = 0; q < record.quantities.size(); ++q) {
    const RecordedQuantity& quantity = record.quantities[q];
    NcVar map = add_field(root, {time, layout.edge}, {quantity.id, long_name(quantity), quantity.unit},
                          {kMapTimes, kMapCells});
    describe(map, quantity, "time", layout);
    put_on_mesh(map, layout);
    put_quantity(map, record.map_values, record.map_times.size(), cells, q, record.quantities.size(),
                 kMapTimes);
  }
}

// Files built in memory list their variables by name; readers that want the case's order find it here.
void put_order(const NcGroup& root, const Record& record) {
  std::string ids;
  for (const RecordedQuantity& quantity : record.quantities) ids += (ids.empty() ? "" : " ") + quantity.id;
  root.putAtt("quantities", ids);
}

void put_section_series(const NcGroup& root, const Record& record, const Layout& layout) {
  const NcDim time = root.addDim("section_time", record.section_times.size());
  add_time(root, time, "time of the values at the sections", record.section_times);
  const auto sections = static_cast<std::size_t>(record.sections);
  const std::size_t chunk = std::max<std::size_t>(1, kSeriesValues / sections);
  for (std::size_t q = 0; q < record.quantities.size(); ++q) {
    const RecordedQuantity& quantity = record.quantities[q];
    NcVar series =
        add_field(root, {time, layout.section},
                  {"section_" + quantity.id, long_name(quantity) + " at the section", quantity.unit},
                  {chunk, sections});
    describe(series, quantity, "section_time", layout);
    series.putAtt("coordinates", layout.x("section") + " " + layout.y("section") + " section_id");
    series.putAtt("CDI_grid_type",
                  "unstructured");  // else CDO takes a second time for a space dimension, and warns
    put_quantity(series, record.section_values, record.section_times.size(), sections, q,
                 record.quantities.size(), chunk);
  }
}

}  // namespace

void write_results(const std::filesystem::path& path, const Basin& basin, const Record& record,
                   const Balance& balance, const std::vector<FileHash>& inputs,
                   const AssessmentBasis& basis) {
  NetcdfBuilder file(path);
  try {
    const NcGroup root = file.root();
    put_globals(root, basin, inputs);
    put_order(root, record);
    put_assessment_basis(root, basis);
    Layout layout = put_network(root, basin.network);
    if (!record.map_times.empty()) put_maps(root, record, layout);
    // A dimension of length 0 would be an unlimited one.
    if (!basin.sections.empty()) put_sections(root, basin, layout);
    if (!basin.sections.empty() && !record.section_times.empty()) put_section_series(root, record, layout);
    put_ledger(root, balance);
  } catch (const netCDF::exceptions::NcException& e) {
    throw Failure(Code::E5010, {path.string(), 0, 0}, {path.string(), e.what()});
  }
  file.save();
}

}  // namespace limpid
