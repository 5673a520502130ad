// The phone's place for a workout on the band: chunked transfer, type 6, once a second (reference
// 9.9).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

struct PhoneGps {
  enum class Status : std::uint8_t { kAcquired = 1, kSearching = 2, kDisabled = 4 };
  struct Fix {
    std::int32_t longitude = 0, latitude = 0;  // degrees x 3,000,000
    std::int32_t speed_10 = 0;                 // metres a second x 10
    std::int32_t altitude_cm = 0;
    std::uint64_t unix_milliseconds = 0;
    friend bool operator==(const Fix&, const Fix&) = default;
  };
  std::optional<Status> status;
  std::optional<Fix> fix;
  friend bool operator==(const PhoneGps&, const PhoneGps&) = default;
};
std::optional<PhoneGps> DecodePhoneGps(Bytes message);
ByteVector Encode(const PhoneGps& gps);

}  // namespace bk::codec::miband
