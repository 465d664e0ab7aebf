// [network] outlets: what stands below the ends of the network.
#include <algorithm>
#include <cmath>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/constituent_columns.hpp"
#include "io/units.hpp"
#include "model/bed.hpp"

namespace limpid {

namespace {

constexpr const char* kKinds[] = {"normal_depth", "free_fall", "stage", "rating"};

// Rows of stage and discharge; false if some value cannot stand.
class RatingReading {
 public:
  RatingReading(CaseReading& reading, std::string node, const DeclaredTable& rows)
      : reading_(reading), node_(std::move(node)), rows_(rows) {}

  bool read(RatingCurve& curve) {
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      const auto stage = rows_.quantity(row, "stage"), discharge = rows_.quantity(row, "discharge");
      if (!stage || !discharge) return false;
      if (row > 0 && *stage <= curve.stage.back())
        fault(row, "stage", "be higher than in the row before", "高于上一行");
      if (*discharge < (row > 0 ? curve.discharge.back() : 0))
        fault(row, "discharge", row > 0 ? "not be smaller than in the row before" : "not be negative",
              row > 0 ? "不小于上一行" : "不为负");
      curve.stage.push_back(*stage);
      curve.discharge.push_back(*discharge);
    }
    if (rows_.rows() < 2)
      reading_.problems.add(Code::E1330, {rows_.table().file(), 0, 0},
                            {"rows", std::to_string(rows_.rows()), ">= 2", ">= 2"});
    return good_ && rows_.rows() >= 2;
  }

 private:
  void fault(std::size_t row, const char* id, const char* en, const char* zh) {
    good_ = false;
    reading_.problems.add(Code::E1413, rows_.place(row, id), {node_, id, rows_.text(row, id), en, zh});
  }

  CaseReading& reading_;
  std::string node_;
  const DeclaredTable& rows_;
  bool good_ = true;
};

class OutletReading {
 public:
  OutletReading(CaseReading& reading, const DeclaredTable& rows,
                const std::vector<ConstituentColumn>& columns)
      : reading_(reading), rows_(rows), columns_(columns) {}

  void read(std::size_t row) {
    row_ = row;
    outlet_ = {};
    outlet_.place = rows_.row_place(row);
    node_ = rows_.text(row, "node");
    const auto kind = rows_.choice(row, "kind");
    outlet_.kind = static_cast<OutletKind>(kind.value_or(0));
    const bool placed = read_node();
    read_stage();
    read_rating();
    for (const ConstituentColumn& column : columns_) read_concentration(column);
    refuse_scheme();
    if (placed && kind) reading_.raw_outlets.push_back(std::move(outlet_));
  }

 private:
  void fault(const char* column, const std::string& en, const std::string& zh) {
    reading_.problems.add(Code::E1411, rows_.place(row_, column), {node_, en, zh});
  }

  bool read_node() {
    if (node_.empty() || reading_.nodes.size() == 0) return false;
    const auto node = reading_.nodes.require(node_, rows_.place(row_, "node"), reading_.problems);
    if (!node) return false;
    outlet_.node = *node;
    for (const Outlet& other : reading_.raw_outlets)
      if (other.node == *node) fault("node", "it stands in the table twice", "表中重复");
    for (const Reach& reach : reading_.raw_reaches)
      if (reading_.tables_whole && reach.from == *node) {
        fault("node", "reach \"" + reach.id + "\" leaves the node", "河段 \"" + reach.id + "\" 自该节点流出");
        return false;
      }
    return true;
  }

  // What the kind needs must be there, and nothing that it does not read.
  bool wanted(const char* column, OutletKind kind) {
    const bool empty = rows_.empty(row_, column), needs = outlet_.kind == kind;
    if (empty && needs)
      fault("kind", std::string("kind ") + column + " needs a " + column,
            std::string("类型 ") + column + " 需要填写 " + column);
    if (!empty && !needs)
      fault(column,
            std::string("kind ") + kKinds[static_cast<int>(outlet_.kind)] + " does not read " + column,
            std::string("类型 ") + kKinds[static_cast<int>(outlet_.kind)] + " 不读取 " + column);
    return !empty && needs;
  }

  void read_stage() {
    if (!wanted("stage", OutletKind::stage)) return;
    const auto stage = read_series_cell(
        reading_, {rows_.table().field(row_, *rows_.table().find("stage")).text, rows_.place(row_, "stage"),
                   "stage", unit::metre, rows_.head_unit("stage")});
    if (stage) outlet_.stage = *stage;
  }

