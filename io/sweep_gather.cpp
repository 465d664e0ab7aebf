#include "io/sweep_gather.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "io/netcdf_memory.hpp"
#include "io/netcdf_variables.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBlockBytes = std::size_t{8} << 20;  // of numbers that are in memory at a time

// A variable over members and what it takes of each: `width` numbers into `out`.
struct MemberField {
  NcVar variable;
  std::size_t width;
  std::function<const double*(const MemberResult&)> numbers;
};

class Gathered {
 public:
  Gathered(const NcGroup& root, const SweepStore& store, const SweepRun& run)
      : root_(root), store_(store), run_(run), design_(run.sweep().design) {}

  void write() {
    put_globals();
    member_ = root_.addDim("member", design_.members());
    put_members();
    put_factors();
    declare_costs_and_closure();
    std::size_t at = 0;
    for (const MetricTable& table : run_.metrics().tables) declare_metrics(table, at);
    if (!run_.series().empty()) declare_series();
    fill();
    put_causes();
  }

 private:
  const Section& section(int s) const { return run_.basin().sections[static_cast<std::size_t>(s)]; }

  void put_globals() const {
    const Basin& basin = run_.basin();
    const Sweep& sweep = run_.sweep();
    root_.putAtt("Conventions", "CF-1.11");
    root_.putAtt("title", sweep.name_en.empty() ? sweep.id : sweep.name_en);
    if (!sweep.name_zh.empty()) root_.putAtt("title_zh", sweep.name_zh);
    const std::string& version = store_.description().version;
    root_.putAtt("source", "limpid " + version);
    root_.putAtt("limpid_version", version);
    root_.putAtt("sweep", sweep.id);
    root_.putAtt("case", basin.id);
    root_.putAtt("assessment_standard", basin.standard.id);
    root_.putAtt("first_month", Month::of(run_.options().grid.begin, run_.options().grid.offset).text());
    root_.putAtt("design_sha256", store_.description().design_sha256);
    std::string lines;
    for (const FileHash& input : store_.description().inputs)
      lines += (lines.empty() ? "" : "\n") + input.sha256 + "  " + input.path;
    root_.putAtt("input_sha256", lines);
  }

  void put_members() const {
    const std::vector<std::size_t> failed = store_.failed();
    std::vector<signed char> status(design_.members(), 2);
    for (const std::size_t m : store_.done()) status[m] = 0;
    for (const std::size_t m : failed) status[m] = 1;
    const NcVar flags =
        add_flags(root_, member_, {"status", "what became of the member", ""}, "done failed missing", status);
    add_labels(root_, member_, {"member_id", "id of the member", ""}, design_.ids, flags);
  }

  void put_factors() const {
    for (std::size_t f = 0; f < design_.factors.size(); ++f) {
      const Factor& factor = design_.factors[f];
      std::vector<double> values;
      for (const auto& row : design_.values) values.push_back(row[f]);
      const std::string name = free_name(root_, "factor_" + factor.id);
      NcVar variable = add_column(
          root_, member_, {name, "factor " + factor.id, factor.unit.empty() ? "1" : factor.unit}, values);
      variable.putAtt("coordinates", "member_id");
      if (!factor.labels.empty()) put_labels(name, factor, values);
    }
  }

  void put_labels(const std::string& name, const Factor& factor, const std::vector<double>& values) const {
    std::vector<std::string> words;
    for (const double value : values) {
      const auto at = static_cast<std::size_t>(value);
      words.push_back(at < factor.labels.size() ? factor.labels[at] : "");
    }
    add_labels(root_, member_, {name + "_label", "choice of factor " + factor.id, ""}, words, {});
  }

  // Numbers [member][width] of which `take` gives the first of a member.
  NcVar declare(const VariableText& text, const std::vector<NcDim>& others, std::size_t width,
                std::function<const double*(const MemberResult&)> take) {
    std::vector<NcDim> dims{member_};
    std::vector<std::size_t> chunk{block()};
    for (const NcDim& dim : others) {
      dims.push_back(dim);
      chunk.push_back(dim.getSize());
    }
    NcVar variable = add_field(root_, dims, text, chunk);
    fields_.push_back({variable, width, std::move(take)});
    return variable;
  }

  void declare_costs_and_closure() {
    declare({"capex_cny", "investment of the plan [CNY]", "1"}, {}, 1, [](const MemberResult& r) {
      return &r.capex;
    }).putAtt("coordinates", "member_id");
    declare({"opex_cny_per_year", "running cost of the plan [CNY/a]", "1"}, {}, 1, [](const MemberResult& r) {
      return &r.opex;
    }).putAtt("coordinates", "member_id");
    const auto names = run_.closure_names();
    const NcDim balance = root_.addDim("balance", names.size());
    const NcVar closure =
        declare({"closure", "error of the balance, relative to what was moved", "1"}, {balance}, names.size(),
                [](const MemberResult& r) { return r.closure.data(); });
    add_labels(root_, balance, {"balance_of", "constituent, or water", ""}, names, closure);
  }

