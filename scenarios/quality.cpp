// Words and colours of 环办[2011]22号 for the quality of a section or a river.
#include <array>

#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

struct QualityText {
  const char *zh, *en, *colour_zh, *colour_en;
};

constexpr std::array<QualityText, 5> kTexts{{{"优", "excellent", "蓝色", "blue"},
                                             {"良好", "good", "绿色", "green"},
                                             {"轻度污染", "lightly polluted", "黄色", "yellow"},
                                             {"中度污染", "moderately polluted", "橙色", "orange"},
                                             {"重度污染", "heavily polluted", "红色", "red"}}};

const QualityText& text(Quality q) {
  return kTexts[static_cast<std::size_t>(q)];
}

}  // namespace

Quality quality_of(WaterClass c) {
  switch (c) {
    case WaterClass::I:
    case WaterClass::II:
      return Quality::excellent;
    case WaterClass::III:
      return Quality::good;
    case WaterClass::IV:
      return Quality::light;
    case WaterClass::V:
      return Quality::moderate;
    default:
      return Quality::heavy;
  }
}

const char* quality_zh(Quality q) {
  return text(q).zh;
}
const char* quality_en(Quality q) {
  return text(q).en;
}
const char* colour_zh(Quality q) {
  return text(q).colour_zh;
}
const char* colour_en(Quality q) {
  return text(q).colour_en;
}

}  // namespace limpid
