#include "io/text.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace limpid {
namespace {

// Length of the valid UTF-8 sequence at `i`, 0 if there is none.
std::size_t sequence_length(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) -> unsigned {
    return k < s.size() ? static_cast<unsigned char>(s[k]) : 0U;
  };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xC0U) == 0x80U; };
  const unsigned b = byte(i), second = byte(i + 1);
  if (b < 0x80U) return 1;
  if (b >= 0xC2U && b <= 0xDFU) return tail(i + 1) ? 2 : 0;
  if (b >= 0xE0U && b <= 0xEFU) {
    const bool overlong = b == 0xE0U && second < 0xA0U, surrogate = b == 0xEDU && second > 0x9FU;
    return tail(i + 1) && tail(i + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (b >= 0xF0U && b <= 0xF4U) {
    const bool overlong = b == 0xF0U && second < 0x90U, too_high = b == 0xF4U && second > 0x8FU;
    return tail(i + 1) && tail(i + 2) && tail(i + 3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

// A UTF-8 file with a few damaged bytes must not turn into Chinese nonsense: GBK text hardly ever forms valid
// UTF-8 sequences, so a majority of them says UTF-8.
bool mostly_utf8(std::string_view bytes) {
  std::size_t valid = 0, invalid = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence_length(bytes, i);
    if (n == 0) ++invalid;
    if (n > 1) valid += n;
    i += std::max<std::size_t>(n, 1);
  }
  return valid > invalid;
}

std::optional<std::string> decode_gb18030(const std::string& bytes) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  // NOLINTNEXTLINE(performance-no-int-to-ptr): POSIX has no other way to say that it failed
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out(2 * bytes.size() + 16, '\0');  // two bytes become at most three, four at most four
  std::string in = bytes;
  char *from = in.data(), *to = out.data();
  std::size_t from_left = in.size(), to_left = out.size();
  const bool done = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!done) return std::nullopt;
  out.resize(out.size() - to_left);
  return out;
}

Place place_of_byte(const std::string& file, std::string_view bytes, std::size_t at) {
  const std::string_view before = bytes.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {file, static_cast<int>(lines) + 1, count_characters(before.substr(line_start)) + 1};
}

std::string unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out.push_back(text[i]);
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out.push_back('\n');
  }
  return out;
}

std::optional<std::string> read_bytes(const std::filesystem::path& path, std::string& reason) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  std::array<char, 65536> block{};
  while (in && bytes.size() <= kMaxTextBytes) {
    in.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.eof() || bytes.size() > kMaxTextBytes) return bytes;
  reason = std::strerror(errno);
  return std::nullopt;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence_length(bytes, i);
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

std::optional<TextFile> decode_text(std::string bytes, const std::string& shown, Problems& problems) {
  const bool bom = bytes.starts_with("\xEF\xBB\xBF");
  if (bom) bytes.erase(0, 3);
  if (trimmed(bytes).empty()) {
    problems.add(Code::E1003, {shown}, {shown});
    return std::nullopt;
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    problems.add(Code::E1006, place_of_byte(shown, bytes, nul), {shown});
    return std::nullopt;
  }
  TextFile file{std::move(bytes), false};
  if (const std::size_t bad = first_invalid_utf8(file.text); bad != std::string::npos) {
    auto decoded = bom || mostly_utf8(file.text) ? std::nullopt : decode_gb18030(file.text);
    if (!decoded) {
      problems.add(Code::E1007, place_of_byte(shown, file.text, bad), {shown});
      return std::nullopt;
    }
    file = {std::move(*decoded), true};
  }
  file.text = unix_lines(file.text);
  return file;
}

std::optional<TextFile> read_text_file(const std::filesystem::path& path, const std::string& shown,
                                       Problems& problems, const Place& asked) {
  const Place place = asked.file.empty() ? Place{shown} : asked;
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    problems.add(Code::E1001, place, {shown});
  } else if (std::filesystem::is_directory(status)) {
    problems.add(Code::E1002, place, {shown});
  } else {
    std::string reason;
    const auto size =
        std::filesystem::file_size(path, error);  // fails for pipes, which have no size to check
    std::optional<std::string> bytes;
    if (error || size <= kMaxTextBytes) bytes = read_bytes(path, reason);
    if (!reason.empty()) {
      problems.add(Code::E1004, place, {shown, reason});
    } else if (!bytes || bytes->size() > kMaxTextBytes) {
      problems.add(Code::E1005, place, {shown, std::to_string(kMaxTextBytes)});
    } else {
      return decode_text(std::move(*bytes), shown, problems);
    }
  }
  return std::nullopt;
}

std::string to_ascii_digits(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) {
      return static_cast<unsigned>(static_cast<unsigned char>(text[i + k]));
    };
    const bool three = i + 2 < text.size() && (byte(0) & 0xF0U) == 0xE0U;
    const unsigned code =
        three ? ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU) : 0U;
    if (code >= 0xFF01U && code <= 0xFF5EU)
      out.push_back(static_cast<char>(code - 0xFEE0U));
    else if (code == 0x3000U)
      out.push_back(' ');
    else if (code == 0x2212U)
      out.push_back('-');
    else
      out.append(text.substr(i, three ? 3 : 1));
    i += three ? 3 : 1;
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kBlanks{" ",  "\t", "\n",     "\r",
                                                           "\v", "\f", "\u3000", "\u00A0"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
      if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

int count_characters(std::string_view text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at; (at = text.find(from)) != std::string_view::npos; text.remove_prefix(at + from.size()))
    out.append(text.substr(0, at)).append(to);
  return out.append(text);
}

}  // namespace limpid
