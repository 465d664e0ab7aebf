// [network] structures: weirs, gates and orifices at nodes.
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/shut_gates.hpp"
#include "io/units.hpp"
#include "model/bed.hpp"

namespace limpid {

namespace {

bool opens(StructureKind kind) {
  return kind == StructureKind::gate || kind == StructureKind::orifice;
}

class StructureReading {
 public:
  StructureReading(CaseReading& reading, const DeclaredTable& rows) : reading_(reading), rows_(rows) {}

  void read(std::size_t row) {
    row_ = row;
    structure_ = {};
    structure_.id = rows_.text(row, "id");
    structure_.name_zh = rows_.text(row, "name_zh");
    structure_.name_en = rows_.text(row, "name_en");
    structure_.place = rows_.place(row, "id");
    const auto kind = rows_.choice(row, "kind");
    structure_.kind = static_cast<StructureKind>(kind.value_or(0));
    structure_.round = rows_.choice(row, "form").value_or(0) == 1;
    const bool placed = read_node();
    structure_.crest_level = rows_.quantity(row, "crest_level").value_or(0);
    structure_.width = above_zero("width", rows_.quantity(row, "width")).value_or(1);
    structure_.coefficient = above_zero("coefficient", rows_.number(row, "coefficient"))
                                 .value_or(usual_coefficient(structure_.kind));
    if (kind) read_opening();
    const HydraulicScheme scheme = reading_.result.basin.schemes.hydraulics;
    if (scheme != HydraulicScheme::dynamic && scheme != HydraulicScheme::steady)
      reading_.problems.add(Code::E1484, structure_.place, {structure_.id, scheme_text(scheme)});
    if (!reading_.structures.enter(structure_.id, structure_.place, reading_.problems)) return;
    if (placed && kind) reading_.raw_structures.push_back(std::move(structure_));
  }

 private:
  bool read_node() {
    const std::string node = rows_.text(row_, "node");
    if (node.empty() || reading_.nodes.size() == 0) return false;
    const auto number = reading_.nodes.require(node, rows_.place(row_, "node"), reading_.problems);
    structure_.node = number.value_or(0);
    return number.has_value();
  }

  std::optional<double> above_zero(const char* id, std::optional<double> value) {
    if (!value || *value > 0) return value;
    fault(id, number_text(*value), "be above 0", "大于 0");
    return std::nullopt;
  }

  void fault(const char* id, const std::string& value, const std::string& en, const std::string& zh) {
    reading_.problems.add(Code::E1481, rows_.place(row_, id), {structure_.id, id, value, en, zh});
  }

  void read_opening() {
    if (rows_.empty(row_, "opening")) {
      if (opens(structure_.kind))
        reading_.problems.add(Code::E1480, rows_.row_place(row_),
                              {structure_.id, rows_.text(row_, "kind"), "opening"});
      return;
    }
    if (!opens(structure_.kind))
      return fault("opening", rows_.text(row_, "opening"), "be empty for a weir", "对堰留空");
    const auto column = *rows_.table().find("opening");
    const auto opening =
        read_series_cell(reading_, {rows_.table().field(row_, column).text, rows_.place(row_, "opening"),
                                    "opening", unit::metre, rows_.head_unit("opening")});
    if (!opening) return;
    if (opening->minimum() < 0)
      fault("opening", number_text(opening->minimum()), "not be negative", "不为负");
    structure_.opening = *opening;
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  std::size_t row_ = 0;
  Structure structure_;
};

bool has_stage(const Network& network, int node) {
  return std::any_of(network.outlets.begin(), network.outlets.end(), [&](const Outlet& outlet) {
    return outlet.node == node && outlet.kind == OutletKind::stage;
  });
}

// Whether a river ends there in a lake whose levels have another datum than the beds. The dynamic wave has
// refused it (E1464).
bool has_unknown_lake(const Basin& basin, int node) {
  const Network& network = basin.network;
  const Lake* lake = network.lake_of(network.junctions[static_cast<std::size_t>(node)].out.front());
  return lake && basin.schemes.hydraulics == HydraulicScheme::steady && !shore_is_given(network, *lake);
}

// What is wrong with its place, in en and zh; nullptr where nothing is.
std::pair<const char*, const char*> wrong_place(const Basin& basin, int node) {
  const Network& network = basin.network;
  const Junction& junction = network.junctions[static_cast<std::size_t>(node)];
  if (junction.in.empty()) return {"no reach ends there", "没有河段在此结束"};
  if (junction.in.size() > 1) return {"several reaches end there", "有多条河段在此结束"};
  if (junction.out.size() > 1) return {"several reaches begin there", "有多条河段自此开始"};
  if (junction.out.empty() && !has_stage(network, node))
    return {"it is an outlet without a stage", "该处为未给定水位的出口"};
  if (network.is_lake(junction.in[0]))
    return {"a lake ends there, which lets its water out by its own rules",
            "该处为湖库下泄处，由湖库自身规则控制"};
  if (!junction.out.empty() && has_unknown_lake(basin, node))
    return {"a lake begins there, and the node has no bed_level from the datum of its storage curve",
            "该处为湖库，但节点未填写 bed_level（与库容曲线同一基准面）"};
  return {nullptr, nullptr};
}

}  // namespace

const char* scheme_text(HydraulicScheme scheme) {
  constexpr const char* kTexts[] = {"steady", "kinematic", "muskingum-cunge", "dynamic"};
  return kTexts[static_cast<int>(scheme)];
}

void read_structures(CaseReading& reading) {
  const KeyTable keys = reading.table("network");
  const Table* table = reading.csv(keys, "structures");
  if (!table) return;
  const DeclaredTable rows(*table, "structures.csv", reading.offset, reading.problems);
  StructureReading structure(reading, rows);
  for (std::size_t row = 0; row < rows.rows(); ++row) structure.read(row);
}

void check_structures(CaseReading& reading) {
  const Network& network = reading.result.basin.network;
  const std::vector<double> beds = node_beds(network);
  for (const Structure& structure : network.structures) {
    const auto node = static_cast<std::size_t>(structure.node);
    const auto [en, zh] = wrong_place(reading.result.basin, structure.node);
    if (en)
      reading.problems.add(Code::E1482, structure.place, {structure.id, network.nodes[node].id, en, zh});
    else if (structure.crest_level < beds[node] - 1e-9)
      reading.problems.add(Code::E1481, structure.place,
                           {structure.id, "crest_level", number_text(structure.crest_level),
                            "not lie below the bed at " + number_text(beds[node]) + " m",
                            "不低于河床 " + number_text(beds[node]) + " m"});
    else if (opens(structure.kind))
      check_shut(reading.result.basin, structure, structure.opening.minimum(), structure.place,
                 reading.problems);
  }
}

}  // namespace limpid
