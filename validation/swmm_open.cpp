#include "validation/swmm_open.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "validation/water_run.hpp"

namespace limpid::validation {

namespace {

constexpr int kCells = 4;  // in a conduit of the reference
constexpr double kHour = 3600;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Reaches as the table has them; their lower ends' beds are given, so that every bed is the table's.
struct OpenChannels {
  const CaseFolder& folder;
  const Reference table;
  int reservoir = -1;  // the reach that is one cell
  Basin basin;

  explicit OpenChannels(const CaseFolder& a_folder)
      : folder(a_folder), table(folder.reference("reaches.csv")) {
    if (table.parameters.count("reservoir_reach"))
      reservoir = static_cast<int>(table.parameter("reservoir_reach"));
    build();
    add_inflows(basin, folder.reference("boundary.csv"), "time_h", kHour, "value");
  }
  int conduits(std::size_t reach) const { return static_cast<int>(table.at(reach, "conduits")); }
  double length(std::size_t reach) const { return table.at(reach, "length_m"); }
  std::size_t first_cell(std::size_t reach) const {
    return at(basin.network.chains[at(basin.network.first_chain[reach])].first_cell);
  }
  std::size_t first_face(std::size_t reach) const {
    return at(basin.network.first_face(basin.network.first_chain[reach]));
  }

