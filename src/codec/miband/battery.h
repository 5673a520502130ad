// Battery: characteristic 0006, 20 bytes, read and notified.
#pragma once

#include <cstdint>
#include <optional>

#include "codec/miband/clock.h"

namespace bk::codec::miband {

struct Battery {
  std::uint8_t mask = 0x0f;
  std::uint8_t percent = 0;
  bool charging = false;
  Clock last_full;  // when a charge last reached full; 1970 until that has happened since the last
                    // reset
  Clock off_charger;  // when the band last left the charger
  std::uint8_t percent_off_charger = 0;
  friend bool operator==(const Battery&, const Battery&) = default;
};
// nullopt also for levels over 100: then it is not this message.
std::optional<Battery> DecodeBattery(Bytes bytes);
ByteVector Encode(const Battery& battery);

}  // namespace bk::codec::miband
