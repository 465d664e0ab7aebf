#include "solvers/cvode_points.hpp"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace limpid {

namespace {

constexpr double kRelative = 1e-9, kAbsolute = 1e-12;  // of contents
constexpr double kUntested = 1e30;                     // absolute tolerance of the extents
constexpr long kMostSteps = 100000;

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("SUNDIALS: ") + what);
}

}  // namespace

// What SUNDIALS allocates, freed with it.
struct CvodePoints::Solver {
  SUNContext context = nullptr;
  N_Vector y = nullptr, tolerance = nullptr;
  SUNMatrix matrix = nullptr;
  SUNLinearSolver linear = nullptr;
  void* cvode = nullptr;

  Solver(std::size_t contents, std::size_t extents, CvodePoints& points) {
    const auto size = static_cast<sunindextype>(contents + extents);
    require(SUNContext_Create(nullptr, &context) == 0, "no context");
    y = N_VNew_Serial(size, context), tolerance = N_VNew_Serial(size, context);
    N_VConst(0.0, y);
    for (sunindextype i = 0; i < size; ++i)
      NV_Ith_S(tolerance, i) = i < static_cast<sunindextype>(contents) ? kAbsolute : kUntested;
    matrix = SUNDenseMatrix(size, size, context), linear = SUNLinSol_Dense(y, matrix, context);
    cvode = CVodeCreate(CV_BDF, context);
    require(y && tolerance && matrix && linear && cvode, "no memory");
    CVodeSetErrFile(cvode, nullptr);
    require(CVodeInit(cvode, derivative, 0.0, y) == CV_SUCCESS &&
                CVodeSVtolerances(cvode, kRelative, tolerance) == CV_SUCCESS &&
                CVodeSetUserData(cvode, &points) == CV_SUCCESS &&
                CVodeSetLinearSolver(cvode, linear, matrix) == CV_SUCCESS &&
                CVodeSetJacFn(cvode, jacobian) == CV_SUCCESS &&
                CVodeSetMaxNumSteps(cvode, kMostSteps) == CV_SUCCESS,
            "CVODE refuses its settings");
  }
  ~Solver() {
    CVodeFree(&cvode);
    SUNLinSolFree(linear);
    SUNMatDestroy(matrix);
    N_VDestroy(y), N_VDestroy(tolerance);
    SUNContext_Free(&context);
  }
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  static int derivative(realtype, N_Vector state, N_Vector change, void* points) {
    static_cast<CvodePoints*>(points)->derivative(NV_DATA_S(state), NV_DATA_S(change));
    return 0;
  }
  static int jacobian(realtype, N_Vector state, N_Vector change, SUNMatrix of, void* points, N_Vector,
                      N_Vector, N_Vector) {
    SUNMatZero(of);
    static_cast<CvodePoints*>(points)->jacobian(NV_DATA_S(state), NV_DATA_S(change), SM_COLS_D(of));
    return 0;
  }
};

CvodePoints::CvodePoints(const Basin& basin, const Stoichiometry& stoichiometry,
                         const ParameterRows& parameters)
    : Integrator(basin, stoichiometry, parameters),
      solver_(std::make_unique<Solver>(stoichiometry.columns.size(), stoichiometry.rows.size(), *this)),
      own_(parameters.fields().size()),
      solved_(stoichiometry.rows.size()) {
  for (const BlockRow& row : own_) values_.push_back(row.v);
}

CvodePoints::~CvodePoints() = default;

void CvodePoints::propose(double dt) {
  std::fill(solved_.begin(), solved_.end(), BlockRow{});
  for (std::size_t w = 0; w < kBlock; ++w)
    if (volume.v[w] > 0) solve_point(w, dt);
  extent_ = solved_;
  start_from_contents();  // CVODE's own last evaluations were of one point each
}

// A point that CVODE cannot solve gets extents that are no numbers: its lane fails, and says where.
void CvodePoints::solve_point(std::size_t w, double dt) {
  spread_fields(w);
  double* y = NV_DATA_S(solver_->y);
  std::fill_n(y, content_.size() + extent_.size(), 0.0);
  for (std::size_t i = 0; i < content_.size(); ++i) y[i] = content_[i].v[w];
  double reached = 0;
  const bool solved = CVodeReInit(solver_->cvode, 0.0, solver_->y) == CV_SUCCESS &&
                      CVodeSetStopTime(solver_->cvode, dt) == CV_SUCCESS &&
                      CVode(solver_->cvode, dt, solver_->y, &reached, CV_NORMAL) >= 0;
  const double* extents = y + content_.size();
  for (std::size_t j = 0; j < solved_.size(); ++j)
    solved_[j].v[w] =
        solved ? (extents[j] < 0.0 ? 0.0 : extents[j]) : std::numeric_limits<double>::quiet_NaN();
}

void CvodePoints::spread_fields(std::size_t w) {
  for (std::size_t f = 0; f < own_.size(); ++f) BlockValue(fields.rows()[f][w]).store(own_[f].v);
}

void CvodePoints::derivative(const double* y, double* dydt) {
  for (std::size_t i = 0; i < evaluated_.size(); ++i)
    BlockValue(std::max(y[i], kSmallestContent)).store(evaluated_[i].v);
  evaluate_rates(values_.data());
  BlockRow all;
  for (std::size_t i = 0; i < evaluated_.size(); ++i) {
    change(i).store(all.v);
    dydt[i] = all.v[0];
  }
  for (std::size_t j = 0; j < extent_.size(); ++j) dydt[evaluated_.size() + j] = extent_[j].v[0];
}

// By differences, as many contents at once as a block has points.
void CvodePoints::jacobian(const double* y, const double* dydt, double* const* columns) {
  const std::size_t contents = evaluated_.size();
  BlockRow each;
  for (std::size_t first = 0; first < contents; first += kBlock) {
    const std::size_t count = std::min<std::size_t>(kBlock, contents - first);
    for (std::size_t i = 0; i < contents; ++i)
      BlockValue(std::max(y[i], kSmallestContent)).store(evaluated_[i].v);
    double moved[kBlock];
    for (std::size_t k = 0; k < count; ++k) {
      double& c = evaluated_[first + k].v[k];
      const double aside = c + 1e-7 * std::max(c, 1e-6);
      moved[k] = aside - c, c = aside;
    }
    evaluate_rates(values_.data());
    const auto set = [&](std::size_t row) {
      for (std::size_t k = 0; k < count; ++k) columns[first + k][row] = (each.v[k] - dydt[row]) / moved[k];
    };
    for (std::size_t i = 0; i < contents; ++i) {
      change(i).store(each.v);
      set(i);
    }
    for (std::size_t j = 0; j < extent_.size(); ++j) {
      each = extent_[j];
      set(contents + j);
    }
  }
}

}  // namespace limpid
