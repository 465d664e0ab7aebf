#include "io/netcdf_guard.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <netcdf>

#include "io/netcdf_memory.hpp"
#include "io/values_hash.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

constexpr unsigned kSeconds = 120;

// Deflate gains at most 1032:1, so a file that claims more than this is damaged and would only eat memory.
constexpr double kMaxGain = 1100, kAllowance = 1e6;

void check_sizes(const std::filesystem::path& path) {
  const NetcdfReader file(path);
  double values = 0;
  for (const auto& [name, variable] : file.root().getVars()) {
    double size = 8;
    for (const netCDF::NcDim& dim : variable.getDims()) size *= static_cast<double>(dim.getSize());
    values += size;
  }
  if (values > kMaxGain * static_cast<double>(file.file_bytes()) + kAllowance)
    throw std::runtime_error("sizes do not fit the file");
}

[[noreturn]] void probe(const std::filesystem::path& path) {
  // What HDF5 or a sanitizer has to say of a damaged file is not for the user.
  if (const int null = ::open("/dev/null", O_WRONLY); null >= 0) ::dup2(null, STDERR_FILENO);
  ::alarm(kSeconds);
#ifndef __SANITIZE_ADDRESS__
  const rlimit memory{rlim_t{8} << 30, rlim_t{8} << 30};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  try {
    check_sizes(path);
    values_sha256(path);
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

}  // namespace

void guard_netcdf(const std::filesystem::path& path) {
  const std::string name = path.string();
  if (std::filesystem::is_directory(path)) throw Failure(Code::E1002, {name, 0, 0}, {name});
  if (!std::filesystem::exists(path)) throw Failure(Code::E1001, {name, 0, 0}, {name});
  const pid_t child = ::fork();
  if (child == 0) probe(path);
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Failure(Code::E1051, {name, 0, 0}, {name, "it cannot be read safely"});
}

}  // namespace limpid
