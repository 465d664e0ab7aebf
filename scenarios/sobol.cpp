#include "scenarios/sobol.hpp"

#include <boost/random/sobol.hpp>
#include <stdexcept>
#include <string>

#include "model/random.hpp"

namespace limpid {

namespace {

constexpr int kBits = 32;
using Engine = boost::random::sobol_engine<std::uint32_t, kBits>;

// Flips each digit by a coin of its own for every value of the digits above it.
std::uint32_t scrambled(std::uint32_t x, const Random& coins) {
  std::uint32_t flips = 0;
  for (int digit = 0; digit < kBits; ++digit) {
    // The digits above, with a leading 1 that tells how many they are.
    const std::uint64_t above =
        digit == 0 ? 1 : std::uint64_t{x >> (kBits - digit)} | std::uint64_t{1} << digit;
    flips = flips << 1 | static_cast<std::uint32_t>(coins.bits(above) & 1);
  }
  return x ^ flips;
}

}  // namespace

std::vector<std::vector<double>> sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  if (dimensions == 0 || dimensions > kMostSobolDimensions || count > std::size_t{1} << kBits)
    throw std::invalid_argument("sobol_points: dimensions or count out of range");
  std::vector<Random> coins, rest;
  for (std::size_t d = 0; d < dimensions; ++d) {
    coins.emplace_back(seed, stream_of("sobol flips " + std::to_string(d)));
    rest.emplace_back(seed, stream_of("sobol rest " + std::to_string(d)));
  }
  Engine engine(dimensions);
  std::vector<std::vector<double>> points(count, std::vector<double>(dimensions));
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t d = 0; d < dimensions; ++d) {
      const std::uint32_t raw = i == 0 ? 0 : engine();  // the engine leaves out the first point
      points[i][d] = (scrambled(raw, coins[d]) + rest[d].inner(i)) * 0x1p-32;
    }
  return points;
}

}  // namespace limpid
