#include "validation/boulder_basin.hpp"

#include <chrono>
#include <cmath>
#include <stdexcept>

#include "model/carbonate.hpp"
#include "model/sunlight.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400, kLangley = 4.183076e4 / kDay;  // W/m2 of a ly/d, with QUAL2Kw's calorie
constexpr double kConductivity = 500;                         // uS/cm, of the rivers' pH
constexpr double kCut = 10;                                   // m
constexpr double kMicro = 1e-3;                               // ug/L to mg/L

// In the order of Q2kConstituent.
constexpr const char* kCarried[] = {
    "conductivity",   "ISS",     "DO",        "CBOD_slow", "CBOD_fast",     "ORGN",
    "NH3_N",          "NO3_N",   "ORGP",      "PO4_P",     "phytoplankton", "detritus",
    "fecal_coliform", "generic", "alkalinity"};

double factor_of(int constituent) {
  return constituent >= q_organic_n && constituent <= q_inorganic_p ? kMicro : 1.0;
}

double carbon_of(double ph, double alkalinity, double temperature, double conductivity) {
  const CarbonateConstants k = carbonate_constants(temperature, 1.6e-5 * conductivity);
  return 1e3 * kGramCarbonPerMole * inorganic_carbon(ph, alkalinity * 1e-3 / kCarbonatePerEquivalent, k);
}

// The water of one source at one time.
struct Water {
  double temperature, ph;
  std::array<double, kQ2kConstituents> c;
};

Water of(const Q2kPoint& point, double day) {
  Water water{std::max(point.temperature.at(day), 0.0), point.ph.at(day), {}};
  for (std::size_t k = 0; k < kQ2kConstituents; ++k)
    water.c[k] = std::max(point.constituents[k].at(day), 0.0);
  return water;
}

// A series of five days and a little more, straight between points of 7.5 minutes.
template <class Value>
Series daily(const BoulderCreek& creek, Value value) {
  std::vector<double> times, values;
  const int steps = static_cast<int>(std::lround((creek.q.days + 0.1) / creek.q.step));
  for (int n = 0; n <= steps; ++n) {
    times.push_back(creek.begin + n * creek.q.step * kDay);
    values.push_back(value(n * creek.q.step));
  }
  return Series(times, values, Interpolation::linear);
}

template <class WaterAt>
void fill(BoulderCreek& creek, Source& source, WaterAt water_at) {
  Basin& basin = creek.basin;
  set_concentration(basin, source, "temperature",
                    daily(creek, [&](double day) { return water_at(day).temperature; }));
  for (int k = 0; k < kQ2kConstituents; ++k)
    set_concentration(basin, source, kCarried[k], daily(creek, [&](double day) {
                        return factor_of(k) * water_at(day).c[static_cast<std::size_t>(k)];
                      }));
  set_concentration(basin, source, "DIC", daily(creek, [&](double day) {
                      const Water w = water_at(day);
                      return carbon_of(w.ph, w.c[q_alkalinity], w.temperature, w.c[q_conductivity]);
                    }));
}

std::string stretch_of(std::size_t reach) {
  return "s" + std::to_string(reach);
}

// Overlap of two stretches, both from the higher to the lower distance.
double overlap(double up_a, double down_a, double up_b, double down_b) {
  return std::max(0.0, std::min(up_a, up_b) - std::max(down_a, down_b));
}

// The reach below the abstraction's.
std::size_t below_abstraction(const Q2kCase& q) {
  double up = q.headwater.x_down;
  for (std::size_t i = 0; i < q.reaches.size(); up = q.reaches[i].x_down, ++i)
    for (const Q2kPoint& p : q.points)
      if (p.abstraction > 0 && p.x <= up && p.x > q.reaches[i].x_down) return i + 1;
  return q.reaches.size();
}

void add_sources(BoulderCreek& creek, bool cut) {
  const Q2kCase& q = creek.q;
  fill(creek, add_boundary(creek.basin, 0, q.headwater.flow), [&](double day) {
    Water water{q.head_temperature.at(day), q.head_ph.at(day), {}};
    for (std::size_t k = 0; k < kQ2kConstituents; ++k) water.c[k] = q.head[k].at(day);
    return water;
  });
  double up = q.headwater.x_down;
  for (std::size_t i = 0; i < q.reaches.size(); ++i) {
    const double down = q.reaches[i].x_down;
    const int node = static_cast<int>(i);
    for (const Q2kPoint& point : q.points) {
      if (point.x > up || point.x <= down) continue;
      if (point.inflow > 0)
        fill(creek, add_boundary(creek.basin, node, point.inflow),
             [&](double day) { return of(point, day); });
      if (point.abstraction > 0)
        add_boundary(creek.basin, node + 1, point.abstraction).kind = SourceKind::abstraction;
    }
    for (const Q2kDiffuse& d : q.diffuse) {
      const double share = overlap(up, down, d.x_up, d.x_down) / (d.x_up - d.x_down);
      if (share <= 0) continue;
      Source& source = cut && i == below_abstraction(q)
                           ? add_point(creek.basin, node, kCut, 0, share * d.inflow)
                           : add_boundary(creek.basin, node, share * d.inflow);
      fill(creek, source, [&](double) { return Water{d.temperature, d.ph, d.constituents}; });
    }
    up = down;
  }
}

