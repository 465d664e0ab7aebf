// The rates of a basin's processes at one point, on their own: parameters, coefficients and stoichiometry are
// worked out here again from the declarations, with libm and without any of the solver's tables.
#pragma once

#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/basin.hpp"

namespace limpid {

class PointReactions {
 public:
  // Of the processes in the channel. stretch: whose parameters hold at the point.
  PointReactions(const Basin& basin, const std::array<double, kEnvCount>& environment,
                 const std::string& stretch = "")
      : basin_(basin) {
    const double temperature = environment[static_cast<std::size_t>(Env::temperature)];
    for (const ProcessUse& use : basin.processes) {
      const ProcessInfo& info = use.process->info();
      Block parameters, env, coefficients(info.coefficients.size());
      for (const ParameterValue& p : use.parameters)
        parameters.push(value_at(p, stretch) * std::pow(p.theta, temperature - 20.0));
      for (const Env e : info.environment) env.push(environment[static_cast<std::size_t>(e)]);
      use.process->coefficients(env.in().data(), parameters.in().data(), coefficients.out().data());
      parameters_.push_back(parameters);
      coefficients_.push_back(coefficients);
    }
  }

  // dcdt: per constituent, amount m-3 s-1.
  void derivative(const double* c, double* dcdt) const {
    for (std::size_t i = 0; i < basin_.constituents.size(); ++i) dcdt[i] = 0;
    std::map<std::string, double> provided;
    for (std::size_t p = 0; p < basin_.processes.size(); ++p)
      if (!basin_.processes[p].process->info().provides.empty()) rates_of(p, c, provided);
    for (std::size_t p = 0; p < basin_.processes.size(); ++p) {
      const ProcessUse& use = basin_.processes[p];
      const Block rate = rates_of(p, c, provided);
      for (const Term& t : use.process->info().terms) {
        const int constituent = use.constituents[static_cast<std::size_t>(t.role)];
        if (constituent < 0) continue;
        const double yield = t.yield < 0 ? 1.0 : parameters_[p].rows[static_cast<std::size_t>(t.yield)][0];
        dcdt[constituent] += t.coefficient * yield * rate.rows[static_cast<std::size_t>(t.row)][0];
      }
    }
  }
  // Rate of one row of the use `id` [amount m-3 s-1]; throws std::out_of_range where there is none such.
  double rate(const std::string& id, const std::string& row, const double* c) const {
    std::map<std::string, double> provided;
    for (std::size_t p = 0; p < basin_.processes.size(); ++p)
      if (!basin_.processes[p].process->info().provides.empty()) rates_of(p, c, provided);
    for (std::size_t p = 0; p < basin_.processes.size(); ++p) {
      const auto& rows = basin_.processes[p].process->info().rows;
      for (std::size_t r = 0; r < rows.size(); ++r)
        if (basin_.processes[p].id == id && rows[r].id == row) return rates_of(p, c, provided).rows[r][0];
    }
    throw std::out_of_range(id + " has no row " + row);
  }
  std::size_t size() const { return basin_.constituents.size(); }

 private:
  struct Block {
    std::vector<std::array<double, kBlock>> rows;
    explicit Block(std::size_t count = 0) : rows(count) {}
    void push(double value) {
      rows.emplace_back();
      rows.back().fill(value);
    }
    std::vector<const double*> in() const {
      std::vector<const double*> list;
      for (const auto& row : rows) list.push_back(row.data());
      return list;
    }
    std::vector<double*> out() {
      std::vector<double*> list;
      for (auto& row : rows) list.push_back(row.data());
      return list;
    }
  };

  static double value_at(const ParameterValue& parameter, const std::string& stretch) {
    for (const ParameterValue::AtStretch& at : parameter.stretches)
      if (at.stretch == stretch) return at.value;
    return parameter.value;
  }

  // Adds what the process provides to `provided`.
  Block rates_of(std::size_t p, const double* c, std::map<std::string, double>& provided) const {
    const ProcessUse& use = basin_.processes[p];
    const ProcessInfo& info = use.process->info();
    Block concentration, rate(info.rows.size() + info.provides.size());
    for (std::size_t r = 0; r < info.roles.size(); ++r) {
      const int i = use.constituents[r];
      concentration.push(i < 0 ? info.roles[r].absent : std::fmax(c[i], 1e-30));
    }
    for (const Reading& reading : info.readings) {
      const auto found = provided.find(reading.id);
      concentration.push(found != provided.end() ? found->second : reading.otherwise);
    }
    use.process->rates(concentration.in().data(), parameters_[p].in().data(), coefficients_[p].in().data(),
                       rate.out().data());
    for (std::size_t k = 0; k < info.provides.size(); ++k)
      provided[info.provides[k].id] = rate.rows[info.rows.size() + k][0];
    return rate;
  }

  const Basin& basin_;
  std::vector<Block> parameters_, coefficients_;
};

}  // namespace limpid
