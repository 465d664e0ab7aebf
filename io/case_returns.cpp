// Returns: rows of the inventory that give back what an abstraction takes.
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr double kRoundOff = 1e-9;

// The abstraction that the row names; -1 if it is none.
int abstraction_of(CaseReading& reading, const ReturnRow& row) {
  const auto number = reading.sources.require(row.of, row.place, reading.problems);
  if (!number) return -1;
  const std::vector<Source>& sources = reading.result.basin.sources;
  const Source& of = sources[static_cast<std::size_t>(*number)];
  if (of.kind == SourceKind::abstraction) return *number;
  reading.problems.add(Code::E1414, row.place, {sources[static_cast<std::size_t>(row.source)].id, row.of});
  return -1;
}

}  // namespace

void link_returns(CaseReading& reading) {
  std::vector<Source>& sources = reading.result.basin.sources;
  std::vector<double> given(sources.size(), 0.0);
  for (const ReturnRow& row : reading.returns) {
    Source& source = sources[static_cast<std::size_t>(row.source)];
    source.return_of = row.of.empty() ? -1 : abstraction_of(reading, row);
    if (source.return_of < 0) continue;
    double& sum = given[static_cast<std::size_t>(source.return_of)];
    const double before = sum;
    sum += source.return_share;
    if (sum > 1 + kRoundOff && before <= 1 + kRoundOff)
      reading.problems.add(Code::E1415, row.place, {row.of, number_text(sum)});
  }
}

}  // namespace limpid