 private:
  void build();
  void add_reservoir(std::vector<Reach>& reaches, std::vector<Channel>& channels) const;
  void add_structures();
};

void OpenChannels::build() {
  std::vector<Node> nodes;
  std::vector<Reach> reaches(table.rows.size());
  std::vector<Channel> channels(table.rows.size());
  for (std::size_t r = 0; r < reaches.size(); ++r) {
    Reach& reach = reaches[r];
    reach.id = std::to_string(r);
    reach.from = static_cast<int>(table.at(r, "from"));
    reach.to = static_cast<int>(table.at(r, "to"));
    reach.length = length(r);
    reach.cell_length = reach.length / (kCells * conduits(r));
    reach.slope = (table.at(r, "bed_up_m") - table.at(r, "bed_down_m")) / reach.length;
    reach.manning_n = table.at(r, "manning_n");
    reach.channel = static_cast<int>(r);
    channels[r].shape = ChannelShape::trapezoidal;
    channels[r].bottom_width = table.at(r, "bottom_width_m");
    channels[r].side_slope = table.at(r, "side_slope");
    while (static_cast<int>(nodes.size()) <= std::max(reach.from, reach.to))
      nodes.push_back({std::to_string(nodes.size()), 0, 0, {}});
    nodes[at(reach.to)].bed_level = table.at(r, "bed_down_m");
  }
  if (reservoir >= 0) add_reservoir(reaches, channels);
  for (Reach& reach : reaches)  // a node with two reaches below takes their water by the levels
    for (const Reach& other : reaches)
      if (&other < &reach && other.from == reach.from) reach.split.kind = SplitKind::levels;
  Problems problems;
  Basin made;
  made.network = build_network(nodes, reaches, channels, {}, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  made.schemes.hydraulics = HydraulicScheme::dynamic;
  Outlet outlet;
  outlet.kind = static_cast<OutletKind>(static_cast<int>(table.parameter("outlet_kind")));
  outlet.stage = Series::constant(table.parameter("stage_m"));
  for (std::size_t n = 0; n < made.network.nodes.size(); ++n)
    if (made.network.junctions[n].is_outlet()) outlet.node = static_cast<int>(n);
  made.network.outlets.push_back(outlet);
  basin = std::move(made);
  if (reservoir >= 0) add_structures();
}

// Its areas as widths of a cell.
void OpenChannels::add_reservoir(std::vector<Reach>& reaches, std::vector<Channel>& channels) const {
  Channel& channel = channels[at(reservoir)];
  const Reference widths = folder.reference("reservoir.csv");
  channel.shape = ChannelShape::tabulated;
  for (std::size_t row = 0; row < widths.rows.size(); ++row) {
    channel.table_depth.push_back(widths.at(row, "depth_m"));
    channel.table_width.push_back(widths.at(row, "width_m"));
  }
  reaches[at(reservoir)].cell_length = length(at(reservoir));
}

void OpenChannels::add_structures() {
  const Reference list = folder.reference("structures.csv"), tide = folder.reference("stage.csv");
  for (std::size_t row = 0; row < list.rows.size(); ++row) {
    Structure s;
    s.kind = static_cast<StructureKind>(static_cast<int>(list.at(row, "kind")));
    s.node = static_cast<int>(list.at(row, "node"));
    s.crest_level = list.at(row, "crest_m");
    s.width = list.at(row, "width_m");
    s.coefficient = list.at(row, "coefficient");
    s.opening = Series::constant(list.at(row, "opening_m"));
    basin.network.structures.push_back(s);
  }
  std::vector<double> times, levels;
  for (std::size_t row = 0; row < tide.rows.size(); ++row) {
    times.push_back(tide.at(row, "time_h") * kHour);
    levels.push_back(tide.at(row, "value"));
  }
  basin.network.outlets[0].stage = Series(times, levels, Interpolation::linear);
}

// Flows in the conduits' middles and levels at their ends, as they run.
class Watch {
 public:
  explicit Watch(const OpenChannels& river) : river_(river) {}

  double level(const WaterStep& step, std::size_t reach, int node) const {
    const std::size_t first = river_.first_cell(reach);
    const int cells = kCells * river_.conduits(reach), face = kCells * node;
    const auto cell = [&](int i) { return cell_level(step, reach, first + at(i)); };
    if (static_cast<int>(reach) == river_.reservoir) return cell(0);
    if (face == 0) return 1.5 * cell(0) - 0.5 * cell(1);
    if (face == cells) return 1.5 * cell(cells - 1) - 0.5 * cell(cells - 2);
    return 0.5 * (cell(face - 1) + cell(face));
  }
  // V^2 / 2g beside a node; the largest of all reaches that meet at a reach's end.
  double velocity_head(const WaterStep& step, std::size_t reach, int node) const {
    const Network& network = river_.basin.network;
    if (node > 0 && node < river_.conduits(reach))
      return head(step, river_.first_cell(reach) + at(kCells * node));
    const Reach& r = network.reaches[reach];
    const Junction& junction = network.junctions[at(node == 0 ? r.from : r.to)];
    double largest = 0;
    for (const int k : junction.in) largest = std::max(largest, head(step, last_cell(network.chains[at(k)])));
    for (const int k : junction.out)
      largest = std::max(largest, head(step, at(network.chains[at(k)].first_cell)));
    return largest;
  }
  double flow(const std::vector<double>& rates, std::size_t reach, int conduit) const {
    if (conduit == 0) return rates[river_.first_face(reach)];  // what the structures above it let pass
    return rates[river_.first_face(reach) + at(kCells * (conduit - 1) + kCells / 2)];
  }

 private:
  static std::size_t last_cell(const Chain& chain) { return at(chain.first_cell + chain.cells - 1); }
  static double head(const WaterStep& step, std::size_t cell) {
    return step.velocity[cell] * step.velocity[cell] / (2 * 9.81);
  }
  double cell_level(const WaterStep& step, std::size_t reach, std::size_t cell) const {
    const Network& network = river_.basin.network;
    const Reach& r = network.reaches[reach];
    const double bed =
        river_.table.at(reach, "bed_down_m") + r.slope * (r.length - network.cell_chainage[cell]);
    return bed + network.channels[reach].depth(step.volume1[cell] / network.cell_length[cell]);
  }
  const OpenChannels& river_;
};

// A row of the reference that asks for one value over time.
struct Asked {
  std::size_t reach = 0;
  int place = 0;
  double peak = 0, highest = -1e300, allowance = 0;
  double half = 0, middle = 0, passed = 0, last = -1e300;

  void see(double time, double value, double dt) {
    highest = std::max(highest, value);
    if (passed == 0 && last < middle && value >= middle && last > -1e299)
      passed = time - dt * (value - middle) / (value - last);
    last = value;
  }
};

std::vector<Asked> asked(const Reference& table, const char* place, bool of_flow) {
  std::vector<Asked> list;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Asked a;
    a.reach = static_cast<std::size_t>(table.at(row, "reach"));
    a.place = static_cast<int>(table.at(row, place));
    a.peak = table.at(row, of_flow ? "peak_m3_s" : "peak_m");
    if (of_flow) {
      a.half = table.at(row, "half_rise_s");
      a.middle = 0.5 * (table.at(row, "first_m3_s") + a.peak);
    }
    list.push_back(a);
  }
  return list;
}

// Squared differences from series of a reference, by reach and place.
class Differences {
 public:
  Differences(Reference table, const char* place, const char* value)
      : table_(std::move(table)), place_(place), value_(value) {
    for (std::size_t row = 0; row < table_.rows.size(); ++row)
      rows_at_[std::llround(table_.at(row, "time_s"))].push_back(row);
  }
  // allowance: what is taken off a difference
  template <class Model, class Allowance>
  void see(double time, const Model& model, const Allowance& allowance) {
    const auto found = rows_at_.find(std::llround(time));
    if (found == rows_at_.end()) return;
    for (const std::size_t row : found->second) {
      const auto reach = static_cast<std::size_t>(table_.at(row, "reach"));
      const int place = static_cast<int>(table_.at(row, place_));
      Sum& sum = sums_[{reach, place}];
      const double reference = table_.at(row, value_);
      const double difference = std::fabs(model(reach, place) - reference) - allowance(reach, place);
      sum.square += std::pow(std::max(0.0, difference), 2);
      sum.low = std::min(sum.low, reference);
      sum.high = std::max(sum.high, reference);
      ++sum.count;
      ++seen_;
    }
  }
  double worst(bool of_range) const {
    if (seen_ != table_.rows.size()) throw std::runtime_error("times of the reference were not met");
    double worst = 0;
    for (const auto& [key, sum] : sums_)
      worst = std::max(worst, std::sqrt(sum.square / sum.count) / (of_range ? sum.high - sum.low : 1));
    return worst;
  }

