// Problems found in what the user gave: a code, a place, and the words that stood there. Every code with its
// zh and en text stands once, in problems.def; docs/errors.md and the tests are made from that table.
#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace limpid {

enum class Severity : std::uint8_t { error, warning };
enum class Lang : std::uint8_t { en, zh };

// E = error, W = warning; numbers are stable for ever.
enum class Code : std::uint16_t {
#define LIMPID_PROBLEM(id, exit_code, en, en_next, zh, zh_next) id,
#include "model/problems.def"
#undef LIMPID_PROBLEM
};

struct CodeInfo {
  const char* id;                           // "E1203"
  int exit_code;                            // exit status of a command that this problem stops
  const char *en, *en_next, *zh, *zh_next;  // text and next step; {0}, {1}, ... are the arguments
  Severity severity() const { return id[0] == 'W' ? Severity::warning : Severity::error; }
};
const std::vector<CodeInfo>& code_table();
const CodeInfo& info(Code code);

// Where in the user's files. line and column count from 1; 0 = the whole file (or the whole line).
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  auto operator<=>(const Place&) const = default;
};

struct Problem {
  Code code;
  Place place;
  std::vector<std::string> args;

  // "file:line:col: error E1203: text\n    next step"
  std::string text(Lang lang) const;
};

// Collects all problems of a case, its plans and its sweep, so that the user sees them in one go.
class Problems {
 public:
  void add(Code code, Place place, std::vector<std::string> args = {});
  void append(const Problems& other);
  bool has_errors() const;
  bool empty() const { return list_.empty(); }
  // Sorted by file, line, column, code; each once.
  std::vector<Problem> sorted() const;

 private:
  std::vector<Problem> list_;
};

// One problem that ends the command at once (exit status from its code).
class Failure : public std::runtime_error {
 public:
  explicit Failure(Problem problem);
  Failure(Code code, Place place, std::vector<std::string> args = {});
  const Problem& problem() const { return problem_; }
  int exit_code() const { return info(problem_.code).exit_code; }

 private:
  Problem problem_;
};

// The candidate nearest to `name` (edit distance over characters, at most half the length), or "" if none is
// near.
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace limpid
