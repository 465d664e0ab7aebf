// The same processes on one point, integrated by SUNDIALS CVODE to a tight tolerance: the reference of the
// fast scheme.
#pragma once

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/basin.hpp"

namespace limpid {

// The rates of a basin's processes at one point, on their own: parameters, coefficients and stoichiometry are
// worked out here again from the declarations, with libm and without any of the solver's tables.
class PointReactions {
 public:
  PointReactions(const Basin& basin, const std::array<double, kEnvCount>& environment) : basin_(basin) {
    const double temperature = environment[static_cast<std::size_t>(Env::temperature)];
    for (const ProcessUse& use : basin.processes) {
      const ProcessInfo& info = use.process->info();
      Block parameters, env, coefficients(info.coefficients.size());
      for (const ParameterValue& p : use.parameters)
        parameters.push(p.value * std::pow(p.theta, temperature - 20.0));
      for (const Env e : info.environment) env.push(environment[static_cast<std::size_t>(e)]);
      use.process->coefficients(env.in().data(), parameters.in().data(), coefficients.out().data());
      parameters_.push_back(parameters);
      coefficients_.push_back(coefficients);
    }
  }

  void derivative(const double* c, double* dcdt) {
    for (std::size_t i = 0; i < basin_.constituents.size(); ++i) dcdt[i] = 0;
    // Twice: what one process reads of another is there in the second round, whatever their order.
    std::map<std::string, double> provided;
    for (std::size_t p = 0; p < basin_.processes.size(); ++p)
      if (!basin_.processes[p].process->info().provides.empty()) rates_of(p, c, provided);
    for (std::size_t p = 0; p < basin_.processes.size(); ++p) {
      const ProcessUse& use = basin_.processes[p];
      const ProcessInfo& info = use.process->info();
      const Block rate = rates_of(p, c, provided);
      for (const Term& t : info.terms) {
        if (use.constituents[static_cast<std::size_t>(t.role)] < 0) continue;
        const double yield = t.yield < 0 ? 1.0 : parameters_[p].rows[static_cast<std::size_t>(t.yield)][0];
        dcdt[use.constituents[static_cast<std::size_t>(t.role)]] +=
            t.coefficient * yield * rate.rows[static_cast<std::size_t>(t.row)][0];
      }
    }
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

inline int point_derivative(realtype, N_Vector c, N_Vector dcdt, void* reactions) {
  static_cast<PointReactions*>(reactions)->derivative(NV_DATA_S(c), NV_DATA_S(dcdt));
  return 0;
}

// Concentrations after `duration` seconds; tolerance relative, absolute a thousandth of it.
inline std::vector<double> cvode_solve(const Basin& basin, const std::array<double, kEnvCount>& environment,
                                       const std::vector<double>& c0, double duration, double tolerance) {
  PointReactions reactions(basin, environment);
  const auto n = static_cast<sunindextype>(c0.size());
  SUNContext context = nullptr;
  SUNContext_Create(nullptr, &context);
  N_Vector y = N_VNew_Serial(n, context);
  for (sunindextype i = 0; i < n; ++i) NV_Ith_S(y, i) = c0[static_cast<std::size_t>(i)];
  void* cvode = CVodeCreate(CV_BDF, context);
  SUNMatrix matrix = SUNDenseMatrix(n, n, context);
  SUNLinearSolver solver = SUNLinSol_Dense(y, matrix, context);
  CVodeInit(cvode, point_derivative, 0.0, y);
  CVodeSStolerances(cvode, tolerance, tolerance * 1e-3);
  CVodeSetUserData(cvode, &reactions);
  CVodeSetLinearSolver(cvode, solver, matrix);
  CVodeSetMaxNumSteps(cvode, 1000000);
  realtype reached = 0;
  const int flag = CVode(cvode, duration, y, &reached, CV_NORMAL);
  std::vector<double> c(NV_DATA_S(y), NV_DATA_S(y) + n);
  SUNLinSolFree(solver);
  SUNMatDestroy(matrix);
  CVodeFree(&cvode);
  N_VDestroy(y);
  SUNContext_Free(&context);
  if (flag < 0) throw std::runtime_error("CVODE failed");
  return c;
}

}  // namespace limpid
