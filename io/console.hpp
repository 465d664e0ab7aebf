// What a person sees on the terminal: problems in their language, and one line of progress.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/problem.hpp"

namespace limpid {

inline constexpr std::size_t kMaxProblemsShown = 50;

// --lang if given ("zh" or "en"), else the locale that LC_ALL, LC_MESSAGES or LANG names (the first that is
// set).
Lang choose_lang(const std::optional<std::string>& option);

// True on a terminal, unless NO_COLOR is set (no-color.org) or TERM is "dumb".
bool use_colour(std::FILE* out);
bool is_terminal(std::FILE* out);

// Sorted by file and line, at most kMaxProblemsShown (errors before warnings if they do not all fit), then a
// count.
std::string problems_text(const Problems& problems, Lang lang, bool colour = false);
void print_problems(const Problems& problems, Lang lang, std::FILE* out = stderr);

// One line that is rewritten in place: "2026-03-04   45.2 %   123 d/s   0:32 left". Nothing at all if not
// active.
class Progress {
 public:
  using Clock = std::function<double()>;  // seconds, any zero; the steady clock by default

  Progress(double simulated_days, Lang lang, bool active, std::FILE* out = stderr, Clock clock = {});
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // True if the line is old enough to be drawn again: spares callers the text of steps that nobody sees.
  bool due() const;
  // fraction in [0, 1] of the run; `text` is the simulated date. Draws when due.
  void update(double fraction, std::string_view text);
  void finish();  // erases the line

 private:
  double simulated_days_;
  Lang lang_;
  bool active_;
  std::FILE* out_;
  Clock clock_;
  double start_, drawn_;
  bool visible_ = false;
};

// What Progress writes after `elapsed` seconds.
std::string progress_line(double fraction, std::string_view text, double simulated_days, double elapsed,
                          Lang lang);

}  // namespace limpid
