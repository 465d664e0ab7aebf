#include "io/results_reader.hpp"

#include <netcdf>
#include <stdexcept>

#include "io/netcdf_guard.hpp"
#include "io/netcdf_memory.hpp"
#include "io/netcdf_values.hpp"
#include "io/results_assessment.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

using netCDF::NcGroup;
using netCDF::NcVar;

const std::string kPrefix = "section_", kNameEnd = " at the section";

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) list.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return list;
}

// Labels that older files do not have.
std::vector<std::string> optional_labels(const NcGroup& root, const char* name, std::size_t count) {
  return root.getVar(name).isNull() ? std::vector<std::string>(count) : labels(root, name, "section");
}

std::vector<Section> read_sections(const NcGroup& root) {
  const auto section_labels = [&root](const char* name) { return labels(root, name, "section"); };
  const auto ids = section_labels("section_id"), zh = section_labels("section_name_zh");
  const auto en = section_labels("section_name_en"), levels = section_labels("section_level");
  const auto indicators = section_labels("section_indicators"), limits = section_labels("section_limit_date");
  const auto reaches = integers(root, "section_reach_number", "section");
  const auto chainages = numbers(root, "section_chainage", "section");
  const auto targets = integers(root, "section_target_class", "section");
  const auto lakes = integers(root, "section_water_body", "section");
  const auto rivers = optional_labels(root, "section_river", ids.size());
  const auto counties = optional_labels(root, "section_county", ids.size());
  std::vector<Section> sections(ids.size());
  for (std::size_t s = 0; s < ids.size(); ++s) {
    Section& section = sections[s];
    section.id = ids[s];
    section.name_zh = zh[s];
    section.name_en = en[s];
    section.level = levels[s];
    section.river = rivers[s];
    section.county = counties[s];
    section.reach = reaches[s] - 1;
    section.chainage = chainages[s];
    section.lake = lakes[s] != 0;
    section.indicators = words(indicators[s]);
    if (targets[s] >= 1 && targets[s] <= 6) section.target = static_cast<WaterClass>(targets[s]);
    section.limit_date = parse_time(limits[s]);
  }
  return sections;
}

// Section series in the order of the case.
std::vector<NcVar> series_variables(const NcGroup& root) {
  std::vector<NcVar> list;
  for (const std::string& id : words(attribute(root.getAtts(), "quantities")))
    list.push_back(required_variable(root, kPrefix + id, {"section_time", "section"}));
  return list;
}

RecordedQuantity quantity(const NcVar& series) {
  const auto all = series.getAtts();
  std::string name = attribute(all, "long_name");
  if (name.ends_with(kNameEnd)) name.resize(name.size() - kNameEnd.size());
  return {series.getName().substr(kPrefix.size()), attribute(all, "long_name_zh"), name,
          attribute(all, "units"), attribute(all, "standard_name")};
}

Record read_series(const NcGroup& root, std::size_t sections) {
  Record record;
  record.sections = static_cast<int>(sections);
  if (root.getDim("section_time").isNull()) return record;
  record.section_times = numbers(root, "section_time", "section_time");
  const std::vector<NcVar> list = series_variables(root);
  const std::size_t places = record.section_times.size() * sections;
  record.section_values.resize(places * list.size());
  std::vector<double> values(places);
  for (std::size_t q = 0; q < list.size(); ++q) {
    record.quantities.push_back(quantity(list[q]));
    list[q].getVar(values.data());
    for (std::size_t i = 0; i < places; ++i) record.section_values[i * list.size() + q] = values[i];
  }
  return record;
}

}  // namespace

SectionResults read_section_results(const std::filesystem::path& path) {
  guard_netcdf(path);
  const NetcdfReader file(path);
  try {
    const NcGroup root = file.root();
    if (root.getAtts().count("limpid_version") == 0)
      throw std::runtime_error("attribute limpid_version is missing");
    SectionResults results;
    results.basis = read_assessment_basis(root);
    if (root.getDim("section").isNull()) return results;
    results.sections = read_sections(root);
    results.record = read_series(root, results.sections.size());
    return results;
  } catch (const std::exception& e) {
    throw Failure(Code::E1051, {path.string(), 0, 0}, {path.string(), e.what()});
  }
}

}  // namespace limpid
