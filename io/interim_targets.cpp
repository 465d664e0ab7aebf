#include "io/interim_targets.hpp"

#include <algorithm>

#include "io/csv.hpp"
#include "io/written_value.hpp"

namespace limpid {

std::vector<InterimTarget> read_interim_targets(const std::filesystem::path& path, const Case& c,
                                                Problems& problems) {
  std::vector<InterimTarget> list;
  const auto table = Table::read(path, path.string(), problems);
  if (!table) return list;
  const auto section = table->require("section_id", problems), year = table->require("year", problems),
             target = table->require("target", problems);
  if (!section || !year || !target) return list;
  const TimeGrid& grid = c.run.grid;
  const int first = Month::of(grid.begin, grid.offset).year(),
            last = Month::of(grid.end - std::chrono::seconds(1), grid.offset).year();
  std::vector<std::string> ids;
  for (const Section& s : c.basin.sections) ids.push_back(s.id);
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const auto id = table->text(row, *section, problems), word = table->text(row, *target, problems);
    const auto when = table->integer(row, *year, problems);
    if (!id || !word || !when) continue;
    const auto at = std::find(ids.begin(), ids.end(), *id);
    const auto wanted = parse_class(*word);
    if (at == ids.end()) problems.add(Code::E1204, table->place(row, *section), {*id, nearest_of(*id, ids)});
    if (!wanted)
      problems.add(Code::E1105, table->place(row, *target), {"target", *word, "-", "I, II, III, IV, V, >V"});
    const std::string range = std::to_string(first) + " .. " + std::to_string(last);
    if (*when < first || *when > last)
      problems.add(Code::E1330, table->place(row, *year), {"year", std::to_string(*when), range, range});
    else if (at != ids.end() && wanted)
      list.push_back({static_cast<int>(at - ids.begin()), static_cast<int>(*when), *wanted});
  }
  return list;
}

}  // namespace limpid
