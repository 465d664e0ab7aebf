#include "io/slurm_job.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "io/child_program.hpp"
#include "io/shell_words.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace fs = std::filesystem;

namespace {

// In one line: what stands in a letter.
std::string line_of(const std::string& text) {
  std::string line;
  for (const char c : text) line += c == '\n' ? ' ' : c;
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

fs::path write_script(const SlurmArray& array) {
  const fs::path path = array.logs / "sweep.sh";
  std::error_code error;
  fs::create_directories(array.logs, error);
  std::ofstream file(path, std::ios::binary);
  file << slurm_script(array);
  file.close();
  if (error || !file) throw Failure(Code::E5001, {}, {path.string(), std::strerror(errno)});
  fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add, error);
  return path;
}

}  // namespace

int most_slurm_tasks() {
  const ChildOutcome shown = run_child({"scontrol", "show", "config"});
  if (shown.status != 0) throw Failure(Code::E1815, {}, {"scontrol show config", line_of(shown.error)});
  return most_slurm_tasks(shown.out);
}

int slurm_tasks(std::size_t batches, std::optional<int> asked, int most) {
  const std::size_t wanted = std::min(batches, static_cast<std::size_t>(asked.value_or(kTasksUnasked)));
  return static_cast<int>(std::clamp<std::size_t>(wanted, 1, static_cast<std::size_t>(most)));
}

SlurmJob submit(const SlurmArray& array, const std::string& options) {
  const fs::path script = write_script(array);
  const auto more = shell_words(options);
  if (!more) throw Failure(Code::E1816, {}, {options, script.string()});
  std::vector<std::string> words{"sbatch", "--parsable"};
  words.insert(words.end(), more->begin(), more->end());
  words.push_back(script.string());
  const ChildOutcome answer = run_child(words);
  if (answer.status != 0) throw Failure(Code::E1816, {}, {line_of(answer.error), script.string()});
  const std::string id = line_of(answer.out);  // "17" or "17;cluster"
  return {id.substr(0, id.find(';')), script};
}

}  // namespace limpid
