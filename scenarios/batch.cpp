#include "scenarios/batch.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>

#include "model/dispersion_formula.hpp"
#include "model/random.hpp"
#include "model/sunlight.hpp"
#include "model/tags.hpp"
#include "scenarios/returned_load.hpp"
#include "scenarios/station_measure.hpp"
#include "scenarios/water_measure.hpp"
#include "solvers/checkpoint.hpp"

namespace limpid {

namespace {

constexpr double kAlways = std::numeric_limits<double>::infinity();

bool holds(const Basin& basin, const Source& source, const Target& target) {
  if (target.kind == "source") return source.id == target.id;
  if (target.kind == "sector") return source.sector == target.id;
  if (target.kind == "county") return source.county == target.id;
  if (target.kind == "permit") return source.permit == target.id;
  if (source.reach < 0) return false;
  const Reach& reach = basin.network.reaches[static_cast<std::size_t>(source.reach)];
  if (target.kind == "reach") return reach.id == target.id;
  return target.kind == "stretch" && reach.stretch == target.id;
}

// Until when a series keeps its value at t (record time).
double constant_until(const Series& series, double t) {
  if (series.is_constant()) return kAlways;
  if (series.interpolation() == Interpolation::linear) return t;
  const auto next = std::upper_bound(series.times().begin(), series.times().end(), t);
  return next == series.times().end() ? kAlways : *next;
}

// Oxygen, heat and age are no loads of a sector.
bool pollutes(const Constituent& constituent) {
  return constituent.id != "DO" && constituent.basis != AmountBasis::heat &&
         constituent.basis != AmountBasis::age;
}

// What a flow factor moves.
bool follows_climate(const Source& source) {
  return source.carries_water && source.kind != SourceKind::abstraction;
}

double source_volume(const Source& source, double t0, double t1) {
  return source.flow.integral(t0, t1);
}

double source_load(const Source& source, std::size_t constituent, double t0, double t1) {
  if (constituent >= source.loads.size()) return 0;
  const SourceLoad& load = source.loads[constituent];
  switch (load.kind) {
    case SourceLoad::Kind::concentration:
      return Series::product_integral(source.flow, load.series, t0, t1);
    case SourceLoad::Kind::load:
      return load.series.integral(t0, t1);
    default:
      return 0;
  }
}

}  // namespace

std::vector<int> measure_sources(const Basin& basin, const Measure& measure) {
  std::vector<int> list;
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    const bool all = std::all_of(measure.at.begin(), measure.at.end(), [&](const Target& target) {
      return holds(basin, basin.sources[s], target);
    });
    if (all && !measure.at.empty()) list.push_back(static_cast<int>(s));
  }
  return list;
}

std::vector<int> measure_reaches(const Basin& basin, const Measure& measure) {
  std::vector<int> list;
  for (std::size_t r = 0; r < basin.network.reaches.size(); ++r) {
    const Reach& reach = basin.network.reaches[r];
    if (std::all_of(measure.at.begin(), measure.at.end(), [&](const Target& target) {
          return target.kind == "reach" ? reach.id == target.id
                                        : target.kind == "stretch" && reach.stretch == target.id;
        }))
      list.push_back(static_cast<int>(r));
  }
  return list;
}

bool sets_dispersion(const Measure& measure) {
  return measure.action == ActionKind::set_parameter && measure.process == kTransportProcess;
}

std::string water_key(const Basin& basin, const Plan& plan) {
  std::vector<std::string> parts;
  for (const Measure& m : plan.measures) {
    for (int s : measure_stations(basin, m)) parts.push_back("station" + std::to_string(s) + action_text(m));
    for (int r : restored_reaches(basin, m)) parts.push_back("reach" + std::to_string(r) + action_text(m));
    for (int s : measure_structures(basin, m))
      parts.push_back("structure" + std::to_string(s) + action_text(m));
    if (!is_flow(m.action)) continue;
    for (int s : measure_sources(basin, m))
      if (moves_water(basin.sources[static_cast<std::size_t>(s)], m))
        parts.push_back(std::to_string(s) + action_text(m));
  }
  std::sort(parts.begin(), parts.end());
  std::string key;
  for (const std::string& part : parts) key += part + ";";
  return key;
}

