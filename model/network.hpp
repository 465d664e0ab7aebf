// The directed river network: reaches between nodes, cut into cells. Built once from the user's tables by
// build_network(), immutable afterwards.
//
// For the solvers the network is a graph of chains and junctions. A chain is a run of cells with nothing
// joining or leaving between them (except diffuse inflow); a junction holds no water and mixes what enters:
// every node, and every place inside a reach where a point source or an abstraction stands.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/channel.hpp"
#include "model/lake.hpp"
#include "model/outlet.hpp"
#include "model/problem.hpp"
#include "model/series.hpp"
#include "model/structure.hpp"

namespace limpid {

struct Node {
  std::string id;
  double x = 0, y = 0;  // in the network's coordinate system; a schematic layout when none was given
  Place place;          // where the user declared it
  double bed_level = std::numeric_limits<double>::quiet_NaN();  // m above datum; NaN = node_beds() finds it
};

// How the water of a node with several outgoing reaches is shared. Exactly one outgoing reach is `remainder`.
// levels: as the channels' beds and levels give (the dynamic wave only; half of the water elsewhere).
enum class SplitKind : std::uint8_t { remainder, fraction, diversion, levels };
struct Split {
  SplitKind kind = SplitKind::remainder;
  double fraction = 0;  // share of the node's flow, 0..1
  double capacity = 0;  // diversion takes min(capacity, max(0, Q - reserve)) [m3/s]
  double reserve = 0;   // flow left to the remainder first (ecological release) [m3/s]
  int station = -1;     // of Basin::stations, whose rule counts instead of reserve; -1 = none
};

struct Reach {
  std::string id, name_zh, name_en;
  int from = 0, to = 0;  // node indices; water runs from -> to
  double length = 0;     // m
  double slope = 0;      // m/m
  double manning_n = 0.03;
  double dispersion = 0;        // longitudinal, m2/s
  int dispersion_formula = -1;  // of dispersion_formulas(), in its place; -1 = given
  double storage_area = 0;      // cross-section of the dead zones beside the channel, m2; 0 = none
  double storage_exchange = 0;  // rate at which the channel's water changes places with theirs, 1/s
  double elevation = 0;         // of the bed, m above sea level
  int channel = 0;              // index into channels
  int lake = -1;                // index into lakes: this reach is one; -1 = a river
  double shade = 0;             // share of the short wave that banks and trees keep off
  double cell_length = 0;       // wanted cell length, m; 0 = the network's default
  Series evaporation, seepage;  // m/s over the width of the water surface (solvers/reach_losses.hpp)
  std::string county, stretch;  // groups that measures and parameters may name
  Split split;
  Place place;
  bool loses_water() const { return !evaporation.is_zero() || !seepage.is_zero(); }
};

// A place inside a reach where the chain must be cut (point source or abstraction).
struct Cut {
  int reach = 0;
  double chainage = 0;  // m below the reach's upper end
};

struct Chain {
  int reach = 0;
  int first_cell = 0;
  int cells = 0;
  int upstream = 0, downstream = 0;  // junctions
  double begin_chainage = 0, end_chainage = 0;
};

struct Junction {
  int node = -1;             // the node it stands at, or -1 for a cut inside a reach
  std::vector<int> in, out;  // chains ending here, chains starting here (in order of reaches)
  bool is_outlet() const { return out.empty(); }
};

class Network {
 public:
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Channel> channels;
  std::vector<Lake> lakes;
  std::vector<Outlet> outlets;        // those that are told of; the others are at normal depth
  std::vector<Structure> structures;  // set in once the network is built
  std::string crs;                    // "EPSG:4490"; empty with schematic = true
  bool schematic = false;             // coordinates were not given; a layout was made

  // Cells, chain by chain, each upstream to downstream.
  std::vector<int> cell_reach, cell_chain;
  std::vector<double> cell_length;    // m
  std::vector<double> cell_chainage;  // of the cell's centre, m below the reach's upper end

  std::vector<Chain> chains;        // in topological order: every chain after those that feed it
  std::vector<Junction> junctions;  // nodes first (junction i = node i), then cuts, reach by reach
  std::vector<int> first_chain;     // per reach; its chains follow one another, upstream to downstream
  std::vector<int> junction_order;  // topological, headwaters first
  std::vector<int> chain_level;     // chains of one level do not feed each other

  int cell_count() const { return static_cast<int>(cell_reach.size()); }
  // Face j of chain k (j = 0..cells) has index first_face(k) + j; face 0 is the upper end.
  int first_face(int chain) const { return chains[static_cast<std::size_t>(chain)].first_cell + chain; }
  int face_count() const { return cell_count() + static_cast<int>(chains.size()); }
  // Junction of each cut given to build_network; cuts within 1 mm of each other or of a node share its
  // junction.
  std::vector<int> cut_junctions;
  int cut_junction(int cut) const { return cut_junctions[static_cast<std::size_t>(cut)]; }

  // Where a reach + chainage lies: the two cells of one chain to interpolate between (the same cell twice
  // near an end).
  struct Location {
    int cell_a = 0, cell_b = 0;
    double weight_b = 0;  // value = (1 - weight_b) * a + weight_b * b
  };
  // At a cut: the water below it. In a lake: the layer, at any chainage.
  Location locate(int reach, double chainage, int layer = 0) const;

  bool is_lake(int chain) const { return lake_of(chain) != nullptr; }
  // The lake that a chain is; nullptr of a river.
  const Lake* lake_of(int chain) const {
    const int lake = reaches[static_cast<std::size_t>(chains[static_cast<std::size_t>(chain)].reach)].lake;
    return lake < 0 ? nullptr : &lakes[static_cast<std::size_t>(lake)];
  }
};

// Checks (E1401 cycle, E1402 no way to an outlet, E1403 to E1410 lengths, slopes, splits, references, size),
// cuts into equal cells of at most `cell_length` metres (0 = one cell between two junctions) and orders.
// Problems are added; the result is valid only if no error was. Node coordinates: pass schematic = true to
// have a layout made.
Network build_network(std::vector<Node> nodes, std::vector<Reach> reaches, std::vector<Channel> channels,
                      const std::vector<Cut>& cuts, double cell_length, bool schematic, std::string crs,
                      Problems& problems, std::vector<Lake> lakes = {});

// Sets a lake at its node before the network is built: a node below it, "<id>_out", from which the reaches
// start that started at its node, and a reach from its node to that one. own: what else that reach has
// (county, stretch, elevation, shade). At most one lake may stand at a node.
void insert_lake(Lake lake, Reach own, std::vector<Node>& nodes, std::vector<Reach>& reaches,
                 std::vector<Lake>& lakes);

}  // namespace limpid
