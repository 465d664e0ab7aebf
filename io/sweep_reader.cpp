#include "io/sweep_reader.hpp"

#include <algorithm>
#include <cmath>

#include "io/design_table.hpp"
#include "io/forcing_years.hpp"
#include "io/id_table.hpp"
#include "io/sweep_factors.hpp"
#include "io/sweep_keys.hpp"
#include "io/sweep_store.hpp"
#include "io/text.hpp"
#include "io/units.hpp"
#include "scenarios/sobol.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

constexpr const char* kBaseline = "baseline";
constexpr const char* kMethods[] = {"grid", "list", "latin_hypercube", "sobol", "one_at_a_time", "morris"};
constexpr int kMostSeed = 2147483647;

class SweepReading {
 public:
  SweepReading(const fs::path& file, const TomlFile& toml, Problems& problems, bool allow_path)
      : file_(file), toml_(toml), problems_(problems), allow_path_(allow_path) {}

  SweepFile read() {
    out_.files.push_back(file_);
    refuse_unknown_tables();
    const KeyTable head = table("sweep", "[sweep]", "sweep");
    head.refuse_unknown();
    Sweep& sweep = out_.sweep;
    sweep.id = head.text("id");
    sweep.name_zh = head.text("name_zh");
    sweep.name_en = head.text("name_en");
    const std::string where = head.text("case");
    if (!where.empty()) out_.c = read_case(file_.parent_path() / where, problems_, allow_path_);
    read_plans(head);
    shorten(head);
    read_series(head);
    read_years_choices();
    read_design();
    return std::move(out_);
  }

 private:
  KeyTable table(const char* name, const std::string& shown, const char* declared_as) const {
    const TomlValue* value = toml_.root.find(name);
    if (value && value->kind != TomlKind::table) {
      fits(*value, name, KeyType::years, problems_);
      value = nullptr;
    }
    return {value, toml_.root.place.file, shown, declared_as, context()};
  }

  KeyContext context() const { return {&sweep_keys(), &problems_, out_.c.run.grid.offset, toml_.damaged}; }

  void refuse_unknown_tables() {
    const std::vector<std::string> allowed{"sweep", "years", "design", "factor"};
    for (const TomlEntry& entry : toml_.root.entries)
      if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
        problems_.add(Code::E1102, entry.place,
                      {entry.key, entry.place.file, nearest_of(entry.key, allowed), listed(allowed)});
  }

  void read_plans(const KeyTable& head) {
    Sweep& sweep = out_.sweep;
    std::vector<std::string> words = head.texts("plans");
    if (words.empty()) words.emplace_back(kBaseline);
    IdTable names(Code::E1201);
    for (const std::string& word : words) {
      const fs::path path = file_.parent_path() / word;
      const bool none = word == kBaseline;
      if (!names.enter(none ? word : path.stem().string(), head.place("plans"), problems_)) continue;
      sweep.plan_names.push_back(names.names().back());
      if (!none) out_.files.push_back(path);
      sweep.plans.push_back(none ? Plan{} : read_plan(path, out_.c, problems_));
    }
  }

  void read_series(const KeyTable& head) {
    if (out_.c.basin.constituents.empty()) return;  // of a case that is not there all would be unknown
    for (const std::string& text : head.texts("series"))
      if (const auto series = parse_series(text, out_.c.basin, "series", head.place("series"), problems_))
        add_series(*series, out_.sweep.series);
  }

  // A part of the case's own run, on its steps.
  void shorten(const KeyTable& early) {
    // Once more, now that the offset of the case is known.
    const KeyTable head(toml_.root.find("sweep"), toml_.root.place.file, "[sweep]", "sweep", context());
    TimeGrid& grid = out_.c.run.grid;
    const TimeGrid whole = grid;
    const auto begin = early.has("begin") ? head.time("begin") : std::nullopt,
               end = early.has("end") ? head.time("end") : std::nullopt;
    if (begin && within(*begin, whole, head, "begin")) grid.begin = *begin;
    if (end && within(*end, whole, head, "end")) grid.end = *end;
    if (grid.end > grid.begin || whole.end <= whole.begin) return;
    problems_.add(Code::E1331, head.place("end"),
                  {format_time(grid.begin, grid.offset), format_time(grid.end, grid.offset)});
    grid = whole;
  }

  bool within(Time t, const TimeGrid& grid, const KeyTable& head, const char* key) {
    if (grid.end <= grid.begin) return false;  // the case's own trouble
    const double steps = (seconds_of(t) - seconds_of(grid.begin)) / grid.step;
    const std::string range =
        format_time(grid.begin, grid.offset) + " .. " + format_time(grid.end, grid.offset);
    if (t < grid.begin || t > grid.end)
      problems_.add(Code::E1330, head.place(key), {key, format_time(t, grid.offset), range, range});
    else if (steps != std::floor(steps))
      problems_.add(Code::E1333, head.place(key), {key, format_time(t, grid.offset), number_text(grid.step)});
    else
      return true;
    return false;
  }

  void read_years_choices() {
    const TomlValue* value = toml_.root.find("years");
    if (!value) return;
    for (const TomlEntry& entry : value->entries)
      if (fits(entry.value, "[years] " + entry.key, KeyType::years, problems_)) read_years_choice(entry);
  }

  void read_years_choice(const TomlEntry& entry) {
    const KeyTable keys(&entry.value, toml_.root.place.file, "[years." + entry.key + "]", "years.*",
                        context());
    if (auto choice = read_choice_of_years(keys, entry.key, out_.c, problems_))
      out_.sweep.years.push_back(std::move(*choice));
  }