void add_network(BoulderCreek& creek, int cells) {
  const Q2kCase& q = creek.q;
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Channel> channels;
  for (std::size_t i = 0; i <= q.reaches.size(); ++i) nodes.push_back({"n" + std::to_string(i), 0, 0, {}});
  double up = q.headwater.x_down, flow = q.headwater.flow;
  for (std::size_t i = 0; i < q.reaches.size(); ++i) {
    const Q2kReach& r = q.reaches[i];
    double in = 0, out = 0;
    for (const Q2kPoint& p : q.points)
      if (p.x <= up && p.x > r.x_down) in += p.inflow, out += p.abstraction;
    for (const Q2kDiffuse& d : q.diffuse)
      in += d.inflow * overlap(up, r.x_down, d.x_up, d.x_down) / (d.x_up - d.x_down);
    const double through = flow + in, on = through - out;
    Reach reach;
    reach.id = "r" + std::to_string(i), reach.stretch = stretch_of(i);
    reach.from = static_cast<int>(i), reach.to = static_cast<int>(i) + 1;
    reach.length = 1000 * (up - r.x_down), reach.cell_length = reach.length / cells;
    reach.slope = r.slope * (through / on) * (through / on);
    reach.manning_n = r.manning_n;
    reach.elevation = 0.5 * (r.elevation_up + r.elevation_down);
    reach.channel = static_cast<int>(i);
    Channel channel;
    channel.id = "c" + std::to_string(i), channel.bottom_width = r.width;
    reaches.push_back(reach), channels.push_back(channel);
    up = r.x_down, flow = on;
  }
  Problems problems;
  std::vector<Cut> cuts;
  if (cells > 1) cuts.push_back({static_cast<int>(below_abstraction(q)), kCut});
  creek.basin.network = build_network(nodes, reaches, channels, cuts, 0, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  creek.basin.schemes.hydraulics = HydraulicScheme::steady;
  creek.basin.schemes.dispersion = false;
  creek.basin.reach_climate.assign(reaches.size(), 0);
}

// QUAL2Kw's sky knows no elevation, its wind stands at 7 m, and it repeats the sun of the one day.
void add_climate(BoulderCreek& creek) {
  const Q2kCase& q = creek.q;
  Climate climate;
  climate.id = "all";
  climate.wind = Series::constant(q.wind / 0.9479);
  climate.air_temperature = Series::constant(q.air_temperature);
  climate.relative_humidity = Series::constant(saturation_vapour_pressure(q.dew_point) /
                                               saturation_vapour_pressure(q.air_temperature));
  climate.cloud = Series::constant(q.cloud * (1 + 1e-12));  // the albedo's classes begin at their lower end
  climate.latitude = q.latitude, climate.longitude = -q.longitude;
  climate.has_solar = true;
  climate.solar = daily(creek, [&](double day) {
    const Sun sun = sun_at(creek.begin + kDay * (day - std::floor(day)), q.latitude, -q.longitude);
    return clear_sky(sun, 0, q.turbidity) * cloud_transmission(q.cloud);
  });
  creek.basin.climates = {climate};
}

// Elements in a unit of each; of CBOD the carbon that its oxidation sets free.
Composition composition_of(const Q2kCase& q, const std::string& id) {
  const double algae_carbon = q.stoichiometry[1] / q.stoichiometry[4];
  if (id == "ORGN" || id == "NH3_N" || id == "NO3_N" || id == "bottom_algae_N") return {1, 0, 0};
  if (id == "ORGP" || id == "PO4_P" || id == "bottom_algae_P") return {0, 1, 0};
  if (id == "CBOD_fast" || id == "CBOD_slow") return {0, 0, 1 / q.oxygen[1]};
  if (id == "detritus" || id == "bottom_algae") return {0, 0, algae_carbon};
  if (id == "phytoplankton") return {0.072, 0.01, algae_carbon};
  return {0, 0, id == "DIC" ? 1.0 : 0.0};
}

void add_boulder_constituents(BoulderCreek& creek) {
  Basin& basin = creek.basin;
  add_constituents(basin, {kCarried, kCarried + kQ2kConstituents});
  add_constituents(basin,
                   {"DIC", "temperature", "bottom_algae", "bottom_algae_N", "bottom_algae_P", "bed_heat"});
  for (Constituent& c : basin.constituents) {
    c.composition = composition_of(creek.q, c.id);
    if (c.id == "temperature" || c.id == "bed_heat") c.basis = AmountBasis::heat;
    if (c.id == "bed_heat" || c.id.starts_with("bottom_algae")) c.phase = Phase::attached;
  }
}

struct Given {
  const char* parameter;
  double value, theta;
};

void add(Basin& basin, const char* type, const std::vector<std::pair<std::string, std::string>>& roles,
         const std::vector<Given>& values) {
  std::vector<std::pair<std::string, double>> plain;
  for (const Given& v : values) plain.emplace_back(v.parameter, v.value);
  ProcessUse& use = add_process(basin, type, roles, plain);
  for (const Given& v : values)
    for (std::size_t p = 0; p < use.parameters.size(); ++p)
      if (use.process->info().parameters[p].id == std::string(v.parameter)) use.parameters[p].theta = v.theta;
}

void add_reaeration(BoulderCreek& creek) {
  ProcessUse& use = add_process(creek.basin, "reaeration");
  for (std::size_t p = 0; p < use.parameters.size(); ++p)
    if (use.process->info().parameters[p].id == std::string("k_a_given"))
      for (std::size_t i = 0; i < creek.q.reaches.size(); ++i)
        use.parameters[p].stretches.push_back({stretch_of(i), creek.q.reaches[i].k_a / kDay});
}

void add_processes(BoulderCreek& creek) {
  const Q2kCase& q = creek.q;
  Basin& b = creek.basin;
  const auto& c = q.carbon_rates;
  const auto& n = q.nitrogen_rates;
  const auto &a = q.algae_rates, &a2 = q.algae_rates_2, &a3 = q.algae_rates_3, &p = q.pathogen_rates;
  const double roc = q.oxygen[1], r_od = roc * q.stoichiometry[1] / q.stoichiometry[4], fade = 1 / c[0];
  const Q2kReach& bed = q.reaches.front();
  add(b, "underwater_light", {},
      {{"k_eb", q.light[1], 1}, {"a_i", q.light[4], 1}, {"a_o", q.light[5], 1}, {"f_PAR", q.light[0], 1}});
  add(b, "carbonate_system", {}, {{"conductivity", kConductivity, 1}});
  add_reaeration(creek);
  add(b, "co2_exchange", {}, {{"p_CO2", q.p_co2, 1}, {"ratio", std::pow(32.0 / 44.0, 0.25), 1}});
  add(b, "ammonia_exchange", {}, {});
  add(b, "cbod_hydrolysis", {}, {{"k_hc", c[5], c[6]}});
  add(b, "oxidation_limitation", {}, {{"oxygen_law", 1, 1}, {"k_o", fade, 1}});
  add(b, "cbod_oxidation", {{"cbod", "CBOD_slow"}}, {{"k_d", c[7], c[8]}, {"r_co", 1 / roc, 1}});
  add(b, "cbod_oxidation", {}, {{"k_d", c[9], c[10]}, {"r_co", 1 / roc, 1}});
  add(b, "organic_nitrogen_hydrolysis", {}, {{"k_hn", c[11], c[12]}});
  add(b, "nitrification", {}, {{"k_n", n[0], n[1]}, {"k_o", c[1], 1}, {"r_on", q.oxygen[2], 1}});
  add(b, "denitrification", {},
      {{"k_dn", n[2], n[3]},
       {"k_o", c[2], 1},
       {"v_di", n[4], n[5]},
       {"r_cn", roc * 5 * 12.0107 / (4 * 14.0067), 1}});
  add(b, "organic_phosphorus_hydrolysis", {}, {{"k_hp", n[6], n[7]}});
  add(b, "detritus_dissolution", {}, {{"k_dt", a2[6], a2[7]}, {"r_od", r_od, 1}});
  add(b, "bottom_algae", {},
      {{"C_g", a[0], a[1]},
       {"k_r1", a[2], a[4]},
       {"k_r2", a[3], 1},
       {"k_ex", a[5], a[6]},
       {"k_d", a[7], a2[0]},
       {"k_sN", kMicro * a2[1], 1},
       {"k_sP", kMicro * a2[2], 1},
       {"k_sC", a2[3] * 1e3 * kGramCarbonPerMole, 1},
       {"k_light", a2[4] * kLangley, 1},
       {"k_hnx", kMicro * a2[5], 1},
       {"q_0N", a3[0], 1},
       {"q_0P", a3[1], 1},
       {"v_N", a3[2], 1},
       {"v_P", a3[3], 1},
       {"K_qN", a3[4], 1},
       {"K_qP", a3[5], 1},
       {"k_o", fade, 1},
       {"r_od", r_od, 1}});
  add(b, "pathogen_decay", {}, {{"k_p", p[0], p[1]}, {"alpha", p[3] / (24 * kLangley), 1}});
  add(b, "settling", {{"constituent", "fecal_coliform"}}, {{"v_s", p[2], 1}});
  add(b, "first_order_decay", {{"constituent", "generic"}}, {{"k", p[4], p[5]}});
  add(b, "settling", {{"constituent", "generic"}}, {{"v_s", p[6], 1}});
  add(b, "settling", {{"constituent", "ISS"}}, {{"v_s", q.stoichiometry[0], 1}});
  add(b, "sediment_flux", {},
      {{"v_dt", a2[8], 1},
       {"v_on", c[13], 1},
       {"v_op", n[8], 1},
       {"v_ip", n[9], 1},
       {"k_spi", n[10], 1},
       {"r_od", r_od, 1}});
  add(b, "surface_heat", {}, {});
  add(b, "bed_heat", {},
      {{"H_s", 0.01 * bed.bed_thickness, 1},
       {"alpha_s", 1e-4 * bed.bed_diffusivity, 1},
       {"r_s", bed.bed_capacity, 1}});
}

void set_begin(BoulderCreek& creek) {
  const Q2kCase& q = creek.q;
  const Basin& b = creek.basin;
  creek.at_begin.assign(b.constituents.size(), 0.0);
  const auto set = [&](const char* id, double value) {
    creek.at_begin[static_cast<std::size_t>(b.constituent(id))] = value;
  };
  const double t = q.head_temperature.at(0), algae = q.reaches.front().bottom_algae;
  for (int k = 0; k < kQ2kConstituents; ++k)
    set(kCarried[k], factor_of(k) * q.head[static_cast<std::size_t>(k)].at(0));
  set("DIC", carbon_of(q.head_ph.at(0), q.head[q_alkalinity].at(0), t, q.head[q_conductivity].at(0)));
  set("temperature", t);
  set("bottom_algae", algae);
  set("bed_heat", 0.01 * q.reaches.front().bed_thickness * q.reaches.front().bed_capacity * t);
}

}  // namespace

