// The observer that fills the Record of every lane.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/observer.hpp"
#include "solvers/record.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

// What a case records, in order: constituents (what is attached per m2), Derived, temperature, discharge,
// depth, velocity, the level of lakes, and <constituent>_storage, the concentrations in dead zones, where
// there are any.
std::vector<RecordedQuantity> recorded_quantities(const Basin& basin);

class Recorder : public Observer {
 public:
  Recorder(const Basin& basin, const RunOptions& options, int lanes);
  void observe(const Simulation& simulation, double time) override;
  // Only how far the records go: they are kept elsewhere and must have been given back when this is read.
  void checkpoint(Checkpoint& file) override;
  void restore(std::vector<Record> records);  // of as many lanes, with the same quantities
  const std::vector<Record>& records() const { return records_; }
  std::vector<Record> take() { return std::move(records_); }

 private:
  // All recorded quantities of one cell and lane into out[quantities].
  void cell_values(const Simulation& simulation, int cell, int lane, double* out) const;
  void record_sections(const Simulation& simulation, int lane, Record& record) const;
  void record_map(const Simulation& simulation, int lane, Record& record) const;

  const Basin& basin_;
  const RunOptions& options_;
  std::vector<Record> records_;
};

}  // namespace limpid
