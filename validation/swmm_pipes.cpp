#include "validation/swmm_pipes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "validation/swmm_pipes_basin.hpp"
#include "validation/water_run.hpp"

namespace limpid::validation {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

std::size_t index(const Reference& table, std::size_t row, const char* column) {
  return static_cast<std::size_t>(table.at(row, column));
}

// Flows in the middle of the reaches and levels at their ends.
class Gauges {
 public:
  Gauges(const Basin& basin, const Reference& table) : network_(basin.network), table_(table) {}

  double flow(const std::vector<double>& rates, std::size_t reach) const {
    const int chain = network_.first_chain[reach];
    return rates[at(network_.first_face(chain) + network_.chains[at(chain)].cells / 2)];
  }
  // The highest of the reaches that meet at a node.
  double level(const WaterStep& step, std::size_t node) const {
    double highest = -1e300;
    for (std::size_t r = 0; r < network_.reaches.size(); ++r) {
      const Chain& chain = network_.chains[at(network_.first_chain[r])];
      if (network_.reaches[r].from == static_cast<int>(node))
        highest = std::max(highest, end(step, r, chain.first_cell, 1));
      if (network_.reaches[r].to == static_cast<int>(node))
        highest = std::max(highest, end(step, r, chain.first_cell + chain.cells - 1, -1));
    }
    return highest;
  }

 private:
  // Half a cell on, by the smaller of the next two slopes: a level surface may meet a bed that falls.
  double end(const WaterStep& step, std::size_t reach, int cell, int inwards) const {
    const double last = cell_level(step, reach, cell), next = cell_level(step, reach, cell + inwards),
                 one = last - next, two = next - cell_level(step, reach, cell + 2 * inwards);
    if (one * two <= 0) return last;
    return last + 0.5 * (std::fabs(one) < std::fabs(two) ? one : two);
  }
  double cell_level(const WaterStep& step, std::size_t reach, int cell) const {
    const Reach& r = network_.reaches[reach];
    const double bed =
        table_.at(reach, "bed_down_m") + r.slope * (r.length - network_.cell_chainage[at(cell)]);
    return bed + network_.channels[reach].depth(step.volume1[at(cell)] / network_.cell_length[at(cell)]);
  }
  const Network& network_;
  const Reference& table_;
};

// A flow over time beside a row of links.csv.
struct LinkPeak {
  std::size_t reach = 0;
  double peak = 0, time = 0;                // SWMM's
  double highest = -1e300, highest_at = 0;  // limpid's

  void see(double now, double flow) {
    if (flow <= highest) return;
    highest = flow;
    highest_at = now;
  }
};

// When a series first passes half of a peak.
struct Rise {
  double half = 0, passed = 0, last_time = 0, last = 0;
  void see(double time, double flow) {
    if (passed == 0 && flow >= half) passed = time - (time - last_time) * (flow - half) / (flow - last);
    last_time = time;
    last = flow;
  }
};

struct Hydrograph {
  std::vector<double> times, flows;  // SWMM's
  double squares = 0;
  Rise swmm, own;
  std::size_t next = 0;
};

// Both at SWMM's times.
std::map<std::size_t, Hydrograph> hydrographs_of(const Reference& table, const std::vector<LinkPeak>& links) {
  std::map<std::size_t, Hydrograph> list;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Hydrograph& one = list[index(table, row, "reach")];
    one.times.push_back(table.at(row, "time_s"));
    one.flows.push_back(table.at(row, "flow_m3_s"));
  }
  for (const LinkPeak& link : links)
    if (list.count(link.reach)) list[link.reach].swmm.half = list[link.reach].own.half = 0.5 * link.peak;
  return list;
}

void see(Hydrograph& one, double time, double flow) {
  if (one.next == one.times.size() || time < one.times[one.next] - 1e-6) return;
  const double reference = one.flows[one.next++];
  one.squares += (flow - reference) * (flow - reference);
  one.swmm.see(time, reference);
  one.own.see(time, flow);
}

