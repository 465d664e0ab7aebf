#include "model/problem.hpp"

#include <algorithm>
#include <tuple>

namespace limpid {

const std::vector<CodeInfo>& code_table() {
  static const std::vector<CodeInfo> table = {
#define LIMPID_PROBLEM(id, exit_code, en, en_next, zh, zh_next) {#id, exit_code, en, en_next, zh, zh_next},
#include "model/problems.def"
#undef LIMPID_PROBLEM
  };
  return table;
}

const CodeInfo& info(Code code) { return code_table()[static_cast<std::size_t>(code)]; }

namespace {

// {0}, {1}, ... replaced by the arguments; a number without an argument stays as it stands.
std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    const auto index = slot ? static_cast<std::size_t>(pattern[i + 1] - '0') : args.size();
    if (index >= args.size()) {
      text += pattern[i];
      continue;
    }
    text += args[index];
    i += 2;
  }
  return text;
}

std::string place_text(const Place& place) {
  if (place.file.empty()) return "";
  std::string text = place.file + ":";
  if (place.line > 0) text += std::to_string(place.line) + ":";
  if (place.line > 0 && place.column > 0) text += std::to_string(place.column) + ":";
  return text + " ";
}

auto order(const Problem& problem) {
  return std::tie(problem.place.file, problem.place.line, problem.place.column, problem.code, problem.args);
}

// The code points of UTF-8 text, ASCII letters in lower case.
std::u32string characters(std::string_view text) {
  std::u32string list;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if ((value & 0xC0) == 0x80 && !list.empty())
      list.back() = (list.back() << 6) | (value & 0x3F);
    else
      list.push_back(value >= 'A' && value <= 'Z' ? value + 32u : value);
  }
  return list;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string Problem::text(Lang lang) const {
  const CodeInfo& row = info(code);
  const bool zh = lang == Lang::zh, error = row.severity() == Severity::error;
  const std::string word = zh ? (error ? "错误 " : "警告 ") : (error ? "error " : "warning ");
  return place_text(place) + word + row.id + ": " + fill(zh ? row.zh : row.en, args) + "\n    " +
         fill(zh ? row.zh_next : row.en_next, args);
}

void Problems::add(Code code, Place place, std::vector<std::string> args) {
  list_.push_back({code, std::move(place), std::move(args)});
}

void Problems::append(const Problems& other) { list_.insert(list_.end(), other.list_.begin(), other.list_.end()); }

bool Problems::has_errors() const {
  return std::any_of(list_.begin(), list_.end(), [](const Problem& p) { return info(p.code).severity() == Severity::error; });
}

std::vector<Problem> Problems::sorted() const {
  std::vector<Problem> list = list_;
  std::stable_sort(list.begin(), list.end(), [](const Problem& a, const Problem& b) { return order(a) < order(b); });
  const auto same = [](const Problem& a, const Problem& b) { return order(a) == order(b); };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  return list;
}

Failure::Failure(Problem problem) : std::runtime_error(problem.text(Lang::en)), problem_(std::move(problem)) {}
Failure::Failure(Code code, Place place, std::vector<std::string> args)
    : Failure(Problem{code, std::move(place), std::move(args)}) {}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  const std::u32string wanted = characters(name);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 2) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, characters(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace limpid
