// What the container parsers have in common. Inside the room.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/limits.h"

namespace bk::codec::snoop {

// How far a parser came. It is called again with the bytes from `consumed` on, as soon as there are
// at least `need` of them, or with `final` and whatever there is. What it decides must follow from
// the bytes alone, never from where a chunk ended: when it lacks bytes to decide, it asks for them.
struct Progress {
  std::size_t consumed = 0;
  std::size_t need = 1;
};

// While looking for the next good record after damage: HCI packets are at most 64 KiB and a header.
inline constexpr std::uint32_t kResyncRecordBytesMax = 65'540;
// A record's stamp this far from the last good one needs more than its own word.
inline constexpr std::uint64_t kResyncSpanUs = 20ULL * 366 * 86'400 * 1'000'000;

// |a - b| without overflow.
inline std::uint64_t TimeDistance(std::int64_t a, std::int64_t b) {
  return a < b ? static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a)
               : static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
}

}  // namespace bk::codec::snoop
