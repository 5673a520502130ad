// Replies of the band: `10 <request> <status> ...`, on every control characteristic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::miband {

inline constexpr std::uint8_t kReply = 0x10;
inline constexpr std::uint8_t kSuccess = 0x01;

using ByteVector = std::vector<std::byte>;

template <class... U8>
ByteVector BytesOf(U8... values) {
  return ByteVector{static_cast<std::byte>(values)...};
}

}  // namespace bk::codec::miband
