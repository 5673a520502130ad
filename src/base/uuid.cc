#include "base/uuid.h"

#include <array>
#include <cstddef>

namespace bk {
namespace {

constexpr bool IsDashPlace(std::size_t place) {
  return place == 8 || place == 13 || place == 18 || place == 23;
}

std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

}  // namespace

std::string FormatUuid(Uuid uuid) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (int nibble = 0; nibble < 32; ++nibble) {
    if (IsDashPlace(text.size())) text += '-';
    const std::uint64_t half = nibble < 16 ? uuid.high : uuid.low;
    text += kDigits[half >> (60 - 4 * (nibble % 16)) & 0xf];
  }
  return text;
}

std::optional<Uuid> ParseUuid(std::string_view text) {
  if (text.size() == 4 || text.size() == 8) {
    std::uint32_t number = 0;
    for (const char c : text) {
      const auto digit = HexDigit(c);
      if (!digit) return std::nullopt;
      number = number << 4 | *digit;
    }
    return SigUuid(number);
  }
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  int nibble = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (IsDashPlace(place)) {
      if (text[place] != '-') return std::nullopt;
      continue;
    }
    const auto digit = HexDigit(text[place]);
    if (!digit) return std::nullopt;
    std::uint64_t& half = nibble++ < 16 ? uuid.high : uuid.low;
    half = half << 4 | *digit;
  }
  return uuid;
}

}  // namespace bk
