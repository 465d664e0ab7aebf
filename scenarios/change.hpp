// Better or worse than in another period: 环办[2011]22号, 不同时段水质变化趋势评价.
#pragma once

#include <array>
#include <cstdint>

#include "scenarios/assessment.hpp"

namespace limpid {

enum class Change : std::int8_t { much_worse = -2, somewhat_worse, none, somewhat_better, much_better };

// By the level of quality: none at the same level, somewhat at one level's difference, much beyond.
Change change_of_level(Quality before, Quality after);
// By shares: (dG - dD), the gain of I..III less the gain of worse than V in points of percent; none up to 10
// points, somewhat up to 20, much beyond. Exact: sections are counted, not divided. Counts by class I .. V,
// worse than V; neither may be empty.
Change change_of_shares(const std::array<int, 6>& before, const std::array<int, 6>& after);
// Where the two differ the larger change stands; the level's, where they are equally large.
Change larger(Change by_level, Change by_shares);

const char* change_zh(Change c);  // 明显变差 有所变差 无明显变化 有所好转 明显好转
const char* change_en(Change c);

}  // namespace limpid
