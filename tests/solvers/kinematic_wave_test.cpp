// The kinematic scheme against exact waves, on several grids. `limpid validate` runs the same functions.
#include "validation/kinematic_wave.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/paths.hpp"

namespace {

using namespace limpid::validation;

CaseFolder folder(const char* name) {
  return CaseFolder(limpid::source_dir() + "/validation/cases/" + name);
}

void expect_all_pass(const Report& report) {
  EXPECT_FALSE(report.lines().empty());
  for (const Line& line : report.lines())
    EXPECT_TRUE(line.pass()) << line.case_id << " " << line.quantity << " " << line.error << " > "
                             << line.tolerance;
}

TEST(KinematicWave, EveryCaseMeetsItsTolerance) {
  Report report;
  kinematic_plane_runoff(folder("kinematic_plane_runoff"), report);
  kinematic_rarefaction(folder("kinematic_rarefaction"), report);
  kinematic_shock(folder("kinematic_shock"), report);
  expect_all_pass(report);
}

TEST(KinematicWave, PlaneConvergesAtFirstOrderOrBetter) {
  const Reference reference = folder("kinematic_plane_runoff").reference();
  for (double courant : {0.3, 1.0}) {
    const double coarse = plane_errors(reference, 25, courant).l1,
                 middle = plane_errors(reference, 50, courant).l1,
                 fine = plane_errors(reference, 100, courant).l1;
    EXPECT_LT(coarse, 2.5e-3) << courant;
    EXPECT_LT(middle, 0.6 * coarse) << courant;
    EXPECT_LT(fine, 0.6 * middle) << courant;
  }
}

TEST(KinematicWave, RarefactionConverges) {
  const Reference reference = folder("kinematic_rarefaction").reference();
  for (double courant : {0.3, 1.0}) {
    const double coarse = rarefaction_errors(reference, 50, courant).l1,
                 middle = rarefaction_errors(reference, 100, courant).l1,
                 fine = rarefaction_errors(reference, 200, courant).l1;
    EXPECT_LT(coarse, 0.03) << courant;
    EXPECT_LT(middle, 0.6 * coarse) << courant;
    EXPECT_LT(fine, 0.6 * middle) << courant;
  }
}

// The bore stays within one cell and without overshoot at any Courant number; the speed is that of the shock
// relation.
TEST(KinematicWave, BoreKeepsItsPlaceAndItsStates) {
  const Reference reference = folder("kinematic_shock").reference();
  for (double courant : {0.3, 1.0, 3.0})
    for (int cells : {100, 200, 400}) {
      const WaveErrors errors = shock_errors(reference, cells, courant);
      EXPECT_LT(errors.position, 1) << courant << " " << cells;
      EXPECT_LT(errors.speed, 0.005) << courant << " " << cells;
      EXPECT_LT(errors.overshoot, 1e-3) << courant << " " << cells;
      EXPECT_LT(errors.volume, 1e-12) << courant << " " << cells;
      EXPECT_LT(errors.l1, courant <= 1 ? 1e-3 : 2e-2) << courant << " " << cells;
    }
}

}  // namespace
