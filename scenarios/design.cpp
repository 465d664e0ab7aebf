#include "scenarios/design.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "model/random.hpp"
#include "scenarios/sobol.hpp"

namespace limpid {

namespace {

using Rows = std::vector<std::vector<double>>;  // [member][factor]

// Probabilities of `count` members for some factors.
using Sample = Rows (*)(const std::vector<const Factor*>&, std::size_t count, std::uint64_t seed);

// The numbers 0 .. count - 1 in an order drawn at random (Fisher and Yates).
std::vector<std::size_t> shuffled(std::size_t count, const Random& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.uniform(i) * static_cast<double>(i))]);
  return order;
}

Rows latin_hypercube(const std::vector<const Factor*>& factors, std::size_t count, std::uint64_t seed) {
  Rows rows(count, std::vector<double>(factors.size()));
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const auto order = shuffled(count, Random(seed, stream_of("latin order " + factors[f]->id)));
    const Random within(seed, stream_of("latin place " + factors[f]->id));
    for (std::size_t m = 0; m < count; ++m)
      rows[m][f] = (static_cast<double>(order[m]) + within.inner(m)) / static_cast<double>(count);
  }
  return rows;
}

Rows sobol(const std::vector<const Factor*>& factors, std::size_t count, std::uint64_t seed) {
  return sobol_points(count, factors.size(), seed);
}

// The sample of the water's factors is drawn once a water, that of the others once a member.
Rows nested(const DesignRequest& request, const std::vector<Factor>& factors, Sample sample) {
  std::vector<const Factor*> of_water, others;
  for (const Factor& f : factors) (f.water ? of_water : others).push_back(&f);
  const std::size_t count = request.waters * request.members;
  const Rows waters =
      of_water.empty() ? Rows(request.waters) : sample(of_water, request.waters, request.seed);
  const Rows lanes = others.empty() ? Rows(count) : sample(others, count, request.seed);
  Rows rows(count);
  for (std::size_t m = 0; m < count; ++m)
    for (std::size_t f = 0, water = 0, lane = 0; f < factors.size(); ++f)
      rows[m].push_back(factors[f].water ? waters[m / request.members][water++] : lanes[m][lane++]);
  return rows;
}

Rows sampled(const DesignRequest& request, const std::vector<Factor>& factors, Sample sample) {
  if (request.waters > 0) return nested(request, factors, sample);
  std::vector<const Factor*> all;
  for (const Factor& f : factors) all.push_back(&f);
  return sample(all, request.members, request.seed);
}

// A. Saltelli et al., Variance based sensitivity analysis of model output, Comput. Phys. Commun. 181, 259-270
// (2010): A and B are the halves of one sequence of 2k dimensions.
Rows saltelli(const DesignRequest& request, std::size_t factors) {
  Rows rows;
  for (const std::vector<double>& point : sobol_points(request.members, 2 * factors, request.seed)) {
    const auto half = point.begin() + static_cast<std::ptrdiff_t>(factors);
    const std::vector<double> a(point.begin(), half), b(half, point.end());
    rows.push_back(a);
    for (std::size_t f = 0; f < factors; ++f) {
      rows.push_back(a);
      rows.back()[f] = b[f];
    }
    rows.push_back(b);
  }
  return rows;
}

// M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33, 161-174
// (1991), with steps of p/(2(p - 1)) over an even number p of levels.
Rows morris(const DesignRequest& request, const std::vector<Factor>& factors) {
  Rows rows;
  const int half = request.levels / 2;
  for (std::size_t t = 0; t < request.members; ++t) {
    const std::string trajectory = "morris " + std::to_string(t) + " ";
    std::vector<int> level;
    std::vector<bool> up;
    for (const Factor& f : factors) {
      const Random random(request.seed, stream_of(trajectory + f.id));
      up.push_back(random.uniform(0) < 0.5);
      level.push_back(static_cast<int>(random.uniform(1) * half) + (up.back() ? 0 : half));
    }
    const auto put = [&] {
      rows.emplace_back();
      for (std::size_t f = 0; f < factors.size(); ++f)
        rows.back().push_back(level_probability(factors[f].distribution, level[f], request.levels));
    };
    put();
    for (const std::size_t f : shuffled(factors.size(), Random(request.seed, stream_of(trajectory)))) {
      level[f] += up[f] ? half : -half;
      put();
    }
  }
  return rows;
}

