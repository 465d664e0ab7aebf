// Words of a shell: a text taken apart as a shell would, and a word put so that a shell reads it as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid {

// "--time=1:00 --comment='two words'" -> two words. Blanks part words; '...' keeps all, "..." and a backslash
// keep the next; nothing is expanded. Nothing when a quote is left open.
std::optional<std::vector<std::string>> shell_words(std::string_view text);

// The word between single quotes, whatever is in it: blanks, quotes, Chinese.
std::string shell_quoted(std::string_view word);

}  // namespace limpid
