// Networks and water by hand, for tests and benchmarks of the transport alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "model/network.hpp"
#include "solvers/state.hpp"
#include "solvers/water_step.hpp"

namespace limpid::chain_network {

inline std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

struct ChainSpec {
  int upstream, downstream, cells;
  double cell_length = 100;
};

// Chains between `junctions` junctions; chains must be given in an order in which each comes after its
// feeders.
inline Network make(int junctions, const std::vector<ChainSpec>& specs) {
  Network network;
  network.junctions.resize(at(junctions));
  int first = 0;
  for (const ChainSpec& spec : specs) {
    const int k = static_cast<int>(network.chains.size());
    Reach reach;
    reach.id = std::to_string(k);
    reach.from = spec.upstream;
    reach.to = spec.downstream;
    reach.length = spec.cells * spec.cell_length;
    network.reaches.push_back(reach);
    network.chains.push_back({k, first, spec.cells, spec.upstream, spec.downstream, 0, reach.length});
    network.junctions[at(spec.upstream)].out.push_back(k);
    network.junctions[at(spec.downstream)].in.push_back(k);
    for (int i = 0; i < spec.cells; ++i) {
      network.cell_reach.push_back(k);
      network.cell_chain.push_back(k);
      network.cell_length.push_back(spec.cell_length);
      network.cell_chainage.push_back((i + 0.5) * spec.cell_length);
    }
    first += spec.cells;
  }
  return network;
}

// One river of `cells` cells, cut every `run` cells.
inline Network river(int cells, int run, double cell_length) {
  std::vector<ChainSpec> specs;
  for (int begin = 0; begin < cells; begin += run) {
    const int k = static_cast<int>(specs.size());
    specs.push_back({k, k + 1, std::min(run, cells - begin), cell_length});
  }
  return make(static_cast<int>(specs.size()) + 1, specs);
}

inline WaterStep still_water(const Network& network, double volume) {
  WaterStep step;
  const auto cells = at(network.cell_count());
  step.dt = 600;
  step.volume0.assign(cells, volume);
  step.volume1.assign(cells, volume);
  step.face.assign(at(network.face_count()), 0.0);
  step.lateral_in.assign(cells, 0.0);
  step.junction_in.assign(network.junctions.size(), 0.0);
  step.junction_out.assign(network.junctions.size(), 0.0);
  return step;
}

// Steady flow of `through` m3 a step from the head to the outlet of a river().
inline WaterStep uniform_flow(const Network& network, double volume, double through) {
  WaterStep step = still_water(network, volume);
  std::fill(step.face.begin(), step.face.end(), through);
  step.junction_in.front() = through;
  return step;
}

// Uniform doubles in [0, 1) from the generator's raw output, equal on every platform.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  double operator()() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double between(double a, double b) { return a + (b - a) * (*this)(); }

 private:
  std::mt19937_64 engine_;
};

// Random water on a network: volumes of the next step are drawn, interior faces follow from the balance. The
// caller gives flows at the upper ends; every cell balances exactly to round-off.
inline void next_volumes(WaterStep& step, Random& random, double largest, double dry_share) {
  step.volume0 = step.volume1;
  for (double& v : step.volume1) {
    const double draw = random();
    v = draw < dry_share / 2 ? 0.0 : draw < dry_share ? 1e-6 : random.between(0, largest);
  }
}

// Faces of a chain from its upper end down.
inline void balance_chain(const Network& network, int chain, double upper, WaterStep& step) {
  const Chain& c = network.chains[at(chain)];
  double* face = step.face.data() + network.first_face(chain);
  face[0] = upper;
  for (int i = 0; i < c.cells; ++i) {
    const auto cell = at(c.first_cell + i);
    face[i + 1] = face[i] + step.volume0[cell] + step.lateral_in[cell] - step.volume1[cell];
  }
}

}  // namespace limpid::chain_network
