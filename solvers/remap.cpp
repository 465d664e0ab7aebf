#include "solvers/remap.hpp"

#include <algorithm>

#include "solvers/pack.hpp"
#include "solvers/state.hpp"

namespace limpid {
namespace {

// How much steeper than the step to a neighbour a slope may be. Up to 2 no new extremum arises, and the
// steeper the sharper; but at 2 the foot of a sharp rise in steady flow, below a load without water, finds no
// rest: concentrations swing for ever, by up to 23 % of the rise at small Courant numbers. At 1.6 it is 4 %
// (AdvectionAtRest), at 1.5 2 %, and orders begin to suffer.
constexpr double kSteepest = 1.6;

}  // namespace

void RemapTable::layout(const std::vector<ChainWater>& waters) {
  places_.resize(waters.size());
  std::size_t donor = 1, cut = 0;
  for (std::size_t k = 0; k < waters.size(); ++k) {
    places_[k] = {donor, cut, waters[k].donors(), waters[k].receivers(), false};
    donor += static_cast<std::size_t>(places_[k].donors) + 2;
    cut += static_cast<std::size_t>(places_[k].receivers);
  }
  for (auto* v : {&volume_, &inverse_, &left_, &right_, &apart_}) v->resize(donor);
  cuts_.resize(donor);
  for (auto* v : {&room_, &part_, &moment_}) v->resize(cut);
}

void RemapTable::build(int chain, const ChainWater& water) {
  Place& place = places_[static_cast<std::size_t>(chain)];
  double* v = volume_.data() + place.donor - 1;
  *v++ = water.upper < 0 ? water.upper_neighbour : 0.0;
  if (water.upper > 0) v = std::fill_n(v, water.upper_bins, water.upper / water.upper_bins);
  v = std::copy_n(water.volume0, water.cells, v);
  if (water.lower < 0) v = std::fill_n(v, water.lower_bins, -water.lower / water.lower_bins);
  *v = water.lower > 0 ? water.lower_neighbour : 0.0;

  double* r = room_.data() + place.cut;
  if (water.upper < 0) r = std::fill_n(r, water.upper_bins, -water.upper / water.upper_bins);
  r = std::copy_n(water.volume1, water.cells, r);
  if (water.lower > 0) std::fill_n(r, water.lower_bins, water.lower / water.lower_bins);

  weigh(place);
  if (water.upper < 0 && water.upper_mixes) look_back(place, 0, 1);
  if (water.lower > 0 && water.lower_mixes) look_back(place, place.donors - 1, -1);
  cut(place, water);
}

// A dry donor has no concentration, and a slope needs a wet neighbour on both sides: their weights are 0, so
// that the centred slope and with it the limited one vanish. The amount of a dry donor still moves, by the
// fractions of the cut.
void RemapTable::weigh(const Place& place) {
  const double* v = volume_.data() + place.donor - 1;
  double *inverse = inverse_.data() + place.donor - 1, *left = left_.data() + place.donor - 1,
         *right = right_.data() + place.donor - 1;
  const int last = place.donors + 1;
  for (int k = 0; k <= last; ++k) {
    const double reciprocal = 1.0 / v[k];
    inverse[k] = v[k] > kDryVolume ? reciprocal : 0.0;
  }
  for (int k = 0; k < last; ++k)
    apart_[place.donor - 1 + static_cast<std::size_t>(k)] = 1.0 / (v[k] + v[k + 1]);
#pragma omp simd
  for (int k = 1; k < last; ++k) {
    const double a = v[k - 1], b = v[k], d = v[k + 1], all = a + b + d;
    const double wl = b * (b + 2 * d) / (kSteepest * all * (a + b)),
                 wr = b * (2 * a + b) / (kSteepest * all * (b + d));
    const bool wet = std::min(std::min(a, b), d) > kDryVolume;
    left[k] = wet ? wl : 0.0;
    right[k] = wet ? wr : 0.0;
  }
}

// A donor's slope by the donor behind it alone (`back` = -1: on its left). Where other water joins, the
// concentration beyond is that of the mixture: a slope towards it would let a reach feel what the others
// carry. It stays the limiter's bound.
void RemapTable::look_back(const Place& place, int donor, int back) {
  const std::size_t i = place.donor + static_cast<std::size_t>(donor);
  if (left_[i] <= 0 && right_[i] <= 0) return;
  const double own = volume_[i], behind = back < 0 ? volume_[i - 1] : volume_[i + 1];
  const double weight = 2 * own / (kSteepest * (own + behind));
  left_[i] = back < 0 ? weight : 0.0;
  right_[i] = back < 0 ? 0.0 : weight;
}

// Round-off surplus of water goes into the last receiver, which is never closed by a cut. Equal remainders
// must cut: otherwise the receiver that ends there would never be written.
// A donor's row is read when the donor before it is cut, so it may be written from then on.
void RemapTable::cut(Place& place, const ChainWater& water) {
  const int donors_before = water.upper > 0 ? water.upper_bins : 0,
            receivers_before = water.upper < 0 ? water.upper_bins : 0;
  place.in_place = true;
  const double* receiver = room_.data() + place.cut;
  double *part = part_.data() + place.cut, *moment = moment_.data() + place.cut;
  const int last = place.receivers - 1;
  int r = 0;
  double room = receiver[0];
  for (int d = 0; d < place.donors; ++d) {
    const std::size_t i = place.donor + static_cast<std::size_t>(d);
    const double volume = volume_[i], reciprocal = inverse_[i];
    double rest = volume, x0 = 0;
    const int before = r;
    for (bool more = true; more && r < last && rest >= room; room = receiver[++r]) {
      rest -= room;
      more = rest > 0;
      const double beyond = reciprocal > 0 ? rest * reciprocal : (volume > 0 ? rest / volume : 0.0);
      const double x1 = std::max(x0, 1.0 - beyond);
      part[r] = x1 - x0;
      moment[r] = volume * (x1 - x0) * (0.5 * (x0 + x1) - 0.5);
      x0 = x1;
    }
    room -= rest;
    cuts_[i] = r - before;
    const int closed = std::min(r - receivers_before, water.cells) - 1;  // cell
    place.in_place = place.in_place && closed + donors_before <= d + 1;
  }
}

namespace {

// A donor's weights: those of the slope over kSteepest, and the inverse distances to its neighbours.
struct Weights {
  double left, right, apart_left, apart_right;
};

// Total change of concentration across the donor from kSteepest times the steps to its neighbours. monotone:
// the smallest of the three sizes, 0 where the steps differ in sign. smooth: the centred slope times
// 2ab/(a^2+b^2) of the gradients a and b on both sides, within the same bounds.
template <Limiter kLimiter>
Pack slope(Pack most_left, Pack most_right, const Weights& w) {
  const Pack centred = splat(w.left) * most_left + splat(w.right) * most_right, zero = splat(0);
  if constexpr (kLimiter == Limiter::none) return centred;
  const Pack low = min(max(most_left, most_right), zero), high = max(min(most_left, most_right), zero);
  if constexpr (kLimiter == Limiter::monotone) return min(max(centred, low), high);
  constexpr double kNone = 1e-60;  // beside squares of gradients
  const Pack a = most_left * splat(w.apart_left), b = most_right * splat(w.apart_right), ab = a * b;
  const Pack agreement = max(ab + ab, zero) / (a * a + b * b + splat(kNone));
  return min(max(centred * agreement, low), high);
}

// The bounds act on round-off only; they keep what is given and what is left of the donor's own sign.
template <Limiter kLimiter>
Pack portion(Pack amount, Pack slope, Pack part, Pack moment, Pack rest) {
  const Pack p = amount * part + slope * moment, zero = splat(0);
  if constexpr (kLimiter == Limiter::none) return p;
  return min(max(p, min(rest, zero)), max(rest, zero));
}

}  // namespace

template <int kBlock, Limiter kLimiter>
void RemapTable::move_block(const Place& place, const double* const* donor_row, double* const* receiver_row,
                            int column) const {
  const double *inverse = inverse_.data() + place.donor, *left = left_.data() + place.donor,
               *right = right_.data() + place.donor, *part = part_.data() + place.cut,
               *moment = moment_.data() + place.cut;
  const double* apart = apart_.data() + place.donor;
  const int* cuts = cuts_.data() + place.donor;
  const auto weights = [&](int d) { return Weights{left[d], right[d], apart[d - 1], apart[d]}; };
  // the donor's amount, concentration and kSteepest times the step from its left neighbour; what the open
  // receiver has so far
  Pack m[kBlock], c[kBlock], dl[kBlock], open[kBlock];
  const auto step = [&](int d, const auto& give) {
    const Pack next_inverse = splat(inverse[d + 1]);
    const double* next_row = donor_row[d + 1] + column;
#pragma GCC unroll 4
    for (int b = 0; b < kBlock; ++b) {
      const Pack next = load(next_row + b * kPack), c_next = next * next_inverse, step_right = c_next - c[b],
                 dr = step_right * splat(kSteepest);
      give(b, dr);
      m[b] = next;
      c[b] = c_next;
      dl[b] = dr;
    }
  };
#pragma GCC unroll 4
  for (int b = 0; b < kBlock; ++b) {
    const int j = column + b * kPack;
    m[b] = load(donor_row[0] + j);
    c[b] = m[b] * splat(inverse[0]);
    dl[b] = c[b] - load(donor_row[-1] + j) * splat(inverse[-1]);
    dl[b] *= splat(kSteepest);
    open[b] = splat(0);
  }
  int r = 0;
  for (int d = 0; d < place.donors; ++d) {
    const int n = cuts[d];
    if (n == 1) {  // nearly always
      const Pack fraction = splat(part[r]), lever = splat(moment[r]);
      const Weights w = weights(d);
      double* out = receiver_row[r] + column;
      step(d, [&](int b, Pack dr) {
        const Pack s = slope<kLimiter>(dl[b], dr, w), p = portion<kLimiter>(m[b], s, fraction, lever, m[b]);
        store(out + b * kPack, open[b] + p);
        open[b] = m[b] - p;
      });
    } else {
      step(d, [&](int b, Pack dr) {
        const Pack s = slope<kLimiter>(dl[b], dr, weights(d));
        Pack rest = m[b];
        for (int k = r; k < r + n; ++k) {
          const Pack p = portion<kLimiter>(m[b], s, splat(part[k]), splat(moment[k]), rest);
          store(receiver_row[k] + column + b * kPack, open[b] + p);
          rest -= p;
          open[b] = splat(0);
        }
        open[b] += rest;
      });
    }
    r += n;
  }
  for (; r < place.receivers; ++r) {
#pragma GCC unroll 4
    for (int b = 0; b < kBlock; ++b) {
      store(receiver_row[r] + column + b * kPack, open[b]);
      open[b] = splat(0);
    }
  }
}

void RemapTable::move(int chain, const double* const* donor_row, double* const* receiver_row, int columns,
                      Limiter limiter) const {
  const Place& place = places_[static_cast<std::size_t>(chain)];
  for_packs<2>(columns, [&](auto block, int column) {
    switch (limiter) {
      case Limiter::none:
        return move_block<block(), Limiter::none>(place, donor_row, receiver_row, column);
      case Limiter::monotone:
        return move_block<block(), Limiter::monotone>(place, donor_row, receiver_row, column);
      case Limiter::smooth:
        return move_block<block(), Limiter::smooth>(place, donor_row, receiver_row, column);
    }
  });
}

namespace {

// The totals of a chunk's tags in one donor after another, and how the part that is cut next divides what is
// left of each: the smaller of its two shares, from which the other follows by difference without loss.
struct TagTotals {
  static constexpr int kMost = kChunk / kPack;
  explicit TagTotals(const std::vector<int>& its_columns) : columns(its_columns) {}

