#include "io/design_table.hpp"

#include <algorithm>
#include <cmath>

#include "io/csv.hpp"
#include "io/csv_writer.hpp"
#include "io/factor_distribution.hpp"
#include "io/id_table.hpp"
#include "io/units.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace {

std::string head_of(const Factor& factor) {
  return factor.unit.empty() ? factor.id : factor.id + " [" + factor.unit + "]";
}

class DesignReading {
 public:
  DesignReading(const Table& table, std::vector<ReadFactor>& factors, Problems& problems)
      : table_(table), factors_(factors), problems_(problems) {}

  Design read() {
    refuse_unknown_columns();
    const auto id = table_.require("id", problems_);
    std::vector<std::optional<std::size_t>> columns;
    for (ReadFactor& read : factors_) columns.push_back(column_of(read));
    if (table_.rows() == 0) problems_.add(Code::E1820, {table_.file(), 0, 0}, {"list", "id ..."});
    if (static_cast<double>(table_.rows()) > kMostMembers)
      problems_.add(Code::E1807, {table_.file(), 0, 0},
                    {std::to_string(table_.rows()), number_text(kMostMembers)});
    else if (id)
      read_rows(*id, columns);
    return std::move(design_);
  }

 private:
  void refuse_unknown_columns() {
    std::vector<std::string> names{"id", "note"};
    for (const ReadFactor& read : factors_) names.push_back(read.factor.id);
    for (const Column& column : table_.columns())
      if (std::find(names.begin(), names.end(), column.name) == names.end())
        problems_.add(Code::E1809, column.place, {column.name, nearest_of(column.name, names)});
  }

  std::optional<std::size_t> column_of(ReadFactor& read) {
    const auto column = table_.find(read.factor.id);
    if (!column) {
      problems_.add(Code::E1808, {table_.file(), 1, 0}, {table_.file(), read.factor.id});
      return std::nullopt;
    }
    const Column& head = table_.columns()[*column];
    const bool dimensionless = read.expected.unit.same_dimension(unit::none.unit);
    if (head.unit.empty() && !dimensionless) {
      problems_.add(Code::E1317, head.place, {head.name, read.expected.text});
      return std::nullopt;
    }
    if (!read.factor.labels.empty()) return column;
    return take_unit(head.unit, head.name, head.place, read, problems_) ? column : std::nullopt;
  }

  void read_rows(std::size_t id, const std::vector<std::optional<std::size_t>>& columns) {
    IdTable ids(Code::E1201);
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const auto name = table_.text(row, id, problems_);
      if (name) ids.enter(*name, table_.place(row, id), problems_);
      design_.ids.push_back(name.value_or(""));
      design_.values.emplace_back();
      for (std::size_t f = 0; f < factors_.size(); ++f)
        design_.values.back().push_back(columns[f] ? value_at(row, *columns[f], factors_[f]) : 0.0);
    }
  }

  double value_at(std::size_t row, std::size_t column, const ReadFactor& read) {
    if (!read.factor.labels.empty()) return label_at(row, column, read.factor);
    const auto value = table_.number(row, column, problems_);
    if (value && !read.possible(read.factor.to_inside * *value))
      problems_.add(Code::E1823, table_.place(row, column),
                    {design_.ids.back(),
                     read.factor.id + " = " + value_text(read.factor, *value) + " (" + read.range + ")"});
    return value.value_or(0);
  }

  double label_at(std::size_t row, std::size_t column, const Factor& factor) {
    const auto name = table_.text(row, column, problems_);
    if (!name) return 0;
    const auto at = std::find(factor.labels.begin(), factor.labels.end(), *name);
    if (at != factor.labels.end()) return static_cast<double>(at - factor.labels.begin());
    problems_.add(Code::E1105, table_.place(row, column),
                  {factor.id, *name, nearest_of(*name, factor.labels), listed(factor.labels)});
    return 0;
  }

  const Table& table_;
  std::vector<ReadFactor>& factors_;
  Problems& problems_;
  Design design_;
};

}  // namespace

void write_design_csv(const std::filesystem::path& path, const Design& design) {
  std::string header = "id";
  for (const Factor& factor : design.factors) {
    header += ",";
    append_field(header, head_of(factor));
  }
  CsvWriter table(path, header);
  for (std::size_t m = 0; m < design.members(); ++m) {
    table.text(design.ids[m]);
    for (std::size_t f = 0; f < design.factors.size(); ++f) {
      const Factor& factor = design.factors[f];
      if (factor.labels.empty())
        table.number(design.values[m][f]);
      else
        table.text(value_text(factor, design.values[m][f]));
    }
    table.end_row();
  }
  table.close();
}

Design read_design_csv(const std::filesystem::path& path, const std::string& shown,
                       std::vector<ReadFactor>& factors, Problems& problems, const Place& asked) {
  const auto table = Table::read(path, shown, problems, asked);
  return table ? DesignReading(*table, factors, problems).read() : Design{};
}

}  // namespace limpid
