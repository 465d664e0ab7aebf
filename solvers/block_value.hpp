// The values of a block of kinetics, one per point, as one value: sums over processes then stay in
// registers. Every operation is the plain one on each element, so a point's result never depends on its
// neighbours.
#pragma once

#include <cstdint>

#include "model/process.hpp"

namespace limpid {

class BlockValue {
 public:
  using Quad = double __attribute__((vector_size(32)));
  static constexpr int kQuads = kBlock / 4;

  BlockValue() = default;
  BlockValue(double value) {  // NOLINT: a number stands for one at every point
    for (Quad& q : q_) q = Quad{value, value, value, value};
  }
  static BlockValue load(const double* p) {
    BlockValue r;
    for (int k = 0; k < kQuads; ++k) r.q_[k] = *reinterpret_cast<const Loose*>(p + 4 * k);
    return r;
  }
  void store(double* p) const {
    for (int k = 0; k < kQuads; ++k) *reinterpret_cast<Loose*>(p + 4 * k) = q_[k];
  }
  // f on quads of points
  template <class F, class... More>
  static BlockValue each(const F& f, const More&... of) {
    BlockValue r;
    for (int k = 0; k < kQuads; ++k) r.q_[k] = f(of.q_[k]...);
    return r;
  }

  friend BlockValue operator+(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x + y; }, a, b);
  }
  friend BlockValue operator-(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x - y; }, a, b);
  }
  friend BlockValue operator*(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x * y; }, a, b);
  }
  friend BlockValue operator/(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x / y; }, a, b);
  }
  BlockValue& operator+=(const BlockValue& b) { return *this = *this + b; }
  BlockValue& operator*=(const BlockValue& b) { return *this = *this * b; }

  // a where a > b, else b (b also where a is NaN).
  friend BlockValue larger(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x > y ? x : y; }, a, b);
  }
  // a where a < b, else b (b also where a is NaN).
  friend BlockValue smaller(const BlockValue& a, const BlockValue& b) {
    return each([](Quad x, Quad y) { return x < y ? x : y; }, a, b);
  }
  // x where a > b, else y.
  friend BlockValue where_greater(const BlockValue& a, const BlockValue& b, const BlockValue& x,
                                  const BlockValue& y) {
    return each([](Quad p, Quad q, Quad u, Quad v) { return p > q ? u : v; }, a, b, x, y);
  }
  // x where a <= b, else y (also where one of them is NaN).
  friend BlockValue where_at_most(const BlockValue& a, const BlockValue& b, const BlockValue& x,
                                  const BlockValue& y) {
    return each([](Quad p, Quad q, Quad u, Quad v) { return p <= q ? u : v; }, a, b, x, y);
  }
  friend bool any_greater(const BlockValue& a, const BlockValue& b) {
    Mask m = a.q_[0] > b.q_[0];
    for (int k = 1; k < kQuads; ++k) m |= a.q_[k] > b.q_[k];
    return (m[0] | m[1] | m[2] | m[3]) != 0;
  }

 private:
  using Mask = std::int64_t __attribute__((vector_size(32)));
  typedef double Loose __attribute__((vector_size(32), aligned(8)));  // as it lies in memory
  Quad q_[kQuads];
};

}  // namespace limpid
