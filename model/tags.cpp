#include "model/tags.hpp"

#include <stdexcept>
#include <utility>

namespace limpid {

namespace {

Constituent make_tag(const Constituent& total, int index, const std::string& group, int group_index) {
  Constituent tag = total;
  const bool rest = group == kTagRest;
  tag.id = tag_id(total.id, group);
  tag.name_zh = total.name_zh + "（来自" + (rest ? "其他" : group) + "）";
  tag.name_en = total.name_en + " from " + group;
  tag.cf_name.clear();  // it names the whole
  tag.synonyms.clear();
  tag.tag_of = index;
  tag.tag_group = group_index;
  return tag;
}

// Makes room for `count` constituents in front of number `first` wherever constituents are counted.
void make_room(Basin& basin, int first, int count) {
  const auto move = [&](std::vector<int>& list) {
    for (int& c : list)
      if (c >= first) c += count;
  };
  for (ProcessUse& use : basin.processes) move(use.constituents);
  for (DerivedUse& use : basin.derived) move(use.constituents);
  for (Source& source : basin.sources)
    if (source.loads.size() > static_cast<std::size_t>(first))
      source.loads.insert(source.loads.begin() + first, static_cast<std::size_t>(count), SourceLoad{});
}

}  // namespace

bool can_be_tagged(const Constituent& c) {
  return c.phase != Phase::attached && c.non_negative && !c.is_tag() && c.basis != AmountBasis::heat &&
         c.basis != AmountBasis::age;
}

std::string tag_id(const std::string& constituent, const std::string& group) {
  return constituent + "_from_" + group;
}

void add_tags(Basin& basin, const std::vector<int>& constituents, std::vector<std::string> groups) {
  if (!basin.tag_groups.empty()) throw std::invalid_argument("add_tags: the basin has tags already");
  groups.emplace_back(kTagRest);
  if (groups.size() > kMostTagGroups) throw std::invalid_argument("add_tags: too many groups");
  std::vector<Constituent> tags;
  for (const int c : constituents) {
    const Constituent& total = basin.constituents.at(static_cast<std::size_t>(c));
    if (!can_be_tagged(total)) throw std::invalid_argument("add_tags: " + total.id + " cannot have tags");
    for (std::size_t g = 0; g < groups.size(); ++g)
      tags.push_back(make_tag(total, c, groups[g], static_cast<int>(g)));
  }
  const int first = basin.carried_count();
  make_room(basin, first, static_cast<int>(tags.size()));
  basin.constituents.insert(basin.constituents.begin() + first, tags.begin(), tags.end());
  basin.tag_groups = std::move(groups);
}

int tag_group(const Basin& basin, const Source& source) {
  return source.tag_group >= 0 ? source.tag_group : static_cast<int>(basin.tag_groups.size()) - 1;
}

std::vector<int> tag_totals(const Basin& basin) {
  std::vector<int> totals;
  if (basin.tag_groups.empty()) return totals;
  for (int c = 0; c < basin.carried_count(); ++c)
    totals.push_back(basin.constituents[static_cast<std::size_t>(c)].tag_of);
  return totals;
}

}  // namespace limpid
