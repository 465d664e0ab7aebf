// Sums that remember what rounding took away (Neumaier 1974, with Knuth's branch-free exact error of an
// addition).
#pragma once

namespace limpid {

// sum + value as a rounded sum and its error, which goes to compensation.
inline void add_compensated(double& sum, double& compensation, double value) {
  const double next = sum + value, taken = next - sum;
  compensation += (sum - (next - taken)) + (value - taken);
  sum = next;
}

struct CompensatedSum {
  double sum = 0, compensation = 0;
  void add(double value) { add_compensated(sum, compensation, value); }
  double value() const { return sum + compensation; }
};

}  // namespace limpid