namespace {

void append_bits(std::string& text, double value) {
  text += std::to_string(std::bit_cast<std::uint64_t>(value)) + ";";
}

// Which record year stands for each year that a case can have: two maps are alike if these are.
std::uint64_t years_hash(const ForcingYears& years) {
  std::string text;
  for (int year = 1; year <= 9999; ++year) {
    const auto record = static_cast<unsigned>(years.record_year(year));
    text += static_cast<char>(record & 0xFF);
    text += static_cast<char>(record >> 8);
  }
  return stream_of(text);
}

}  // namespace

std::string water_key(const Basin& basin, const Plan& plan, const Assumptions& assumptions) {
  std::string key = water_key(basin, plan);
  key += "|";
  append_bits(key, assumptions.flow);
  append_bits(key, assumptions.temperature);
  if (assumptions.years) key += std::to_string(years_hash(*assumptions.years));
  return key;
}

RunOptions run_options(const RunOptions& options, const Assumptions& assumptions) {
  RunOptions own = options;
  if (assumptions.years) own.forcing_years = *assumptions.years;
  return own;
}

std::vector<std::vector<std::size_t>> pack(const std::vector<std::string>& keys, std::size_t most) {
  std::vector<std::vector<std::size_t>> alike;
  std::map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto [at, fresh] = known.try_emplace(keys[i], alike.size());
    if (fresh) alike.emplace_back();
    alike[at->second].push_back(i);
  }
  std::vector<std::vector<std::size_t>> groups;
  for (const std::vector<std::size_t>& all : alike)
    for (std::size_t i = 0; i < all.size(); i += most)
      groups.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i),
                          all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), i + most)));
  return groups;
}

Batch::Batch(const Basin& basin, const RunOptions& options, std::vector<const Plan*> plans,
             std::vector<const Assumptions*> assumptions)
    : basin_(basin),
      options_(options),
      plans_(std::move(plans)),
      assumptions_(std::move(assumptions)),
      acting_(basin.sources.size()),
      at_stations_(basin.stations.size()) {
  for (int lane = 0; lane < lanes(); ++lane)
    for (const Measure& measure : plans_[static_cast<std::size_t>(lane)]->measures) {
      for (int s : measure_sources(basin, measure))
        acting_[static_cast<std::size_t>(s)].push_back({&measure, measures_.size(), lane});
      if (lane == 0) {
        for (int s : measure_stations(basin, measure))
          at_stations_[static_cast<std::size_t>(s)].push_back({&measure, measures_.size(), lane});
        if (auto reaches = restored_reaches(basin, measure); !reaches.empty())
          restoring_.push_back({&measure, measures_.size(), std::move(reaches)});
        if (auto structures = measure_structures(basin, measure); !structures.empty())
          opening_.push_back({&measure, measures_.size(), std::move(structures)});
      }
      measures_.push_back(&measure);
      if (sets_dispersion(measure)) dispersing_.push_back({&measure, lane, measure_reaches(basin, measure)});
    }
  loses_ = std::any_of(basin.network.reaches.begin(), basin.network.reaches.end(),
                       [](const Reach& reach) { return reach.loses_water(); });
  strength_.assign(measures_.size(), 0.0);
  base_volume_.assign(basin.sources.size(), 0.0);
  base_load_.assign(basin.sources.size() * basin.constituents.size(), 0.0);
  assume_loads();
}

void Batch::assume_loads() {
  for (const Constituent& c : basin_.constituents) pollutes_.push_back(pollutes(c));
  load_factor_.assign(basin_.sources.size() * plans_.size(), 1.0);
  if (assumptions_.empty()) return;
  flow_ = assumptions_.front()->flow;
  warming_ = assumptions_.front()->temperature;
  for (std::size_t s = 0; s < basin_.sources.size(); ++s)
    for (std::size_t lane = 0; lane < plans_.size(); ++lane)
      for (const LoadFactor& load : assumptions_[lane]->loads)
        if (load.sector.empty() || load.sector == basin_.sources[s].sector)
          load_factor_[s * plans_.size() + lane] *= load.factor;
}

// Existing volumes and loads over the step; kept while every series stays at its value.
bool Batch::update_base(double t0, double t1) {
  const double r0 = options_.forcing_years.record_time(t0), r1 = r0 + (t1 - t0);
  if (r0 >= base_from_ && r1 <= base_until_ && t1 - t0 == base_dt_) return false;
  const std::size_t constituents = basin_.constituents.size();
  base_dt_ = t1 - t0;
  base_from_ = r0;
  base_until_ = kAlways;
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    base_volume_[s] = source_volume(source, r0, r1);
    base_until_ = std::min(base_until_, constant_until(source.flow, r0));
    for (std::size_t c = 0; c < constituents; ++c)
      base_load_[s * constituents + c] = source_load(source, c, r0, r1);
    move_climate(s);
    for (const SourceLoad& load : source.loads)
      if (load.kind != SourceLoad::Kind::none)
        base_until_ = std::min(base_until_, constant_until(load.series, r0));
  }
  return true;
}

