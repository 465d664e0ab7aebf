#include "solvers/dispersion_tree.hpp"

#include <algorithm>
#include <cstddef>

namespace limpid {
namespace {

// Which chains hang at which junction, seen from the root.
class Spanning {
 public:
  explicit Spanning(const Network& network)
      : network_(network),
        children_(network.junctions.size()),
        closing_(network.junctions.size()),
        reached_(network.junctions.size(), 0),
        leaf_joined_(network.chains.size(), 0),
        assigned_(network.chains.size(), 0) {
    for (int j : candidates()) {
      if (reached_[static_cast<std::size_t>(j)]) continue;
      roots_.push_back(j);
      grow(j);
    }
  }

  const std::vector<int>& roots() const { return roots_; }
  const std::vector<int>& children(int junction) const {
    return children_[static_cast<std::size_t>(junction)];
  }
  // Whether chains that close a loop end here.
  bool closes_loops(int junction) const { return closing_[static_cast<std::size_t>(junction)] != 0; }
  bool leaf_joined(int chain) const { return leaf_joined_[static_cast<std::size_t>(chain)] != 0; }
  int other_end(int chain, int junction) const {
    const Chain& c = network_.chains[static_cast<std::size_t>(chain)];
    return c.upstream == junction ? c.downstream : c.upstream;
  }

 private:
  // Outlets with one chain first, then other ends, then any junction.
  std::vector<int> candidates() const {
    std::vector<int> order(network_.junctions.size());
    for (std::size_t j = 0; j < order.size(); ++j) order[j] = static_cast<int>(j);
    const auto rank = [this](int j) {
      const Junction& junction = network_.junctions[static_cast<std::size_t>(j)];
      if (junction.in.size() + junction.out.size() != 1) return 2;
      return junction.is_outlet() ? 0 : 1;
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return rank(a) < rank(b); });
    return order;
  }
  void grow(int root) {
    std::vector<int> front{root};
    reached_[static_cast<std::size_t>(root)] = 1;
    for (std::size_t i = 0; i < front.size(); ++i) {
      const int j = front[i];
      const Junction& junction = network_.junctions[static_cast<std::size_t>(j)];
      for (const auto* list : {&junction.in, &junction.out}) {
        for (int k : *list) attach(k, j, front);
      }
    }
  }
  void attach(int chain, int junction, std::vector<int>& front) {
    const auto k = static_cast<std::size_t>(chain);
    if (assigned_[k]) return;
    assigned_[k] = 1;
    children_[static_cast<std::size_t>(junction)].push_back(chain);
    const int far = other_end(chain, junction);
    if (reached_[static_cast<std::size_t>(far)]) {
      closing_[static_cast<std::size_t>(far)] = 1;
      return;
    }
    reached_[static_cast<std::size_t>(far)] = 1;
    leaf_joined_[k] = 1;
    front.push_back(far);
  }

  const Network& network_;
  std::vector<std::vector<int>> children_;
  std::vector<char> closing_, reached_, leaf_joined_, assigned_;
  std::vector<int> roots_;
};

class Builder {
 public:
  Builder(const Network& network, DispersionTree& tree)
      : network_(network), spanning_(network), tree_(tree), star_of_(network.junctions.size(), -1) {
    for (int root : spanning_.roots()) {
      const std::vector<int>& first = spanning_.children(root);
      if (first.empty()) continue;
      if (first.size() == 1 && !spanning_.closes_loops(root)) {
        waiting_.push_back({first.front(), root, -1, 0});
      } else {
        tree_.root_stars.push_back(begin_star(root, -1, 0));
      }
      run();
      ++tree_.components;
    }
    for (const Closing& closing : closing_) add_link(closing);
  }

 private:
  int begin_star(int junction, int parent, int level) {
    const int star = static_cast<int>(tree_.stars.size());
    tree_.stars.push_back({parent, tree_.components, {}, {}});
    star_of_[static_cast<std::size_t>(junction)] = star;
    for (int k : spanning_.children(junction)) waiting_.push_back({k, junction, star, level});
    return star;
  }
  // A work list instead of recursion: a river may have more confluences in a row than the stack has room.
  void run() {
    while (!waiting_.empty()) {
      const Pending next = waiting_.back();
      waiting_.pop_back();
      add_branch(next);
    }
  }

  struct Pending {
    int chain, junction, star, level;
  };
  void add_branch(const Pending& start) {
    const int index = static_cast<int>(tree_.branches.size());
    Branch branch;
    branch.begin = static_cast<int>(tree_.cell.size());
    branch.root_star = start.star;
    branch.component = tree_.components;
    tree_.branches.push_back(branch);
    if (start.star >= 0) tree_.stars[static_cast<std::size_t>(start.star)].children.push_back(index);
    if (static_cast<int>(tree_.levels.size()) <= start.level) tree_.levels.emplace_back();
    tree_.levels[static_cast<std::size_t>(start.level)].push_back(index);
    const int leaf_star = follow(start.chain, start.junction, index, start.level);
    Branch& made = tree_.branches[static_cast<std::size_t>(index)];
    made.leaf_star = leaf_star;
    made.end = static_cast<int>(tree_.cell.size());
    made.first_segment = tree_.segments;
    tree_.segments += (made.end - made.begin + kSegment - 1) / kSegment;
    std::reverse(tree_.cell.begin() + made.begin, tree_.cell.end());
  }
  // Appends cells from the root side to the leaf; the star at the leaf's end, -1 if there is none.
  int follow(int chain, int junction, int branch, int level) {
    for (;;) {
      append(chain, junction);
      junction = spanning_.other_end(chain, junction);
      if (!spanning_.leaf_joined(chain)) {
        closing_.push_back({branch, junction});
        return -1;
      }
      const std::vector<int>& next = spanning_.children(junction);
      const bool joins_loop = spanning_.closes_loops(junction);
      if (next.empty() && !joins_loop) return -1;
      if (next.size() > 1 || joins_loop) return begin_star(junction, branch, level + 1);
      chain = next.front();
    }
  }
  void append(int chain, int root_junction) {
    const Chain& c = network_.chains[static_cast<std::size_t>(chain)];
    const bool downstream_root = c.downstream == root_junction;
    for (int i = 0; i < c.cells; ++i) {
      tree_.cell.push_back(c.first_cell + (downstream_root ? c.cells - 1 - i : i));
    }
  }

  struct Closing {
    int branch, junction;  // the branch's first position closes a loop at the junction
  };
  void add_link(const Closing& closing) {
    const int link = static_cast<int>(tree_.links.size()),
              star = star_of_[static_cast<std::size_t>(closing.junction)];
    tree_.links.push_back({closing.branch, star});
    tree_.branches[static_cast<std::size_t>(closing.branch)].link = link;
    tree_.stars[static_cast<std::size_t>(star)].links.push_back(link);
  }

  const Network& network_;
  Spanning spanning_;
  DispersionTree& tree_;
  std::vector<int> star_of_;  // [junction]
  std::vector<Pending> waiting_;
  std::vector<Closing> closing_;
};

}  // namespace

DispersionTree::DispersionTree(const Network& network) {
  Builder(network, *this);
}

}  // namespace limpid