  int packs() const { return static_cast<int>(columns.size()) / kPack; }
  Pack gather(const double* row, int b) const {
    const int* at = columns.data() + b * kPack;
    return Pack{row[at[0]], row[at[1]], row[at[2]], row[at[3]]};
  }
  void begin(const double* const* donor_row, const double* inverse) {
    for (int b = 0; b < packs(); ++b) {
      m[b] = gather(donor_row[0], b);
      c[b] = m[b] * splat(inverse[0]);
      dl[b] = c[b] - gather(donor_row[-1], b) * splat(inverse[-1]);
      dl[b] *= splat(kSteepest);
    }
  }
  // The slopes of the donor before `next_row`.
  void look(const double* next_row, double next_inverse, const Weights& weights, Limiter limiter) {
    for (int b = 0; b < packs(); ++b) {
      rest[b] = m[b];
      m[b] = gather(next_row, b);
      const Pack c_next = m[b] * splat(next_inverse), step = c_next - c[b], dr = step * splat(kSteepest);
      s[b] = limiter == Limiter::smooth ? slope<Limiter::smooth>(dl[b], dr, weights)
                                        : slope<Limiter::monotone>(dl[b], dr, weights);
      own[b] = rest[b];
      c[b] = c_next;
      dl[b] = dr;
    }
  }
  void cut(double part, double moment) {
    const Pack zero = splat(0), one = splat(1);
    for (int b = 0; b < packs(); ++b) {
      const Pack p = portion<Limiter::monotone>(own[b], s[b], splat(part), splat(moment), rest[b]),
                 kept = rest[b] - p;
      const Pack whole = rest[b] == zero ? one : rest[b], taken = p / whole, left = kept / whole;
      store(given.data() + b * kPack, taken);
      store(held.data() + b * kPack, left);
      rest[b] = kept;
    }
  }

