#include "io/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

namespace limpid {
namespace {

constexpr double kRedrawSeconds = 0.2;
constexpr const char* kEraseLine = "\r\x1b[K";

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool is_error(const Problem& problem) {
  return info(problem.code).severity() == Severity::error;
}

// The problems to show, in their order; errors come in first when not all fit.
std::vector<Problem> chosen(const std::vector<Problem>& all) {
  const auto errors = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_error));
  std::size_t errors_left = std::min(errors, kMaxProblemsShown),
              warnings_left = kMaxProblemsShown - errors_left;
  std::vector<Problem> shown;
  for (const Problem& problem : all) {
    std::size_t& left = is_error(problem) ? errors_left : warnings_left;
    if (left == 0) continue;
    --left;
    shown.push_back(problem);
  }
  return shown;
}

// What stood in a file may be long, have lines of its own, or hold escape sequences for the terminal.
Problem printable(Problem problem) {
  constexpr std::size_t kLongest = 400;  // bytes
  for (std::string& arg : problem.args) {
    if (arg.size() > kLongest) {
      std::size_t end = kLongest;
      while (end > 0 && (static_cast<unsigned char>(arg[end]) & 0xC0U) == 0x80U) --end;
      arg = arg.substr(0, end) + "…";
    }
    std::replace_if(
        arg.begin(), arg.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  }
  return problem;
}

std::string counted(std::size_t n, const char* noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string count_line(const std::vector<Problem>& all, std::size_t shown, Lang lang) {
  const auto errors = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_error));
  const std::size_t warnings = all.size() - errors, hidden = all.size() - shown;
  std::string line = lang == Lang::zh
                         ? fmt::format("共 {} 个错误，{} 个警告", errors, warnings)
                         : fmt::format("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
  if (hidden > 0)
    line +=
        lang == Lang::zh ? fmt::format("；另有 {} 个未列出", hidden) : fmt::format("; {} not shown", hidden);
  return line + "\n";
}

std::string clock_text(double seconds) {
  const long s = std::lround(std::min(seconds, 3.6e8));
  return s >= 3600 ? fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
                   : fmt::format("{}:{:02}", s / 60, s % 60);
}

}  // namespace

Lang choose_lang(const std::optional<std::string>& option) {
  if (option) return *option == "zh" ? Lang::zh : Lang::en;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value != '\0') return std::string_view(value).starts_with("zh") ? Lang::zh : Lang::en;
  }
  return Lang::en;
}

bool is_terminal(std::FILE* out) {
  return isatty(fileno(out)) == 1;
}

bool use_colour(std::FILE* out) {
  const char *no_colour = std::getenv("NO_COLOR"), *term = std::getenv("TERM");
  const bool unwanted = (no_colour && *no_colour != '\0') || (term && std::string_view(term) == "dumb");
  return !unwanted && is_terminal(out);
}

std::string problems_text(const Problems& problems, Lang lang, bool colour) {
  const std::vector<Problem> all = problems.sorted();
  if (all.empty()) return "";
  const std::vector<Problem> shown = chosen(all);
  std::string text;
  for (const Problem& problem : shown) {
    if (colour) text += is_error(problem) ? "\x1b[31m" : "\x1b[33m";
    text += printable(problem).text(lang);
    if (colour) text += "\x1b[0m";
    text += '\n';
  }
  return text + count_line(all, shown.size(), lang);
}

void print_problems(const Problems& problems, Lang lang, std::FILE* out) {
  std::fputs(problems_text(problems, lang, use_colour(out)).c_str(), out);
}

Progress::Progress(double simulated_days, Lang lang, bool active, std::FILE* out, Clock clock)
    : simulated_days_(simulated_days),
      lang_(lang),
      active_(active),
      out_(out),
      clock_(clock ? std::move(clock) : Clock(steady_seconds)),
      start_(clock_()),
      drawn_(start_) {}

bool Progress::due() const {
  return active_ && clock_() - drawn_ >= kRedrawSeconds;
}

void Progress::update(double fraction, std::string_view text) {
  if (!due()) return;
  drawn_ = clock_();
  visible_ = true;
  fmt::print(out_, "{}{}", kEraseLine,
             progress_line(fraction, text, simulated_days_, drawn_ - start_, lang_));
  std::fflush(out_);
}

void Progress::finish() {
  if (!std::exchange(visible_, false)) return;
  std::fputs(kEraseLine, out_);
  std::fflush(out_);
}

std::string progress_line(double fraction, std::string_view text, double simulated_days, double elapsed,
                          Lang lang) {
  const double speed = elapsed > 0 ? fraction * simulated_days / elapsed : 0;
  const std::string left = fraction > 0 ? clock_text(elapsed * (1 - fraction) / fraction) : "-";
  const char* const form =
      lang == Lang::zh ? "{}  {:5.1f} %  {:.4g} 天/秒  剩余 {}" : "{}  {:5.1f} %  {:.4g} d/s  {} left";
  return fmt::format(fmt::runtime(form), text, 100 * fraction, speed, left);
}

}  // namespace limpid
