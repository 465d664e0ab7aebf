#include "io/factor_distribution.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "io/sweep_keys.hpp"
#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct KindKeys {
  const char *needed, *optional;
};
constexpr KindKeys kKinds[] = {{"low high", ""},
                               {"median deviation", "low high"},
                               {"median deviation", "low high"},
                               {"low mode high", ""},
                               {"values", "weights"}};
constexpr const char* kDistributionKeys[] = {"low",       "high",   "mode",   "median",
                                             "deviation", "values", "weights"};

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "0.2 1/d" -> 1/d
std::string unit_text(std::string_view text) {
  const std::string folded = to_ascii_digits(text);
  std::string_view rest = trimmed(folded);
  if (rest.starts_with('+')) rest.remove_prefix(1);
  double number = 0;
  rest.remove_prefix(static_cast<std::size_t>(
      std::from_chars(rest.data(), rest.data() + rest.size(), number).ptr - rest.data()));
  return std::string(trimmed(rest));
}

class DistributionReading {
 public:
  DistributionReading(const KeyTable& keys, const Sweep& sweep, ReadFactor& out, Problems& problems)
      : keys_(keys), sweep_(sweep), out_(out), d_(out.factor.distribution), problems_(problems) {}

  void read(bool needed) {
    const bool names = out_.factor.kind == FactorKind::plan || out_.factor.kind == FactorKind::years;
    if (names) return read_names();
    const bool any = std::any_of(std::begin(kDistributionKeys), std::end(kDistributionKeys),
                                 [&](const char* key) { return keys_.has(key); });
    if (!any && !needed) return;
    const bool values = keys_.has("values") && !keys_.has("distribution");
    const auto kind = values ? std::optional<int>(4) : keys_.choice("distribution");
    if (!kind) return;
    d_.kind = static_cast<DistributionKind>(*kind);
    if (!has_its_keys()) return;
    if (d_.kind == DistributionKind::values)
      read_values();
    else
      read_continuous();
    out_.drawn = good_;
  }

 private:
  bool has_its_keys() {
    const KindKeys& kind = kKinds[static_cast<int>(d_.kind)];
    const std::string is =
        "distribution = \"" +
        split_words(
            declared(sweep_keys(), "factor", "distribution").choices)[static_cast<std::size_t>(d_.kind)] +
        "\"";
    for (const char* key : kDistributionKeys) {
      const bool needed = holds(split_words(kind.needed), key),
                 taken = needed || holds(split_words(kind.optional), key);
      const Key& declaration = declared(sweep_keys(), "factor", key);
      if (keys_.has(key) && !taken)
        fail(Code::E1822, key, {key, is});
      else if (needed && !keys_.has(key))
        fail(Code::E1111, "", {key, is, declaration.en, declaration.zh});
    }
    return good_;
  }

  void fail(Code code, const char* key, std::vector<std::string> args) {
    problems_.add(code, keys_.place(key), std::move(args));
    good_ = false;
  }

  void read_continuous() {
    const bool tails = d_.kind == DistributionKind::normal || d_.kind == DistributionKind::lognormal;
    d_.low = bound("low", -kInfinite);
    d_.high = bound("high", kInfinite);
    if (d_.kind == DistributionKind::triangular) d_.mode = bound("mode", 0);
    if (tails) read_middle();
    if (good_) check_shape();
    if (good_)
      for (const char* key : {"low", "high"})
        if (keys_.has(key)) check_possible(key == std::string("low") ? d_.low : d_.high, keys_.place(key));
  }

  double bound(const char* key, double otherwise) {
    return keys_.has(key) ? in_unit(*keys_.find(key), key).value_or(otherwise) : otherwise;
  }

  void read_middle() {
    d_.median = bound("median", 1);
    if (d_.kind == DistributionKind::normal) {
      d_.deviation = bound("deviation", 1);
      return;
    }
    const auto deviation = keys_.quantity_of("deviation", unit::none);
    d_.deviation = deviation.value_or(1);
    good_ = good_ && deviation.has_value();
  }

  void check_shape() {
    const auto say = [&](const char* key, const std::string& text) {
      fail(Code::E1805, key, {out_.factor.id, text});
    };
    const auto text = [](const char* key, double value) {
      return key + std::string(" = ") + number_text(value);
    };
    if (!(d_.low < d_.high)) say("low", text("low", d_.low) + ", " + text("high", d_.high));
    if (d_.kind == DistributionKind::triangular && !(d_.low <= d_.mode && d_.mode <= d_.high))
      say("mode", text("mode", d_.mode) + ", " + text("low", d_.low) + ", " + text("high", d_.high));
    const bool log = d_.kind == DistributionKind::lognormal;
    if ((log || d_.kind == DistributionKind::normal) && !(d_.deviation > 0))
      say("deviation", text("deviation", d_.deviation));
    if (log && !(d_.median > 0)) say("median", text("median", d_.median));
    if (log && !(d_.high > 0)) say("high", text("high", d_.high));
  }

