// The template case, shortened, with a sweep of 40 members in five waters: two plans x five flows x four
// decays.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/io/case_folder.hpp"
#include "tests/io/typed.hpp"

namespace limpid {

// The program itself, started in the background without output.
class Started {
 public:
  explicit Started(std::vector<std::string> words) {
    words.insert(words.begin(), binary_dir() + "/limpid");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    process_ = ::fork();
    if (process_ != 0) return;
    ::setenv("OMP_WAIT_POLICY", "passive", 1);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
  }
  void send(int signal) const { ::kill(process_, signal); }
  bool ended() {
    if (!gone_) gone_ = ::waitpid(process_, &status_, WNOHANG) == process_;
    return gone_;
  }
  // Exit status; 128 + signal when a signal ended it.
  int wait() {
    if (!gone_) ::waitpid(process_, &status_, 0);
    gone_ = true;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  }

 private:
  pid_t process_ = 0;
  int status_ = 0;
  bool gone_ = false;
};

class SweepFolder {
 public:
  static constexpr std::size_t kMembers = 40;

  explicit SweepFolder(const std::string& end = "2025-04-01") {
    folder_.patch("case.toml", "end = 2027-01-01", "end = " + end);
    folder_.patch("case.toml", "\"10 min\"", "\"1 h\"");
    folder_.patch("case.toml", "[assessment]",
                  "[hydraulics]\nscheme = \"steady\"\n\n[output]\nsection_interval = \"6 h\"\n"
                  "map_interval = \"0 s\"\n\n[assessment]");
    folder_.patch("sections.csv", "2025-12-31", "2025-03-15");
    folder_.write("sweep.toml", text());
  }

  static std::string text() {
    return "[sweep]\nid = \"forty\"\nname_en = \"Forty members\"\ncase = \"case.toml\"\n"
           "plans = [\"baseline\", \"plans/upgrade.toml\"]\n\n[design]\nmethod = \"grid\"\n\n"
           "[[factor]]\nid = \"plan\"\nkind = \"plan\"\n\n"
           "[[factor]]\nid = \"flow\"\nkind = \"flow\"\nvalues = [\"0.8\", \"0.9\", \"1\", \"1.1\", "
           "\"1.2\"]\n\n"
           "[[factor]]\nid = \"decay\"\nkind = \"parameter\"\nprocess = \"decay_NH3_N\"\nparameter = \"k\"\n"
           "values = [\"0.5\", \"1\", \"1.5\", \"2\"]\n";
  }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  CaseFolder& folder() { return folder_; }
  std::vector<std::string> words(const std::string& store, std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"sweep", "run", path("sweep.toml"), "--store", path(store)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Said run(const std::string& store, std::vector<std::string> more = {}) const {
    return limpid(words(store, std::move(more)));
  }
  nlohmann::json status(const std::string& store) const {
    return nlohmann::json::parse(limpid({"sweep", "status", path(store), "--json"}).out);
  }
  // The gathered file and its table, one behind the other.
  std::string gathered(const std::string& store) const {
    const Said said = limpid({"sweep", "gather", path(store), "-o", path(store + ".nc")});
    EXPECT_EQ(said.status, 0) << said.err;
    return content_of(path(store + ".nc")) + content_of(path(store + ".csv"));
  }

 private:
  CaseFolder folder_;
};

}  // namespace limpid
