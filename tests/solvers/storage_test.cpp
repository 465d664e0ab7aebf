// Exchange of the channel with its dead zones.
#include "solvers/storage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/solvers/chain_network.hpp"

namespace limpid {
namespace {

constexpr double kArea = 3, kStorageArea = 1.5, kExchange = 2e-4, kLength = 100;

Network dead_zones(int cells) {
  Network network = chain_network::river(cells, cells, kLength);
  for (Reach& reach : network.reaches) {
    reach.storage_area = kStorageArea;
    reach.storage_exchange = kExchange;
  }
  return network;
}

struct Pair {
  explicit Pair(int cells, double c = 0, double cs = 0)
      : network(dead_zones(cells)),
        exchange(network),
        volume(static_cast<std::size_t>(cells), kArea * kLength),
        channel(cells, Rows(1, 1)),
        storage(cells, Rows(1, 1)) {
    for (int i = 0; i < cells; ++i) {
      *channel.row(i) = c * kArea * kLength;
      *storage.row(i) = cs * kStorageArea * kLength;
    }
  }
  Network network;
  StorageExchange exchange;
  std::vector<double> volume;
  State channel, storage;
};

// C - Cs falls as exp(-alpha (1 + A/As) t); the mean over both volumes stays.
TEST(StorageExchange, IsTheExactSolutionOverAnyStep) {
  for (const double dt : {1.0, 600.0, 86400.0}) {
    Pair pair(1, 10, 4);
    pair.exchange.advance(dt, pair.volume, pair.channel, pair.storage);
    const double mean = (10 * kArea + 4 * kStorageArea) / (kArea + kStorageArea);
    const double gap = 6 * std::exp(-kExchange * dt * (1 + kArea / kStorageArea));
    EXPECT_NEAR(*pair.channel.row(0) / (kArea * kLength), mean + gap * kStorageArea / (kArea + kStorageArea),
                1e-12);
    EXPECT_NEAR(*pair.storage.row(0) / (kStorageArea * kLength), mean - gap * kArea / (kArea + kStorageArea),
                1e-12);
  }
}

TEST(StorageExchange, KeepsEveryAmountAndNeverGivesMoreThanThereIs) {
  Pair pair(40);
  for (int i = 0; i < 40; ++i) {
    *pair.channel.row(i) = i % 3 ? 17.0 * i : 0.0;
    *pair.storage.row(i) = i % 2 ? 5.0 * i : 0.0;
    pair.volume[static_cast<std::size_t>(i)] = i % 5 ? 300.0 / (1 + i) : 0.0;
  }
  const double before = pair.channel.total(0, 0) + pair.storage.total(0, 0);
  for (const double dt : {1e-3, 60.0, 1e7, 1e12})
    pair.exchange.advance(dt, pair.volume, pair.channel, pair.storage);
  EXPECT_NEAR(pair.channel.total(0, 0) + pair.storage.total(0, 0), before, 1e-12 * before);
  for (const State* state : {&pair.channel, &pair.storage})
    EXPECT_GE(*std::min_element(state->amount.begin(), state->amount.end()), 0.0);
}

TEST(StorageExchange, UniformStaysUniform) {
  Pair pair(5, 2.5, 2.5);
  for (int n = 0; n < 1000; ++n) pair.exchange.advance(600, pair.volume, pair.channel, pair.storage);
  for (int i = 0; i < 5; ++i) EXPECT_NEAR(*pair.channel.row(i) / (2.5 * kArea * kLength), 1, 1e-13);
}

TEST(StorageExchange, ADryCellExchangesNothing) {
  Pair pair(1, 0, 4);
  pair.volume[0] = 0;
  pair.exchange.advance(600, pair.volume, pair.channel, pair.storage);
  EXPECT_EQ(*pair.channel.row(0), 0);
  EXPECT_EQ(*pair.storage.row(0), 4 * kStorageArea * kLength);
}

}  // namespace
}  // namespace limpid