  // In the factor's unit, which is that of the first value read.
  std::optional<double> in_unit(const TomlValue& value, const char* key) {
    const std::string what = keys_.shown() + " " + key;
    const bool fit = fits(value, what, KeyType::quantity, problems_);
    const auto inside =
        fit ? parse_quantity(value.text, out_.expected, value.place, what, problems_, out_.species)
            : std::nullopt;
    good_ = good_ && inside.has_value();
    if (!inside) return std::nullopt;
    const std::string unit = unit_text(value.text);
    if (!has_unit_) {
      take_unit(unit, what, value.place, out_, problems_);
      has_unit_ = true;
    }
    double number = 0;
    const std::string folded(trimmed(to_ascii_digits(value.text)));
    const char* begin = folded.data() + (folded.starts_with('+') ? 1 : 0);
    std::from_chars(begin, folded.data() + folded.size(), number);
    return unit == out_.factor.unit ? number : *inside / out_.factor.to_inside;
  }

  void check_possible(double value, const Place& place) {
    if (out_.possible(out_.factor.to_inside * value)) return;
    problems_.add(Code::E1806, place, {out_.factor.id, value_text(out_.factor, value), out_.range});
    good_ = false;
  }

  // The items of a list, or the value itself.
  static std::vector<const TomlValue*> items_of(const TomlValue& value) {
    std::vector<const TomlValue*> list;
    for (const TomlValue& item : value.items) list.push_back(&item);
    if (value.kind != TomlKind::list) list.push_back(&value);
    return list;
  }

  void read_values() {
    for (const TomlValue* item : items_of(*keys_.find("values"))) {
      const auto value = in_unit(*item, "values");
      if (!value) continue;
      check_possible(*value, item->place);
      d_.values.push_back(*value);
    }
    if (good_ && d_.values.empty()) fail(Code::E1805, "values", {out_.factor.id, "values = []"});
    read_weights(d_.values.size());
  }

  void read_weights(std::size_t count) {
    if (!keys_.has("weights")) return;
    for (const TomlValue* item : items_of(*keys_.find("weights"))) {
      if (!fits(*item, keys_.shown() + " weights", KeyType::number, problems_)) good_ = false;
      d_.weights.push_back(item->number);
    }
    const double sum = std::accumulate(d_.weights.begin(), d_.weights.end(), 0.0);
    const bool negative =
        std::any_of(d_.weights.begin(), d_.weights.end(), [](double w) { return !(w >= 0); });
    if (good_ && (d_.weights.size() != count || negative || !(sum > 0)))
      fail(Code::E1805, "weights",
           {out_.factor.id, std::to_string(count) + " values, weights " + listed(weight_texts())});
  }

  std::vector<std::string> weight_texts() const {
    std::vector<std::string> list;
    for (const double w : d_.weights) list.push_back(number_text(w));
    return list;
  }

  void read_names() {
    d_.kind = DistributionKind::values;
    const bool plans = out_.factor.kind == FactorKind::plan;
    std::vector<std::string>& names = out_.factor.labels;
    if (plans) names = sweep_.plan_names;
    for (const YearsChoice& choice : sweep_.years)
      if (!plans) names.push_back(choice.id);
    for (const char* key : {"distribution", "low", "high", "mode", "median", "deviation"})
      if (keys_.has(key)) fail(Code::E1822, key, {key, plans ? "kind = \"plan\"" : "kind = \"years\""});
    if (names.empty())
      return fail(Code::E1111, "", {"[years.ID]", "kind = \"years\"", "[years.dry]", "[years.dry]"});
    if (keys_.has("values")) {
      choose_names(plans);
    } else {
      for (std::size_t i = 0; i < names.size(); ++i) {
        d_.values.push_back(static_cast<double>(i));
        if (!plans) d_.weights.push_back(sweep_.years[i].weight);
      }
    }
    if (keys_.has("weights")) d_.weights.clear();
    read_weights(d_.values.size());
    out_.drawn = good_;
  }

  void choose_names(bool plans) {
    const std::vector<std::string>& names = out_.factor.labels;
    for (const TomlValue* item : items_of(*keys_.find("values"))) {
      if (!fits(*item, keys_.shown() + " values", KeyType::text, problems_)) {
        good_ = false;
        continue;
      }
      const auto at = std::find(names.begin(), names.end(), item->text);
      if (at == names.end()) {
        problems_.add(Code::E1803, item->place,
                      {out_.factor.id, plans ? "plan" : "years", item->text, nearest_of(item->text, names)});
        good_ = false;
        continue;
      }
      d_.values.push_back(static_cast<double>(at - names.begin()));
      if (!plans) d_.weights.push_back(sweep_.years[static_cast<std::size_t>(at - names.begin())].weight);
    }
  }

  const KeyTable& keys_;
  const Sweep& sweep_;
  ReadFactor& out_;
  Distribution& d_;
  Problems& problems_;
  bool good_ = true, has_unit_ = false;
};

}  // namespace

void read_distribution(const KeyTable& keys, const Sweep& sweep, bool needed, ReadFactor& out,
                       Problems& problems) {
  DistributionReading(keys, sweep, out, problems).read(needed);
}

// A unit with an offset (K) counts differences: a change of temperature has no zero of its own.
bool take_unit(const std::string& text, const std::string& what, const Place& place, ReadFactor& out,
               Problems& problems) {
  const auto unit = parse_unit(text, out.expected, place, what, problems, out.species);
  if (!unit) return false;
  out.factor.unit = text;
  out.factor.to_inside = unit->factor;
  return true;
}

}  // namespace limpid
