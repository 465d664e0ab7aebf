#include "io/sweep_factors.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "io/factor_distribution.hpp"
#include "io/factor_target.hpp"
#include "io/id_table.hpp"
#include "io/sweep_keys.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

ReadFactor read_factor(const KeyTable& keys, const Case& c, const Sweep& sweep, bool needed,
                       Problems& problems) {
  ReadFactor out;
  out.place = keys.place("");
  keys.refuse_unknown();
  out.factor.id = keys.text("id");
  const auto kind = keys.choice("kind");
  if (!kind) return out;
  out.factor.kind = static_cast<FactorKind>(*kind);
  if (read_target_of(keys, c, sweep, out, problems)) read_distribution(keys, sweep, needed, out, problems);
  return out;
}

}  // namespace

std::vector<ReadFactor> read_factors(const TomlFile& toml, const Case& c, const Sweep& sweep, bool needed,
                                     Problems& problems) {
  std::vector<ReadFactor> list;
  const TomlValue* value = toml.root.find("factor");
  if (!value) return list;
  if (value->kind != TomlKind::list) {
    problems.add(Code::E1104, value->place,
                 {"factor", toml_kind_text(value->kind), "array of tables", "[[factor]]"});
    return list;
  }
  IdTable ids(Code::E1201);
  for (const TomlValue& item : value->items) {
    if (item.kind != TomlKind::table) continue;
    const KeyTable keys(&item, toml.root.place.file, "[[factor]]", "factor",
                        {&sweep_keys(), &problems, c.run.grid.offset, toml.damaged});
    list.push_back(read_factor(keys, c, sweep, needed, problems));
    const std::string& id = list.back().factor.id;
    if (id == "id" || id == "note")
      problems.add(Code::E1201, keys.place("id"), {id, "design.csv"});
    else if (!id.empty())
      ids.enter(id, keys.place("id"), problems);
  }
  return list;
}

void check_drawn(const std::vector<ReadFactor>& factors, const Design& design, Problems& problems) {
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const ReadFactor& read = factors[f];
    if (!read.drawn || design.values.empty()) continue;
    const auto value = [&](std::size_t m) { return read.factor.to_inside * design.values[m][f]; };
    for (std::size_t m = 0; m < design.members(); ++m) {
      if (read.possible(value(m))) continue;
      problems.add(Code::E1806, read.place,
                   {read.factor.id, value_text(read.factor, design.values[m][f]), read.range});
      break;
    }
  }
}

std::string value_text(const Factor& factor, double value) {
  if (!factor.labels.empty()) return factor.labels[static_cast<std::size_t>(value)];
  return number_text(value) + (factor.unit.empty() ? "" : " " + factor.unit);
}

}  // namespace limpid