// The assumed climate on a source's volume and on its loads that are concentrations.
void Batch::move_climate(std::size_t source) {
  if (flow_ == 1 && warming_ == 0) return;
  const Source& s = basin_.sources[source];
  const double flow = follows_climate(s) ? flow_ : 1.0;
  base_volume_[source] *= flow;
  for (std::size_t c = 0; c < s.loads.size(); ++c) {
    if (s.loads[c].kind != SourceLoad::Kind::concentration) continue;
    double& load = base_load_[source * basin_.constituents.size() + c];
    load *= flow;
    if (basin_.constituents[c].basis == AmountBasis::heat)
      load = std::max(std::min(load, 0.0), load + warming_ * base_volume_[source]);
  }
}

bool Batch::update_strengths(double t0, double t1) {
  if (t0 >= strength_from_ && t1 <= strength_until_) return false;
  strength_from_ = t0;
  strength_until_ = kAlways;
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    strength_[m] = measures_[m]->strength(t0, t1, options_.grid.offset);
    strength_until_ = std::min(strength_until_, measures_[m]->constant_until(t0, options_.grid.offset));
  }
  return true;
}

void Batch::water(double t0, double t1, WaterInput& out) {
  if (update_base(t0, t1)) composed_ = false;
  if (update_strengths(t0, t1)) composed_ = false;
  out.dt = t1 - t0;
  out.volume.resize(basin_.sources.size());
  out.rate.resize(basin_.sources.size());
  const double begin = options_.forcing_years.record_time(t0), end = begin + out.dt;
  out.diversions.clear();
  for (std::size_t s = 0; s < basin_.stations.size(); ++s)
    out.diversions.push_back(diversion(s, t0, t1, begin));
  out.outlets.clear();
  for (const Outlet& outlet : basin_.network.outlets) out.outlets.push_back(outlet_input(outlet, begin, end));
  out.openings.clear();
  for (const Structure& s : basin_.network.structures) out.openings.push_back(s.opening.mean(begin, end));
  move_openings(t0, t1, out);
  move_channels(out);
  out.lakes.clear();
  for (const Lake& lake : basin_.network.lakes) out.lakes.push_back(lake_input(lake, begin, end));
  out.losses.clear();
  for (const Reach& reach : basin_.network.reaches)
    if (loses_) out.losses.push_back({reach.evaporation.mean(begin, end), reach.seepage.mean(begin, end)});
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    out.volume[s] = river_volume(s);
    const bool steps = source.flow.interpolation() == Interpolation::step_mean || source.flow.is_constant();
    out.rate[s] = steps ? out.volume[s] / out.dt
                        : (follows_climate(source) ? flow_ : 1.0) * source.flow.at(end) *
                              (base_volume_[s] > 0 ? out.volume[s] / base_volume_[s] : 0.0);
  }
}

// The first lane's: all have the same measures on channels and structures.
void Batch::move_channels(WaterInput& out) const {
  out.channels.clear();
  if (restoring_.empty()) return;
  out.channels.resize(basin_.network.reaches.size());
  for (const ActingOn& r : restoring_)
    for (const int reach : r.on) {
      const auto i = static_cast<std::size_t>(reach);
      restore(basin_.network.reaches[i], *r.measure, strength_[r.index], out.channels[i]);
    }
}

void Batch::move_openings(double t0, double t1, WaterInput& out) const {
  out.gates.clear();
  for (const ActingOn& o : opening_)
    for (const int structure : o.on) {
      if (o.measure->action == ActionKind::open_by_level) {
        const auto& e = o.measure->effects;
        out.gates.push_back({structure, e[0].value, e[1].value, e[2].value, strength_[o.index]});
        continue;
      }
      double& opening = out.openings[static_cast<std::size_t>(structure)];
      const double wanted = monthly_effect(*o.measure, t0, t1, options_.grid.offset);
      opening += strength_[o.index] * (wanted - opening);
    }
}

