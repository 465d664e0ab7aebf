#include "io/member_difference.hpp"

#include <bit>
#include <cmath>

#include "io/csv_writer.hpp"

namespace limpid {

namespace {

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

std::string text_of(double value) {
  std::string text;
  append_number(text, value);
  return text.empty() ? "NaN" : text;
}

template <class Name>
std::optional<MemberDifference> in_numbers(const std::vector<double>& there, const std::vector<double>& here,
                                           const Name& name) {
  for (std::size_t i = 0; i < there.size(); ++i)
    if (!same(there[i], here[i])) return MemberDifference{name(i), text_of(there[i]), text_of(here[i])};
  return std::nullopt;
}

}  // namespace

std::optional<MemberDifference> difference(const MemberResult& there, const MemberResult& here,
                                           const StoreDescription& names, const RunOptions& options) {
  const auto outcome = [](const MemberResult& r) { return r.failed ? "failed: " + r.cause : "done"; };
  if (outcome(there) != outcome(here)) return MemberDifference{"outcome", outcome(there), outcome(here)};
  if (auto d = in_numbers(there.metrics, here.metrics, [&](std::size_t i) { return names.metrics[i]; }))
    return d;
  if (auto d = in_numbers(there.closure, here.closure,
                          [&](std::size_t i) { return "closure/" + names.closure[i]; }))
    return d;
  if (!same(there.capex, here.capex))
    return MemberDifference{"capex", text_of(there.capex), text_of(here.capex)};
  if (!same(there.opex, here.opex)) return MemberDifference{"opex", text_of(there.opex), text_of(here.opex)};
  return in_numbers(there.series, here.series, [&](std::size_t i) {
    const double time =
        options.grid.time(0) + static_cast<double>(i % names.record_times) * options.section_interval;
    return names.series[i / names.record_times] + " at " +
           format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(time))), options.grid.offset);
  });
}

}  // namespace limpid
