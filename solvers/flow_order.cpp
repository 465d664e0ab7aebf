#include "solvers/flow_order.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace limpid {
namespace {

class Order {
 public:
  Order(const Network& network, const std::vector<double>& leaving, const std::vector<char>& can_give_early)
      : network_(network),
        leaving_(leaving),
        can_give_early_(can_give_early),
        junction_waits_(network.junctions.size(), 0),
        chain_waits_(network.chains.size(), 0),
        given_(network.chains.size(), 0),
        done_(network.chains.size(), 0),
        receivers_(network.junctions.size()) {
    for (int end = 0; end < static_cast<int>(leaving.size()); ++end) {
      const auto j = static_cast<std::size_t>(end_junction(network, end));
      const double flow = leaving[static_cast<std::size_t>(end)];
      if (flow > 0) ++junction_waits_[j];
      if (flow < 0) {
        ++chain_waits_[static_cast<std::size_t>(end / 2)];
        receivers_[j].push_back(end / 2);
      }
    }
  }

  std::vector<Stage> stages() {
    std::vector<Stage> result;
    collect_ready();
    while (left_ > 0 || !junctions_.empty()) {
      Stage stage;
      if (junctions_.empty() && chains_.empty()) {
        stage.early.push_back(break_loop());
        give(stage.early.front());
      } else {
        stage.junctions.swap(junctions_);
        for (int j : stage.junctions) release(j);
        stage.chains.swap(chains_);
        std::sort(stage.chains.begin(), stage.chains.end());
        for (int k : stage.chains) finish(k);
        std::sort(junctions_.begin(), junctions_.end());
      }
      result.push_back(std::move(stage));
    }
    return result;
  }

 private:
  void collect_ready() {
    left_ = static_cast<int>(chain_waits_.size());
    for (std::size_t j = 0; j < junction_waits_.size(); ++j) {
      if (junction_waits_[j] == 0) junctions_.push_back(static_cast<int>(j));
    }
    for (std::size_t k = 0; k < chain_waits_.size(); ++k) {
      if (chain_waits_[k] == 0) chains_.push_back(static_cast<int>(k));
    }
  }
  void release(int junction) {
    for (int k : receivers_[static_cast<std::size_t>(junction)]) {
      if (--chain_waits_[static_cast<std::size_t>(k)] == 0) chains_.push_back(k);
    }
  }
  void finish(int chain) {
    if (!given_[static_cast<std::size_t>(chain)]) give(chain);
    done_[static_cast<std::size_t>(chain)] = 1;
    --left_;
  }
  void give(int chain) {
    given_[static_cast<std::size_t>(chain)] = 1;
    for (int end : {2 * chain, 2 * chain + 1}) {
      if (leaving_[static_cast<std::size_t>(end)] <= 0) continue;
      const int j = end_junction(network_, end);
      if (--junction_waits_[static_cast<std::size_t>(j)] == 0) junctions_.push_back(j);
    }
  }
  int break_loop() const {
    std::string names;
    for (std::size_t k = 0; k < done_.size(); ++k) {
      if (done_[k] || given_[k]) continue;
      if (can_give_early_[k]) return static_cast<int>(k);
      const Chain& chain = network_.chains[k];
      names += (names.empty() ? "" : ", ") + network_.reaches[static_cast<std::size_t>(chain.reach)].id +
               " from " + std::to_string(static_cast<long long>(chain.begin_chainage)) + " m";
    }
    throw std::runtime_error("water runs in a circle faster than a step can follow: " + names);
  }

  const Network& network_;
  const std::vector<double>& leaving_;
  const std::vector<char>& can_give_early_;
  std::vector<int> junction_waits_, chain_waits_;
  std::vector<char> given_, done_;
  std::vector<std::vector<int>> receivers_;  // [junction] chains it flows into
  std::vector<int> junctions_, chains_;      // ready
  int left_ = 0;
};

}  // namespace

std::vector<Stage> flow_order(const Network& network, const std::vector<double>& leaving,
                              const std::vector<char>& can_give_early) {
  return Order(network, leaving, can_give_early).stages();
}

}  // namespace limpid
