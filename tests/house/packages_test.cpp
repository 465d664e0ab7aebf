// scripts/packages: what the build, the scripts and the tests ask for is in a list, and what is in a list is
// asked for.
#include <gtest/gtest.h>

#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

// How the tree asks -> the Debian package that answers.
const std::map<std::string, std::string>& answers() {
  static const std::map<std::string, std::string> kAnswers{
      // CMake: find_package, pkg_check_modules, find_library, find_program, imported targets
      {"find Eigen3", "libeigen3-dev"},
      {"find OpenMP", "build-essential"},
      {"find PkgConfig", "pkg-config"},
      {"find SUNDIALS", "libsundials-dev"},
      {"find fmt", "libfmt-dev"},
      {"find CLI11", "libcli11-dev"},
      {"find nlohmann_json", "nlohmann-json3-dev"},
      {"find tomlplusplus", "libtomlplusplus-dev"},
      {"find OpenSSL", "libssl-dev"},
      {"find Boost", "libboost-dev"},
      {"find SQLite3", "libsqlite3-dev"},
      {"find Threads", "build-essential"},
      {"find MPI", "libopenmpi-dev"},
      {"find GTest", "libgtest-dev"},
      {"find benchmark", "libbenchmark-dev"},
      {"pkg-config netcdf-cxx4", "libnetcdf-c++4-dev"},
      {"pkg-config netcdf", "libnetcdf-dev"},
      {"library udunits2", "libudunits2-dev"},
      {"library gmock", "libgmock-dev"},
      {"program ccache", "ccache"},
      // programs that scripts and tests start
      {"program cmake", "cmake"},
      {"program ctest", "cmake"},
      {"program ninja", "ninja-build"},
      {"program g++", "build-essential"},
      {"program ncdump", "netcdf-bin"},
      {"program ncgen", "netcdf-bin"},
      {"program nccopy", "netcdf-bin"},
      {"program cdo", "cdo"},
      {"program python3", "python3"},
      {"program mpirun", "openmpi-bin"},
      {"program munged", "munge"},
      {"program slurmctld", "slurmctld"},
      {"program slurmd", "slurmd"},
      {"program sinfo", "slurm-client"},
      {"program squeue", "slurm-client"},
      {"program scancel", "slurm-client"},
      {"program scontrol", "slurm-client"},
      {"program run-clang-tidy", "clang-tidy"},
      {"program gcovr", "gcovr"},
      // Python modules
      {"module numpy", "python3-numpy"},
      {"module xarray", "python3-xarray"},
      {"module netCDF4", "python3-netcdf4"},
  };
  return kAnswers;
}

// Packages whose names stand nowhere else, each with its reason.
const std::map<std::string, std::string>& unspoken() {
  static const std::map<std::string, std::string> kUnspoken{
      {"build-essential", "the compiler, which CMake finds by itself"},
      {"python3-netcdf4", "the engine by which xarray reads NetCDF-4"},
      {"libomp-dev", "omp.h for clang-tidy"},
      {"clang", "at the keyboard: the second compiler that must give the same bits"},
      {"libclang-rt-14-dev", "at the keyboard: clang's sanitizers and fuzzer"},
      {"clang-format", "at the keyboard: .clang-format"},
      {"valgrind", "at the keyboard: memory and cache profiles"},
      {"linux-perf", "at the keyboard: where a step's time goes (benchmarks/README.md)"},
  };
  return kUnspoken;
}

std::set<std::string> list(const std::string& name) {
  std::set<std::string> packages;
  for (const std::string& line : lines_of(all_files().at("scripts/packages/" + name + ".txt")))
    if (!line.empty() && line[0] != '#') packages.insert(line);
  return packages;
}

std::set<std::string> with_prefix(const std::string& prefix, const std::set<std::string>& names) {
  std::set<std::string> out;
  for (const std::string& name : names) out.insert(prefix + name);
  return out;
}

bool is_shell(const std::string& path) {
  return ((top_of(path) == "scripts" || top_of(path) == ".ci") && !path.ends_with(".txt")) ||
         (top_of(path) == "tests" && path.ends_with(".sh"));
}

std::set<std::string> asked_by_cmake(const std::string& text) {
  auto asked = with_prefix("find ", matches(text, std::regex(R"(find_package\((\w+))")));
  asked.merge(with_prefix("pkg-config ", matches(text, std::regex(R"(IMPORTED_TARGET ([\w+-]+))"))));
  asked.merge(with_prefix("library ", matches(text, std::regex(R"(find_library\(\w+ (\w+))"))));
  asked.merge(with_prefix("program ", matches(text, std::regex(R"(find_program\(\w+ ([\w+-]+))"))));
  asked.merge(with_prefix("library ", matches(text, std::regex(R"(GTest::(gmock))"))));
  return asked;
}

