#include "scenarios/shapley.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <string>

#include "model/random.hpp"

namespace limpid {

namespace {

Coalition bit(int player) {
  return Coalition{1} << player;
}

// |S|! (n - |S| - 1)! / n! for |S| = 0 .. n - 1: one over n times the number of such coalitions.
std::vector<double> weights(int players) {
  std::vector<double> list{1.0 / players};
  for (int size = 1; size < players; ++size) list.push_back(list.back() * size / (players - size));
  return list;
}

double sum_by_size(std::vector<double>& terms) {
  std::sort(terms.begin(), terms.end(), [](double a, double b) {
    return std::abs(a) != std::abs(b) ? std::abs(a) < std::abs(b) : a < b;
  });
  return std::accumulate(terms.begin(), terms.end(), 0.0);
}

// What every player adds in one order.
void add_order(const Order& order, const CoalitionValue& value, double factor, std::vector<double>& added) {
  Coalition in = 0;
  double before = value(in);
  for (const int player : order) {
    in |= bit(player);
    const double after = value(in);
    added[static_cast<std::size_t>(player)] += factor * (after - before);
    before = after;
  }
}

std::vector<Coalition> unique(std::vector<Coalition> list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

}  // namespace

std::vector<Order> sampled_orders(int players, int count, std::uint64_t seed) {
  std::vector<Order> orders;
  for (int pair = 0; 2 * pair < count; ++pair) {
    const Random random(seed, stream_of("attribution order " + std::to_string(pair)));
    Order order(static_cast<std::size_t>(players));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = order.size(); i > 1; --i)  // Fisher and Yates
      std::swap(order[i - 1], order[static_cast<std::size_t>(random.uniform(i) * static_cast<double>(i))]);
    orders.push_back(order);
    orders.emplace_back(order.rbegin(), order.rend());
  }
  return orders;
}

std::vector<Coalition> coalitions_of(int players) {
  std::vector<Coalition> list(std::size_t{1} << players);
  std::iota(list.begin(), list.end(), Coalition{0});
  return list;
}

std::vector<Coalition> coalitions_of(const std::vector<Order>& orders) {
  std::vector<Coalition> list{0};
  for (const Order& order : orders) {
    Coalition in = 0;
    for (const int player : order) list.push_back(in |= bit(player));
  }
  return unique(std::move(list));
}

std::vector<ShapleyValue> shapley_exact(int players, const CoalitionValue& value) {
  const std::vector<Coalition> all = coalitions_of(players);
  std::vector<double> values;
  for (const Coalition c : all) values.push_back(value(c));
  const std::vector<double> weight = weights(players);
  std::vector<ShapleyValue> list(static_cast<std::size_t>(players));
  for (int player = 0; player < players; ++player) {
    std::vector<double> terms;
    for (const Coalition c : all)
      if (!(c & bit(player)))
        terms.push_back(weight[static_cast<std::size_t>(std::popcount(c))] *
                        (values[c | bit(player)] - values[c]));
    list[static_cast<std::size_t>(player)].value = sum_by_size(terms);
  }
  return list;
}

std::vector<ShapleyValue> shapley_sampled(const std::vector<Order>& orders, const CoalitionValue& value) {
  if (orders.empty()) return {};
  const std::size_t players = orders.front().size(), pairs = orders.size() / 2;
  std::vector<double> sum(players, 0.0), squares(players, 0.0);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::vector<double> added(players, 0.0);
    add_order(orders[2 * pair], value, 0.5, added);
    add_order(orders[2 * pair + 1], value, 0.5, added);
    for (std::size_t p = 0; p < players; ++p) {
      sum[p] += added[p];
      squares[p] += added[p] * added[p];
    }
  }
  const auto n = static_cast<double>(pairs);
  std::vector<ShapleyValue> list(players);
  for (std::size_t p = 0; p < players; ++p) {
    list[p].value = sum[p] / n;
    const double variance = std::max(0.0, squares[p] / n - list[p].value * list[p].value);
    list[p].standard_error = pairs > 1 ? std::sqrt(variance / (n - 1)) : std::abs(list[p].value);
  }
  return list;
}

}  // namespace limpid
