// A CSV table read through the declarations of its columns (io/case_columns.cpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/case_keys.hpp"
#include "io/csv.hpp"
#include "io/written_value.hpp"
#include "model/problem.hpp"
#include "model/time.hpp"

namespace limpid {

class DeclaredTable {
 public:
  // Reports missing required columns (E1025) and, unless the declaration has a "*", unknown ones (E1108). `table` must
  // outlive this.
  DeclaredTable(const Table& table, std::string_view declared, std::chrono::seconds offset, Problems& problems);

  std::size_t rows() const { return table_.rows(); }
  bool has(std::string_view id) const { return slot(id).column.has_value(); }
  bool empty(std::size_t row, std::string_view id) const;
  Place place(std::size_t row, std::string_view id) const;  // of the cell, or the row if the column is absent
  Place row_place(std::size_t row) const { return table_.row_place(row); }

  // Empty or absent cells: the preset; without one "" or nullopt, and E1303 if the column is required.
  std::string text(std::size_t row, std::string_view id) const;
  std::vector<std::string> texts(std::size_t row, std::string_view id) const;
  std::optional<double> number(std::size_t row, std::string_view id) const;
  std::optional<double> quantity(std::size_t row, std::string_view id) const;  // inside units; also fractions
  std::optional<bool> boolean(std::size_t row, std::string_view id) const;
  std::optional<Time> time(std::size_t row, std::string_view id) const;
  std::optional<int> choice(std::size_t row, std::string_view id) const;  // index into the declared choices

  // Unit of bare numbers in the column, if its head gives a good one.
  std::optional<Unit> head_unit(std::string_view id) const { return slot(id).unit; }
  // Columns that are not declared by name; for tables that allow them.
  const std::vector<std::size_t>& other_columns() const { return others_; }
  // E1108 for those of them that are not in `also`.
  void refuse_others(const std::vector<std::string>& also) const;
  const Table& table() const { return table_; }

 private:
  struct Slot {
    const Key* key;
    std::optional<std::size_t> column;
    std::optional<Unit> unit;  // of bare numbers, when the head gives a good one
    mutable bool unit_refused = false;  // reported, once a column
  };
  const Slot& slot(std::string_view id) const;
  std::optional<std::string_view> cell(std::size_t row, const Slot& slot) const;
  void read_head_unit(Slot& slot);
  std::optional<double> bare(double value, const Slot& slot) const;

  const Table& table_;
  std::vector<Slot> slots_;
  std::vector<std::string> names_;  // declared
  std::vector<std::size_t> others_;
  std::chrono::seconds offset_;
  Problems& problems_;
};

}  // namespace limpid
