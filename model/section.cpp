#include "model/section.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace limpid {

namespace {

constexpr std::array<const char*, 6> kText{"I", "II", "III", "IV", "V", ">V"};
constexpr std::array<const char*, 6> kTextZh{"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"};

using Spellings = std::array<std::string_view, 5>;  // of I..V
constexpr std::array<Spellings, 6> kSpellings{{{"I", "II", "III", "IV", "V"},
                                               {"i", "ii", "iii", "iv", "v"},
                                               {"1", "2", "3", "4", "5"},
                                               {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"},
                                               {"ⅰ", "ⅱ", "ⅲ", "ⅳ", "ⅴ"},
                                               {"一", "二", "三", "四", "五"}}};

// Full-width ASCII (U+FF01..U+FF5E) as ASCII, without blanks (also U+3000).
std::string half_width(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
    };
    if (text.substr(i).starts_with("　")) {
      i += 2;
    } else if (byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
      out += static_cast<char>(byte(1) == 0xBC ? byte(2) - 0x60 : byte(2) - 0x20);
      i += 2;
    } else if (text[i] != ' ' && text[i] != '\t') {
      out += text[i];
    }
  }
  return out;
}

bool remove_front(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}

}  // namespace

const char* class_text(WaterClass c) {
  return kText.at(static_cast<std::size_t>(c) - 1);
}

const char* class_text_zh(WaterClass c) {
  return kTextZh.at(static_cast<std::size_t>(c) - 1);
}

std::optional<WaterClass> parse_class(const std::string& text) {
  const std::string plain = half_width(text);
  std::string_view rest = plain;
  const bool worse = remove_front(rest, "劣") || remove_front(rest, ">");
  if (rest.ends_with("类")) rest.remove_suffix(std::string_view("类").size());
  for (const Spellings& spellings : kSpellings) {
    const auto found = std::find(spellings.begin(), spellings.end(), rest);
    if (found == spellings.end()) continue;
    const auto c = static_cast<WaterClass>(found - spellings.begin() + 1);
    if (!worse) return c;
    return c == WaterClass::V ? std::optional{WaterClass::worse_than_V} : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace limpid
