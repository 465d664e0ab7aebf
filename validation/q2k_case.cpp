#include "validation/q2k_case.hpp"

#include <cmath>
#include <fstream>
#include <numbers>
#include <stdexcept>

namespace limpid::validation {

namespace {

class Lines {
 public:
  explicit Lines(const std::filesystem::path& file) : name_(file.filename().string()), in_(file) {
    if (!in_) throw std::runtime_error("cannot read " + file.string());
  }
  // The fields of the next line; quotes are taken off.
  std::vector<std::string> fields(std::size_t least) {
    std::string line;
    if (!std::getline(in_, line)) fail("the file ends");
    ++number_;
    std::vector<std::string> list(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        list.emplace_back();
      else if (c != '\r')
        list.back().push_back(c);
    }
    if (list.size() < least) fail("fewer than " + std::to_string(least) + " fields");
    return list;
  }
  std::vector<double> numbers(std::size_t count, std::size_t skip = 0) {
    const std::vector<std::string> list = fields(skip + count);
    std::vector<double> values;
    for (std::size_t k = skip; k < skip + count; ++k) values.push_back(number(list[k]));
    return values;
  }
  double number(const std::string& text) const {
    try {
      return std::stod(text);
    } catch (const std::exception&) {
      fail("\"" + text + "\" is no number");
    }
  }
  void skip(std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) fields(1);
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(name_ + ":" + std::to_string(number_) + ": " + what);
  }

 private:
  std::string name_;
  std::ifstream in_;
  int number_ = 0;
};

Q2kReach read_reach(Lines& lines, Q2kCase& q) {
  const std::vector<double> v = lines.numbers(35, 3);
  if (v[26] != 0 || v[27] != 0) lines.fail("weirs are not read");
  if (q.latitude == 0) {
    q.latitude = v[3] + (v[4] + v[5] / 60) / 60;
    q.longitude = v[6] + (v[7] + v[8] / 60) / 60;
  }
  return {v[0], v[1], v[2], v[9] * 86400, v[10], v[13], v[14], v[28], v[29], v[30], v[33]};
}

Q2kHourly read_hours(Lines& lines) {
  const std::vector<double> v = lines.numbers(24);
  Q2kHourly hourly;
  for (std::size_t k = 0; k < 24; ++k) hourly.values[k] = v[k];
  return hourly;
}

Q2kWave wave(const std::vector<double>& v, std::size_t first = 0) {
  return {v[first], v[first + 1], v[first + 2]};
}

Q2kPoint read_point(Lines& lines) {
  const std::vector<double> v = lines.numbers(6, 1);
  Q2kPoint point{v[0], v[1], v[2], wave(v, 3), {}, {}};
  for (Q2kWave& c : point.constituents) c = wave(lines.numbers(3));
  point.ph = wave(lines.numbers(3));
  return point;
}

Q2kDiffuse read_diffuse(Lines& lines) {
  const std::vector<double> v = lines.numbers(5, 1);
  Q2kDiffuse diffuse{v[0], v[1], v[2], v[3], v[4], {}, 0};
  for (double& c : diffuse.constituents) c = lines.numbers(1)[0];
  diffuse.ph = lines.numbers(1)[0];
  return diffuse;
}

// One value for all reaches and hours.
double read_uniform(Lines& lines, std::size_t reaches) {
  const double value = read_hours(lines).values[0];
  for (std::size_t i = 1; i < reaches; ++i)
    for (const double v : read_hours(lines).values)
      if (v != value) lines.fail("weather that changes is not read");
  return value;
}

}  // namespace

double Q2kWave::at(double day_time) const {
  return mean + amplitude * std::cos(2 * std::numbers::pi * (day_time - peak));
}

double Q2kHourly::at(double day_time) const {
  const double hour = 24 * (day_time - std::floor(day_time));
  const auto k = static_cast<std::size_t>(hour) % 24;
  return values[k] + (hour - std::floor(hour)) * (values[(k + 1) % 24] - values[k]);
}

Q2kCase read_q2k(const std::filesystem::path& file) {
  Lines lines(file);
  Q2kCase q{};
  lines.skip(2);
  const std::vector<double> date = lines.numbers(3);
  q.month = static_cast<int>(date[0]), q.day = static_cast<int>(date[1]), q.year = static_cast<int>(date[2]);
  const std::vector<double> system = lines.numbers(4);
  q.time_zone = system[0], q.p_co2 = system[1], q.step = system[2], q.days = system[3];
  const auto reaches = static_cast<std::size_t>(lines.numbers(1)[0]);
  q.headwater = read_reach(lines, q);
  for (std::size_t i = 0; i < reaches; ++i) q.reaches.push_back(read_reach(lines, q));
  lines.skip(1);  // terminus
  for (Q2kReach& reach : q.reaches) reach.k_a = lines.numbers(1)[0];
  for (Q2kReach& reach : q.reaches) reach.bottom_algae = lines.numbers(1, 2)[0];
  lines.skip(reaches);  // further values at the begin, none given
  q.light = lines.numbers(7);
  q.turbidity = lines.numbers(1, 1)[0];
  for (double n = lines.numbers(1)[0]; n > 0; --n) q.points.push_back(read_point(lines));
  for (double n = lines.numbers(1)[0]; n > 0; --n) q.diffuse.push_back(read_diffuse(lines));
  q.stoichiometry = lines.numbers(6);
  q.oxygen = lines.numbers(3);
  q.carbon_rates = lines.numbers(14);
  q.nitrogen_rates = lines.numbers(11);
  q.phytoplankton_rates = lines.numbers(10);
  q.algae_rates = lines.numbers(9, 3);
  q.algae_rates_2 = lines.numbers(9);
  q.algae_rates_3 = lines.numbers(8);
  q.pathogen_rates = lines.numbers(7);
  lines.skip(4);  // laws (exponential, half-saturation), reaeration, use of HCO3, hyporheic zone
  q.daylight_saving = lines.numbers(1)[0];
  lines.skip(1);  // no downstream boundary
  q.head_temperature = read_hours(lines);
  for (Q2kHourly& c : q.head) c = read_hours(lines);
  q.head_ph = read_hours(lines);
  for (double* value : {&q.shade, &q.air_temperature, &q.dew_point, &q.wind, &q.cloud})
    *value = read_uniform(lines, reaches);
  return q;
}

}  // namespace limpid::validation
