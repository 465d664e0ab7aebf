// How far a sweep is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/sweep_store.hpp"

namespace limpid {

struct SweepStatus {
  std::string sweep, case_id;
  std::size_t members = 0, done = 0, failed = 0, left = 0;  // done: ran whole; left: neither
  std::size_t at_work = 0;                                  // shards that run now; a whole sweep is one
  std::optional<double> members_per_hour;  // of the sessions that worked beside the latest one
  std::optional<double> seconds_left;      // at that rate
  struct Cause {
    std::string text;  // without the time at which it happened
    std::size_t count = 0;
    std::vector<std::string> members;  // ids, at most 10
  };
  std::vector<Cause> causes;  // most frequent first
};

// Of the store as of its last look().
SweepStatus status_of(const SweepStore& store, const Design& design);
std::string status_text(const SweepStatus& status, Lang lang);
std::string status_json(const SweepStatus& status);

}  // namespace limpid
