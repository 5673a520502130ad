#include "codec/miband/heart_rate.h"

namespace bk::codec::miband {

std::optional<HeartRate> DecodeHeartRate(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t flags = reader.U8();
  const std::uint8_t beats = reader.U8();
  if (reader.failed() || flags != 0 || reader.left() != 0) return std::nullopt;
  return HeartRate{beats};
}

ByteVector Encode(const HeartRate& heart_rate) { return BytesOf(0, heart_rate.beats_per_minute); }

std::optional<HeartRateControl> DecodeHeartRateControl(Bytes bytes) {
  ByteReader reader(bytes);
  switch (reader.U8()) {
    case 0x14: {
      const std::uint8_t minutes = reader.U8();
      if (reader.failed() || reader.left() != 0) return std::nullopt;
      return HeartRateControl{HeartRateCommand::kEveryMinutes, minutes};
    }
    case 0x15: {
      const std::uint8_t kind = reader.U8();
      const std::uint8_t on = reader.U8();
      if (reader.failed() || reader.left() != 0 || kind > 2) return std::nullopt;
      return HeartRateControl{static_cast<HeartRateCommand>(kind), on};
    }
    case 0x16:
      if (reader.left() != 0) return std::nullopt;
      return HeartRateControl{HeartRateCommand::kKeepAlive, 0};
    default:
      return std::nullopt;
  }
}

ByteVector Encode(const HeartRateControl& control) {
  switch (control.command) {
    case HeartRateCommand::kEveryMinutes:
      return BytesOf(0x14, control.value);
    case HeartRateCommand::kKeepAlive:
      return BytesOf(0x16);
    default:
      return BytesOf(0x15, static_cast<std::uint8_t>(control.command), control.value);
  }
}

}  // namespace bk::codec::miband
