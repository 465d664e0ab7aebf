// [tags]: whose loads are told apart.
#include <algorithm>
#include <cctype>

#include "io/case_reading.hpp"
#include "io/plan_reading.hpp"
#include "model/tags.hpp"
#include "scenarios/batch.hpp"

namespace limpid {

namespace {

class TagReading {
 public:
  explicit TagReading(CaseReading& reading) : reading_(reading), basin_(reading.result.basin) {}

  void read() {
    const KeyTable keys = reading_.table("tags");
    keys.refuse_unknown({"groups"});
    read_constituents(keys);
    const TomlValue* groups = keys.sub_table("groups");
    if (!groups || groups->entries.empty()) {
      const Key& declaration = declared(case_keys(), "tags.groups", "*");
      add(Code::E1103, keys.place(""), {"groups", keys.shown(), declaration.en, declaration.zh});
      return;
    }
    for (const TomlEntry& entry : groups->entries) read_group(entry);
    if (groups_.size() + 1 > kMostTagGroups)
      add(Code::E1241, groups->place,
          {std::to_string(groups_.size() + 1), std::to_string(kMostTagGroups), kTagRest});
    if (whole_ && !constituents_.empty()) insert();
  }

 private:
  void add(Code code, const Place& place, std::vector<std::string> args) {
    whole_ = false;
    reading_.problems.add(code, place, std::move(args));
  }

  void read_constituents(const KeyTable& keys) {
    IdTable seen(Code::E1202);
    std::vector<std::string> able;
    for (const Constituent& c : basin_.constituents)
      if (can_be_tagged(c)) able.push_back(c.id);
    const std::vector<std::string> ids = keys.texts("constituents");
    const TomlValue* list = keys.find("constituents");
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Place place = list->kind == TomlKind::list ? list->items[i].place : list->place;
      const auto number = reading_.require_constituent(ids[i], place);
      whole_ = whole_ && number;
      if (!number || !seen.enter(ids[i], place, reading_.problems)) continue;
      if (!can_be_tagged(reading_.constituent(*number)))
        add(Code::E1240, place, {ids[i], listed(able)});
      else
        constituents_.push_back(*number);
    }
  }

  // The id becomes part of the names of NetCDF variables.
  bool is_name(const std::string& id) const {
    const bool plain = !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
      return c < 128 && (std::isalnum(c) != 0 || c == '_');
    });
    const bool makes_twice = std::any_of(constituents_.begin(), constituents_.end(), [&](int c) {
      const std::string tag = tag_id(reading_.constituent(c).id, id);
      return reading_.simulates(tag);
    });
    return plain && !makes_twice && id != kTagRest;
  }

  void read_group(const TomlEntry& entry) {
    const KeyTable keys =
        reading_.table(reading_.toml.root.find("tags")->find("groups"), "[tags.groups]", "tags.groups");
    if (!is_name(entry.key)) add(Code::E1244, entry.place, {entry.key, kTagRest});
    groups_.push_back(entry.key);
    if (!fits(entry.value, "[tags.groups] " + entry.key, KeyType::texts, reading_.problems)) {
      whole_ = false;
      return;
    }
    const bool many = entry.value.kind == TomlKind::list;
    const std::size_t count = many ? entry.value.items.size() : 1;
    bool known = true, any = false;
    std::string shown;
    for (std::size_t i = 0; i < count; ++i) {
      const TomlValue& value = many ? entry.value.items[i] : entry.value;
      shown += (i ? ", " : "") + value.text;
      const auto target = read_target(basin_, value.text, value.place, reading_.problems);
      known = known && target;
      if (target) any = claim(*target, entry) || any;
    }
    whole_ = whole_ && known;
    if (known && !any && reading_.sources_whole) add(Code::E1242, entry.value.place, {entry.key, shown});
  }

  // Whether the target holds a source that brings anything.
  bool claim(const Target& target, const TomlEntry& entry) {
    Measure everywhere;
    everywhere.at = {target};
    const int group = static_cast<int>(groups_.size()) - 1;
    bool any = false;
    for (const int s : measure_sources(basin_, everywhere)) {
      Source& source = basin_.sources[static_cast<std::size_t>(s)];
      if (source.kind == SourceKind::abstraction) continue;
      any = true;
      if (source.tag_group >= 0 && source.tag_group != group)
        add(Code::E1243, entry.place,
            {source.id, groups_[static_cast<std::size_t>(source.tag_group)], entry.key});
      source.tag_group = group;
    }
    return any;
  }

  void insert() {
    const int first = basin_.carried_count();
    const std::size_t count = constituents_.size() * (groups_.size() + 1);
    auto& initial = reading_.result.run.initial_concentration;
    initial.insert(initial.begin() + first, count, 0.0);
    add_tags(basin_, constituents_, groups_);
  }

  CaseReading& reading_;
  Basin& basin_;
  std::vector<int> constituents_;
  std::vector<std::string> groups_;
  bool whole_ = true;
};

}  // namespace

void read_tags(CaseReading& reading) {
  const TomlValue* table = reading.toml.root.find("tags");
  if (table && table->kind == TomlKind::table) TagReading(reading).read();
}

}  // namespace limpid
