// Weirs, gates and orifices: what passes a structure by the levels above and below it.
//
// With heads h1 > h2 above the crest or sill, on the sides of the higher and the lower level (the flow turns
// with the levels), b the width, C the coefficient:
//   broad weir  Q = C b h1^(3/2), C = 1.705 m^0.5/s = (2/3)^(3/2) g^(1/2) at critical depth on the crest;
//               drowned from h2 = 2/3 h1: Q = C (3 sqrt(3) / 2) b h2 (h1 - h2)^(1/2) (energy kept to the
//               crest; Chow 1959, Open-channel hydraulics, ch. 14)
//   sharp weir  Q = C b h1^(3/2), C = 1.84; drowned from h2 = 0: times [1 - (h2/h1)^(3/2)]^0.385 (Villemonte
//               1947, Eng. News-Record 139, 866-869)
//   gate        opening a, jet w = C a with contraction C = 0.61: Q = b w [2 g h1 / (1 + w/h1)]^(1/2)
//               (Henderson 1966, Open channel flow, ch. 6); drowned from y = 0.81 h2 (h2/a)^0.72 > h1: times
//               x / (x + 0.32 (y - h1)^0.7), x = (h1 - h2)^0.7 (Swamee 1992, J. Irrig. Drain. Eng. 118(1),
//               56-60, after Henry's experiments). Never more than a broad weir on its sill would pass.
//   orifice     opening of width b and height a, area A = a b (pi/4 a b where it is round): Q = C A (2 g
//               H)^(1/2), C = 0.62; H = h1 - h2, h2 at least the middle of the opening; below its top (h1 <
//               a) as over a weir, C A (g a)^(1/2) (h1/a)^(3/2), drowned as a sharp one (as EPA SWMM 5.2)
// Heads are those of the water levels: the velocity of approach is left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/series.hpp"

namespace limpid {

enum class StructureKind : std::uint8_t { broad_weir, sharp_weir, gate, orifice };
double usual_coefficient(StructureKind kind);

// Several at one node pass water beside each other.
struct Structure {
  std::string id, name_zh, name_en;
  StructureKind kind = StructureKind::broad_weir;
  int node = 0;            // between the one reach that ends there and the one that begins there
  double crest_level = 0;  // m above datum; of a gate or an orifice its sill
  double width = 0;        // m
  double coefficient = 0;  // as above
  Series opening;          // m, height of the opening of a gate or an orifice
  bool round = false;      // of an orifice: an ellipse of this width and height
  Place place;
};

// What passes at a pair of levels, positive downstream, and how it changes with them.
struct Passage {
  double rate = 0;              // m3/s
  double upper = 0, lower = 0;  // m2/s: d rate / d upper level >= 0, - d rate / d lower level >= 0
};
Passage passage(const Structure& structure, double opening, double upper_level, double lower_level);

}  // namespace limpid
