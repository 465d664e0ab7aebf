#include "io/constituent_columns.hpp"

#include <algorithm>

#include "io/embedded.hpp"
#include "io/ph_input.hpp"
#include "io/series_table.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

Unit amount_of(AmountBasis basis) {
  Unit unit = unit::none.unit;
  switch (basis) {
    case AmountBasis::gram:
      unit.exponents[static_cast<int>(Quantity::mass)] = 1;
      break;
    case AmountBasis::count:
      unit.exponents[static_cast<int>(Quantity::count)] = 1;
      break;
    case AmountBasis::mole:
      unit.exponents[static_cast<int>(Quantity::mole)] = 1;
      break;
    case AmountBasis::heat:
      unit.exponents[static_cast<int>(Quantity::length)] = 3;
      unit.exponents[static_cast<int>(Quantity::temperature)] = 1;
      break;
    case AmountBasis::age:
      unit.exponents[static_cast<int>(Quantity::length)] = 3;
      unit.exponents[static_cast<int>(Quantity::time)] = 1;
      break;
  }
  return unit;
}

Unit times(Unit unit, Quantity quantity, int exponent) {
  auto& e = unit.exponents[static_cast<std::size_t>(quantity)];
  e = static_cast<std::int8_t>(e + exponent);
  return unit;
}

// The constituent of the case that a column's head means: by id, or by another spelling.
std::optional<int> meant(const CaseReading& reading, const std::string& name) {
  if (const auto number = reading.constituents.find(name)) return number;
  const auto& list = reading.result.basin.constituents;
  for (std::size_t c = 0; c < list.size(); ++c)
    if (std::find(list[c].synonyms.begin(), list[c].synonyms.end(), name) != list[c].synonyms.end())
      return static_cast<int>(c);
  const LibraryConstituent* known = constituent_library().find_by_synonym(name);
  return known ? reading.constituents.find(known->constituent.id) : std::nullopt;
}

void refuse(CaseReading& reading, const Column& column) {
  const LibraryConstituent* known = constituent_library().find_by_synonym(column.name);
  if (!reading.constituents_whole) return;
  if (known)
    reading.problems.add(Code::W1232, column.place, {column.name, known->constituent.id});
  else
    reading.constituents.require(column.name, column.place, reading.problems);
}

}  // namespace

std::string_view species_of(const Constituent& constituent) {
  const Composition& part = constituent.composition;
  if (part.nitrogen == 1) return "N";
  if (part.phosphorus == 1) return "P";
  if (part.carbon == 1) return "C";
  if (constituent.id == "alkalinity") return "CaCO3";
  const bool oxygen = constituent.id == "DO" || constituent.id.starts_with("COD") ||
                      constituent.id.starts_with("CBOD") || constituent.id.starts_with("BOD");
  return oxygen ? "O2" : "";
}

const ConstituentLibrary& constituent_library() {
  static const ConstituentLibrary library = [] {
    Problems problems;
    return ConstituentLibrary::read(std::string(embedded_file("constituents.csv")), "constituents.csv",
                                    problems);
  }();
  return library;
}

NamedUnit concentration_unit(const Constituent& constituent) {
  if (constituent.phase == Phase::attached)
    return {"g/m2", times(amount_of(constituent.basis), Quantity::length, -2)};
  constexpr const char* kTexts[] = {"mg/L", "1/L", "mol/m3", "degC", "s"};
  return {kTexts[static_cast<int>(constituent.basis)],
          times(amount_of(constituent.basis), Quantity::length, -3)};
}

NamedUnit load_unit(const Constituent& constituent) {
  constexpr const char* kTexts[] = {"kg/d", "1/s", "mol/s", "m3 degC/s", "m3"};
  return {kTexts[static_cast<int>(constituent.basis)],
          times(amount_of(constituent.basis), Quantity::time, -1)};
}

std::vector<ConstituentColumn> constituent_columns(CaseReading& reading, const DeclaredTable& rows) {
  std::vector<ConstituentColumn> result;
  for (const std::size_t c : rows.other_columns()) {
    const Column& column = rows.table().columns()[c];
    const auto number = meant(reading, column.name), carbon = reading.constituents.find("DIC");
    if (carbon && is_ph(column.name)) {
      result.push_back({c, *carbon, SourceLoad::Kind::concentration, unit::none, unit::none.unit, true});
      continue;
    }
    if (!number) {
      refuse(reading, column);
      continue;
    }
    const Constituent& constituent = reading.constituent(*number);
    if (constituent.phase == Phase::attached) {
      reading.problems.add(Code::E1236, column.place, {column.head, constituent.id});
      continue;
    }
    const NamedUnit concentration = concentration_unit(constituent), load = load_unit(constituent);
    const std::string_view species = species_of(constituent);
    const UnitReading unit = read_unit(column.unit, species);
    if (!column.unit.empty() && unit.fault == UnitFault::none && unit.unit.same_dimension(unit::none.unit)) {
      result.push_back({c, *number, SourceLoad::Kind::none, unit::none, unit.unit, false, true});
      continue;
    }
    const bool is_load = unit.fault == UnitFault::none && unit.unit.same_dimension(load.unit);
    const NamedUnit& wanted = is_load ? load : concentration;
    const auto head = header_unit(column, wanted, reading.problems, species);
    result.push_back(
        {c, *number, is_load ? SourceLoad::Kind::load : SourceLoad::Kind::concentration, wanted, head});
  }
  return result;
}

}  // namespace limpid
