// The files of a case: paths kept under its folder, each table read once, every file read remembered.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "io/csv.hpp"
#include "model/problem.hpp"

namespace limpid {

class CaseFiles {
 public:
  // allow_path: paths may lead out of the folder.
  CaseFiles(std::filesystem::path folder, bool allow_path) : folder_(std::move(folder)), allow_path_(allow_path) {}

  // The file that a path written at `asked` means; nullopt with E1109 if it leads out of the folder (by "..", as an
  // absolute path or through a link).
  std::optional<std::filesystem::path> resolve(const std::string& written, const Place& asked, Problems& problems) const;
  // The table, or nullptr if it cannot be read; its problems are reported once.
  const Table* table(const std::string& written, const Place& asked, Problems& problems);
  std::optional<std::string> text(const std::string& written, const Place& asked, Problems& problems);
  // Whether the table of that path had errors of form: rows may have been left out.
  bool damaged(const std::string& written) const { return damaged_.contains(written); }
  void remember(const std::string& written) { tables_.try_emplace(written); }

  std::vector<std::string> names() const;  // sorted

 private:
  std::filesystem::path folder_;
  bool allow_path_;
  std::set<std::string> damaged_;
  std::map<std::string, std::optional<Table>> tables_;  // by path as written; empty for files that are no tables
};

}  // namespace limpid
