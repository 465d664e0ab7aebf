// Points of Sobol' sequences, scrambled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace limpid {

inline constexpr std::size_t kMostSobolDimensions = 3667;

// [point][dimension] in (0, 1): the first `count` points of the sequence (Joe and Kuo 2008, new-joe-kuo-6),
// its first point among them, under nested uniform scrambling (Owen 1995), each flip a function of seed,
// dimension and the digits above. The first 2^m points of every dimension fill 2^m equal intervals once each.
// Throws std::invalid_argument beyond kMostSobolDimensions or 2^32 points.
std::vector<std::vector<double>> sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed);

}  // namespace limpid