  void read_design() {
    const KeyTable keys = table("design", "[design]", "design");
    keys.refuse_unknown();
    DesignRequest request;
    const auto method = keys.choice("method");
    if (method) request.method = static_cast<DesignMethod>(*method);
    request.seed = static_cast<std::uint64_t>(keys.integer("seed", 0, kMostSeed).value_or(1));
    request.levels = keys.integer("levels", 2, 1000).value_or(4);
    request.members = static_cast<std::size_t>(keys.integer("members", 1, kMost).value_or(0));
    request.waters = static_cast<std::size_t>(keys.integer("waters", 1, kMost).value_or(0));
    request.indices = keys.boolean("indices").value_or(false);
    const bool list = request.method == DesignMethod::list;
    const bool asked = method && check_request(keys, request);
    if (out_.c.basin.constituents.empty()) return;  // of a case that is not there all would be unknown
    std::vector<ReadFactor> factors = read_factors(toml_, out_.c, out_.sweep, method && !list, problems_);
    if (factors.empty() && !toml_.damaged && !toml_.root.find("factor"))
      problems_.add(Code::E1111, {toml_.root.place.file, 0, 0},
                    {"[[factor]]", "[design]", "[[factor]] id, kind", "[[factor]] id、kind"});
    check_plans(factors);
    if (!asked || factors.empty()) return;
    if (list)
      read_list(keys, factors);
    else if (!problems_.has_errors())
      draw(keys, request, factors);
  }

  bool check_request(const KeyTable& keys, const DesignRequest& request) {
    const std::string is = std::string("method = \"") + kMethods[static_cast<int>(request.method)] + "\"";
    const bool sampled =
        request.method == DesignMethod::latin_hypercube || request.method == DesignMethod::sobol;
    const bool morris = request.method == DesignMethod::morris, list = request.method == DesignMethod::list;
    bool good = true;
    const auto refuse = [&](const char* key, bool taken, const std::string& with) {
      if (!keys.has(key) || taken) return;
      problems_.add(Code::E1822, keys.place(key), {key, with});
      good = false;
    };
    const auto need = [&](const char* key, bool needed, const char* example) {
      if (!needed || keys.has(key)) return;
      problems_.add(Code::E1111, keys.place(""), {key, is, example, example});
      good = false;
    };
    refuse("members", sampled || morris, is);
    refuse("waters", sampled, is);
    refuse("waters", !request.indices, "indices = true");
    refuse("list", list, is);
    refuse("levels",
           morris || request.method == DesignMethod::grid || request.method == DesignMethod::one_at_a_time,
           is);
    if (request.indices) refuse("indices", request.method == DesignMethod::sobol, is);
    need("members", sampled || morris, "members = 100");
    need("list", list, "list = \"design.csv\"");
    if (morris && request.levels % 2 != 0) {
      problems_.add(Code::E1820, keys.place("levels"),
                    {"morris", "levels = " + std::to_string(request.levels)});
      good = false;
    }
    return good;
  }

  // With several plans something must choose among them.
  void check_plans(const std::vector<ReadFactor>& factors) {
    const bool chosen = std::any_of(factors.begin(), factors.end(),
                                    [](const ReadFactor& r) { return r.factor.kind == FactorKind::plan; });
    if (out_.sweep.plan_names.size() > 1 && !chosen)
      problems_.add(Code::E1111, {toml_.root.place.file, 0, 0},
                    {"[[factor]] kind = \"plan\"", listed(out_.sweep.plan_names), "kind = \"plan\"",
                     "kind = \"plan\""});
  }

  void read_list(const KeyTable& keys, std::vector<ReadFactor>& factors) {
    const fs::path path = file_.parent_path() / keys.text("list");
    out_.files.push_back(path);
    Design design = read_design_csv(path, path.string(), factors, problems_, keys.place("list"));
    if (problems_.has_errors()) return;
    design.request.method = DesignMethod::list;
    for (const ReadFactor& read : factors) design.factors.push_back(read.factor);
    mark_water(out_.c.basin, out_.sweep, design.factors);
    out_.sweep.design = std::move(design);
  }

  void draw(const KeyTable& keys, const DesignRequest& request, const std::vector<ReadFactor>& read) {
    std::vector<Factor> factors;
    for (const ReadFactor& r : read) factors.push_back(r.factor);
    mark_water(out_.c.basin, out_.sweep, factors);
    const double members = member_count(request, factors);
    const std::size_t dimensions = factors.size() * (request.indices ? 2 : 1);
    if (members > kMostMembers)
      return problems_.add(Code::E1807, keys.place("members"),
                           {number_text(members), number_text(kMostMembers)});
    if (request.method == DesignMethod::sobol && dimensions > kMostSobolDimensions)
      return problems_.add(Code::E1820, keys.place("method"),
                           {"sobol", std::to_string(factors.size()) + " [[factor]]"});
    out_.sweep.design = make_design(request, std::move(factors));
    check_drawn(read, out_.sweep.design, problems_);
  }

  static constexpr int kMost = 1000000000;  // what an integer may say; kMostMembers holds for the design

  const fs::path& file_;
  const TomlFile& toml_;
  Problems& problems_;
  bool allow_path_;
  SweepFile out_;
};

}  // namespace

SweepFile read_sweep(const fs::path& file, Problems& problems, bool allow_path) {
  const std::string name = file.string();
  const auto text = read_text_file(file, name, problems);
  if (!text) return {};
  const TomlFile toml = parse_toml(text->text, name, problems);
  return SweepReading(file, toml, problems, allow_path).read();
}

}  // namespace limpid
