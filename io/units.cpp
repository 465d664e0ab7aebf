#include "io/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "io/text.hpp"
#include "io/unit_symbols.hpp"

namespace limpid {
namespace {

constexpr int kMaxExponent = 12;

// Runs of superscripts as ^n: m³ -> m^3, s⁻¹ -> s^-1, 10⁴ -> 10^4.
std::string plain_superscripts(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 11> kSuperscripts{{{"⁻", '-'},
                                                                                    {"⁰", '0'},
                                                                                    {"¹", '1'},
                                                                                    {"²", '2'},
                                                                                    {"³", '3'},
                                                                                    {"⁴", '4'},
                                                                                    {"⁵", '5'},
                                                                                    {"⁶", '6'},
                                                                                    {"⁷", '7'},
                                                                                    {"⁸", '8'},
                                                                                    {"⁹", '9'}}};
  std::string out;
  for (bool in_run = false; !text.empty();) {
    const auto* found = std::find_if(kSuperscripts.begin(), kSuperscripts.end(),
                                     [&](const auto& s) { return text.starts_with(s.first); });
    const bool superscript = found != kSuperscripts.end();
    if (superscript && !in_run) out.push_back('^');
    out.push_back(superscript ? found->second : text.front());
    text.remove_prefix(superscript ? found->first.size() : 1);
    in_run = superscript;
  }
  return out;
}

// Full-width forms, superscripts, product signs and 每 ("per") in ASCII.
std::string plain_unit_text(std::string_view text) {
  std::string s = plain_superscripts(to_ascii_digits(text));
  for (const std::string_view product : {"·", "⋅", "×", "•", "∙"}) s = replace_all(s, product, "*");
  s = replace_all(s, "￥", "¥");
  return replace_all(s, "每", "/");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_symbol(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || c == '%' || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}

// Recursive descent over plain_unit_text.
class UnitParser {
 public:
  UnitParser(std::string_view text, std::string_view species) : text_(text), species_(species) {}

  UnitReading parse() {
    skip_blanks();
    if (at_end() || text_.substr(at_) == "-") return {};
    product();
    if (reading_.fault == UnitFault::none && !at_end()) unknown(text_.substr(at_));
    if (reading_.fault == UnitFault::none) reading_.unit = result_;
    return reading_;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char now() const { return at_end() ? '\0' : text_[at_]; }
  bool failed() const { return reading_.fault != UnitFault::none; }
  void skip_blanks() {
    while (now() == ' ' || now() == '\t') ++at_;
  }
  void unknown(std::string_view symbol) {
    if (!failed()) reading_ = {UnitFault::unknown, {}, std::string(symbol)};
  }
  bool take_word(std::string_view word) {
    if (word.empty() || !text_.substr(at_).starts_with(word)) return false;
    const char next = at_ + word.size() < text_.size() ? text_[at_ + word.size()] : '\0';
    if (is_symbol(next) || is_digit(next)) return false;
    at_ += word.size();
    return true;
  }

  // factor (op factor)*; a leading / is allowed: "/d". A number needs an operator before it: "m 3" is no
  // unit.
  void product() {
    for (bool first = true; !failed(); first = false) {
      skip_blanks();
      bool divide = false, joined = first;
      if (now() == '/' || (!first && (now() == '*' || now() == '.'))) {
        joined = true;
        divide = text_[at_++] == '/';
      } else if (!first && take_word("per")) {
        joined = divide = true;
      } else if (!first && (at_end() || now() == ')')) {
        return;
      }
      skip_blanks();
      if (is_digit(now()) && !joined) return unknown(text_.substr(at_));
      factor(divide ? -1 : 1);
    }
  }

  void factor(int sign) {
    if (skip_species()) return;
    if (now() == '(') return group(sign);
    if (is_digit(now())) return number(sign);
    symbol(sign);
  }

  // "N" in "mg N/L", "mg-N/L", "mg/L as N".
  bool skip_species() {
    const std::size_t start = at_;
    if (now() == '-') ++at_;
    if (!species_.empty() && take_word("as")) skip_blanks();
    if (take_word(species_)) return true;
    at_ = start;
    return false;
  }

  void group(int sign) {
    ++at_;
    const Unit outside = std::exchange(result_, Unit{});
    const bool outside_lone = std::exchange(empty_, true);
    product();
    if (now() != ')') return unknown(text_.substr(std::min(at_, text_.size())));
    ++at_;
    const Unit inside = std::exchange(result_, outside);
    empty_ = outside_lone;
    apply(inside, sign * exponent());
  }

  // A number belongs to the symbol behind it: CFU/100 mL divides by 100 mL.
  void number(int sign) {
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc() || value <= 0) return unknown(text_.substr(at_));
    at_ = static_cast<std::size_t>(end - text_.data());
    apply(unit::dims(0, 0, 0, value), sign * exponent());
    skip_blanks();
    if (is_symbol(now()) && !text_.substr(at_).starts_with("per ")) symbol(sign);
  }

  void symbol(int sign) {
    const std::size_t start = at_;
    while (is_symbol(now())) ++at_;
    const std::string_view whole = text_.substr(start, at_ - start);
    if (whole.empty()) return unknown(text_.substr(start));
    std::string_view name = whole;
    if (!own_unit_symbol(name)) name = take_multipliers(name, sign);
    if (name.empty()) return;
    if (is_ton(name) || is_month(name)) {
      reading_ = {is_ton(name) ? UnitFault::ambiguous_ton : UnitFault::month, {}, std::string(name)};
      return;
    }
    auto unit = own_unit_symbol(name);
    if (!unit) unit = udunits_symbol(std::string(name));
    if (!unit) return unknown(whole);
    apply(*unit, sign * exponent());
  }

  // 万t is 10 000 t, and 万m3 is 10 000 m3: the multiplier is not raised to the power.
  std::string_view take_multipliers(std::string_view name, int sign) {
    static constexpr std::array<std::pair<std::string_view, double>, 4> kMultipliers{
        {{"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2}}};
    for (bool again = true; again && !name.empty() && !own_unit_symbol(name);) {
      again = false;
      for (const auto& [text, value] : kMultipliers) {
        if (!name.starts_with(text)) continue;
        apply(unit::dims(0, 0, 0, value), sign);
        empty_ = true;
        name.remove_prefix(text.size());
        again = true;
        break;
      }
    }
    return name;
  }

  // ^-3, -3, 3 or nothing (1).
  int exponent() {
    std::size_t at = at_;
    if (at < text_.size() && text_[at] == '^') ++at;
    int value = 1;
    const auto [end, error] = std::from_chars(text_.data() + at, text_.data() + text_.size(), value);
    if (error != std::errc()) return 1;
    at_ = static_cast<std::size_t>(end - text_.data());
    if (std::abs(value) > kMaxExponent) unknown(text_);
    return value;
  }

  void apply(const Unit& unit, int power) {
    if (failed()) return;
    for (std::size_t i = 0; i < unit.exponents.size(); ++i) {
      const int sum = result_.exponents[i] + power * unit.exponents[i];
      if (std::abs(sum) > kMaxExponent) return unknown(text_);
      result_.exponents[i] = static_cast<std::int8_t>(sum);
    }
    for (int i = 0; i < std::abs(power); ++i)
      result_.factor = power > 0 ? result_.factor * unit.factor : result_.factor / unit.factor;
    result_.offset = empty_ && power == 1 ? unit.offset : 0.0;
    empty_ = false;
  }

  std::string_view text_, species_;
  std::size_t at_ = 0;
  Unit result_;
  bool empty_ = true;  // no factor yet: an offset may still hold
  UnitReading reading_;
};

}  // namespace

UnitReading read_unit(std::string_view text, std::string_view species) {
  const std::string plain = plain_unit_text(trimmed(text));
  return UnitParser(plain, species).parse();
}

}  // namespace limpid
