// Conservative remap of one chain in volume coordinates (flux-form semi-Lagrangian; the slope is that of
// Colella and Woodward 1984, eq. 1.7, limited to 1.6 times the steps to its neighbours: between van Leer's
// monotonized-central limiter, 2 times, and minmod, once).
//
// Donors, upstream to downstream: inflow bins of the upper end, the cells at the old volumes, inflow bins of
// the lower end. Receivers likewise: outflow bins, the cells at the new volumes, outflow bins. Both lists
// hold the same water, so a walk along both cuts each donor into the parts that each receiver gets, whatever
// the Courant number, the direction of flow, or the drying and wetting of cells.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "solvers/pack.hpp"

namespace limpid {

// One chain's water over a step.
struct ChainWater {
  int cells = 0;
  const double* volume0 = nullptr;     // [cells] m3
  const double* volume1 = nullptr;     // [cells] m3
  double upper = 0, lower = 0;         // m3 through the end faces, positive downstream
  int upper_bins = 1, lower_bins = 1;  // parts of equal volume, in time order, of the flow through an end
  double upper_neighbour = 0,
         lower_neighbour = 0;  // m3 of the cell seen beyond an end with outflow; 0 = none
  bool upper_mixes = false,
       lower_mixes =
           false;  // other water joins beyond an end with outflow: what is seen there is not its own

  int donors() const { return cells + (upper > 0 ? upper_bins : 0) + (lower < 0 ? lower_bins : 0); }
  int receivers() const { return cells + (upper < 0 ? upper_bins : 0) + (lower > 0 ? lower_bins : 0); }
};

// The tags among a chunk's columns. Columns count from the chunk's first; those of totals may be negative.
struct TagColumns {
  int first = 0, count = 0;            // columns of the tags: [first, first + count)
  std::vector<int> totals;             // columns of their totals, each once, filled up to whole packs
  std::array<int, kChunk> total_of{};  // per tag, into totals
};

// none: linear in the amounts. monotone: van Leer's monotonized-central slope; its kinks can keep a river
// under constant inputs from settling (a few 1e-4 from day to day where loads enter). smooth: van Albada's,
// which lets it settle, and is as exact where the profile is smooth.
enum class Limiter : unsigned char { none, monotone, smooth };

// Geometry of the chains' remaps, equal for all rows: made once per water step.
class RemapTable {
 public:
  // Places for chains with these waters; build() then fills each (different chains may be built by different
  // threads).
  void layout(const std::vector<ChainWater>& waters);
  void build(int chain, const ChainWater& water);

  // Whether each cell's row may be its own receiver: where it is closed, it is no longer needed as a donor.
  bool in_place(int chain) const { return places_[static_cast<std::size_t>(chain)].in_place; }

  // Moves columns [0, columns) of a chain's amounts. donor_row[-1 .. donors] (the two extra rows are the
  // neighbours beyond the ends; any readable row where there is none); receiver_row[0 .. receivers) are
  // overwritten and must not overlap the donors, but where in_place(). Limiter::none: no bounds either;
  // amounts may then fall below 0.
  void move(int chain, const double* const* donor_row, double* const* receiver_row, int columns,
            Limiter limiter) const;

  // Tags of one chunk by the limited profiles of their totals: out of every part of a donor that goes to a
  // receiver each tag gets its share of the donor's total, so that tags add up to their totals and stay
  // non-negative. donor_row must still hold the totals as they were before anything moved.
  void move_tags(int chain, const double* const* donor_row, double* const* receiver_row,
                 const TagColumns& tags, Limiter limiter) const;

 private:
  struct Place {
    std::size_t donor = 0, cut = 0;  // donor: index of the first donor in the arrays per donor
    int donors = 0, receivers = 0;
    bool in_place = false;
  };
  void weigh(const Place& place);
  void look_back(const Place& place, int donor, int back);
  void cut(Place& place, const ChainWater& water);
  template <int kBlock, Limiter kLimiter>
  void move_block(const Place& place, const double* const* donor_row, double* const* receiver_row,
                  int column) const;

  std::vector<Place> places_;
  std::vector<double> volume_, inverse_, left_, right_;  // per donor: volume, 1/volume, half slope weights
  std::vector<double> apart_;                            // per donor: 1/(its volume + the next one's)
  std::vector<int> cuts_;                                // per donor: how many receivers are closed inside it
  std::vector<double> room_;                             // per receiver: volume
  std::vector<double> part_, moment_;  // per cut: fraction of the donor; lever of its slope [m3]
};

}  // namespace limpid
