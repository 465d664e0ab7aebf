#include "io/templates.hpp"

#include <algorithm>
#include <system_error>

#include "io/embedded.hpp"
#include "io/output_file.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kRoot = "templates/";

bool holds_something(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder, error) && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error));
}

}  // namespace

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.name.starts_with(kRoot)) continue;
    const std::string_view rest = file.name.substr(kRoot.size());
    const std::string name(rest.substr(0, rest.find('/')));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

bool write_template(const fs::path& folder, const std::string& name, Problems& problems) {
  const std::vector<std::string> names = template_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    problems.add(Code::E1113, {}, {name, nearest_of(name, names), listed(names)});
    return false;
  }
  if (holds_something(folder)) {
    problems.add(Code::E1010, {}, {folder.string()});
    return false;
  }
  std::error_code error;
  const std::string root = std::string(kRoot) + name + "/";
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.name.starts_with(root)) continue;
    const fs::path path = folder / fs::path(file.name.substr(root.size()));
    fs::create_directories(path.parent_path(), error);
    if (error) throw Failure(Code::E5001, {}, {path.parent_path().string(), error.message()});
    write_file(path, file.content);
  }
  return true;
}

}  // namespace limpid