BoulderCreek boulder_basin(const std::filesystem::path& file, int cells) {
  using namespace std::chrono;
  BoulderCreek creek;
  creek.q = read_q2k(file);
  const Q2kCase& q = creek.q;
  const sys_days day{year{q.year} / q.month / q.day};
  creek.begin =
      static_cast<double>(day.time_since_epoch().count()) * kDay - 3600 * (q.time_zone + q.daylight_saving);
  add_network(creek, cells);
  add_climate(creek);
  add_boulder_constituents(creek);
  add_sources(creek, cells > 1);
  add_processes(creek);
  set_begin(creek);
  return creek;
}

double boulder_ph(const BoulderCreek& creek, const std::vector<double>& state) {
  const auto value = [&](const char* id) {
    return state[static_cast<std::size_t>(creek.basin.constituent(id))];
  };
  const CarbonateConstants k = carbonate_constants(value("temperature"), 1.6e-5 * kConductivity);
  return -std::log10(hydrogen_ions(value("DIC") * 1e-3 / kGramCarbonPerMole,
                                   value("alkalinity") * 1e-3 / kCarbonatePerEquivalent, k));
}

const std::vector<BoulderColumn>& boulder_columns() {
  static const std::vector<BoulderColumn> list = {{"cond_umhos", "conductivity", 1},
                                                  {"ISS_mgL", "ISS", 1},
                                                  {"DO_mgL", "DO", 1},
                                                  {"CBODslow_mgL", "CBOD_slow", 1},
                                                  {"CBODfast_mgL", "CBOD_fast", 1},
                                                  {"Norg_ugL", "ORGN", 1e3},
                                                  {"NH4N_ugL", "NH3_N", 1e3},
                                                  {"NO3N_ugL", "NO3_N", 1e3},
                                                  {"Porg_ugL", "ORGP", 1e3},
                                                  {"InorgP_ugL", "PO4_P", 1e3},
                                                  {"Detritus_mgL", "detritus", 1},
                                                  {"Pathogen", "fecal_coliform", 1},
                                                  {"Generic", "generic", 1},
                                                  {"Alk_mgCaCO3L", "alkalinity", 1},
                                                  {"pH", "pH", 1},
                                                  {"BotAlg_gD_m2", "bottom_algae", 1}};
  return list;
}

}  // namespace limpid::validation
