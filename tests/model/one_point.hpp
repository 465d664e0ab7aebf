// One process at one point, for tests.
#pragma once

#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/process.hpp"

namespace limpid {

inline constexpr double kDay = 86400.0;

// The river's surroundings that the tests start from.
inline std::map<Env, double> usual_surroundings() {
  return {{Env::temperature, 20},
          {Env::depth, 1.5},
          {Env::velocity, 0.4},
          {Env::slope, 1e-3},
          {Env::discharge, 10},
          {Env::elevation, 0},
          {Env::wind, 2},
          {Env::air_temperature, 20},
          {Env::vapour_pressure, 15},
          {Env::solar, 300},
          {Env::albedo, 0.05},
          {Env::cloud, 0.3},
          {Env::equilibrium_temperature, 20}};
}

// One process at one point: rates [row] from concentrations [role]; parameters in their declared units.
class OnePoint {
 public:
  explicit OnePoint(const std::string& id) : process_(find_process(id)), surroundings_(usual_surroundings()) {
    if (!process_) throw std::runtime_error("no process " + id);
    for (const Parameter& p : process_->info().parameters)
      parameter_.push_back(p.required() ? 0.5 * (p.low + p.high) : p.value);
    for (const Reading& r : process_->info().readings) reading_.push_back(r.required() ? 0.5 : r.otherwise);
  }
  OnePoint& set(const std::string& parameter, double value) {
    for (std::size_t k = 0; k < parameter_.size(); ++k)
      if (process_->info().parameters[k].id == parameter) return parameter_[k] = value, *this;
    throw std::runtime_error("no parameter " + parameter);
  }
  OnePoint& read(const std::string& reading, double value) {
    for (std::size_t k = 0; k < reading_.size(); ++k)
      if (process_->info().readings[k].id == reading) return reading_[k] = value, *this;
    throw std::runtime_error("no reading " + reading);
  }
  OnePoint& set(Env e, double value) { return surroundings_[e] = value, *this; }

  // Behind the rows stands what the process provides; roles not given are those that the case may lack.
  std::vector<double> rates(const std::vector<double>& concentration) const {
    std::vector<Row> c = rows(concentration), p, e, k(info().coefficients.size());
    std::vector<Row> r(info().rows.size() + info().provides.size());
    for (std::size_t i = c.size(); i < info().roles.size(); ++i) c.push_back(row(info().roles[i].absent));
    for (const double value : reading_) c.push_back(row(value));
    for (std::size_t i = 0; i < parameter_.size(); ++i)
      p.push_back(row(info().parameters[i].unit.unit.to_inside(parameter_[i]) *
                      std::pow(info().parameters[i].theta, surroundings_.at(Env::temperature) - 20.0)));
    for (const Env env : info().environment) e.push_back(row(surroundings_.at(env)));
    process_->coefficients(in(e).data(), in(p).data(), out(k).data());
    process_->rates(in(c).data(), in(p).data(), in(k).data(), out(r).data());
    std::vector<double> result;
    for (const Row& x : r) result.push_back(x[kBlock - 1]);
    return result;
  }
  // g m-3 d-1
  double per_day(std::size_t which, const std::vector<double>& concentration) const {
    return rates(concentration)[which] * kDay;
  }
  const ProcessInfo& info() const { return process_->info(); }

 private:
  using Row = std::array<double, kBlock>;
  static Row row(double value) {
    Row r;
    r.fill(value);
    return r;
  }
  static std::vector<Row> rows(const std::vector<double>& values) {
    std::vector<Row> list;
    for (const double v : values) list.push_back(row(v));
    return list;
  }
  static std::vector<const double*> in(const std::vector<Row>& rows) {
    std::vector<const double*> list;
    for (const Row& r : rows) list.push_back(r.data());
    return list;
  }
  static std::vector<double*> out(std::vector<Row>& rows) {
    std::vector<double*> list;
    for (Row& r : rows) list.push_back(r.data());
    return list;
  }
  const Process* process_;
  std::map<Env, double> surroundings_;
  std::vector<double> parameter_, reading_;
};

}  // namespace limpid
