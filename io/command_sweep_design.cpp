#include "io/command_sweep_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "io/console.hpp"
#include "io/design_table.hpp"
#include "io/estimate.hpp"
#include "io/simulate.hpp"
#include "io/sweep_reader.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// What a batch costs beside its lanes (water, geometry), in lanes: of the full model at 1 and at 8 lanes
// (benchmarks/README.md). The rate of estimate_run is that of a lane among as many.
constexpr double kSharedLanes = 1.3, kLanesOfRate = 8;

double batch_seconds(const SweepFile& file, std::size_t lanes) {
  const double one = estimate_run(file.c.basin, file.c.run, 1).seconds;
  return one * (static_cast<double>(lanes) + kSharedLanes) * kLanesOfRate / (kLanesOfRate + kSharedLanes);
}

struct Outlook {
  std::size_t members = 0, factors = 0, waters = 0, batches = 0, lanes = 0;
  int threads = 1;
  double core_seconds = 0, seconds = 0;
  double occupancy() const {
    return batches ? static_cast<double>(members) / static_cast<double>(batches * lanes) : 0;
  }
};

// Each batch goes to the thread that is free next.
Outlook outlook_of(const SweepFile& file, int threads) {
  const Basin& basin = file.c.basin;
  const auto offset = file.c.run.grid.offset;
  Outlook o{file.sweep.design.members(), file.sweep.design.factors.size(), 0, 0, 0, threads, 0, 0};
  o.lanes = lanes_at_a_time(basin, file.c.run);
  o.waters = batches_of(basin, file.sweep, o.members, offset).size();
  const auto batches = batches_of(basin, file.sweep, o.lanes, offset);
  o.batches = batches.size();
  std::vector<double> busy(static_cast<std::size_t>(threads), 0.0);
  for (const auto& batch : batches) {
    const double seconds = batch_seconds(file, batch.size());
    o.core_seconds += seconds;
    *std::min_element(busy.begin(), busy.end()) += seconds;
  }
  o.seconds = *std::max_element(busy.begin(), busy.end());
  return o;
}

std::string text_of(const Outlook& o, const fs::path& out, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text =
      fmt::format(fmt::runtime(zh ? "{}：{} 个成员，{} 个因子\n" : "{}: {} members, {} factors\n"),
                  out.string(), o.members, o.factors);
  text += fmt::format(fmt::runtime(zh ? "{} 种水流；{} 批，每批至多 {} 道，占用率 {:.0f} %\n"
                                      : "{} waters; {} batches of at most {} lanes, {:.0f} % occupied\n"),
                      o.waters, o.batches, o.lanes, 100 * o.occupancy());
  text += fmt::format(fmt::runtime(zh ? "时间约 {}（{} 线程）；单核合计 {}\n"
                                      : "time about {} on {} threads; {} of one core\n"),
                      duration_text(o.seconds), o.threads, duration_text(o.core_seconds));
  return text;
}

std::string json_of(const Outlook& o, const fs::path& out) {
  return nlohmann::ordered_json{{"design", out.string()},     {"members", o.members},
                                {"factors", o.factors},       {"waters", o.waters},
                                {"batches", o.batches},       {"lanes", o.lanes},
                                {"occupancy", o.occupancy()}, {"threads", o.threads},
                                {"seconds", o.seconds},       {"core_seconds", o.core_seconds}}
      .dump(2);
}

}  // namespace

int command_sweep_design(const CommonOptions& common, const fs::path& sweep, const fs::path& out) {
  Problems problems;
  const SweepFile file = read_sweep(sweep, problems, common.allow_path);
  if (!problems.empty()) print_problems(problems, common.lang);
  if (problems.has_errors() || (common.strict && !problems.empty())) return 2;
  if (fs::exists(out) && !common.force) throw Failure(Code::E1010, {}, {out.string()});
  write_design_csv(out, file.sweep.design);
  const Outlook o = outlook_of(file, threads_of(common));
  if (common.json)
    std::cout << json_of(o, out) << "\n";
  else if (!common.quiet)
    std::cout << text_of(o, out, common.lang);
  return 0;
}

}  // namespace limpid
