// The sensors unfiltered: characteristics 0001 (write command) and 0002 (notifications). Known of
// clients of the Mi Band 2; on a Mi Smart Band 4 not confirmed (reference 5.6).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// 01 03 19 select (25 Hz), 02 start, 03 stop.
enum class RawSensorCommand : std::uint8_t { kSelect = 1, kStart = 2, kStop = 3 };
std::optional<RawSensorCommand> DecodeRawSensorCommand(Bytes bytes);
ByteVector Encode(RawSensorCommand command);

// 20 bytes: 01, a counter, three samples of the accelerometer.
struct Acceleration {
  struct Sample {
    std::int16_t x = 0, y = 0, z = 0;
    friend bool operator==(const Sample&, const Sample&) = default;
  };
  std::uint8_t counter = 0;
  std::array<Sample, 3> samples;
  friend bool operator==(const Acceleration&, const Acceleration&) = default;
};
// 16 bytes: two that nobody has explained, seven samples of the optical sensor.
struct Optical {
  std::array<std::uint8_t, 2> head{};
  std::array<std::uint16_t, 7> samples{};
  friend bool operator==(const Optical&, const Optical&) = default;
};
using RawSensorData = std::variant<Acceleration, Optical>;
std::optional<RawSensorData> DecodeRawSensorData(Bytes bytes);
ByteVector Encode(const RawSensorData& data);

}  // namespace bk::codec::miband
