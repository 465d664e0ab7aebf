// What a validation case says: errors against a reference, each with its tolerance.
//
// A case is a folder validation/cases/<id>/ with reference files and case.json:
//   {"title", "source", "licence", "quantities": {"<name>": {"tolerance": 0.01, "unit": "...", "reason":
//   "..."}}}
// `reason` says why a tolerance is looser than the reference asks; the report prints it. `note` is for the
// reader. A quantity that is measured without a limit has "reported": true and a reason instead of a
// tolerance; it fails only where it is not a number.
#pragma once

#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace limpid::validation {

// A reference table: `# param: name = value` lines, a header, numbers.
struct Reference {
  std::map<std::string, std::string> parameters;
  std::vector<std::string> columns;
  std::vector<std::vector<double>> rows;
  double parameter(const std::string& name) const;  // throws std::runtime_error naming the file's lack
  std::size_t column(const std::string& name) const;
  double at(std::size_t row, const std::string& name) const { return rows[row][column(name)]; }
};

class CaseFolder {
 public:
  explicit CaseFolder(std::filesystem::path folder);
  std::string id() const { return folder_.filename().string(); }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  Reference reference(const std::string& name = "reference.csv") const;
  struct Quantity {
    double tolerance = 0;
    std::string reason;
    bool reported = false;  // has no tolerance
  };
  const Quantity& quantity(const std::string& name) const;  // throws when case.json does not declare it

 private:
  std::filesystem::path folder_;
  std::map<std::string, Quantity> quantities_;
};

struct Line {
  std::string case_id, quantity;
  double error = 0, tolerance = 0;
  std::string reason;
  bool reported = false;
  bool pass() const { return reported ? std::isfinite(error) : error <= tolerance; }  // a NaN fails
};

class Report {
 public:
  // One result; the tolerance is read from the case's folder.
  void add(const CaseFolder& folder, const std::string& quantity, double error);
  const std::vector<Line>& lines() const { return lines_; }

 private:
  std::vector<Line> lines_;
};

using CaseFunction = void (*)(const CaseFolder&, Report&);
struct ValidationCase {
  const char* id;
  CaseFunction run;
  bool slow = false;  // left out by --fast
};
// Every case, in the order of the report (validation/cases.cpp).
const std::vector<ValidationCase>& validation_cases();

}  // namespace limpid::validation
