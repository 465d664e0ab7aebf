// Shapley values of a cooperative game: what each player adds to the whole, averaged over all orders in which
// the players can come in. L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II
// (1953).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace limpid {

using Coalition = std::uint64_t;  // bit i: player i is in
inline constexpr int kMostPlayers = 63;

// The value of a coalition; it is asked for those of `coalitions_of` only.
using CoalitionValue = std::function<double(Coalition)>;

struct ShapleyValue {
  double value = 0;
  double standard_error = 0;  // of the value; 0 where it is exact
};

// An order in which the players come in.
using Order = std::vector<int>;

// `count` orders (made even), drawn in pairs of an order and its reverse: numbers of (seed, index) alone.
std::vector<Order> sampled_orders(int players, int count, std::uint64_t seed);

// Every coalition that the exact value needs (all 2^n), or that the orders pass; ascending, each once.
std::vector<Coalition> coalitions_of(int players);
std::vector<Coalition> coalitions_of(const std::vector<Order>& orders);

// Exact, by the sum over all coalitions without the player. Terms are summed in the order of their size, so
// that players whose terms are the same numbers get the same bits, and a player that changes nothing exactly
// 0.
std::vector<ShapleyValue> shapley_exact(int players, const CoalitionValue& value);
// The mean over the orders; the values of one order add up to the whole, and so does the mean. The error is
// that of the mean over the pairs.
std::vector<ShapleyValue> shapley_sampled(const std::vector<Order>& orders, const CoalitionValue& value);

}  // namespace limpid
