// README.md says what is there: its commands exist with their options, the light ones run, the files it names
// stand.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/house/source_tree.hpp"
#include "tests/paths.hpp"
#include "tests/shell.hpp"

namespace limpid::house {
namespace {

const std::string& readme() {
  return all_files().at("README.md");
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

// Lines of the code blocks that begin with `first`, without the explanation behind two blanks.
std::vector<std::string> commands(const std::string& first) {
  std::vector<std::string> list;
  for (const std::string& line : lines_of(readme()))
    if (line.starts_with("    " + first)) list.push_back(line.substr(4, line.find("  ", 4) - 4));
  return list;
}

// "plan compare" of "limpid plan compare CASE PLAN... -o OUT".
std::string subcommand(const std::string& command) {
  std::string names;
  for (const std::string& word : words_of(command.substr(command.find(' ') + 1))) {
    if (!std::regex_match(word, std::regex("[a-z]+"))) break;
    names += (names.empty() ? "" : " ") + word;
  }
  return names;
}

const std::string kProgram = binary_dir() + "/limpid";

std::string help_of(const std::string& command) {
  const Outcome outcome = shell(kProgram + " " + command + " --help");
  EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.text;
  return outcome.text;
}

std::set<std::string> options_of(const std::string& text) {
  return matches(text, std::regex(R"((?:^|[^\w-])(--?[a-z][a-z-]*))"));
}

TEST(Readme, NamesEveryCommandAndNoOther) {
  std::set<std::string> named;
  for (const std::string& command : commands("limpid ")) named.insert(words_of(subcommand(command)).front());
  const std::string help = shell(kProgram + " --help").text;
  const std::string list = help.substr(help.find("Subcommands:"));
  EXPECT_EQ(named, matches(list, std::regex(R"(\n  ([a-z]+) )")));
}

TEST(Readme, NamesOptionsThatExist) {
  const auto everywhere = options_of(shell(kProgram + " --help").text);
  ASSERT_GE(commands("limpid ").size(), 8u);
  for (const std::string& command : commands("limpid ")) {
    auto known = options_of(help_of(subcommand(command)));
    known.insert(everywhere.begin(), everywhere.end());
    for (const std::string& option : options_of(command)) EXPECT_TRUE(known.contains(option)) << command;
  }
}

TEST(Readme, NamesCommonOptionsThatExist) {
  const auto known = options_of(shell(kProgram + " --help").text);
  const std::size_t begin = readme().find("Common options:");
  ASSERT_NE(begin, std::string::npos);
  const auto named = options_of(readme().substr(begin, readme().find("Exit status", begin) - begin));
  EXPECT_GE(named.size(), 7u);
  for (const std::string& option : named) EXPECT_TRUE(known.contains(option)) << option;
}

TEST(Readme, NamesScriptsThatCanBeStarted) {
  ASSERT_FALSE(commands("scripts/").empty());
  for (const std::string& command : commands("scripts/"))
    EXPECT_EQ(access((root() / words_of(command).front()).c_str(), X_OK), 0) << command;
}

TEST(Readme, NamesFilesAndFoldersThatStand) {
  const std::regex path(
      R"(((?:model|solvers|scenarios|io|docs|examples|benchmarks|validation|scripts|tests)/[\w./]*\w))");
  const auto named = matches(readme(), path);
  EXPECT_GE(named.size(), 15u);
  for (const std::string& name : named) EXPECT_TRUE(std::filesystem::exists(root() / name)) << name;
}

// Its own commands with the words in capitals filled in, one after another in a fresh folder, as a newcomer
// would.
class Newcomer : public testing::Test {
 protected:
  Newcomer() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Newcomer() override { std::filesystem::remove_all(folder_); }

  static std::string filled(std::string command, int number) {
    const std::pair<const char*, std::string> words[] = {
        {R"([\[\]])", ""},
        {R"(OUT\|OBSERVATIONS\.csv)", "out_run"},
        {R"(\bOUT\b)", command.find(" run CASE [--plan") == std::string::npos &&
                               command.find(" verify ") == std::string::npos
                           ? "out" + std::to_string(number)
                           : "out_run"},
        {R"(^limpid validate CASE\.\.\.)", "limpid validate streeter_phelps_classic"},
        {R"(\bRUN\b)", "tagged_run"},
        {R"(\bSECTION\b)", "S1"},
        {R"(\bCASE\b)", "river"},
        {R"(\bDIR\b)", command.find(" sweep ") == std::string::npos ? "river" : "members"},
        {R"(\bSWEEP\.toml)", "river/sweep.toml"},
        {R"(\bi/n\b)", "1/1"},
        {R"(\bID\b)", "m000001"},
        {R"(\bFILE\b)", "sweep" + std::to_string(number)},
        {R"(\bPLAN(\.\.\.)?)", "river/plans/upgrade.toml"},
        {R"(^limpid)", kProgram}};
    for (const auto& [word, value] : words) command = std::regex_replace(command, std::regex(word), value);
    return command;
  }

  // A run whose sources are told apart, which `limpid sources` asks for.
  void run_with_tags() const {
    const Outcome outcome = shell("cd " + folder_.string() +
                                  " && cp -r river tagged && printf '[tags]\\nconstituents = [\"NH3_N\"]\\n"
                                  "[tags.groups]\\nworks = \"source:wwtp\"\\n' >> tagged/case.toml && " +
                                  kProgram + " run tagged -o tagged_run");
    EXPECT_EQ(outcome.status, 0) << outcome.text;
  }

  // What `limpid sweep` asks for: four members of a month.
  void write_sweep() const {
    std::ofstream(folder_ / "river/sweep.toml")
        << "[sweep]\nid = \"month\"\ncase = \"case.toml\"\nend = 2025-02-01\n\n[design]\n"
           "method = \"latin_hypercube\"\nmembers = 4\n\n[[factor]]\nid = \"decay\"\n"
           "kind = \"parameter\"\nprocess = \"decay_NH3_N\"\nparameter = \"k\"\nlow = 0.5\nhigh = 2\n";
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("limpid_newcomer_" + std::to_string(getpid()));
};

TEST_F(Newcomer, TypesWhatTheReadmeSaysAndItRuns) {
  int number = 0;
  for (const std::string& command : commands("limpid ")) {
    if (command.find(" sources ") != std::string::npos) run_with_tags();
    if (command.find(" sweep design ") != std::string::npos) write_sweep();
    const std::string typed = filled(command, ++number);
    const Outcome outcome = shell("cd " + folder_.string() + " && " + typed);
    EXPECT_EQ(outcome.status, 0) << typed << "\n" << outcome.text;
    EXPECT_FALSE(outcome.text.empty()) << typed;
  }
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out_run/results.nc"));
}

}  // namespace
}  // namespace limpid::house
