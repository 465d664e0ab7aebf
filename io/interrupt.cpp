#include "io/interrupt.hpp"

#include <csignal>

namespace limpid {

namespace {
volatile std::sig_atomic_t signal_number = 0;
void remember(int number) {
  signal_number = number;
}
}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int interrupted() {
  return signal_number;
}

}  // namespace limpid