Rows values_of(const std::vector<Factor>& factors, Rows rows) {
  for (std::vector<double>& row : rows)
    for (std::size_t f = 0; f < factors.size(); ++f) row[f] = quantile(factors[f].distribution, row[f]);
  return rows;
}

std::vector<double> levels_of(const Factor& factor, int levels) {
  if (!is_continuous(factor)) return factor.distribution.values;
  std::vector<double> list;
  for (int i = 0; i < levels; ++i)
    list.push_back(quantile(factor.distribution, level_probability(factor.distribution, i, levels)));
  return list;
}

Rows grid(const DesignRequest& request, const std::vector<Factor>& factors) {
  Rows rows{{}};
  for (const Factor& factor : factors) {
    Rows longer;
    for (const std::vector<double>& row : rows)
      for (const double value : levels_of(factor, request.levels)) {
        longer.push_back(row);
        longer.back().push_back(value);
      }
    rows = std::move(longer);
  }
  return rows;
}

double base_of(const Factor& factor) {
  return is_continuous(factor) ? quantile(factor.distribution, 0.5) : factor.distribution.values.front();
}

Rows one_at_a_time(const DesignRequest& request, const std::vector<Factor>& factors) {
  Rows rows(1);
  for (const Factor& factor : factors) rows[0].push_back(base_of(factor));
  for (std::size_t f = 0; f < factors.size(); ++f)
    for (const double value : levels_of(factors[f], request.levels)) {
      if (value == rows[0][f]) continue;
      rows.push_back(rows[0]);
      rows.back()[f] = value;
    }
  return rows;
}

Rows drawn(const DesignRequest& request, const std::vector<Factor>& factors) {
  switch (request.method) {
    case DesignMethod::grid:
      return grid(request, factors);
    case DesignMethod::one_at_a_time:
      return one_at_a_time(request, factors);
    case DesignMethod::latin_hypercube:
      return values_of(factors, sampled(request, factors, latin_hypercube));
    case DesignMethod::sobol:
      return values_of(
          factors, request.indices ? saltelli(request, factors.size()) : sampled(request, factors, sobol));
    case DesignMethod::morris:
      return values_of(factors, morris(request, factors));
    default:
      throw std::invalid_argument("make_design: a list is read, not drawn");
  }
}

}  // namespace

double member_count(const DesignRequest& request, const std::vector<Factor>& factors) {
  const auto members = static_cast<double>(request.members), k = static_cast<double>(factors.size());
  switch (request.method) {
    case DesignMethod::grid: {
      double count = 1;
      for (const Factor& f : factors)
        count *= is_continuous(f) ? request.levels : static_cast<double>(f.distribution.values.size());
      return count;
    }
    case DesignMethod::one_at_a_time:
      return static_cast<double>(one_at_a_time(request, factors).size());
    case DesignMethod::morris:
      return members * (k + 1);
    default:
      if (request.indices) return members * (k + 2);
      return request.waters > 0 ? members * static_cast<double>(request.waters) : members;
  }
}

Design make_design(const DesignRequest& request, std::vector<Factor> factors) {
  if (factors.empty() || member_count(request, factors) > kMostMembers)
    throw std::invalid_argument("make_design: no factor, or too many members");
  Design design{request, std::move(factors), {}, {}};
  design.values = drawn(request, design.factors);
  for (std::size_t m = 0; m < design.values.size(); ++m) design.ids.push_back(member_id(m));
  return design;
}

std::string member_id(std::size_t member) {
  const std::string number = std::to_string(member + 1);
  return "m" + std::string(number.size() < 6 ? 6 - number.size() : 0, '0') + number;
}

}  // namespace limpid
