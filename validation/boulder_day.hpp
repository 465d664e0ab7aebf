// The last of the five days on Boulder Creek, reach by reach: what limpid, QUAL2Kw and the reference's method
// with limpid's processes are compared in.
#pragma once

#include <functional>
#include <vector>

#include "solvers/simulation.hpp"
#include "validation/boulder_basin.hpp"
#include "validation/report.hpp"

namespace limpid::validation {

struct DailyValue {
  double mean = 0, low = 1e300, high = -1e300;
};

// Of hourly or more frequent values, each of the same weight.
class Daily {
 public:
  void add(double value);
  DailyValue value() const;

 private:
  double sum_ = 0;
  int count_ = 0;
  DailyValue seen_;
};

// [column of boulder_columns(), then the temperature][reach], in the reference's units
using DayTable = std::vector<std::vector<DailyValue>>;

class BoulderDay {
 public:
  explicit BoulderDay(const BoulderCreek& creek);
  // state: per constituent; of what is attached, per m2.
  void look(const std::vector<double>& state, std::size_t reach);
  void look(const Simulation& simulation);  // all reaches of a run as it stands
  DayTable table() const;

 private:
  const BoulderCreek& creek_;
  std::vector<std::vector<Daily>> days_;
};

RunOptions boulder_options(const BoulderCreek& creek, double step);  // all five days

// By limpid's own schemes. `each_hour` sees the run at every whole hour of the five days, begin and end
// included.
DayTable run_boulder_day(const BoulderCreek& creek, double step,
                         const std::function<void(const Simulation&, double time)>& each_hour = {});

// As QUAL2Kw wrote it (the folder `data` beside that of the case).
DayTable read_boulder_day(const CaseFolder& folder, const std::string& data);

// Root of the mean square of ours - reference over the reaches, over the range of the reference.
double day_error(const std::vector<DailyValue>& ours, const std::vector<DailyValue>& reference,
                 double DailyValue::*of);

// The cells of each reach, upstream to downstream.
std::vector<std::vector<int>> cells_of_reaches(const Network& network);

}  // namespace limpid::validation
