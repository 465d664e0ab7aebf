#include "solvers/station_watch.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/checkpoint.hpp"

#include "solvers/simulation.hpp"

namespace limpid {

namespace {

constexpr double kDay = 86400;

}  // namespace

StationWatch::StationWatch(const Basin& basin, const RunOptions& options)
    : basin_(basin), options_(options), days_(basin.stations.size()), today_(basin.stations.size()) {
  const Network& network = basin.network;
  const auto first_chain = [&](int reach) { return network.first_chain[static_cast<std::size_t>(reach)]; };
  for (const Hydropower& station : basin.stations) {
    const int canal = first_chain(station.canal);
    Place place{static_cast<std::size_t>(network.first_face(canal)), {}, {}};
    const int intake = network.chains[static_cast<std::size_t>(canal)].upstream;
    for (const int chain : network.junctions[static_cast<std::size_t>(intake)].out)
      if (chain != canal) place.river_faces.push_back(static_cast<std::size_t>(network.first_face(chain)));
    const std::vector<int> bypassed = bypassed_reaches(network, station.canal);
    for (std::size_t i = 0; i < network.cell_reach.size(); ++i)
      if (std::find(bypassed.begin(), bypassed.end(), network.cell_reach[i]) != bypassed.end() &&
          !network.is_lake(network.cell_chain[i]))
        place.cells.push_back(i);
    cell_flow_.emplace_back(place.cells.size(), 0.0);
    places_.push_back(std::move(place));
  }
  day_begin_ = seconds_of(options.grid.begin);
}

void StationWatch::see_step(const Simulation& simulation, double t0, double t1) {
  const WaterStep& water = simulation.water();
  const double record = options_.forcing_years.record_time(t0);
  for (std::size_t s = 0; s < places_.size(); ++s) {
    const Place& place = places_[s];
    for (const std::size_t face : place.river_faces) today_[s].left += water.face[face];
    today_[s].diverted += water.face[place.canal_face];
    today_[s].required += basin_.stations[s].required.integral(record, record + (t1 - t0));
    for (std::size_t c = 0; c < place.cells.size(); ++c)
      cell_flow_[s][c] += water.discharge[place.cells[c]] * (t1 - t0);
  }
  const auto offset = static_cast<double>(options_.grid.offset.count());
  if (std::fmod(t1 + offset, kDay) == 0) end_day(t1);
}

void StationWatch::end_day(double t1) {
  const double seconds = t1 - day_begin_;
  for (std::size_t s = 0; s < places_.size(); ++s) {
    StationDay day{day_begin_, today_[s].left / seconds, today_[s].diverted / seconds,
                   today_[s].required / seconds, 0};
    for (std::size_t c = 0; c < places_[s].cells.size(); ++c)
      if (std::fabs(cell_flow_[s][c]) < kDewateredFlow * seconds)
        day.dewatered += basin_.network.cell_length[places_[s].cells[c]];
    if (seconds == kDay) days_[s].push_back(day);
    today_[s] = {};
    cell_flow_[s].assign(cell_flow_[s].size(), 0.0);
  }
  day_begin_ = t1;
}

void StationWatch::checkpoint(Checkpoint& file) {
  for (auto& days : days_) file.item("days of a station", days);
  file.fixed("the day so far", today_);
  for (auto& flows : cell_flow_) file.fixed("flow of the day so far", flows);
  file.item("begin of the day", day_begin_);
}

}  // namespace limpid
