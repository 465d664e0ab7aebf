// What of a Simulation lasts from step to step, and what follows from it.
#include <cstdint>

#include "solvers/checkpoint.hpp"
#include "solvers/float_mode.hpp"
#include "solvers/simulation.hpp"

namespace limpid {

namespace {

// Named one by one, so that a member more does not compile until it is thought of here.
void water_checkpoint(Checkpoint& file, WaterStep& water) {
  auto& [dt, volume0, volume1, face, lateral_in, junction_in, junction_out, abstracted, evaporated, seeped,
         spilled, area, depth, velocity, discharge] = water;
  file.item("dt", dt);
  for (auto* per_cell :
       {&volume0, &volume1, &lateral_in, &evaporated, &seeped, &area, &depth, &velocity, &discharge})
    file.fixed("water by cell", *per_cell);
  file.fixed("faces", face);
  file.fixed("water into junctions", junction_in);
  file.fixed("water out of junctions", junction_out);
  file.fixed("abstracted", abstracted);
  file.fixed("spilled", spilled);
}

// lane_temperature: a dry cell keeps what it had.
void environment_checkpoint(Checkpoint& file, Environment& environment) {
  auto& [values, lane_temperature] = environment;
  for (auto& by_cell : values) file.fixed("environment", by_cell);
  file.item("temperature by lane", lane_temperature);
}

// Member by member: between them lie bytes that nobody has set.
void failures_checkpoint(Checkpoint& file, std::vector<LaneFailure>& failures) {
  std::uint64_t count = failures.size();
  file.item("failed lanes", count);
  if (count > file.bytes().size()) throw CheckpointError("it has too many failed lanes");
  failures.resize(count);
  for (LaneFailure& failure : failures) {
    file.item("lane", failure.lane);
    file.item("cell", failure.cell);
    file.item("constituent", failure.constituent);
    file.item("time of failure", failure.time);
    file.item("process", failure.cause.process);
    file.item("row", failure.cause.row);
    file.item("rate", failure.cause.rate);
    file.item("values of the rate", failure.cause.values);
  }
}

}  // namespace

void Simulation::checkpoint(Checkpoint& file) {
  file.item("step", step_);
  file.item("spin-up steps", spun_);
  file.item("begun", begun_);
  file.item("synchronised", synchronised_);
  file.fixed("amounts in the water", stores_.water.amount);
  file.fixed("amounts attached", stores_.attached.amount);
  file.fixed("amounts in dead zones", stores_.storage.amount);
  water_checkpoint(file, water_);
  ledger_.checkpoint(file);
  water_ledger_.checkpoint(file);
  file.fixed("stocks at the begin", stock_begin_);
  file.item("water at the begin", water_begin_);
  failures_checkpoint(file, failures_);
  environment_checkpoint(file, environment_);
  file.item("time of the environment", environment_time_);
  hydraulics_->checkpoint(file);
  returns_.checkpoint(file);
  kinetics_.checkpoint(file);
  storage_kinetics_.checkpoint(file);
  forcing_.checkpoint(file);
  if (file.reading()) derive();
}

// As the step left them: dispersion from its water, rates from its environment. Loads are placed anew
// (Forcing), plans of the transport are made for every new water.
void Simulation::derive() {
  const FlushDenormals flush;
  predict_dispersion();
  set_kinetics();
}

}  // namespace limpid
