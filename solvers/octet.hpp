// Eight doubles, one per point of a block of kinetics, as a value: sums over processes then stay in
// registers. Every operation is the plain one on each element, so a point's result never depends on its
// neighbours.
#pragma once

#include <cstdint>

namespace limpid {

class Octet {
 public:
  Octet() = default;
  Octet(double value)
      : lo_{value, value, value, value}, hi_(lo_) {}  // NOLINT: a number stands for eight of it
  static Octet load(const double* p) {
    const Quad lo = *reinterpret_cast<const Loose*>(p), hi = *reinterpret_cast<const Loose*>(p + 4);
    return {lo, hi};
  }
  void store(double* p) const {
    *reinterpret_cast<Loose*>(p) = lo_;
    *reinterpret_cast<Loose*>(p + 4) = hi_;
  }

  friend Octet operator+(const Octet& a, const Octet& b) { return {a.lo_ + b.lo_, a.hi_ + b.hi_}; }
  friend Octet operator-(const Octet& a, const Octet& b) { return {a.lo_ - b.lo_, a.hi_ - b.hi_}; }
  friend Octet operator*(const Octet& a, const Octet& b) { return {a.lo_ * b.lo_, a.hi_ * b.hi_}; }
  friend Octet operator/(const Octet& a, const Octet& b) { return {a.lo_ / b.lo_, a.hi_ / b.hi_}; }
  Octet& operator+=(const Octet& b) { return *this = *this + b; }
  Octet& operator*=(const Octet& b) { return *this = *this * b; }

  // a where a > b, else b (b also where a is NaN).
  friend Octet larger(const Octet& a, const Octet& b) {
    return {a.lo_ > b.lo_ ? a.lo_ : b.lo_, a.hi_ > b.hi_ ? a.hi_ : b.hi_};
  }
  // a where a < b, else b (b also where a is NaN).
  friend Octet smaller(const Octet& a, const Octet& b) {
    return {a.lo_ < b.lo_ ? a.lo_ : b.lo_, a.hi_ < b.hi_ ? a.hi_ : b.hi_};
  }
  // x where a > b, else y.
  friend Octet where_greater(const Octet& a, const Octet& b, const Octet& x, const Octet& y) {
    return {a.lo_ > b.lo_ ? x.lo_ : y.lo_, a.hi_ > b.hi_ ? x.hi_ : y.hi_};
  }
  friend bool any_greater(const Octet& a, const Octet& b) {
    const Mask m = (a.lo_ > b.lo_) | (a.hi_ > b.hi_);
    return (m[0] | m[1] | m[2] | m[3]) != 0;
  }

 private:
  using Quad = double __attribute__((vector_size(32)));
  using Mask = std::int64_t __attribute__((vector_size(32)));
  typedef double Loose __attribute__((vector_size(32), aligned(8)));  // as it lies in memory
  Octet(const Quad& lo, const Quad& hi) : lo_(lo), hi_(hi) {}
  Quad lo_, hi_;
};

}  // namespace limpid
