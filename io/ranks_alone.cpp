// Of a build without MPI: one rank.
#include <atomic>

#include "io/ranks.hpp"
#include "model/problem.hpp"

namespace limpid {

class Ranks::Implementation {};

Ranks::Ranks(const Launch& launch) {
  if (launch.size > 1) throw Failure(Code::E1814, {}, {launch.launcher, std::to_string(launch.size)});
}
Ranks::~Ranks() = default;

Agreed Ranks::agree(int status) {
  return {status, 0};
}
void Ranks::together() {}
void Ranks::serve() {}

struct SharedCounter::Window {
  std::atomic<std::uint64_t> next{0};
};

SharedCounter::SharedCounter(Ranks& ranks) : ranks_(ranks), window_(std::make_unique<Window>()) {}
SharedCounter::~SharedCounter() = default;
std::uint64_t SharedCounter::take() {
  return window_->next++;
}
void SharedCounter::exhaust() {
  window_->next += std::uint64_t{1} << 40;
}

}  // namespace limpid
