// Rates of advection and dispersion against the bare loops: 1,000 cells in 50-cell chains, Courant 0.5, ten
// constituents. Counter `rate`: cell-constituent-lane updates a second; a Strang step's two dispersions count
// as one update.
#include <benchmark/benchmark.h>

#include "benchmarks/bare_loops.hpp"
#include "solvers/transport.hpp"
#include "tests/solvers/chain_network.hpp"

namespace {

using namespace limpid;

constexpr int kCells = 1000, kRun = 50, kConstituents = 10;
constexpr double kVolume = 1000;

void count(benchmark::State& bench, int cells, int lanes) {
  const double updates = static_cast<double>(cells) * kConstituents * lanes;
  bench.counters["rate"] = benchmark::Counter(updates, benchmark::Counter::kIsIterationInvariantRate);
}

// moving: the volumes change from step to step, so that nothing of the geometry can be kept.
class River {
 public:
  River(int cells, int lanes, bool moving)
      : network_(chain_network::river(cells, kRun, 100)),
        rows_(kConstituents, lanes),
        advection_(network_, rows_, TransportScheme::monotone),
        dispersion_(network_, rows_),
        amounts_(network_, rows_),
        state_(cells, rows_),
        coefficient_(static_cast<std::size_t>(cells), 2.0),
        area_(static_cast<std::size_t>(cells), 10.0) {
    amounts_.lateral_load.clear();
    steps_[0] = chain_network::uniform_flow(network_, kVolume, 0.5 * kVolume);
    steps_[1] = steps_[0];
    if (moving) {  // fill and drain by 1e-6 a step
      for (std::size_t i = 0; i < steps_[0].volume1.size(); ++i) {
        steps_[0].volume1[i] = steps_[1].volume0[i] = kVolume * (1 + 1e-6);
      }
      for (int k = 0; k < static_cast<int>(network_.chains.size()); ++k) {
        for (WaterStep& step : steps_) {
          const double upper =
              k ? step.face[static_cast<std::size_t>(network_.first_face(k)) - 1] : 0.5 * kVolume;
          chain_network::balance_chain(network_, k, upper, step);
        }
      }
    }
    for (std::size_t i = 0; i < state_.amount.size(); ++i) {
      state_.amount[i] = kVolume * (1 + 0.01 * static_cast<double>(i % 97));
    }
  }
  void advect() { advection_.advance(steps_[turn_], amounts_, state_); }
  void disperse(bool before) {
    dispersion_.advance(300, coefficient_, area_, before ? steps_[turn_].volume0 : steps_[turn_].volume1,
                        state_);
  }
  void next() { turn_ = 1 - turn_; }

 private:
  Network network_;
  Rows rows_;
  Advection advection_;
  Dispersion dispersion_;
  TransportRows amounts_;
  State state_;
  std::vector<double> coefficient_, area_;
  WaterStep steps_[2];
  std::size_t turn_ = 0;
};

enum Parts { kAdvection = 1, kDispersion = 2, kTwoDispersions = 6 };

void transport(benchmark::State& bench) {
  const int lanes = static_cast<int>(bench.range(0)), parts = static_cast<int>(bench.range(1));
  const int cells = static_cast<int>(bench.range(3));
  River river(cells, lanes, bench.range(2) != 0);
  for (auto _ : bench) {
    if (parts & kDispersion) river.disperse(true);
    if (parts & kAdvection) river.advect();
    if ((parts & kTwoDispersions) == kTwoDispersions) river.disperse(false);
    river.next();
  }
  count(bench, cells, lanes);
}
BENCHMARK(transport)
    ->ArgNames({"lanes", "parts", "moving", "cells"})
    ->ArgsProduct({{1, 8}, {1, 2, 3, 7}, {0, 1}, {kCells}})
    ->Args({1, 7, 1, 100 * kCells})
    ->Args({8, 7, 1, 100 * kCells});

template <std::size_t kLanes>
void bare_transport(benchmark::State& bench) {
  const bare::Reach reach;
  std::vector<double> c(kCells * kConstituents * kLanes);
  for (std::size_t i = 0; i < c.size(); ++i) c[i] = 1 + 0.01 * static_cast<double>(i % 97);
  for (auto _ : bench) {
    bare::transport<kLanes>(reach, c);
    benchmark::ClobberMemory();
  }
  count(bench, kCells, static_cast<int>(kLanes));
}
BENCHMARK(bare_transport<1>);
BENCHMARK(bare_transport<8>);

}  // namespace
