#include "scenarios/change.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace limpid {
namespace {

constexpr std::array<const char*, 5> kZh{"明显变差", "有所变差", "无明显变化", "有所好转", "明显好转"};
constexpr std::array<const char*, 5> kEn{"much worse", "somewhat worse", "no marked change",
                                         "somewhat better", "much better"};

Change signed_change(int size, bool better) {
  return static_cast<Change>(better ? size : -size);
}

int size(Change c) {
  return std::abs(static_cast<int>(c));
}

std::int64_t total(const std::array<int, 6>& classes) {
  return std::accumulate(classes.begin(), classes.end(), std::int64_t{0});
}

// I..III less worse than V.
std::int64_t balance(const std::array<int, 6>& classes) {
  return classes[0] + classes[1] + classes[2] - classes[5];
}

std::size_t index(Change c) {
  return static_cast<std::size_t>(static_cast<int>(c) + 2);
}

}  // namespace

Change change_of_level(Quality before, Quality after) {
  const int steps = static_cast<int>(before) - static_cast<int>(after);
  return static_cast<Change>(std::clamp(steps, -2, 2));
}

Change change_of_shares(const std::array<int, 6>& before, const std::array<int, 6>& after) {
  const std::int64_t n = total(before), m = total(after);
  const std::int64_t points_nm = 100 * (balance(after) * n - balance(before) * m);  // points x n x m
  const std::int64_t amount = std::abs(points_nm);
  if (amount <= 10 * n * m) return Change::none;
  return signed_change(amount <= 20 * n * m ? 1 : 2, points_nm > 0);
}

Change larger(Change by_level, Change by_shares) {
  return size(by_shares) > size(by_level) ? by_shares : by_level;
}

const char* change_zh(Change c) {
  return kZh[index(c)];
}
const char* change_en(Change c) {
  return kEn[index(c)];
}

}  // namespace limpid
