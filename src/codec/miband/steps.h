// Today's steps: characteristic 0007, read and notified. A mask says which fields follow.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// 13 bytes with mask 0C; 5 bytes with mask 04 (steps only) or 00 (a band that has not been set up
// yet answers zeros).
struct Steps {
  std::uint8_t mask = 0x0c;
  std::uint32_t steps = 0;
  std::optional<std::uint32_t> metres;  // both or none
  std::optional<std::uint32_t> kilocalories;
  friend bool operator==(const Steps&, const Steps&) = default;
};
std::optional<Steps> DecodeSteps(Bytes bytes);
ByteVector Encode(const Steps& steps);

}  // namespace bk::codec::miband
