#include "solvers/wave_grid.hpp"

#include <algorithm>
#include <numeric>

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
      owner(at(own_cells)),
      in_lake(at(own_cells), 0),
      hub(network.junctions.size(), -1),
      hub_face(hub),
      hub_sign(network.junctions.size(), 1) {
  const std::vector<double> beds = node_beds(network);
  for (std::size_t i = 0; i < bed.size(); ++i)
    bed[i] = bed_at(network.reaches[at(reach[i])], beds, network.cell_chainage[i]);
  std::iota(owner.begin(), owner.end(), 0);
  set_lakes(network);
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    if (network.is_lake(static_cast<int>(k))) continue;
    runs.push_back({chain.reach, chain.first_cell, static_cast<int>(faces.size()), chain.cells - 1});
    for (int i = 1; i < chain.cells; ++i)
      join(chain.first_cell + i - 1, chain.first_cell + i, network.first_face(static_cast<int>(k)) + i, -1);
  }
  run_faces = static_cast<int>(faces.size());
  for (std::size_t j = 0; j < network.junctions.size(); ++j)
    if (network.junctions[j].is_outlet())
      end(network, network.junctions[j], beds);
    else
      join_chains(network, j, beds);
  set_gates(network);
  list_faces();
  list_ends();
}

void WaveGrid::list_ends() {
  std::vector<int> faces_of(bed.size(), -1);  // of its run beside a cell
  for (const WaveRun& run : runs)
    for (int j = 0; j <= run.faces; ++j)
      faces_of[at(run.first_cell + j)] = (j > 0 ? 1 : 0) + (j < run.faces ? 1 : 0);
  for (std::size_t i = 0; i < faces_of.size(); ++i) {
    if (faces_of[i] < 2) ends.push_back(static_cast<int>(i));
    if (faces_of[i] < 0) apart.push_back(static_cast<int>(i));
  }
}

void WaveGrid::join(int left, int right, int step_face, int rule) {
  const double both = length[at(left)] + length[at(right)];
  faces.push_back({left, right, step_face, rule, -1, -1, -1, -1});
  per_metre.push_back(2 / both);
  left_share.push_back(length[at(left)] / both);
}

void WaveGrid::set_lakes(const Network& network) {
  for (const Lake& lake : network.lakes) {
    const Chain& chain = network.chains[at(lake.chain)];
    lake_cell.push_back(chain.first_cell);
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i) {
      bed[at(i)] = lake.curve.level.front();
      in_lake[at(i)] = 1;
    }
  }
}

int WaveGrid::add_cell(double height, int of_reach, int owned_by) {
  const int cell = static_cast<int>(bed.size());
  bed.push_back(height);
  length.push_back(0);
  reach.push_back(of_reach);
  owner.push_back(owned_by < 0 ? cell : owned_by);
  return cell;
}

// Water beyond an outlet begins where the last cell ends: it has no length.
void WaveGrid::end(const Network& network, const Junction& junction, const std::vector<double>& beds) {
  const auto told = std::find_if(network.outlets.begin(), network.outlets.end(),
                                 [&](const Outlet& o) { return o.node == junction.node; });
  const int outlet = told == network.outlets.end() ? -1 : static_cast<int>(told - network.outlets.begin());
  for (const int k : junction.in) {
    const Chain& chain = network.chains[at(k)];
    const int last = chain.first_cell + chain.cells - 1, face = network.first_face(k) + chain.cells;
    if (const Lake* lake = network.lake_of(k)) {
      outlets.push_back({chain.first_cell, face, -1, lake->number});
      continue;
    }
    if (outlet < 0 || told->kind != OutletKind::stage) {
      outlets.push_back({last, face, outlet, -1});
      continue;
    }
    const int cell = add_cell(beds[at(junction.node)], chain.reach, -1);
    beyond.push_back({cell, outlet});
    join(last, cell, face, -1);
  }
}

// A chain that ends at a junction enters the junction's hub; where that is a lake, across its shore.
void WaveGrid::enter(const Network& network, int k, const Junction& junction, int into, double height) {
  const Chain& chain = network.chains[at(k)];
  const int face = network.first_face(k) + chain.cells;
  if (const Lake* lake = network.lake_of(k)) {
    faces.push_back({chain.first_cell, into, face, -1, -1, lake->number, -1, -1});
    per_metre.push_back(1 / length[at(into)]);
    left_share.push_back(0);
    return;
  }
  if (const Lake* below = network.lake_of(junction.out[0])) {
    into = add_cell(height, chain.reach, into);
    shores.push_back({into, below->number});
  }
  join(chain.first_cell + chain.cells - 1, into, face, -1);
}

void WaveGrid::join_chains(const Network& network, std::size_t j, const std::vector<double>& beds) {
  const Junction& junction = network.junctions[j];
  const auto first_cell = [&](int k) { return network.chains[at(k)].first_cell; };
  const auto last_cell = [&](int k) {
    return network.chains[at(k)].first_cell + network.chains[at(k)].cells - 1;
  };
  const auto end_face = [&](int k) { return network.first_face(k) + network.chains[at(k)].cells; };
  const bool at_last = junction.out.size() > 1 && junction.in.size() == 1 && !network.is_lake(junction.in[0]);
  const int own = at_last ? junction.in[0] : remainder_of(network, junction);
  hub[j] = at_last ? last_cell(own) : first_cell(own);
  hub_face[j] = at_last ? end_face(own) : network.first_face(own);
  hub_sign[j] = at_last ? -1 : 1;
  for (const int k : junction.in)
    if (!at_last) enter(network, k, junction, hub[j], junction.node < 0 ? 0 : beds[at(junction.node)]);
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
    if (junction.in.size() != 1 || network.is_lake(junction.in[0])) continue;  // refused by the case reader
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
    if (const int lake = owner[at(faces[f].right)]; lake != faces[f].right)
      ending[at(lake)].push_back(static_cast<int>(f));
  }
  upper = FaceLists(ending);
  lower = FaceLists(beginning);
  for (WaveFace& face : faces) {
    const auto single = [&](std::span<const int> list) {
      const bool open = list.size() == 1 && faces[at(list[0])].gate < 0 && faces[at(list[0])].lake < 0;
      return open ? list[0] : -1;
    };
    if (lower[at(face.left)].size() == 1) face.before = single(upper[at(face.left)]);
    if (upper[at(face.right)].size() == 1) face.after = single(lower[at(face.right)]);
  }
}

}  // namespace limpid
