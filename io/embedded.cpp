#include "io/embedded.hpp"

#include <algorithm>

namespace limpid {

std::string_view embedded_file(std::string_view name) {
  const auto files = embedded_files();
  const auto it = std::ranges::find(files, name, &EmbeddedFile::name);
  return it == files.end() ? std::string_view{} : it->content;
}

}  // namespace limpid