DiversionInput Batch::diversion(std::size_t station, double t0, double t1, double record_begin) const {
  const Hydropower& s = basin_.stations[station];
  const double capacity = basin_.network.reaches[static_cast<std::size_t>(s.canal)].split.capacity;
  const DiversionInput own = diversion_input(s, capacity, t0, t1, record_begin, options_.grid.offset);
  DiversionInput input = own;
  for (const Acting& acting : at_stations_[station])
    limit_diversion(own, *acting.measure, strength_[acting.index], t0, t1, options_.grid.offset, input);
  return input;
}

bool Batch::loads(double t0, double t1, const Rows& rows, std::vector<double>& out) {
  if (update_base(t0, t1)) composed_ = false;
  if (update_strengths(t0, t1)) composed_ = false;
  if (composed_) return false;
  out.assign(rows.at(static_cast<int>(basin_.sources.size())), 0.0);
  for (std::size_t s = 0; s < basin_.sources.size(); ++s)
    if (basin_.sources[s].kind != SourceKind::abstraction && !basin_.sources[s].is_return())
      compose(s, rows, out.data() + rows.at(static_cast<int>(s)));
  composed_ = true;
  return true;
}

void Batch::compose(std::size_t source, const Rows& rows, double* row) const {
  for (int lane = 0; lane < rows.lanes; ++lane) {
    const double volume = lane_volume(source, lane);
    for (int c = 0; c < rows.constituents; ++c)
      row[rows.index(c, lane)] = tag_or_load(source, c, rows, lane, volume, row);
  }
}

// A tag gets the load of its total, which stands before it in the row, if the source belongs to its group.
double Batch::tag_or_load(std::size_t source, int constituent, const Rows& rows, int lane, double volume,
                          const double* row) const {
  const Constituent& c = basin_.constituents[static_cast<std::size_t>(constituent)];
  if (!c.is_tag()) return lane_load(source, constituent, lane, volume);
  return c.tag_group == tag_group(basin_, basin_.sources[source]) ? row[rows.index(c.tag_of, lane)] : 0.0;
}

double Batch::lane_volume(std::size_t source, int lane) const {
  return moved_volume(source, lane, false);
}

// The water of a source that carries none to speak of is not moved by measures (moves_water()).
double Batch::river_volume(std::size_t source) const {
  return moved_volume(source, 0, true);
}

// of_river: only by measures that change the river's water.
double Batch::moved_volume(std::size_t source, int lane, bool of_river) const {
  double factor = 1, added = 0;
  const auto acts = [&](const Acting& acting) {
    return acting.lane == lane && is_flow(acting.measure->action) &&
           (!of_river || moves_water(basin_.sources[source], *acting.measure));
  };
  for (const Acting& acting : acting_[source]) {
    if (!acts(acting)) continue;
    const double effect = acting.measure->effects.front().value * strength_[acting.index];
    if (acting.measure->action == ActionKind::scale_flow) factor *= 1 + effect;
    if (acting.measure->action == ActionKind::add_flow) added += effect * base_dt_;
  }
  const double moved = std::max(0.0, base_volume_[source] * factor + added);
  double volume = moved;
  for (const Acting& acting : acting_[source]) {
    if (!acts(acting) || acting.measure->action != ActionKind::cap_flow) continue;
    const double strength = strength_[acting.index], cap = acting.measure->effects.front().value * base_dt_;
    volume = std::min(volume, (1 - strength) * moved + strength * std::min(moved, cap));
  }
  return volume;
}

double Batch::lane_load(std::size_t source, int constituent, int lane, double volume) const {
  const auto c = static_cast<std::size_t>(constituent), lane_index = static_cast<std::size_t>(lane);
  double load = base_load_[source * basin_.constituents.size() + c];
  if (pollutes_[c]) load *= load_factor_[source * plans_.size() + lane_index];
  const bool follows = c < basin_.sources[source].loads.size() &&
                       basin_.sources[source].loads[c].kind == SourceLoad::Kind::concentration &&
                       base_volume_[source] > 0;
  const Brought brought = brought_by(source, constituent, lane);
  const double scale = follows ? std::max(0.0, volume - brought.volume) / base_volume_[source] : 1.0;
  return measured_load(source, constituent, lane, load, scale, brought.load, volume);
}

// Water that measures add with a concentration of their own.
Batch::Brought Batch::brought_by(std::size_t source, int constituent, int lane) const {
  Brought brought;
  for (const Acting& acting : acting_[source]) {
    const Measure& m = *acting.measure;
    if (acting.lane != lane || m.action != ActionKind::add_flow) continue;
    const double volume = m.effects.front().value * strength_[acting.index] * base_dt_;
    for (const Effect& effect : m.effects) {
      if (effect.constituent != constituent) continue;
      brought.volume += volume;
      brought.load += volume * effect.value;
    }
  }
  return brought;
}

