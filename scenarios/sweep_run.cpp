#include "scenarios/sweep_run.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>

#include "solvers/recorder.hpp"

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kYear = 365.25 * 86400;  // the year of "元/a"

std::string short_number(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6).ptr};
}

// In one line, without the next step.
std::string text_of(const std::exception& error) {
  const auto* failure = dynamic_cast<const Failure*>(&error);
  const std::string text = failure ? failure->problem().text(Lang::en) : std::string(error.what());
  return text.substr(0, text.find('\n'));
}

RunOptions without_maps(RunOptions options) {
  options.map_interval = 0;
  options.final_state = false;
  return options;
}

}  // namespace

SweepRun::SweepRun(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
                   const Sweep& sweep, std::vector<ChosenSeries> series)
    : basin_(basin),
      options_(without_maps(options)),
      rules_(rules),
      sweep_(sweep),
      series_(std::move(series)),
      metrics_(metrics_of(basin, rules)) {}

std::vector<std::string> SweepRun::closure_names() const {
  std::vector<std::string> names;
  for (const Constituent& c : basin_.constituents) names.push_back(c.id);
  names.emplace_back("water");
  return names;
}

std::size_t SweepRun::record_times() const {
  const double length = seconds_of(options_.grid.end) - seconds_of(options_.grid.begin);
  const double interval = std::max(options_.section_interval, options_.grid.step);
  return 1 + static_cast<std::size_t>(length / interval);
}

std::vector<double> SweepRun::times() const {
  const double interval = std::max(options_.section_interval, options_.grid.step);
  std::vector<double> times;
  for (std::size_t t = 0; t < record_times(); ++t)
    times.push_back(options_.grid.time(0) + static_cast<double>(t) * interval);
  return times;
}

RecordedQuantity SweepRun::quantity(const ChosenSeries& series) const {
  const auto all = recorded_quantities(basin_);
  return *std::ranges::find(all, series.quantity, &RecordedQuantity::id);
}

std::string SweepRun::cause_of(const BatchOutcome& batch, int lane) const {
  for (const LaneFailure& failure : batch.failures) {
    if (failure.lane != lane) continue;
    const std::string cause = fault_text(failure.cause);
    const auto cell = static_cast<std::size_t>(failure.cell);
    const Network& network = basin_.network;
    return basin_.constituents[static_cast<std::size_t>(failure.constituent)].id +
           " is not a finite number in reach " +
           network.reaches[static_cast<std::size_t>(network.cell_reach[cell])].id + " at km " +
           short_number(network.cell_chainage[cell] / 1000) + ", " +
           format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(failure.time))),
                       options_.grid.offset) +
           (cause.empty() ? "" : "; first there: " + cause);
  }
  return "";
}

MemberResult SweepRun::failed_result(std::size_t member, const std::string& cause) const {
  MemberResult out;
  out.member = member;
  out.failed = true;
  out.cause = cause;
  out.capex = out.opex = kNone;
  out.metrics.assign(metrics_.size(), kNone);
  out.closure.assign(basin_.constituents.size() + 1, kNone);
  out.series.assign(series_.size() * record_times(), kNone);
  return out;
}

MemberResult SweepRun::result_of(std::size_t member, const Scenario& scenario,
                                 const ScenarioResult& result) const {
  MemberResult out = failed_result(member, cause_of(*result.batch, result.lane));
  out.failed = result.failed;
  if (out.failed) return out;
  out.capex = out.opex = 0;
  for (const Measure& m : scenario.plan.measures) {
    out.capex += m.capex;
    out.opex += m.opex * kYear;
  }
  out.metrics = metric_values(metrics_, basin_, options_, result);
  const BatchOutcome& batch = *result.batch;
  for (std::size_t c = 0; c < basin_.constituents.size(); ++c)
    out.closure[c] =
        batch.closure[c * static_cast<std::size_t>(batch.lanes) + static_cast<std::size_t>(result.lane)];
  out.closure.back() = batch.water_closure;
  for (std::size_t s = 0; s < series_.size(); ++s) {
    const int quantity = result.record.quantity(series_[s].quantity);
    for (std::size_t t = 0; t < std::min(record_times(), result.record.section_times.size()); ++t)
      out.series[s * record_times() + t] = result.record.section(t, series_[s].section, quantity);
  }
  return out;
}

