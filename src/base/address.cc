#include "base/address.h"

#include <fmt/format.h>

namespace bk {
namespace {

constexpr std::size_t kTextLength = 17;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsMask(char c) { return c == 'X' || c == 'x' || c == '*'; }

}  // namespace

std::string FormatAddress(Address address) {
  const auto octet = [&](int i) {
    return static_cast<unsigned>(address.bits >> (40 - 8 * i) & 0xff);
  };
  return fmt::format("{:02X}:{:02X}:{:02X}:{:02X}:{:02X}:{:02X}", octet(0), octet(1), octet(2),
                     octet(3), octet(4), octet(5));
}

std::optional<Address> ParseAddress(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  Address address;
  for (std::size_t i = 0; i < kTextLength; ++i) {
    if (i % 3 == 2) {
      if (text[i] != ':' && text[i] != '-') return std::nullopt;
      continue;
    }
    const int digit = HexDigit(text[i]);
    if (digit < 0) return std::nullopt;
    address.bits = address.bits << 4 | static_cast<unsigned>(digit);
  }
  return address;
}

bool MatchesMasked(std::string_view masked, Address address) {
  if (masked.size() != kTextLength) return false;
  const std::string full = FormatAddress(address);
  for (std::size_t i = 0; i < kTextLength; ++i) {
    if (i % 3 == 2) continue;
    if (IsMask(masked[i])) continue;
    if (HexDigit(masked[i]) != HexDigit(full[i])) return false;
  }
  return true;
}

}  // namespace bk
