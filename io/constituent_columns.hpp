// The columns of the source inventory that give constituents: "NH3_N [mg/L]", "氨氮 [kg/d]".
#pragma once

#include <optional>
#include <vector>

#include "io/case_reading.hpp"
#include "io/constituent_library.hpp"
#include "model/source.hpp"
#include "model/unit.hpp"

namespace limpid {

// Concentration (amount per m3) and load (amount per s) of a constituent, and its amount alone, as units to
// ask for.
NamedUnit concentration_unit(const Constituent& constituent);
NamedUnit load_unit(const Constituent& constituent);

// What its mass is counted as in units such as "mg N/L": N, P, C, O2, CaCO3, or nothing.
std::string_view species_of(const Constituent& constituent);
const ConstituentLibrary& constituent_library();  // the built-in one

struct ConstituentColumn {
  std::size_t column;
  int constituent;
  SourceLoad::Kind kind;     // by the dimension of the head's unit
  NamedUnit dimension;       // what its cells must measure
  std::optional<Unit> unit;  // of bare numbers; nothing if the head was refused
  bool ph = false;           // the column gives the pH that stands for inorganic carbon
  bool removal = false;      // the share that a return takes out; kind is none
};

// Heads name a constituent by id or by any of its spellings. Problems: E1202 no such constituent, W1232 one
// that the case does not simulate, E1317 no unit, E1311 neither a concentration, a load nor a share.
std::vector<ConstituentColumn> constituent_columns(CaseReading& reading, const DeclaredTable& rows);

}  // namespace limpid
