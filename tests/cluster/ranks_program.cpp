// What tests start under mpirun: MpiWorkers with work that only sleeps and notes who did it.
//   ranks_program FOLDER COUNT THREADS [slow|throw|stop|differ]
// Every rank writes the numbers that it worked to FOLDER/RANK.txt, one a line.
//   slow: number 0 takes two seconds, without a call to MPI; all others 1 ms
//   throw: number 5 throws E5002; stop: number 5 says stop; differ: rank 1 has one number less
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "io/mpi_workers.hpp"
#include "io/rank_command.hpp"

namespace limpid {
namespace {

bool work_on(std::size_t i, const std::string& mode) {
  std::this_thread::sleep_for(std::chrono::milliseconds(mode == "slow" && i == 0 ? 2000 : 1));
  if (mode == "throw" && i == 5) throw Failure(Code::E5002, {}, {"journal", "planned"});
  return !(mode == "stop" && i == 5);
}

int command(Ranks& ranks, const std::vector<std::string>& words) {
  const std::string mode = words.size() > 3 ? words[3] : "";
  std::ofstream list(words[0] + "/" + std::to_string(ranks.rank()) + ".txt");
  std::mutex lock;
  MpiWorkers workers(ranks, std::stoi(words[2]));
  const std::size_t count = std::stoul(words[1]) - (mode == "differ" && ranks.rank() == 1 ? 1 : 0);
  const bool all = workers.run(count, [&](std::size_t i) {
    const bool go_on = work_on(i, mode);
    const std::scoped_lock guard(lock);
    list << i << std::endl;
    return go_on;
  });
  std::cout << (all ? "all of " : "not all of ") << workers.ranks() << "\n";
  return all ? 0 : 143;
}

}  // namespace
}  // namespace limpid

int main(int argc, char** argv) {
  try {
    return limpid::run_on_ranks(limpid::Lang::en, [&](limpid::Ranks& ranks, limpid::HeldOutput&) {
      return limpid::command(ranks, {argv + 1, argv + argc});
    });
  } catch (const limpid::Failure& failure) {
    std::cerr << failure.problem().text(limpid::Lang::en) << "\n";
    return failure.exit_code();
  }
}
