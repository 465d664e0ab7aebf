#include "validation/report.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace limpid::validation {

namespace {

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(line);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

// Values below the smallest double are read as what strtod makes of them (std::stod would throw).
double number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') throw std::runtime_error("\"" + text + "\" in a reference is no number");
  return value;
}

void read_parameter(const std::string& line, Reference& reference) {
  const std::string mark = "# param: ";
  const auto equals = line.find(" = ");
  if (line.rfind(mark, 0) != 0 || equals == std::string::npos) return;
  reference.parameters[line.substr(mark.size(), equals - mark.size())] = line.substr(equals + 3);
}

}  // namespace

double Reference::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end()) throw std::runtime_error("reference has no parameter " + name);
  return std::stod(found->second);
}

std::size_t Reference::column(const std::string& name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) throw std::runtime_error("reference has no column " + name);
  return static_cast<std::size_t>(found - columns.begin());
}

CaseFolder::CaseFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::ifstream stream(folder_ / "case.json");
  if (!stream) throw std::runtime_error("cannot read " + (folder_ / "case.json").string());
  const auto json = nlohmann::json::parse(stream);
  for (const auto& [name, value] : json.at("quantities").items())
    quantities_[name] = value.value("reported", false)
                            ? Quantity{0, value.at("reason").get<std::string>(), true}
                            : Quantity{value.at("tolerance").get<double>(), value.value("reason", "")};
}

Reference CaseFolder::reference(const std::string& name) const {
  std::ifstream stream(file(name));
  if (!stream) throw std::runtime_error("cannot read " + file(name).string());
  Reference reference;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (line[0] == '#') {
      read_parameter(line, reference);
    } else if (reference.columns.empty()) {
      reference.columns = split(line, ',');
    } else {
      std::vector<double> row;
      for (const std::string& part : split(line, ',')) row.push_back(number(part));
      reference.rows.push_back(std::move(row));
    }
  }
  return reference;
}

const CaseFolder::Quantity& CaseFolder::quantity(const std::string& name) const {
  const auto found = quantities_.find(name);
  if (found == quantities_.end()) throw std::runtime_error(id() + "/case.json declares no quantity " + name);
  return found->second;
}

void Report::add(const CaseFolder& folder, const std::string& quantity, double error) {
  const CaseFolder::Quantity& declared = folder.quantity(quantity);
  lines_.push_back({folder.id(), quantity, error, declared.tolerance, declared.reason, declared.reported});
}

}  // namespace limpid::validation
