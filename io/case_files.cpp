#include "io/case_files.hpp"

#include <algorithm>

#include "io/text.hpp"

namespace limpid {

namespace fs = std::filesystem;

std::optional<fs::path> CaseFiles::resolve(const std::string& written, const Place& asked, Problems& problems) const {
  const fs::path path = folder_ / fs::path(std::u8string(written.begin(), written.end()));
  std::error_code error;
  const fs::path root = fs::weakly_canonical(folder_, error), whole = fs::weakly_canonical(path, error);
  const auto [end, at] = std::mismatch(root.begin(), root.end(), whole.begin(), whole.end());
  if (allow_path_ || end == root.end()) return path;
  problems.add(Code::E1109, asked, {written});
  return std::nullopt;
}

const Table* CaseFiles::table(const std::string& written, const Place& asked, Problems& problems) {
  const auto [found, fresh] = tables_.try_emplace(written);
  if (fresh) {
    Problems own;
    const auto path = resolve(written, asked, own);
    if (path) found->second = Table::read(*path, written, own, asked);
    if (own.has_errors()) damaged_.insert(written);
    problems.append(own);
  }
  return found->second ? &*found->second : nullptr;
}

std::optional<std::string> CaseFiles::text(const std::string& written, const Place& asked, Problems& problems) {
  remember(written);
  const auto path = resolve(written, asked, problems);
  if (!path) return std::nullopt;
  auto file = read_text_file(*path, written, problems, asked);
  return file ? std::optional<std::string>(std::move(file->text)) : std::nullopt;
}

std::vector<std::string> CaseFiles::names() const {
  std::vector<std::string> list;
  for (const auto& entry : tables_) list.push_back(entry.first);
  return list;
}

}  // namespace limpid
