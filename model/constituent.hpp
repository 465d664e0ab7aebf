// What the water carries.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid {

// What one unit of amount is: concentration is amount per m3 of water.
enum class AmountBasis : std::uint8_t { gram, count, mole, heat, age };  // heat: m3 degC, age: m3 s
// attached: stays in its cell (sorbed to the bed, growing on it) and is not carried by the water.
enum class Phase : std::uint8_t { dissolved, particulate, mixed, attached };

// Mass of each element per unit amount [g/g]; what element balances are checked with.
struct Composition {
  double nitrogen = 0, phosphorus = 0, carbon = 0;
};

struct Constituent {
  std::string id;  // NH3_N, DO, COD_Mn, ... unique, also among Derived
  std::string name_zh, name_en;
  AmountBasis basis = AmountBasis::gram;
  std::string cf_name;  // CF standard name, may be empty
  Phase phase = Phase::dissolved;
  Composition composition;
  bool non_negative = true;
  std::vector<std::string> synonyms;  // spellings accepted in data: zh, en, HJ 525 code, formula
  // A tag (model/tags.hpp): the part of another constituent that a group of sources caused.
  int tag_of = -1;     // that constituent; -1 = this is no tag
  int tag_group = -1;  // into Basin::tag_groups

  bool is_tag() const { return tag_of >= 0; }

  // CF text; of what is attached, the amount on a m2 of river.
  const char* concentration_unit() const {
    if (phase == Phase::attached) return basis == AmountBasis::heat ? "m degC" : "g m-2";
    switch (basis) {
      case AmountBasis::count:
        return "m-3";
      case AmountBasis::mole:
        return "mol m-3";
      case AmountBasis::heat:
        return "degC";
      case AmountBasis::age:
        return "s";
      default:
        return "g m-3";
    }
  }
  const char* amount_unit() const {
    switch (basis) {
      case AmountBasis::count:
        return "1";
      case AmountBasis::mole:
        return "mol";
      case AmountBasis::heat:
        return "m3 degC";
      case AmountBasis::age:
        return "m3 s";
      default:
        return "g";
    }
  }
};

}  // namespace limpid