struct Answer {
  std::vector<LinkPeak> links;
  std::map<std::size_t, Hydrograph> hydrographs;
  std::vector<double> levels;        // m, highest, by row of nodes.csv
  double in = 0, out = 0, left = 0;  // m3
  Hydraulics::Counts counts;
};

void watch(const Gauges& gauges, const std::vector<double>& rates, const WaterStep& step, double time,
           const Reference& nodes, Answer& answer) {
  for (LinkPeak& link : answer.links) link.see(time, gauges.flow(rates, link.reach));
  for (auto& [reach, one] : answer.hydrographs) see(one, time, gauges.flow(rates, reach));
  for (std::size_t n = 0; n < answer.levels.size(); ++n)
    answer.levels[n] = std::max(answer.levels[n], gauges.level(step, index(nodes, n, "node")));
}

// From a dry network.
void run(const Basin& basin, const Reference& table, const Reference& nodes, Answer& answer) {
  const double dt = table.parameter("step_s");
  const Gauges gauges(basin, table);
  const auto hydraulics = make_hydraulics(basin);
  WaterStep step(basin.network, static_cast<int>(basin.sources.size()));
  hydraulics->resume(water_input(basin, 0, dt), std::vector<double>(at(basin.network.face_count()), 0.0),
                     step);
  const int steps = static_cast<int>(std::lround(table.parameter("end_s") / dt));
  for (int n = 0; n < steps; ++n) {
    const WaterInput input = water_input(basin, n * dt, dt);
    hydraulics->advance(input, step);
    answer.in += sum_of(input.volume);
    answer.out += volume_out(basin.network, step);
    watch(gauges, hydraulics->face_rates(step), step, (n + 1) * dt, nodes, answer);
  }
  answer.left = sum_of(step.volume1);
  answer.counts = hydraulics->counts();
}

void tell_flows(const CaseFolder& folder, const Answer& answer, Report& report) {
  double peak = 0, delay = 0, rise = 0, rms = 0;
  for (const LinkPeak& link : answer.links) {
    peak = std::max(peak, std::fabs(link.highest / link.peak - 1));
    delay = std::max(delay, std::fabs(link.highest_at - link.time) / 60);
  }
  for (const auto& [reach, one] : answer.hydrographs) {
    if (one.next != one.times.size()) throw std::runtime_error("times of the reference were not met");
    rms = std::max(rms, std::sqrt(one.squares / static_cast<double>(one.next)) / (2 * one.swmm.half));
    rise = std::max(rise, std::fabs(one.own.passed - one.swmm.passed) / 60);
  }
  report.add(folder, "peak flow", peak);
  report.add(folder, "time of peak", delay);
  report.add(folder, "half-rise time", rise);
  report.add(folder, "flow RMS", rms);
}

}  // namespace

void swmm_pipes(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference("reaches.csv"), nodes = folder.reference("nodes.csv"),
                  links = folder.reference("links.csv");
  const Basin basin = pipes_basin(folder, table);
  Answer answer;
  for (std::size_t row = 0; row < links.rows.size(); ++row)
    answer.links.push_back({index(links, row, "reach"), links.at(row, "peak_m3_s"), links.at(row, "peak_s")});
  answer.hydrographs = hydrographs_of(folder.reference("hydrographs.csv"), answer.links);
  answer.levels.assign(nodes.rows.size(), -1e300);
  run(basin, table, nodes, answer);
  tell_flows(folder, answer, report);
  double level = 0;
  for (std::size_t n = 0; n < answer.levels.size(); ++n)
    level = std::max(level, std::fabs(answer.levels[n] - nodes.at(n, "peak_m")));
  report.add(folder, "peak level", level);
  const double left = table.parameter("outfall_m3") + table.parameter("flooding_m3");
  report.add(folder, "volume out", std::fabs(answer.out / left - 1));
  report.add(folder, "sub-steps at the last resort", static_cast<double>(answer.counts.capped));
  report.add(folder, "water balance", std::fabs(answer.left + answer.out - answer.in) / answer.in);
}

}  // namespace limpid::validation
