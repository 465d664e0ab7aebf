#include "io/sweep_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace limpid {

namespace {

constexpr std::size_t kNamed = 10;

// "... in reach r1 at km 2.5, 2025-01-03T..." without the time, if that is what ends it.
std::string without_time(const std::string& cause) {
  const std::size_t comma = cause.rfind(", ");
  return comma != std::string::npos && parse_time(cause.substr(comma + 2)) ? cause.substr(0, comma) : cause;
}

void add_cause(std::vector<SweepStatus::Cause>& causes, const std::string& text, const std::string& id) {
  auto own = std::ranges::find(causes, text, &SweepStatus::Cause::text);
  if (own == causes.end()) own = causes.insert(own, {text, 0, {}});
  ++own->count;
  if (own->members.size() < kNamed) own->members.push_back(id);
}

// Sessions that worked at the same time as the one that worked last, together.
std::optional<double> rate_of(const std::vector<JournalSession>& sessions) {
  if (sessions.empty()) return std::nullopt;
  const JournalSession latest = *std::ranges::max_element(sessions, {}, &JournalSession::last);
  double rate = 0;
  for (const JournalSession& s : sessions)
    if (s.last >= latest.started && s.last > s.started)
      rate += 3600 * static_cast<double>(s.members) / (s.last - s.started);
  return rate > 0 ? std::optional(rate) : std::nullopt;
}

std::string left_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

SweepStatus status_of(const SweepStore& store, const Design& design) {
  SweepStatus s;
  s.sweep = store.description().sweep;
  s.case_id = store.description().case_id;
  s.members = store.description().members;
  const auto failed = store.failed();
  s.failed = failed.size();
  s.done = store.done().size() - s.failed;
  s.left = s.members - s.done - s.failed;
  s.at_work = workers_at_work(store.folder());
  s.members_per_hour = rate_of(store.sessions());
  if (s.members_per_hour) s.seconds_left = 3600 * static_cast<double>(s.left) / *s.members_per_hour;
  for (const std::size_t m : failed) add_cause(s.causes, without_time(store.read(m).cause), design.ids[m]);
  std::ranges::stable_sort(s.causes, std::greater{}, &SweepStatus::Cause::count);
  return s;
}

std::string status_text(const SweepStatus& s, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text = fmt::format(fmt::runtime(zh ? "{}：成员 {}，完成 {}，失败 {}，剩余 {}\n"
                                                 : "{}: {} members, {} done, {} failed, {} left\n"),
                                 s.sweep, s.members, s.done, s.failed, s.left);
  if (s.at_work > 0)
    text += fmt::format(fmt::runtime(zh ? "正在运行 {} 个\n" : "{} at work now\n"), s.at_work);
  if (s.members_per_hour)
    text += fmt::format(fmt::runtime(zh ? "每小时 {:.0f} 个成员" : "{:.0f} members/h"), *s.members_per_hour);
  if (s.seconds_left && s.left > 0)
    text += fmt::format(fmt::runtime(zh ? "，约需 {}" : ", about {} left"), left_text(*s.seconds_left));
  if (s.members_per_hour) text += "\n";
  for (const SweepStatus::Cause& cause : s.causes) {
    text += fmt::format(fmt::runtime(zh ? "失败 {} 个：{}：" : "failed {}: {}:"), cause.count, cause.text);
    for (const std::string& id : cause.members) text += " " + id;
    text += cause.count > cause.members.size() ? " ...\n" : "\n";
  }
  return text;
}

std::string status_json(const SweepStatus& s) {
  using Json = nlohmann::ordered_json;
  Json causes = Json::array();
  for (const SweepStatus::Cause& cause : s.causes)
    causes.push_back({{"cause", cause.text}, {"count", cause.count}, {"members", cause.members}});
  const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
  const Json j{{"sweep", s.sweep},
               {"case", s.case_id},
               {"members", s.members},
               {"done", s.done},
               {"failed", s.failed},
               {"left", s.left},
               {"at_work", s.at_work},
               {"members_per_hour", number(s.members_per_hour)},
               {"seconds_left", number(s.seconds_left)},
               {"causes", causes}};
  return j.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace limpid
