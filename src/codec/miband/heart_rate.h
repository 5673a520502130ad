// Heart rate: 2A37 notifies, 2A39 controls (write request).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// `00 bpm`; 0 bpm = the measurement failed (no skin contact).
struct HeartRate {
  std::uint8_t beats_per_minute = 0;
  friend bool operator==(const HeartRate&, const HeartRate&) = default;
};
std::optional<HeartRate> DecodeHeartRate(Bytes bytes);
ByteVector Encode(const HeartRate& heart_rate);

enum class HeartRateCommand : std::uint8_t {
  kSleepAssist,   // 15 00 on
  kContinuous,    // 15 01 on; needs kKeepAlive at least every 12 s
  kSingle,        // 15 02 on
  kEveryMinutes,  // 14 minutes; 0 = off
  kKeepAlive,     // 16
};
struct HeartRateControl {
  HeartRateCommand command = HeartRateCommand::kKeepAlive;
  std::uint8_t value = 0;  // 0 or 1; minutes for kEveryMinutes; 0 for kKeepAlive
  friend bool operator==(const HeartRateControl&, const HeartRateControl&) = default;
};
std::optional<HeartRateControl> DecodeHeartRateControl(Bytes bytes);
ByteVector Encode(const HeartRateControl& control);

}  // namespace bk::codec::miband
