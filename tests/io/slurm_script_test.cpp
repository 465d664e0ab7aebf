// The words of a shell, and the script of an array run as bash runs it, with a stand-in for limpid.
#include "io/slurm_script.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "io/shell_words.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, AreThoseOfAShell) {
  EXPECT_EQ(shell_words("  --time=1:00\t-p all "), (Words{"--time=1:00", "-p", "all"}));
  EXPECT_EQ(shell_words("--comment='two words' a\\ b \"c \\\" d\" ''"),
            (Words{"--comment=two words", "a b", "c \" d", ""}));
  EXPECT_EQ(shell_words(""), Words{});
  EXPECT_FALSE(shell_words("--comment='open").has_value());
  EXPECT_FALSE(shell_words("\"open").has_value());
}

TEST(ShellWords, ComeBackFromTheirQuotes) {
  for (const std::string word : {"a b", "it's", "目录", "$HOME `x` \\ \"q\"", ""})
    EXPECT_EQ(shell_words(shell_quoted(word)), Words{word});
}

TEST(SlurmScript, TasksAreAsManyAsSlurmHasIndices) {
  EXPECT_EQ(most_slurm_tasks("MailProg = x\nMaxArraySize            = 10001\nMaxDBDMsgs = 20012\n"), 10000);
  EXPECT_EQ(most_slurm_tasks("MaxArraySize = 1\n"), 1);  // arrays are switched off; the job then says so
  EXPECT_EQ(most_slurm_tasks("nothing"), 1000);
}

TEST(SlurmScript, AsksSlurmForAnArrayThatIsWarnedAndPutBack) {
  const std::string script =
      slurm_script({"limpid-s", 8, 2, "/data/a \"b\" 5%", "limpid", {"sweep", "run", "x y"}});
  for (const char* line : {"#!/bin/bash\n", "#SBATCH --array=1-8\n", "#SBATCH --cpus-per-task=2\n",
                           "#SBATCH --signal=B:TERM@60\n", "#SBATCH --requeue\n",
                           "#SBATCH --output=\"/data/a \\\"b\\\" 5%%/%A_%a.log\"\n",
                           "'limpid' 'sweep' 'run' 'x y' --resume --shard \"$SLURM_ARRAY_TASK_ID/8\""})
    EXPECT_NE(script.find(line), std::string::npos) << line << "\n" << script;
}

// Runs the script as task 3, with a stand-in that writes down its words and, when it is told to end, that.
class SlurmTask : public testing::Test {
 protected:
  SlurmTask() {
    folder_.write("资料 it's/limpid",
                  "#!/bin/bash\ntrap 'echo TERM >>\"$0.log\"; exit 143' TERM\n"
                  "printf '%s|' \"$@\" >\"$0.log\"\n"
                  "for ((i = 0; i < 100; ++i)); do [ -e \"$0.go\" ] && exit 4; sleep 0.05; done\n");
  }
  pid_t start() const {
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setenv("SLURM_ARRAY_TASK_ID", "3", 1);
    ::execlp("bash", "bash", script().c_str(), nullptr);
    ::_exit(127);
  }
  std::string script() const { return (folder_.path() / "sweep.sh").string(); }
  std::filesystem::path beside(const char* ending) const { return program().string() + ending; }
  std::filesystem::path program() const { return folder_.path() / "资料 it's" / "limpid"; }
  void write_script() const {
    std::filesystem::permissions(program(), std::filesystem::perms::owner_all);
    folder_.write("sweep.sh", slurm_script({"s", 8, 1, folder_.path(), program(), {"sweep", "run", "a b"}}));
  }
  void wait_for_log() const {
    for (int i = 0; i < 200 && content_of(beside(".log")).empty(); ++i) ::usleep(20000);
  }
  static int status_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  }

  struct Made : CaseFolder {
    Made() { std::filesystem::create_directories(path() / "资料 it's"); }
  };
  Made folder_;
};

TEST_F(SlurmTask, RunsItsShardAndEndsAsItDoes) {
  write_script();
  const pid_t task = start();
  wait_for_log();
  EXPECT_EQ(content_of(beside(".log")), "sweep|run|a b|--resume|--shard|3/8|--threads|1|");
  std::ofstream(beside(".go")) << "go";
  EXPECT_EQ(status_of(task), 4);
}

TEST_F(SlurmTask, PassesTermOn) {
  write_script();
  const pid_t task = start();
  wait_for_log();
  ::kill(task, SIGTERM);
  EXPECT_EQ(status_of(task), 143);
  EXPECT_NE(content_of(beside(".log")).find("TERM"), std::string::npos);
}

}  // namespace
}  // namespace limpid
