// The same processes on one point, integrated by SUNDIALS CVODE to a tight tolerance: the reference of the
// fast scheme.
#pragma once

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "validation/point_reactions.hpp"

namespace limpid {

inline int point_derivative(realtype, N_Vector c, N_Vector dcdt, void* reactions) {
  static_cast<PointReactions*>(reactions)->derivative(NV_DATA_S(c), NV_DATA_S(dcdt));
  return 0;
}

// Concentrations after `duration` seconds; tolerance relative, absolute a thousandth of it. evaluations: of
// all rates, added up, those for the Jacobian's differences included.
inline std::vector<double> cvode_solve(const Basin& basin, const std::array<double, kEnvCount>& environment,
                                       const std::vector<double>& c0, double duration, double tolerance,
                                       long* evaluations = nullptr) {
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
  long own = 0, of_jacobian = 0;
  CVodeGetNumRhsEvals(cvode, &own);
  CVodeGetNumLinRhsEvals(cvode, &of_jacobian);
  if (evaluations) *evaluations += own + of_jacobian;
  SUNLinSolFree(solver);
  SUNMatDestroy(matrix);
  CVodeFree(&cvode);
  N_VDestroy(y);
  SUNContext_Free(&context);
  if (flag < 0) throw std::runtime_error("CVODE failed");
  return c;
}

}  // namespace limpid
