// Small helpers over string_view for readers of text. None allocates.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace bk {

std::string_view Trim(std::string_view text);  // spaces, tabs, CR
bool StartsWithNoCase(std::string_view text, std::string_view prefix);
bool ContainsNoCase(std::string_view text, std::string_view needle);

// The next line of `rest` without its LF or CRLF; `rest` moves past it. False at the end.
bool NextLine(std::string_view& rest, std::string_view& line);

// The text after the first `key`, up to any of `stops` (or the end). nullopt when `key` is absent.
std::optional<std::string_view> After(std::string_view text, std::string_view key,
                                      std::string_view stops = " ,;)]}");

template <class Int>
std::optional<Int> ParseInt(std::string_view text, int base = 10) {
  Int value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace bk
