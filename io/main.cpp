#include <cstdio>
#include <exception>

#include "io/commands.hpp"
#include "io/openmp_waiting.hpp"

int main(int argc, char** argv) {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2")) {
    std::fputs("limpid is built for x86-64-v3 processors (AVX2, 2013 and later); this one is older.\n",
               stderr);
    return 2;
  }
  limpid::wait_passively(argv);
  try {
    return limpid::run_command_line(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "limpid: a bug of ours: %s\nPlease report it with the case that shows it.\n",
                 error.what());
    return 70;
  }
}
