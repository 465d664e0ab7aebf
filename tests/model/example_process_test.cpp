// tests/model/photolysis_example.cpp builds and does what it says. It is not registered: the program does not
// have it.
#include <gtest/gtest.h>

#include <cmath>

#include "model/process_adapter.hpp"

#undef LIMPID_PROCESS
#define LIMPID_PROCESS(Author) using ExampleProcess = Author
#include "tests/model/photolysis_example.cpp"

namespace limpid {
namespace {

TEST(ExampleProcess, IsTheMeanOverTheDepth) {
  const ProcessAdapter<ExampleProcess> process;
  double depth[kBlock], k[kBlock], coefficient[kBlock], substance[kBlock], k_e[kBlock], light[kBlock],
      rate[kBlock];
  for (int w = 0; w < kBlock; ++w)
    depth[w] = 2, k[w] = 0.01 / 86400, substance[w] = 5, k_e[w] = 1.5, light[w] = 100;
  const double* environment[] = {depth};
  const double* parameters[] = {k};
  const double* coefficients[] = {coefficient};
  double* coefficients_out[] = {coefficient};
  const double* inputs[] = {substance, k_e, light};
  double* rates[] = {rate};
  process.coefficients(environment, parameters, coefficients_out);
  process.rates(inputs, parameters, coefficients, rates);
  EXPECT_NEAR(rate[0] * 86400, 0.01 * 100 * (1 - std::exp(-3.0)) / 3 * 5, 1e-12);
  EXPECT_EQ(rate[kBlock - 1], rate[0]);
  EXPECT_EQ(process.info().readings.size(), 2u);
}

}  // namespace
}  // namespace limpid
