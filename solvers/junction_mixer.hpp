// Junctions as mixers without volume: what enters in a time bin leaves in the same bin, shared by volume.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/transport.hpp"

namespace limpid {

// Amounts that pass the ends of chains during a step: for every end with flow, as many rows as its junction
// has bins.
class EndBins {
 public:
  // leaving: [end] m3, 0 = no flow; bins: [junction]
  void layout(const Network& network, int width, const std::vector<double>& leaving,
              const std::vector<int>& bins);
  double* row(int end, int bin) {
    return amounts_.data() + (first_[static_cast<std::size_t>(end)] + static_cast<std::size_t>(bin)) * width_;
  }

 private:
  std::size_t width_ = 0;
  std::vector<std::size_t> first_;
  std::vector<double> amounts_;
};

class JunctionMixer {
 public:
  JunctionMixer(const Network& network, const Rows& rows);

  // Shares of this step's water. leaving: [end] m3 that leaves the chain by this end, negative where water
  // enters.
  void set_water(const WaterStep& step, const std::vector<double>& leaving, const std::vector<int>& bins);
  // Columns of one chunk: reads the bins of the ends that flow in and the load, writes the bins of the ends
  // that take, and the junction's outlet and abstracted rows.
  void mix(int junction, int chunk, TransportRows& amounts, EndBins& bins);
  // Where no water leaves a junction, what came in rests in the first cell of its first outgoing chain (the
  // last cell of its first incoming chain if there is none). After all chains have moved.
  void settle(TransportRows& amounts, State& state) const;

 private:
  struct Plan {
    int bins = 1;
    int largest =
        0;  // index into the takers: it takes what the others leave, so that nothing is lost to round-off
    bool stranded = false;            // no water leaves
    std::vector<int> givers, takers;  // ends
    std::vector<double> shares;       // of takers, then outlet, then abstraction
  };
  void plan(int junction, const WaterStep& step, const std::vector<double>& leaving);

  const Network& network_;
  Rows rows_;
  std::vector<std::vector<int>>
      ends_;  // [junction] lower ends of incoming chains, upper ends of outgoing ones
  std::vector<Plan> plans_;
  std::vector<double> stranded_;  // [junction][width]; empty while no junction is stranded
};

}  // namespace limpid