 private:
  struct Sum {
    double square = 0, low = 1e300, high = -1e300;
    int count = 0;
  };
  Reference table_;
  const char *place_, *value_;
  std::map<long long, std::vector<std::size_t>> rows_at_;
  std::map<std::pair<std::size_t, int>, Sum> sums_;
  std::size_t seen_ = 0;
};

void report_extremes(const CaseFolder& folder, const std::vector<Asked>& flows,
                     const std::vector<Asked>& levels, Report& report) {
  double peak = 0, delay = 0, level = 0;
  for (const Asked& a : flows) {
    peak = std::max(peak, std::fabs(a.highest / a.peak - 1));
    delay = std::max(delay, std::fabs(a.passed - a.half) / 60);
  }
  for (const Asked& a : levels) level = std::max(level, std::fabs(a.highest - a.peak) - a.allowance);
  report.add(folder, "peak flow", peak);
  report.add(folder, "half-rise time", delay);
  report.add(folder, "peak level", std::max(0.0, level));
}

}  // namespace

void swmm_open(const CaseFolder& folder, Report& report) {
  const OpenChannels river(folder);
  const double dt = river.table.parameter("step_s"), begin = river.table.parameter("compare_from_s");
  const double report_interval = river.table.parameter("report_s");
  const double heads = river.table.parameter("velocity_heads");
  const Watch watch(river);
  std::vector<Asked> flows = asked(folder.reference("flows.csv"), "conduit", true),
                     levels = asked(folder.reference("levels.csv"), "node", false);
  Differences hydrographs(folder.reference("hydrographs.csv"), "conduit", "flow_m3_s"),
      stages(folder.reference("stages.csv"), "node", "level_m");
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(river.basin.network, static_cast<int>(river.basin.sources.size()));
  WaterInput input;
  const auto set_input = [&](double time) {
    input = water_input(river.basin, time, dt);
    input.outlets = {outlet_input(river.basin.network.outlets[0], time, time + dt)};
  };
  set_input(0);
  hydraulics->initialise(input, step);
  const double start = sum_of(step.volume1);
  double in = 0, out = 0;
  const int steps = static_cast<int>(std::lround(river.table.parameter("end_s") / dt));
  for (int n = 0; n < steps; ++n) {
    set_input(n * dt);
    hydraulics->advance(input, step);
    in += sum_of(input.volume);
    out += volume_out(river.basin.network, step);
    const double time = (n + 1) * dt;
    // As often as the reference was written: a steep front passes between two of its times.
    if (time < begin || std::fmod(time, report_interval) > 1e-6) continue;
    const std::vector<double> rates = hydraulics->face_rates(step);
    for (Asked& a : flows) a.see(time, watch.flow(rates, a.reach, a.place), report_interval);
    for (Asked& a : levels) {
      a.see(time, watch.level(step, a.reach, a.place), report_interval);
      a.allowance = std::max(a.allowance, heads * watch.velocity_head(step, a.reach, a.place));
    }
    hydrographs.see(
        time, [&](std::size_t r, int place) { return watch.flow(rates, r, place); },
        [](std::size_t, int) { return 0.0; });
    stages.see(
        time, [&](std::size_t r, int place) { return watch.level(step, r, place); },
        [&](std::size_t r, int place) { return heads * watch.velocity_head(step, r, place); });
  }
  report_extremes(folder, flows, levels, report);
  report.add(folder, "flow RMS", hydrographs.worst(true));
  report.add(folder, "level RMS", stages.worst(false));
  report.add(folder, "water balance", std::fabs(sum_of(step.volume1) + out - start - in) / (start + in));
}

}  // namespace limpid::validation