// The first word of every simple command, without what bash and Debian's essential packages give.
std::set<std::string> asked_by_shell(const std::string& text) {
  static const std::set<std::string> kAlwaysThere{
      "if",      "then",  "else",  "elif",    "fi",     "for",     "while",    "do",       "done",
      "case",    "esac",  "in",    "set",     "cd",     "exit",    "export",   "echo",     "shift",
      "read",    "test",  "local", "mapfile", "source", "trap",    "true",     "false",    "printf",
      "return",  "wait",  "grep",  "sed",     "sort",   "cut",     "tr",       "head",     "tail",
      "mkdir",   "rm",    "cp",    "mv",      "cat",    "dirname", "basename", "find",     "xargs",
      "nproc",   "nice",  "id",    "mktemp",  "wc",     "tee",     "uniq",     "sudo",     "dpkg-query",
      "apt-get", "env",   "bash",  "date",    "awk",    "diff",    "break",    "continue", "command",
      "kill",    "chmod", "dd",    "seq",     "sleep",  "timeout", "hostname"};
  std::set<std::string> asked;
  const auto functions = matches(text, std::regex(R"((?:^|\n)(\w+)\(\) \{)"));
  const std::regex first_word(
      R"((?:^|\||&&|\|\||;|\$\(|<\(|\bthen|\bdo|\belse|\bxargs(?: -\S+(?: \d+)?)*)[ ]*(?:\w+=\S* +)*(?:nice(?: -n \d+| -\d+)? +)?([a-z][\w+-]*)(?=\s|\)|$))");
  for (const std::string& line : lines_of(text))
    if (line.find_first_not_of(' ') != std::string::npos && line[line.find_first_not_of(' ')] != '#')
      for (const std::string& word : matches(line.substr(line.find_first_not_of(' ')), first_word))
        if (!kAlwaysThere.contains(word) && !functions.contains(word)) asked.insert("program " + word);
  return asked;
}

// Programs inside the strings that popen, system and execlp get.
std::set<std::string> asked_by_test(const std::string& text) {
  if (!std::regex_search(code_of(text), std::regex(R"(\b(shell|popen|system|execlp)\()"))) return {};
  return with_prefix(
      "program ",
      matches(text, std::regex(R"re("(?:/usr/bin/)?(ncdump|ncgen|nccopy|cdo|python3|mpirun|scontrol)\s)re")));
}

std::set<std::string> asked_by_python(const std::string& text) {
  static const std::set<std::string> kStandard{"calendar", "cmath",     "tomllib", "csv",  "datetime",
                                               "decimal",  "fractions", "json",    "math", "os",
                                               "pathlib",  "random",    "re",      "sys",  "subprocess"};
  std::set<std::string> asked{"program python3"};
  for (const std::string& line : lines_of(text))
    for (const std::string& module : matches(line, std::regex(R"(^\s*(?:import|from) (\w+))")))
      if (!kStandard.contains(module)) asked.insert("module " + module);
  return asked;
}

std::set<std::string> asked_by(const std::string& path, const std::string& text) {
  if (path.ends_with("CMakeLists.txt") || path.ends_with(".cmake")) return asked_by_cmake(text);
  if (path == "CMakePresets.json") return {"program ninja", "program cmake"};
  if (is_shell(path)) return asked_by_shell(text);
  if (path.ends_with(".py")) return asked_by_python(text);
  if (top_of(path) == "tests" && is_code(path) && !path.starts_with("tests/house/packages"))
    return asked_by_test(text);
  return {};
}

bool only_for_tests(const std::string& path) {
  return top_of(path) == "tests" || top_of(path) == "benchmarks" || path == "scripts/test" ||
         top_of(path) == ".ci" || path.ends_with(".py");
}

bool only_for_long(const std::string& path) {
  return path == "scripts/coverage" || path == "scripts/tidy";
}

TEST(Packages, HoldWhateverIsAskedFor) {
  const auto build = list("build"), tests = list("test"), longer = list("long");
  int seen = 0;
  for (const auto& [path, text] : all_files())
    for (const std::string& need : asked_by(path, text)) {
      ++seen;
      SCOPED_TRACE(path);
      const auto answer = answers().find(need);
      if (answer == answers().end()) {
        ADD_FAILURE() << "no package is known for " << need;
        continue;
      }
      const bool here =
          build.contains(answer->second) || (only_for_tests(path) && tests.contains(answer->second)) ||
          (only_for_long(path) && (tests.contains(answer->second) || longer.contains(answer->second)));
      EXPECT_TRUE(here) << answer->second << " is missing in its list";
    }
  EXPECT_GT(seen, 20);
}

TEST(Packages, AreAllAskedFor) {
  std::set<std::string> asked;
  for (const auto& [path, text] : all_files())
    for (const std::string& need : asked_by(path, text))
      if (answers().contains(need)) asked.insert(answers().at(need));
  for (const char* name : {"build", "test", "long"})
    for (const std::string& package : list(name))
      EXPECT_TRUE(asked.contains(package) || unspoken().contains(package))
          << package << ": nobody asks for it";
}

TEST(Packages, StandInOneListOnly) {
  std::set<std::string> seen;
  for (const char* name : {"build", "test", "long"})
    for (const std::string& package : list(name)) EXPECT_TRUE(seen.insert(package).second) << package;
}

}  // namespace
}  // namespace limpid::house