// scale: of the load that follows the volume; added: beside it.
double Batch::measured_load(std::size_t source, int constituent, int lane, double load, double scale,
                            double added, double volume) const {
  double factor = 1, cap = kAlways, cap_strength = 0;
  for (const Acting& acting : acting_[source]) {
    if (acting.lane != lane) continue;
    const double strength = strength_[acting.index];
    if (strength == 0) continue;
    for (const Effect& effect : acting.measure->effects) {
      if (effect.constituent != constituent) continue;
      switch (acting.measure->action) {
        case ActionKind::set_load:
          load = (1 - strength) * load + strength * effect.value * base_dt_;
          break;
        case ActionKind::remove_fraction:
          factor *= 1 - strength * effect.value;
          break;
        case ActionKind::cap_concentration:
          if (effect.value < cap) {
            cap = effect.value;
            cap_strength = strength;
          }
          break;
        default:
          break;
      }
    }
  }
  load = load * factor * scale + added;
  const double capped = std::min(load, cap * volume);
  return cap_strength > 0 ? (1 - cap_strength) * load + cap_strength * capped : load;
}

// A tag gets its part of the total, which stands before it in the row.
void Batch::returned(double t0, double t1, int source, double volume, const Rows& rows, double* row) {
  if (update_base(t0, t1)) composed_ = false;
  if (update_strengths(t0, t1)) composed_ = false;
  const auto s = static_cast<std::size_t>(source);
  const Source& returning = basin_.sources[s];
  const double begin = options_.forcing_years.record_time(t0), end = begin + (t1 - t0);
  const int group = basin_.tag_groups.empty() ? -1 : tag_group(basin_, returning);
  for (int lane = 0; lane < rows.lanes; ++lane) {
    std::vector<double> kept(static_cast<std::size_t>(rows.constituents)), own(kept);
    for (int c = 0; c < rows.constituents; ++c) {
      const Constituent& constituent = basin_.constituents[static_cast<std::size_t>(c)];
      const auto i = static_cast<std::size_t>(c);
      double& amount = row[rows.index(c, lane)];
      if (constituent.is_tag()) {
        const auto of = static_cast<std::size_t>(constituent.tag_of);
        amount = kept[of] * amount + (constituent.tag_group == group ? own[of] : 0.0);
        continue;
      }
      const double factor =
          pollutes_[i] ? load_factor_[s * plans_.size() + static_cast<std::size_t>(lane)] : 1.0;
      const double warming = constituent.basis == AmountBasis::heat ? warming_ : 0.0;
      const ReturnedLoad load = returned_load(returning, i, volume, begin, end, warming, factor);
      const double before = load.before(amount), after = measured_load(s, c, lane, before, 1, 0, volume);
      const double share = before != 0 ? after / before : 0.0;
      kept[i] = share * load.kept_share;
      own[i] = before != 0 ? share * load.own : after;
      amount = after;
    }
  }
}

namespace {

// The weather of one climate at a moment.
struct Weather {
  double temperature, wind, air_temperature, vapour_pressure, solar, albedo, cloud, equilibrium_temperature;
};

// now: the model's time, by which the sun stands; record: that of the series; warming: degC.
Weather weather_at(const Climate& climate, double now, double record, double warming) {
  Weather w{};
  w.temperature = climate.water_temperature.at(record);
  w.wind = climate.wind.at(record);
  w.air_temperature = climate.air_temperature.at(record);
  w.cloud = climate.cloud.at(record);
  w.equilibrium_temperature = climate.equilibrium_temperature.at(record);
  if (warming != 0) {
    w.temperature = std::max(std::min(w.temperature, 0.0), w.temperature + warming);
    w.air_temperature += warming;
    w.equilibrium_temperature += warming;
  }
  w.vapour_pressure = climate.relative_humidity.at(record) * saturation_vapour_pressure(w.air_temperature);
  const Sun sun = sun_at(now, climate.latitude, climate.longitude);
  w.solar = climate.has_solar
                ? climate.solar.at(record)
                : clear_sky(sun, climate.elevation, climate.turbidity) * cloud_transmission(w.cloud);
  w.albedo = water_albedo(sun, w.cloud);
  return w;
}

}  // namespace

