// Arithmetic mean of values that are not NaN. The mean of equal values is exactly that value: a record that
// stands at a limit all the time must not pass it by the noise of a sum.
#pragma once

#include <cstddef>

namespace limpid {

class Mean {
 public:
  void add(double value) {
    if (count_ == 0) first_ = value;
    differences_ += value - first_;
    ++count_;
  }
  std::size_t count() const { return count_; }
  double value() const { return first_ + differences_ / static_cast<double>(count_); }  // of at least one

 private:
  double first_ = 0, differences_ = 0;
  std::size_t count_ = 0;
};

}  // namespace limpid
