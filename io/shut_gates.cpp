#include "io/shut_gates.hpp"

#include "solvers/structure_level.hpp"

namespace limpid {

void check_shut(const Basin& basin, const Structure& structure, double opening, const Place& place,
                Problems& problems) {
  if (opening > 0 || basin.schemes.hydraulics != HydraulicScheme::steady ||
      has_weir(basin.network.structures, structure))
    return;
  problems.add(
      Code::E1481, place,
      {structure.id, "opening", "0",
       "be above 0 under scheme steady unless a weir stands beside it, as the water has no other way",
       "在 steady 方法下大于 0（或在同一节点另设堰），否则水无去路"});
}

}  // namespace limpid
