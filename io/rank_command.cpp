#include "io/rank_command.hpp"

#include <iostream>

namespace limpid {

namespace {

using RankCommand = std::function<int(Ranks&, HeldOutput&)>;

// Failures end here, so that the rank meets the others and can tell them.
int status_of(Lang lang, Ranks& ranks, HeldOutput& held, const RankCommand& command) {
  try {
    return command(ranks, held);
  } catch (const Failure& failure) {
    std::cerr << failure.problem().text(lang) << "\n";
    return failure.exit_code();
  } catch (const std::exception& error) {
    std::cerr << "limpid: a bug of ours: " << error.what() << "\n";
    return 70;
  }
}

}  // namespace

int run_on_ranks(Lang lang, const RankCommand& command) {
  Ranks ranks(launch_of_environment());
  HeldOutput held(ranks.rank() != 0);
  if (ranks.size() == 1) return command(ranks, held);
  try {
    const int status = status_of(lang, ranks, held, command);
    const Agreed agreed = ranks.agree(status);
    if (agreed.status != 0 && agreed.rank == ranks.rank()) held.print(ranks.rank());
    return agreed.status;
  } catch (const StoppedElsewhere& stopped) {
    return stopped.status;
  }
}

}  // namespace limpid
