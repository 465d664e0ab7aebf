#include "io/mesh1d.hpp"

namespace limpid {

namespace {

void add_node(Mesh1d& mesh, Point p) {
  mesh.node_x.push_back(p.x);
  mesh.node_y.push_back(p.y);
}

void add_junctions(const Network& network, Mesh1d& mesh) {
  std::vector<Point> points(network.junctions.size());
  for (const Chain& chain : network.chains) {
    points[static_cast<std::size_t>(chain.upstream)] =
        reach_point(network, chain.reach, chain.begin_chainage);
    points[static_cast<std::size_t>(chain.downstream)] =
        reach_point(network, chain.reach, chain.end_chainage);
  }
  // A node's own coordinates, not those that its reaches round to.
  for (std::size_t n = 0; n < network.nodes.size(); ++n) points[n] = {network.nodes[n].x, network.nodes[n].y};
  for (Point p : points) add_node(mesh, p);
}

}  // namespace

Point reach_point(const Network& network, int reach, double chainage) {
  const Reach& r = network.reaches[static_cast<std::size_t>(reach)];
  const Node& from = network.nodes[static_cast<std::size_t>(r.from)];
  const Node& to = network.nodes[static_cast<std::size_t>(r.to)];
  const double w = chainage / r.length;
  return {(1 - w) * from.x + w * to.x, (1 - w) * from.y + w * to.y};
}

Mesh1d make_mesh(const Network& network) {
  Mesh1d mesh;
  add_junctions(network, mesh);
  mesh.edges.resize(static_cast<std::size_t>(network.cell_count()));
  for (const Chain& chain : network.chains) {
    int upper = chain.upstream;
    for (int j = 0; j < chain.cells; ++j) {
      const auto cell = static_cast<std::size_t>(chain.first_cell + j);
      int lower = chain.downstream;
      if (j + 1 < chain.cells) {
        lower = static_cast<int>(mesh.node_x.size());
        add_node(mesh, reach_point(network, chain.reach,
                                   network.cell_chainage[cell] + 0.5 * network.cell_length[cell]));
      }
      mesh.edges[cell] = {upper, lower};
      upper = lower;
    }
  }
  for (std::size_t i = 0; i < mesh.edges.size(); ++i) {
    const Point p = reach_point(network, network.cell_reach[i], network.cell_chainage[i]);
    mesh.edge_x.push_back(p.x);
    mesh.edge_y.push_back(p.y);
  }
  return mesh;
}

}  // namespace limpid