  void read_rating() {
    if (!wanted("rating", OutletKind::rating)) return;
    const Table* table =
        reading_.files.table(rows_.text(row_, "rating"), rows_.place(row_, "rating"), reading_.problems);
    if (!table) return;
    const DeclaredTable curve(*table, "rating table", reading_.offset, reading_.problems);
    RatingReading(reading_, node_, curve).read(outlet_.rating);
  }

  void read_concentration(const ConstituentColumn& column) {
    const std::string_view text = rows_.table().field(row_, column.column).text;
    if (text.empty()) return;
    const Constituent& constituent = reading_.constituent(column.constituent);
    const Column& head = rows_.table().columns()[column.column];
    const Place place = rows_.table().place(row_, column.column);
    if (column.kind == SourceLoad::Kind::load)
      return reading_.problems.add(Code::E1411, place,
                                   {node_,
                                    "column " + head.head +
                                        " is a load; water that comes in has "
                                        "concentrations",
                                    "列 " + head.head + " 为负荷；流入的水应填写浓度"});
    if (!column.unit) return;
    const auto series = read_series_cell(
        reading_, {text, place, head.head, column.dimension, column.unit, species_of(constituent)});
    if (!series) return;
    if (constituent.non_negative && series->minimum() < 0)
      reading_.problems.add(Code::E1330, place, {head.head, number_text(series->minimum()), ">= 0", ">= 0"});
    outlet_.concentration.resize(reading_.result.basin.constituents.size());
    outlet_.concentration[static_cast<std::size_t>(column.constituent)] = *series;
  }

  void refuse_scheme() {
    const HydraulicScheme scheme = reading_.result.basin.schemes.hydraulics;
    if (outlet_.kind == OutletKind::normal_depth || scheme == HydraulicScheme::dynamic ||
        scheme == HydraulicScheme::steady)
      return;
    reading_.problems.add(Code::E1412, outlet_.place,
                          {node_, kKinds[static_cast<int>(outlet_.kind)],
                           scheme == HydraulicScheme::kinematic ? "kinematic" : "muskingum-cunge"});
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  const std::vector<ConstituentColumn>& columns_;
  std::size_t row_ = 0;
  std::string node_;
  Outlet outlet_;
};

// A stage far above the bed means that both do not count from one datum.
void check_datum(CaseReading& reading, const Outlet& outlet, double bed) {
  constexpr double kDeepest = 200;  // m
  if (outlet.kind != OutletKind::stage || outlet.stage.maximum() - bed <= kDeepest) return;
  const std::string stage = number_text(outlet.stage.maximum()), below = number_text(bed);
  reading.problems.add(
      Code::E1411, outlet.place,
      {reading.result.basin.network.nodes[static_cast<std::size_t>(outlet.node)].id,
       "its stage of " + stage + " m lies more than 200 m above its bed at " + below +
           " m; give the node's bed_level from the same datum",
       "水位 " + stage + " m 高出河床（" + below + " m）200 m 以上；请按同一基准面填写该节点的 bed_level"});
}

// Uniform flow needs a bed that falls.
void check_normal_depth(CaseReading& reading, const Network& network, std::size_t node) {
  for (const Outlet& outlet : network.outlets)
    if (outlet.node == static_cast<int>(node) && outlet.kind != OutletKind::normal_depth) return;
  for (const int k : network.junctions[node].in) {
    const Reach& reach =
        network.reaches[static_cast<std::size_t>(network.chains[static_cast<std::size_t>(k)].reach)];
    if (reach.lake < 0 && reach.slope <= 0)
      reading.problems.add(Code::E1411, reach.place,
                           {network.nodes[node].id,
                            "reach \"" + reach.id + "\" does not fall there, so that it has no normal depth",
                            "河段 \"" + reach.id + "\" 在此处不下降，没有正常水深"});
  }
}

}  // namespace

void read_outlets(CaseReading& reading) {
  const KeyTable keys = reading.table("network");
  const Table* table = reading.csv(keys, "outlets");
  if (!table) return;
  const DeclaredTable rows(*table, "outlets.csv", reading.offset, reading.problems);
  const std::vector<ConstituentColumn> columns = constituent_columns(reading, rows);
  OutletReading outlet(reading, rows, columns);
  for (std::size_t row = 0; row < rows.rows(); ++row) outlet.read(row);
}

void check_outlets(CaseReading& reading) {
  const Network& network = reading.result.basin.network;
  const std::vector<double> beds = node_beds(network);
  for (const Outlet& outlet : network.outlets)
    check_datum(reading, outlet, beds[static_cast<std::size_t>(outlet.node)]);
  if (reading.result.basin.schemes.hydraulics != HydraulicScheme::dynamic) return;
  for (std::size_t n = 0; n < network.nodes.size(); ++n)
    if (network.junctions[n].is_outlet()) check_normal_depth(reading, network, n);
}

}  // namespace limpid
