// Cases that `limpid init` writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/problem.hpp"

namespace limpid {

std::vector<std::string> template_names();  // "small"

// Writes a template's files into a folder that is not there yet, or is empty. false with E1010 if it holds
// something or E1113 if there is no such template; throws Failure E5001, E5002 if it cannot be written.
bool write_template(const std::filesystem::path& folder, const std::string& name, Problems& problems);

}  // namespace limpid
