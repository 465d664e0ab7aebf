#include "validation/single_run.hpp"

#include <algorithm>
#include <stdexcept>

namespace limpid::validation {

namespace {

class Hourly : public Observer {
 public:
  explicit Hourly(const std::function<void(double)>& look) : look_(look) {}
  void observe(const Simulation&, double time) override { look_(time); }

 private:
  const std::function<void(double)>& look_;
};

}  // namespace

SingleRun::SingleRun(const Basin& basin, const RunOptions& options)
    : basin_(basin),
      options_(options),
      batch_(basin, options, {&plan_}),
      simulation_(basin, batch_, options) {
  simulation_.initialise();
}

void SingleRun::start_from(const std::vector<std::vector<double>>& concentrations) {
  const Rows& rows = simulation_.rows();
  std::vector<double> values(rows.at(basin_.network.cell_count()), 0.0);
  for (std::size_t c = 0; c < concentrations.size(); ++c)
    for (std::size_t i = 0; i < concentrations[c].size(); ++i)
      values[rows.at(static_cast<int>(i)) + static_cast<std::size_t>(rows.index(static_cast<int>(c), 0))] =
          concentrations[c][i];
  simulation_.set_concentrations(values);
}

void SingleRun::to_end() {
  simulation_.run({});
  require_finite();
}

void SingleRun::each_hour(const std::function<void(double)>& look) {
  Hourly hourly(look);
  simulation_.run({&hourly});
  require_finite();
}

void SingleRun::each_step(const std::function<void(double)>& look) {
  simulation_.run({}, [&](std::int64_t steps) {
    look(options_.grid.time(steps));
    return true;
  });
  require_finite();
}

double SingleRun::concentration(int constituent, int cell) const {
  const double amount = simulation_.state().row(cell)[simulation_.rows().index(constituent, 0)];
  return limpid::concentration(amount, simulation_.water().volume1[static_cast<std::size_t>(cell)]);
}

double SingleRun::at(int constituent, int reach, double chainage) const {
  const Network& network = basin_.network;
  auto k = static_cast<std::size_t>(network.first_chain[static_cast<std::size_t>(reach)]);
  while (k + 1 < network.chains.size() && network.chains[k + 1].reach == reach &&
         network.chains[k].end_chainage <= chainage)
    ++k;
  const Chain& chain = network.chains[k];
  const auto centre = [&](int cell) { return network.cell_chainage[static_cast<std::size_t>(cell)]; };
  if (chain.cells == 1) return concentration(constituent, chain.first_cell);
  int a = chain.first_cell;
  while (a < chain.first_cell + chain.cells - 2 && centre(a + 1) <= chainage) ++a;
  const double weight = (chainage - centre(a)) / (centre(a + 1) - centre(a));
  return (1 - weight) * concentration(constituent, a) + weight * concentration(constituent, a + 1);
}

void SingleRun::require_finite() const {
  if (!simulation_.failures().empty()) {
    const LaneFailure& failure = simulation_.failures().front();
    throw std::runtime_error("the run left the finite numbers in cell " + std::to_string(failure.cell) +
                             " at " + std::to_string(failure.time) + " s");
  }
}

}  // namespace limpid::validation
