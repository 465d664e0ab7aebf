#include "solvers/wave_grid.hpp"

#include <algorithm>

#include "model/bed.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// The outgoing chain that takes what the split rules leave.
int remainder_of(const Network& network, const Junction& junction) {
  for (const int k : junction.out)
    if (network.reaches[at(network.chains[at(k)].reach)].split.kind == SplitKind::remainder) return k;
  return junction.out[0];
}

}  // namespace

FaceLists::FaceLists(const std::vector<std::vector<int>>& lists) : first_{0} {
  for (const std::vector<int>& list : lists) {
    faces_.insert(faces_.end(), list.begin(), list.end());
    first_.push_back(static_cast<int>(faces_.size()));
  }
}

WaveGrid::WaveGrid(const Network& network)
    : own_cells(network.cell_count()),
      bed(at(own_cells)),
      length(network.cell_length),
      reach(network.cell_reach),
      hub(network.junctions.size(), -1),
      hub_face(hub),
      hub_sign(network.junctions.size(), 1) {
  const std::vector<double> beds = node_beds(network);
  for (std::size_t i = 0; i < bed.size(); ++i)
    bed[i] = bed_at(network.reaches[at(reach[i])], beds, network.cell_chainage[i]);
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    for (int i = 1; i < chain.cells; ++i)
      join(chain.first_cell + i - 1, chain.first_cell + i, network.first_face(static_cast<int>(k)) + i, -1);
  }
  for (std::size_t j = 0; j < network.junctions.size(); ++j)
    if (network.junctions[j].is_outlet())
      end(network, network.junctions[j], beds);
    else
      join_chains(network, j);
  set_gates(network);
  list_faces();
}

void WaveGrid::join(int left, int right, int step_face, int rule) {
  const double both = length[at(left)] + length[at(right)];
  faces.push_back({left, right, 0.5 * both, length[at(left)] / both, step_face, rule, -1, -1, -1});
}

// Water beyond an outlet begins where the last cell ends: it has no length.
void WaveGrid::end(const Network& network, const Junction& junction, const std::vector<double>& beds) {
  const auto told = std::find_if(network.outlets.begin(), network.outlets.end(),
                                 [&](const Outlet& o) { return o.node == junction.node; });
  const int outlet = told == network.outlets.end() ? -1 : static_cast<int>(told - network.outlets.begin());
  for (const int k : junction.in) {
    const Chain& chain = network.chains[at(k)];
    const int last = chain.first_cell + chain.cells - 1, face = network.first_face(k) + chain.cells;
    if (outlet < 0 || told->kind != OutletKind::stage) {
      outlets.push_back({last, face, outlet});
      continue;
    }
    const int cell = static_cast<int>(bed.size());
    beyond.push_back({cell, outlet});
    bed.push_back(beds[at(junction.node)]);
    length.push_back(0);
    reach.push_back(chain.reach);
    join(last, cell, face, -1);
  }
}

void WaveGrid::join_chains(const Network& network, std::size_t j) {
  const Junction& junction = network.junctions[j];
  const auto first_cell = [&](int k) { return network.chains[at(k)].first_cell; };
  const auto last_cell = [&](int k) {
    return network.chains[at(k)].first_cell + network.chains[at(k)].cells - 1;
  };
  const auto end_face = [&](int k) { return network.first_face(k) + network.chains[at(k)].cells; };
  const bool at_last = junction.out.size() > 1 && junction.in.size() == 1;
  const int own = at_last ? junction.in[0] : remainder_of(network, junction);
  hub[j] = at_last ? last_cell(own) : first_cell(own);
  hub_face[j] = at_last ? end_face(own) : network.first_face(own);
  hub_sign[j] = at_last ? -1 : 1;
  for (const int k : junction.in)
    if (!at_last) join(last_cell(k), hub[j], end_face(k), -1);
  for (const int k : junction.out) {
    if (!at_last && k == own) continue;
    const int branch = network.chains[at(k)].reach;
    const SplitKind kind = network.reaches[at(branch)].split.kind;
    const bool ruled = kind != SplitKind::remainder && kind != SplitKind::levels && junction.out.size() > 1;
    join(hub[j], first_cell(k), network.first_face(k), ruled ? branch : -1);
  }
}

void WaveGrid::set_gates(const Network& network) {
  for (std::size_t s = 0; s < network.structures.size(); ++s) {
    const Structure& structure = network.structures[s];
    const Junction& junction = network.junctions[at(structure.node)];
    if (junction.in.size() != 1) continue;  // refused by the case reader
    const Chain& chain = network.chains[at(junction.in[0])];
    const int step_face = network.first_face(junction.in[0]) + chain.cells;
    const auto face =
        std::find_if(faces.begin(), faces.end(), [&](const WaveFace& f) { return f.step_face == step_face; });
    if (face == faces.end()) continue;
    if (face->gate < 0) {
      face->gate = static_cast<int>(gates.size());
      gates.push_back({static_cast<int>(face - faces.begin()), {}});
    }
    gates[at(face->gate)].structures.push_back(static_cast<int>(s));
  }
}

// Faces at each cell, and each face's neighbours inside a run of cells.
void WaveGrid::list_faces() {
  std::vector<std::vector<int>> ending(bed.size()), beginning(bed.size());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    beginning[at(faces[f].left)].push_back(static_cast<int>(f));
    ending[at(faces[f].right)].push_back(static_cast<int>(f));
  }
  upper = FaceLists(ending);
  lower = FaceLists(beginning);
  for (WaveFace& face : faces) {
    const auto single = [&](std::span<const int> list) {
      return list.size() == 1 && faces[at(list[0])].gate < 0 ? list[0] : -1;
    };
    if (lower[at(face.left)].size() == 1) face.before = single(upper[at(face.left)]);
    if (upper[at(face.right)].size() == 1) face.after = single(lower[at(face.right)]);
  }
}

}  // namespace limpid
