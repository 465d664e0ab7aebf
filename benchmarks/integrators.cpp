#include "benchmarks/integrators.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <string>

#include "tests/solvers/cvode_reference.hpp"
#include "tests/solvers/river_set.hpp"

namespace limpid::bench {

namespace {

using kinetics_case::between;

constexpr int kHours = 6;
constexpr double kHour = 3600, kLargestRate = 100;  // 1/d

// One point of the river: rates of 0.1 to 100 times the set's (at most 100 1/d), contents of 0.1 to 3 times
// the usual ones.
struct Point {
  Basin basin = river_case::river_set(1, false);
  Environment environment = river_case::day(1);
  std::vector<double> start = river_case::usual();
  std::vector<std::vector<double>> truth;  // [hour][constituent]
};

void draw_rates(std::mt19937_64& random, Basin& basin) {
  for (ProcessUse& use : basin.processes)
    for (std::size_t p = 0; p < use.parameters.size(); ++p)
      if (use.process->info().parameters[p].unit.text == std::string("1/d")) {
        const double rate = use.parameters[p].value * std::pow(10.0, between(random, -1, 2));
        use.parameters[p].value = std::min(rate, kLargestRate / 86400);
      }
}

Point draw(std::mt19937_64& random) {
  Point point;
  draw_rates(random, point.basin);
  point.basin.schemes.kinetics_sub_steps = 1;
  point.environment[Env::temperature][0] = between(random, 5, 30);
  point.environment[Env::depth][0] = std::pow(10.0, between(random, -0.5, 0.7));
  for (double& c : point.start) c *= std::pow(10.0, between(random, -1, 0.5));
  return point;
}

// What a method makes of the contents in an hour, and the evaluations of all rates that it took.
using Hour = std::function<long(const Point& point, std::vector<double>& c)>;

void find_truth(Point& point) {
  std::vector<double> c = point.start;
  for (int h = 0; h < kHours; ++h) {
    c = cvode_solve(point.basin, kinetics_case::at_cell(point.environment, 0), c, kHour, 1e-10);
    point.truth.push_back(c);
  }
}

bool goes_below(const Point& point) {
  bool below = false;
  for (const std::vector<double>& hour : point.truth)
    for (std::size_t i = 0; i < hour.size(); ++i) below = below || hour[i] < -1e-6 * river_case::usual()[i];
  return below;
}

// Of one constituent, over what it has or a hundredth of its usual content.
double error_of(const Point& point, const Hour& hour, long& evaluations) {
  std::vector<double> c = point.start;
  double worst = 0;
  for (const std::vector<double>& exact : point.truth) {
    evaluations += hour(point, c);
    for (std::size_t i = 0; i < c.size(); ++i)
      worst =
          std::max(worst, std::fabs(c[i] - exact[i]) / (std::fabs(exact[i]) + 0.01 * river_case::usual()[i]));
  }
  return worst;
}

// What the joint limiter did, over all points and hours.
struct Limited {
  long long steps = 0, points = 0;  // of processes; of points
};

// Through Kinetics, by the integrator that the case would name.
long kinetics_hour(const Point& point, std::vector<double>& c, KineticsIntegrator integrator, double dt,
                   Limited& limited) {
  const int carried = point.basin.carried_count(), kinds = static_cast<int>(c.size());
  Basin basin = point.basin;
  basin.schemes.integrator = integrator;
  Ledger ledger(Rows(kinds, 1));
  Kinetics kinetics(basin, 1, ledger);
  kinetics.prepare(point.environment);
  State water(1, Rows(carried, 1)), attached(1, Rows(kinds - carried, 1));
  const auto at = [&](int i) -> double& {
    return i < carried ? water.row(0)[water.rows.index(i, 0)]
                       : attached.row(0)[attached.rows.index(i - carried, 0)];
  };
  for (int i = 0; i < kinds; ++i) at(i) = c[static_cast<std::size_t>(i)];
  const int steps = static_cast<int>(std::lround(kHour / dt));
  for (int n = 0; n < steps; ++n) kinetics.advance(dt, {1.0}, water, &attached, ledger);
  for (int i = 0; i < kinds; ++i) c[static_cast<std::size_t>(i)] = at(i);
  for (const long long hits : kinetics.counts().limited) limited.steps += hits;
  limited.points += steps * static_cast<long long>(basin.processes.size());
  return 2 * steps;
}

// Started afresh at every step of dt, as splitting has it; the Jacobian's differences are counted.
long cvode_hour(const Point& point, std::vector<double>& c, double dt, double tolerance) {
  long evaluations = 0;
  for (int n = 0; n < std::lround(kHour / dt); ++n)
    c = cvode_solve(point.basin, kinetics_case::at_cell(point.environment, 0), c, dt, tolerance,
                    &evaluations);
  return evaluations;
}

void print_method(const char* name, const std::vector<Point>& points, const Hour& hour,
                  const Limited* limited = nullptr) {
  std::vector<double> errors;
  long evaluations = 0;
  for (const Point& point : points) errors.push_back(error_of(point, hour, evaluations));
  std::sort(errors.begin(), errors.end());
  const auto of = [&](double share) {
    return errors[static_cast<std::size_t>(share * static_cast<double>(errors.size() - 1))];
  };
  std::printf("%-34s %9.1e %9.1e %9.1e %11.0f", name, of(0.5), of(0.95), of(1),
              static_cast<double>(evaluations) / (kHours * static_cast<double>(points.size())));
  if (limited)
    std::printf(" %9.3f", 100 * static_cast<double>(limited->steps) / static_cast<double>(limited->points));
  std::printf("\n");
}

}  // namespace

void print_integrators(int points) {
  std::mt19937_64 random(5);
  std::vector<Point> list;
  for (int n = 0; n < points; ++n) {
    list.push_back(draw(random));
    find_truth(list.back());
  }
  std::printf("%d points, %td of which use up a constituent and go below 0 by their equations\n", points,
              std::count_if(list.begin(), list.end(), goes_below));
  std::printf("%-34s %9s %9s %9s %11s limited %%\n", "integrator, step", "median", "95 %", "worst",
              "rates/hour");
  for (const double minutes : {60.0, 15.0, 5.0, 1.0, 0.25}) {
    const double dt = 60 * minutes;
    const std::string step = std::to_string(minutes).substr(0, 4) + " min";
    for (const auto& [name, integrator] : {std::pair{"mean-state (default) ", KineticsIntegrator::mean_state},
                                           std::pair{"two-stage ", KineticsIntegrator::two_stage}}) {
      Limited limited;
      print_method((name + step).c_str(), list,
                   [&, which = integrator](const Point& p, std::vector<double>& c) {
                     return kinetics_hour(p, c, which, dt, limited);
                   },
                   &limited);
    }
  }
  for (const double minutes : {60.0, 15.0})
    for (const double tolerance : {1e-3, 1e-4, 1e-6}) {
      char name[64];
      std::snprintf(name, sizeof name, "CVODE %.0e, restarted every %g min", tolerance, minutes);
      print_method(name, list, [&](const Point& p, std::vector<double>& c) {
        return cvode_hour(p, c, 60 * minutes, tolerance);
      });
    }
}

}  // namespace limpid::bench