std::vector<MemberResult> SweepRun::run_batch(const std::vector<std::size_t>& members,
                                              const std::function<bool(double)>& keep_going) const {
  std::vector<Scenario> scenarios;
  for (const std::size_t member : members)
    scenarios.push_back(scenario_of(basin_, sweep_, member, options_.grid.offset));
  std::vector<MemberResult> results(members.size());
  const bool whole = run_each(
      basin_, options_, rules_, scenarios, scenarios.size(),
      [&](std::size_t i, ScenarioResult result) { results[i] = result_of(members[i], scenarios[i], result); },
      [&](double fraction, double) { return !keep_going || keep_going(fraction); });
  return whole ? std::move(results) : std::vector<MemberResult>{};
}

std::vector<MemberResult> SweepRun::run(const std::vector<std::size_t>& members,
                                        const std::function<bool(double)>& keep_going) const {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  std::vector<MemberResult> results;
  try {
    results = run_batch(members, keep_going);
  } catch (const std::exception& error) {
    if (members.size() == 1) {
      results = {failed_result(members.front(), text_of(error))};
    } else {
      for (const std::size_t member : members) {
        std::vector<MemberResult> one = run({member}, keep_going);
        if (one.empty()) return {};
        results.push_back(std::move(one.front()));
      }
      return results;
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  for (MemberResult& result : results) {
    result.lanes = static_cast<int>(members.size());
    result.seconds = seconds / static_cast<double>(members.size());
  }
  return results;
}

std::vector<std::vector<std::size_t>> left_of(const std::vector<std::vector<std::size_t>>& batches,
                                              const std::vector<std::size_t>& done, std::size_t shard,
                                              std::size_t shards) {
  std::vector<std::vector<std::size_t>> left;
  for (std::size_t b = shard; b < batches.size(); b += shards) {
    std::vector<std::size_t> members;
    for (const std::size_t member : batches[b])
      if (!std::ranges::binary_search(done, member)) members.push_back(member);
    if (!members.empty()) left.push_back(std::move(members));
  }
  return left;
}

namespace {

// What all workers of this process have done, under one lock.
class Tally {
 public:
  Tally(const std::vector<std::vector<std::size_t>>& batches, const SweepReport& report)
      : report_(report), shares_(batches.size(), 0.0) {
    for (const auto& batch : batches) {
      sizes_.push_back(static_cast<double>(batch.size()));
      all_ += sizes_.back();
    }
  }
  bool move(std::size_t batch, double share) {
    const std::scoped_lock lock(mutex_);
    now_.fraction += (share - shares_[batch]) * sizes_[batch] / all_;
    shares_[batch] = share;
    return go_on();
  }
  bool finish(std::size_t batch, const std::vector<MemberResult>& results) {
    const std::scoped_lock lock(mutex_);
    now_.fraction += (1 - shares_[batch]) * sizes_[batch] / all_;
    shares_[batch] = 1;
    now_.finished += results.size();
    for (const MemberResult& result : results) now_.failed += result.failed ? 1 : 0;
    return go_on();
  }

 private:
  bool go_on() {
    stopped_ = stopped_ || (report_ && !report_(now_));
    return !stopped_;
  }

  const SweepReport& report_;
  std::mutex mutex_;
  std::vector<double> shares_, sizes_;
  double all_ = 0;
  SweepProgress now_;
  bool stopped_ = false;
};

}  // namespace

bool run_sweep(const SweepRun& run, const std::vector<std::vector<std::size_t>>& batches, Workers& workers,
               Store& store, const SweepReport& report) {
  Tally tally(batches, report);
  return workers.run(batches.size(), [&](std::size_t b) {
    const std::vector<MemberResult> results =
        run.run(batches[b], [&](double share) { return tally.move(b, share); });
    if (results.empty()) return false;
    store.add(results);
    return tally.finish(b, results);
  });
}

}  // namespace limpid
