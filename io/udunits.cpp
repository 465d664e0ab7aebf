#include <udunits2.h>

#include <cmath>
#include <memory>
#include <mutex>

#include "io/unit_symbols.hpp"
#include "model/problem.hpp"

namespace limpid {
namespace {

struct FreeUnit {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using UtUnit = std::unique_ptr<ut_unit, FreeUnit>;

// Read once and kept for the life of the program: UDUNITS has no cheaper way to look up a symbol.
ut_system* unit_system() {
  static ut_system* const system = [] {
    ut_set_error_message_handler(ut_ignore);
    ut_system* read = ut_read_xml(nullptr);
    ut_status status = ut_get_status();
    if (!read) throw Failure(Code::E5003, {}, {status == UT_OPEN_ENV ? "UDUNITS2_XML_PATH" : "udunits2.xml"});
    return read;
  }();
  return system;
}

struct Base {
  const char* symbol;
  Quantity quantity;
  double factor;
};
constexpr Base kBases[] = {{"m", Quantity::length, 1},
                           {"s", Quantity::time, 1},
                           {"kg", Quantity::mass, 1000},
                           {"K", Quantity::temperature, 1},
                           {"mol", Quantity::mole, 1}};

// Multiplies `out` by a base unit to a power; false for a quantity that limpid does not use.
bool apply_base(const ut_unit* basic, int power, Unit& out) {
  const char* symbol = ut_get_symbol(basic, UT_UTF8);
  if (!symbol) return false;
  const std::string_view name(symbol);
  if (name == "rad") return true;
  for (const Base& base : kBases) {
    if (name != base.symbol) continue;
    auto& exponent = out.exponents[static_cast<std::size_t>(base.quantity)];
    exponent = static_cast<std::int8_t>(exponent + power);
    for (int i = 0; i < std::abs(power); ++i)
      out.factor = power > 0 ? out.factor * base.factor : out.factor / base.factor;
    return true;
  }
  return false;
}

ut_status visit_basic(const ut_unit* unit, void* out) {
  return apply_base(unit, 1, *static_cast<Unit*>(out)) ? UT_SUCCESS : UT_MEANINGLESS;
}

ut_status visit_product(const ut_unit*, int count, const ut_unit* const* basics, const int* powers,
                        void* out) {
  for (int i = 0; i < count; ++i)
    if (!apply_base(basics[i], powers[i], *static_cast<Unit*>(out))) return UT_MEANINGLESS;
  return UT_SUCCESS;
}

// scale and origin relative to an underlying unit: kelvin for temperatures, whose zero limpid puts at 0 degC.
ut_status visit_galilean(const ut_unit*, double scale, const ut_unit* underlying, double origin, void* out);

ut_status visit_timestamp(const ut_unit*, const ut_unit*, double, void*) {
  return UT_MEANINGLESS;
}
ut_status visit_logarithmic(const ut_unit*, double, const ut_unit*, void*) {
  return UT_MEANINGLESS;
}

constexpr ut_visitor kVisitor{visit_basic, visit_product, visit_galilean, visit_timestamp, visit_logarithmic};

ut_status visit_galilean(const ut_unit*, double scale, const ut_unit* underlying, double origin, void* out) {
  auto& unit = *static_cast<Unit*>(out);
  if (const ut_status status = ut_accept_visitor(underlying, &kVisitor, out); status != UT_SUCCESS)
    return status;
  unit.offset += origin * scale;
  unit.factor *= scale;
  return UT_SUCCESS;
}

}  // namespace

std::optional<Unit> udunits_symbol(const std::string& symbol) {
  static std::mutex one_at_a_time;  // the library keeps its status and parser in globals
  const std::lock_guard lock(one_at_a_time);
  const UtUnit parsed(ut_parse(unit_system(), symbol.c_str(), UT_UTF8));
  Unit unit;
  if (!parsed || ut_accept_visitor(parsed.get(), &kVisitor, &unit) != UT_SUCCESS) return std::nullopt;
  const Unit kelvin{{0, 0, 0, 1}, 1, 0};
  if (unit.same_dimension(kelvin)) unit.offset -= 273.15;
  return unit;
}

}  // namespace limpid
