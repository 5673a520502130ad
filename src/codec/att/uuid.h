// UUIDs of attributes (Core Specification Vol 3 Part B section 2.5.1).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace bk::codec::att {

// 128 bits; `high` holds the octets that are printed first. Zero = not known.
struct Uuid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;
  [[nodiscard]] constexpr bool known() const { return (high | low) != 0; }
  // A number that the Bluetooth SIG assigned: 0000xxxx-0000-1000-8000-00805f9b34fb.
  [[nodiscard]] constexpr bool IsShort() const {
    return low == kBaseLow && (high & 0xffff'ffff) == kBaseHigh && high >> 48 == 0;
  }
  // The 16-bit number of a short UUID, 0 of any other.
  [[nodiscard]] constexpr std::uint16_t Short() const {
    return IsShort() ? static_cast<std::uint16_t>(high >> 32) : std::uint16_t{0};
  }

  static constexpr std::uint64_t kBaseHigh = 0x0000'1000;
  static constexpr std::uint64_t kBaseLow = 0x8000'0080'5f9b'34fb;
};

// 0xFEE0 -> 0000fee0-0000-1000-8000-00805f9b34fb.
constexpr Uuid Uuid16(std::uint16_t number) {
  return {std::uint64_t{number} << 32 | Uuid::kBaseHigh, Uuid::kBaseLow};
}
// 0x0009 -> 00000009-0000-3512-2118-0009af100700, Huami's own numbers.
constexpr Uuid HuamiUuid(std::uint16_t number) {
  return {std::uint64_t{number} << 32 | 0x0000'3512, 0x2118'0009'af10'0700};
}

// 2 or 16 bytes, little endian, as the air carries them; any other length is no UUID.
std::optional<Uuid> UuidFromBytes(Bytes bytes);

// "fee0" for a short one, "00000009-0000-3512-2118-0009af100700" else.
std::string FormatUuid(const Uuid& uuid);

}  // namespace bk::codec::att