  void declare_metrics(const MetricTable& table, std::size_t& at) {
    const NcDim points = root_.addDim(table.dimension, table.points.size());
    put_points(table, points);
    for (const MetricQuantity& quantity : table.quantities) {
      const std::size_t first = at;
      NcVar variable = declare({quantity.id, quantity.meaning, quantity.unit}, {points}, table.points.size(),
                               [first](const MemberResult& r) { return r.metrics.data() + first; });
      variable.putAtt("coordinates", coordinates_of(table.dimension));
      if (quantity.unit.empty()) variable.putAtt("comment", "in the unit that item_unit names");
      if (quantity.id == "held") {
        variable.putAtt("flag_values", netCDF::ncDouble, 3, std::vector<double>{0, 1, 2}.data());
        variable.putAtt("flag_meanings", "no yes unproven");
      }
      at += table.points.size();
    }
  }

  static std::string coordinates_of(const std::string& dimension) {
    return "member_id " + dimension + "_section " + dimension + "_indicator " +
           (dimension == "answer" ? "answer_rule" : "item_unit");
  }

  void put_points(const MetricTable& table, const NcDim& points) const {
    std::vector<std::string> sections, indicators, rules, units;
    for (const MetricPoint& point : table.points) {
      sections.push_back(section(point.section).id);
      indicators.push_back(point.indicator);
      rules.push_back(point.rule);
      units.push_back(point.unit);
    }
    const std::string of = table.dimension;
    add_labels(root_, points, {of + "_section", "id of the section", ""}, sections, {});
    add_labels(root_, points, {of + "_indicator", "item of the standard, or section for all asked", ""},
               indicators, {});
    if (of == "answer") add_labels(root_, points, {"answer_rule", "rule of judging", ""}, rules, {});
    if (of == "item") add_labels(root_, points, {"item_unit", "unit of the item", ""}, units, {});
  }

  void declare_series() {
    const std::size_t count = run_.record_times();
    const NcDim time = root_.addDim("section_time", count);
    add_time(root_, time, "time of the values at the sections", run_.times());
    for (std::size_t s = 0; s < run_.series().size(); ++s) {
      const ChosenSeries& chosen = run_.series()[s];
      const RecordedQuantity quantity = run_.quantity(chosen);
      const std::string& id = section(chosen.section).id;
      NcVar variable = declare(
          {free_name(root_, chosen.quantity + "_at_" + id),
           (quantity.name_en.empty() ? quantity.id : quantity.name_en) + " at section " + id, quantity.unit},
          {time}, count, [first = s * count](const MemberResult& r) { return r.series.data() + first; });
      if (!quantity.cf_name.empty()) variable.putAtt("standard_name", quantity.cf_name);
      variable.putAtt("cell_methods", "section_time: point");
      variable.putAtt("section_id", id);
      variable.putAtt("coordinates", "member_id");
    }
  }

  std::size_t block() const {
    const std::size_t bytes = store_.description().shape().numbers() * sizeof(double);
    return std::clamp<std::size_t>(kBlockBytes / bytes, 1, design_.members());
  }

  // Block by block of members, so that memory does not grow with their number.
  void fill() const {
    for (std::size_t from = 0; from < design_.members(); from += block()) {
      const std::size_t count = std::min(block(), design_.members() - from);
      std::vector<std::vector<double>> columns;
      for (const MemberField& field : fields_) columns.emplace_back(count * field.width, kNone);
      for (std::size_t m = 0; m < count; ++m) {
        if (!store_.has(from + m)) continue;
        const MemberResult result = store_.read(from + m);
        for (std::size_t f = 0; f < fields_.size(); ++f)
          std::copy_n(fields_[f].numbers(result), fields_[f].width,
                      columns[f].begin() + static_cast<std::ptrdiff_t>(m * fields_[f].width));
      }
      for (std::size_t f = 0; f < fields_.size(); ++f) put_block(fields_[f], from, count, columns[f]);
    }
  }

  static void put_block(const MemberField& field, std::size_t from, std::size_t count,
                        const std::vector<double>& values) {
    std::vector<std::size_t> start{from}, counts{count};
    for (int d = 1; d < field.variable.getDimCount(); ++d) {
      start.push_back(0);
      counts.push_back(field.variable.getDim(d).getSize());
    }
    field.variable.putVar(start, counts, values.data());
  }

  void put_causes() const {
    const std::vector<std::size_t> failed = store_.failed();
    if (failed.empty()) return;
    const NcDim dim = root_.addDim("failed_member", failed.size());
    std::vector<std::string> ids, causes;
    for (const std::size_t m : failed) {
      ids.push_back(design_.ids[m]);
      causes.push_back(store_.read(m).cause);
    }
    add_labels(root_, dim, {"failed_id", "id of a member that failed", ""}, ids, {});
    add_labels(root_, dim, {"failed_cause", "where and why it failed", ""}, causes, {});
  }

  const NcGroup& root_;
  const SweepStore& store_;
  const SweepRun& run_;
  const Design& design_;
  NcDim member_;
  std::vector<MemberField> fields_;
};

}  // namespace

void write_sweep_netcdf(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run) {
  NetcdfBuilder file(path);
  try {
    const NcGroup root = file.root();
    Gathered(root, store, run).write();
  } catch (const netCDF::exceptions::NcException& e) {
    throw Failure(Code::E5010, {path.string(), 0, 0}, {path.string(), e.what()});
  }
  file.save();
}

}  // namespace limpid
