// What the rates of a case read beside concentrations: parameters at the water's temperature, coefficients,
// and the stoichiometric numbers, each as a field over cells or points.
#pragma once

#include <vector>

#include "solvers/field.hpp"
#include "solvers/kinetics.hpp"

namespace limpid {

// Areal rates are divided by at least this depth, so that they stay finite in a cell about to run dry.
inline constexpr double kShallowest = 1e-3;  // m

class ParameterRows {
 public:
  ParameterRows(const Basin& basin, int lanes, Compartment where);

  void set_lane_parameters(const std::vector<LaneParameter>& values);
  void prepare(const Environment& environment);

  const std::vector<Field>& fields() const { return fields_; }
  // Indices into fields(), per process of the basin (those of other compartments have no fields): first
  // parameter, first coefficient, first |nu| (one per term).
  const std::vector<int>& first_parameter() const { return first_parameter_; }
  const std::vector<int>& first_coefficient() const { return first_coefficient_; }
  const std::vector<int>& first_nu() const { return first_nu_; }
  // Index into fields(): 1 where the water touches the air, 0 in a lake's layers below others; -1 = it does
  // everywhere.
  int air() const { return air_; }

 private:
  // One parameter of one process: its value at 20 degC and where its corrected value goes.
  struct Corrected {
    std::size_t process, parameter;
    Field at_20;
    int theta;  // index into thetas_, -1 = none
    std::size_t field;
  };
  // |nu| = coefficient x parameter.
  struct Yield {
    double coefficient;
    std::size_t parameter, field;
  };

  void declare(std::size_t process);
  int theta_index(double theta);
  void rebuild(Corrected& parameter);
  void override_lanes(const Corrected& parameter, Field& field) const;
  Spread temperature_spread(const Environment& environment) const;
  bool set_temperature(const Environment& environment);
  bool take_temperature(const Field& field);
  void update_factors();
  void correct(const Corrected& parameter);
  void scale(const Yield& yield);
  void set_air(const Environment& environment);
  void compute_coefficients(std::size_t process);
  Spread coefficient_spread(std::size_t process) const;
  Field make(Spread spread, double value) const;
  std::size_t padded(Spread spread) const;

  const Basin& basin_;
  std::size_t cells_, lanes_;
  Compartment where_;
  std::vector<Field> fields_;
  std::vector<int> first_parameter_, first_coefficient_, first_nu_;
  int air_ = -1;
  std::vector<Corrected> corrected_;
  std::vector<Yield> yields_;
  std::vector<LaneParameter> lane_parameters_;
  std::vector<double> thetas_;                // distinct, != 1
  std::vector<std::vector<double>> factors_;  // [theta] theta^(T-20), as temperature_
  Field temperature_;                         // constant where it is the same all over, else by cell, or
                                              // by point where it is simulated
  std::array<bool, kEnvCount> reads_{};       // what the processes read of the environment
  std::array<Field, kEnvCount> environment_;
  bool changed_ = true;  // lane parameters since the last prepare
};

}  // namespace limpid
