// Bluetooth device addresses. They are personal: they leave the program only through app/privacy.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bk {

// 48 bits; the first printed octet is the most significant.
struct Address {
  std::uint64_t bits = 0;
  friend constexpr auto operator<=>(const Address&, const Address&) = default;
};

// "C8:0F:10:01:02:03"
std::string FormatAddress(Address address);
// Accepts either case and ':' or '-'. Masked forms (XX:XX:XX:XX:02:03) are not addresses: see
// MatchesMasked.
std::optional<Address> ParseAddress(std::string_view text);
// Whether `masked`, in which Android has replaced octets by XX (or **), may stand for `address`.
bool MatchesMasked(std::string_view masked, Address address);

}  // namespace bk
