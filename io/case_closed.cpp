// [network] channels: pipes and lids, and the scheme that they need.
#include "io/case_reading.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

void out_of_range(CaseReading& reading, const Place& place, const std::string& what, double value,
                  const std::string& range) {
  reading.problems.add(Code::E1330, place, {what, number_text(value), range, range});
}

// No value where the cell is empty or out of range.
std::optional<double> closing(CaseReading& reading, const DeclaredTable& rows, std::size_t row,
                              const char* id, bool allowed, const std::string& shape) {
  const auto value = rows.quantity(row, id);
  if (!value) return std::nullopt;
  if (*value > 0 && allowed) return value;
  out_of_range(reading, rows.place(row, id), id, *value, allowed ? "> 0 m" : "- (shape = " + shape + ")");
  return std::nullopt;
}

}  // namespace

Channel close_form(CaseReading& reading, const DeclaredTable& rows, std::size_t row, const Channel& form) {
  const std::string shape = rows.text(row, "shape");
  const bool circular = form.shape == ChannelShape::circular;
  const bool coverable = form.shape == ChannelShape::rectangular || form.shape == ChannelShape::trapezoidal ||
                         form.shape == ChannelShape::tabulated;
  const auto height = closing(reading, rows, row, "height", coverable, shape);
  const auto slot = closing(reading, rows, row, "slot_width", circular || height, shape);
  const bool whole = form.shape != ChannelShape::tabulated || form.table_depth.size() > 1;
  if ((!circular && !height) || !whole) return form;
  const double most = circular ? form.soffit : form.top_width(*height);
  if (slot && *slot >= most)
    out_of_range(reading, rows.place(row, "slot_width"), "slot_width", *slot,
                 "> 0 m, < " + number_text(most) + " m");
  Channel channel = circular ? pipe(form.soffit, slot.value_or(0)) : covered(form, *height, slot.value_or(0));
  channel.id = form.id;
  return channel;
}

void check_closed(CaseReading& reading, const Reach& reach) {
  const HydraulicScheme scheme = reading.result.basin.schemes.hydraulics;
  if (scheme == HydraulicScheme::dynamic ||
      static_cast<std::size_t>(reach.channel) >= reading.raw_channels.size())
    return;
  const Channel& channel = reading.raw_channels[static_cast<std::size_t>(reach.channel)];
  if (channel.closed())
    reading.problems.add(Code::E1485, reach.place, {reach.id, channel.id, scheme_text(scheme)});
}

}  // namespace limpid
