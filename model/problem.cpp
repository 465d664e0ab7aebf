#include "model/problem.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

namespace limpid {

namespace {

// Replaces {0}..{9}; a placeholder without an argument and any other brace stay as they are.
std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = i + 2 < pattern.size() && pattern[i] == '{' && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    const auto index = placeholder ? static_cast<std::size_t>(pattern[i + 1] - '0') : args.size();
    if (index < args.size()) {
      out += args[index];
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::string place_text(const Place& place) {
  if (place.file.empty()) return "";
  std::string out = place.file + ":";
  if (place.line > 0) out += std::to_string(place.line) + ":";
  if (place.line > 0 && place.column > 0) out += std::to_string(place.column) + ":";
  return out + " ";
}

const char* severity_text(Severity severity, Lang lang) {
  const bool error = severity == Severity::error;
  return lang == Lang::zh ? (error ? "错误" : "警告") : (error ? "error" : "warning");
}

auto key(const Problem& problem) {
  return std::tie(problem.place, problem.code, problem.args);
}

// Code points with ASCII letters in lower case. A byte that starts no whole sequence stands for itself.
std::u32string folded(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::size_t end = std::min(i + length, text.size());
    char32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (++i; i < end; ++i) point = (point << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    out += point >= U'A' && point <= U'Z' ? point - U'A' + U'a' : point;
  }
  return out;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace

const std::vector<CodeInfo>& code_table() {
  static const std::vector<CodeInfo> table = {
#define LIMPID_PROBLEM(id, exit_code, en, en_next, zh, zh_next) {#id, exit_code, en, en_next, zh, zh_next},
#include "model/problems.def"
#undef LIMPID_PROBLEM
  };
  return table;
}

const CodeInfo& info(Code code) {
  return code_table().at(static_cast<std::size_t>(code));
}

std::string Problem::text(Lang lang) const {
  const CodeInfo& entry = info(code);
  const bool zh = lang == Lang::zh;
  return place_text(place) + severity_text(entry.severity(), lang) + " " + entry.id + ": " +
         fill(zh ? entry.zh : entry.en, args) + "\n    " + fill(zh ? entry.zh_next : entry.en_next, args);
}

void Problems::add(Code code, Place place, std::vector<std::string> args) {
  list_.push_back({code, std::move(place), std::move(args)});
}

void Problems::append(const Problems& other) {
  const std::vector<Problem> copy = other.list_;  // other may be this very list
  list_.insert(list_.end(), copy.begin(), copy.end());
}

bool Problems::has_errors() const {
  return std::any_of(list_.begin(), list_.end(),
                     [](const Problem& p) { return info(p.code).severity() == Severity::error; });
}

std::vector<Problem> Problems::sorted() const {
  std::vector<Problem> out = list_;
  std::sort(out.begin(), out.end(), [](const Problem& a, const Problem& b) { return key(a) < key(b); });
  const auto same = [](const Problem& a, const Problem& b) { return key(a) == key(b); };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Failure::Failure(Problem problem)
    : std::runtime_error(problem.text(Lang::en)), problem_(std::move(problem)) {}

Failure::Failure(Code code, Place place, std::vector<std::string> args)
    : Failure(Problem{code, std::move(place), std::move(args)}) {}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  const std::u32string wanted = folded(name);
  const std::string* nearest = nullptr;
  std::size_t least = wanted.size() / 2 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, folded(candidate));
    if (distance >= least) continue;
    least = distance;
    nearest = &candidate;
  }
  return nearest ? *nearest : "";
}

}  // namespace limpid