void Batch::environment(double t0, double t1, Environment& out) {
  const double r = options_.forcing_years.record_time(t0) + (t1 - t0);
  std::vector<Weather> weather;
  for (const Climate& climate : basin_.climates) weather.push_back(weather_at(climate, t1, r, warming_));
  for (std::size_t i = 0; i < out[Env::temperature].size(); ++i) {
    const auto reach = static_cast<std::size_t>(basin_.network.cell_reach[i]);
    const Weather& w = weather[static_cast<std::size_t>(basin_.reach_climate[reach])];
    out[Env::temperature][i] = w.temperature;
    out[Env::wind][i] = w.wind;
    out[Env::air_temperature][i] = w.air_temperature;
    out[Env::vapour_pressure][i] = w.vapour_pressure;
    out[Env::solar][i] = (1 - basin_.network.reaches[reach].shade) * w.solar;
    out[Env::albedo][i] = w.albedo;
    out[Env::cloud][i] = w.cloud;
    out[Env::equilibrium_temperature][i] = w.equilibrium_temperature;
  }
}

void Batch::dispersion(double t0, double t1, std::vector<LaneDispersion>& out) {
  for (const Dispersing& d : dispersing_) {
    const double strength = d.measure->strength(t0, t1, options_.grid.offset);
    if (strength == 0) continue;
    for (const int reach : d.reaches)
      out.push_back({reach, d.lane, strength, d.measure->effects.front().value,
                     d.measure->parameter == dispersion_parameters()[1].id});
  }
}

// The factor by which a lane assumes a parameter.
double Batch::factor(int lane, const ProcessUse& use, const char* parameter) const {
  double factor = 1;
  if (assumptions_.empty()) return factor;
  for (const ParameterFactor& f : assumptions_[static_cast<std::size_t>(lane)]->parameters)
    if (f.process == use.id && f.parameter == parameter) factor *= f.factor;
  return factor;
}

// What a lane assumes of every parameter, everywhere and on the stretches that have their own value.
void Batch::assume(int lane, std::vector<LaneParameter>& out) const {
  if (assumptions_.empty() || assumptions_[static_cast<std::size_t>(lane)]->parameters.empty()) return;
  for (std::size_t p = 0; p < basin_.processes.size(); ++p) {
    const ProcessUse& use = basin_.processes[p];
    for (std::size_t k = 0; k < use.parameters.size(); ++k) {
      const double f = factor(lane, use, use.process->info().parameters[k].id);
      if (f == 1) continue;
      const auto put = [&](const std::string& stretch, double value) {
        out.push_back({static_cast<int>(p), static_cast<int>(k), stretch, lane, f * value});
      };
      put("", use.parameters[k].value);
      for (const auto& own : use.parameters[k].stretches) put(own.stretch, own.value);
    }
  }
}

void Batch::parameters(double t, std::vector<LaneParameter>& out) {
  for (int lane = 0; lane < lanes(); ++lane) {
    assume(lane, out);
    for (const Measure& m : plans_[static_cast<std::size_t>(lane)]->measures)
      if (m.action == ActionKind::set_parameter) move_parameter(m, lane, t, out);
  }
}

void Batch::move_parameter(const Measure& m, int lane, double t, std::vector<LaneParameter>& out) const {
  const double strength = m.strength(t, t + 1, options_.grid.offset);
  if (strength == 0) return;
  const std::string stretch = m.at.empty() ? "" : m.at.front().id;
  for (std::size_t p = 0; p < basin_.processes.size(); ++p) {
    const ProcessUse& use = basin_.processes[p];
    if (use.id != m.process) continue;
    const auto parameters = use.process->info().parameters;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      if (m.parameter != parameters[k].id) continue;
      double without = use.parameters[k].value;
      for (const auto& own : use.parameters[k].stretches)
        if (own.stretch == stretch) without = own.value;
      without *= factor(lane, use, parameters[k].id);
      out.push_back({static_cast<int>(p), static_cast<int>(k), stretch, lane,
                     (1 - strength) * without + strength * m.effects.front().value});
    }
  }
}

// A series that stands still is integrated once, over the step that asked first; what that gave is kept.
void Batch::checkpoint(Checkpoint& file) {
  file.fixed("volumes of the sources", base_volume_);
  file.fixed("loads of the sources", base_load_);
  file.fixed("strengths of the measures", strength_);
  for (double* bound : {&base_dt_, &base_from_, &base_until_, &strength_from_, &strength_until_})
    file.item("bounds in time", *bound);
  if (file.reading()) composed_ = false;
}

}  // namespace limpid
