// Text files as users have them: UTF-8 or GBK, with or without BOM, any line ends; and the full-width
// characters of Chinese input methods.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "model/problem.hpp"

namespace limpid {

inline constexpr std::uintmax_t kMaxTextBytes = std::uintmax_t{1}
                                                << 30;  // 1 GiB: far above any table of a case

struct TextFile {
  std::string text;       // UTF-8 without BOM, lines end in \n
  bool from_gbk = false;  // decoded from GBK (GB18030); accepted, worth a remark in the run's log
};

// Reads a whole text file. `shown` is the name that messages carry; problems of the path itself (not found, a
// folder) are reported at `asked`, the place that named the file, when there is one. Adds E1001 to E1007.
std::optional<TextFile> read_text_file(const std::filesystem::path& path, const std::string& shown,
                                       Problems& problems, const Place& asked = {});

// The same for bytes already in memory: encoding, BOM, line ends. Adds E1003, E1006, E1007.
std::optional<TextFile> decode_text(std::string bytes, const std::string& shown, Problems& problems);

// Position of the first byte that is not valid UTF-8 (no surrogates, no overlong forms), or npos.
std::size_t first_invalid_utf8(std::string_view bytes);

// Full-width forms (U+FF01..U+FF5E, U+3000) and the minus sign U+2212 as ASCII: for numbers, dates and units,
// not for names.
std::string to_ascii_digits(std::string_view text);

// Without blanks at both ends (ASCII, U+3000, U+00A0).
std::string_view trimmed(std::string_view text);

// ASCII letters in lower case, the rest as it is.
std::string lower_ascii(std::string_view text);

// Characters (code points) of a UTF-8 text.
int count_characters(std::string_view text);

// Replaces every `from` by `to`; from is not empty.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

}  // namespace limpid