  const std::vector<int>& columns;
  Pack m[kMost], c[kMost], dl[kMost], s[kMost], own[kMost], rest[kMost];
  std::array<double, kChunk> given, held;
};

}  // namespace

void RemapTable::move_tags(int chain, const double* const* donor_row, double* const* receiver_row,
                           const TagColumns& tags, Limiter limiter) const {
  const Place& place = places_[static_cast<std::size_t>(chain)];
  const double* inverse = inverse_.data() + place.donor;
  TagTotals totals(tags.totals);
  totals.begin(donor_row, inverse);
  std::array<double, kChunk> open{}, rest;
  const auto n = static_cast<std::size_t>(tags.count);
  const auto close = [&](int r) {
    std::copy_n(open.begin(), n, receiver_row[r] + tags.first);
    open.fill(0);
  };
  std::size_t r = place.cut;
  int receiver = 0;
  for (int d = 0; d < place.donors; ++d) {
    const std::size_t i = place.donor + static_cast<std::size_t>(d);
    totals.look(donor_row[d + 1], inverse[d + 1], {left_[i], right_[i], apart_[i - 1], apart_[i]}, limiter);
    std::copy_n(donor_row[d] + tags.first, n, rest.begin());
    for (int k = 0; k < cuts_[i]; ++k, ++r, ++receiver) {
      totals.cut(part_[r], moment_[r]);
      for (std::size_t j = 0; j < n; ++j) {
        const auto of = static_cast<std::size_t>(tags.total_of[j]);
        const bool gives_less = totals.given[of] <= totals.held[of];
        const double part = rest[j] * (gives_less ? totals.given[of] : totals.held[of]),
                     other = rest[j] - part;
        open[j] += gives_less ? part : other;
        rest[j] = gives_less ? other : part;
      }
      close(receiver);
    }
    for (std::size_t j = 0; j < n; ++j) open[j] += rest[j];
  }
  for (; receiver < place.receivers; ++receiver) close(receiver);
}

}  // namespace limpid
