#include "io/launch.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace limpid {

namespace {

std::optional<int> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (!text) return std::nullopt;
  const std::string_view view(text);
  int number = 0;
  const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), number);
  if (error != std::errc() || end != view.data() + view.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

Launch launch_of_environment() {
  if (const auto size = number_in("OMPI_COMM_WORLD_SIZE")) return {*size, "mpirun"};
  if (const auto size = number_in("PMI_SIZE")) return {*size, "mpiexec"};
  if (const auto size = number_in("SLURM_STEP_NUM_TASKS")) return {*size, "srun"};
  return {};
}

}  // namespace limpid
