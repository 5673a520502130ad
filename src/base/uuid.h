// Bluetooth UUIDs of 128 bits, as GATT knows services and characteristics.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bk {

// "0000fee0-0000-1000-8000-00805f9b34fb": `high` holds the first 16 digits.
struct Uuid {
  std::uint64_t high = 0, low = 0;
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;
};

// A number of the Bluetooth SIG over its base (Core specification, vol. 3 part B 2.5.1).
constexpr Uuid SigUuid(std::uint32_t number) {
  return {std::uint64_t{number} << 32 | 0x1000, 0x8000'0080'5f9b'34fb};
}
// Lower case, with dashes.
std::string FormatUuid(Uuid uuid);
// 36 characters in either case, or 4 or 8 hex digits over the SIG's base.
std::optional<Uuid> ParseUuid(std::string_view text);

}  // namespace bk
