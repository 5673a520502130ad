#include "codec/miband/raw_sensor.h"

namespace bk::codec::miband {
namespace {

constexpr std::uint8_t kSelectRest[] = {0x03, 0x19};
constexpr std::uint8_t kAccelerationMark = 1;
constexpr std::size_t kAccelerationBytes = 20, kOpticalBytes = 16;

ByteVector EncodeOne(const Acceleration& data) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(kAccelerationMark).U8(data.counter);
  for (const Acceleration::Sample& sample : data.samples)
    for (const std::int16_t axis : {sample.x, sample.y, sample.z})
      writer.Le16(static_cast<std::uint16_t>(axis));
  return out;
}

ByteVector EncodeOne(const Optical& data) {
  ByteVector out;
  ByteWriter writer(out);
  for (const std::uint8_t byte : data.head) writer.U8(byte);
  for (const std::uint16_t sample : data.samples) writer.Le16(sample);
  return out;
}

}  // namespace

std::optional<RawSensorCommand> DecodeRawSensorCommand(Bytes bytes) {
  ByteReader reader(bytes);
  const auto command = static_cast<RawSensorCommand>(reader.U8());
  switch (command) {
    case RawSensorCommand::kSelect:
      for (const std::uint8_t byte : kSelectRest)
        if (reader.U8() != byte) return std::nullopt;
      break;
    case RawSensorCommand::kStart:
    case RawSensorCommand::kStop:
      break;
    default:
      return std::nullopt;
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return command;
}

ByteVector Encode(RawSensorCommand command) {
  if (command == RawSensorCommand::kSelect) return BytesOf(1, kSelectRest[0], kSelectRest[1]);
  return BytesOf(static_cast<std::uint8_t>(command));
}

std::optional<RawSensorData> DecodeRawSensorData(Bytes bytes) {
  ByteReader reader(bytes);
  if (bytes.size() == kAccelerationBytes) {
    if (reader.U8() != kAccelerationMark) return std::nullopt;
    Acceleration data;
    data.counter = reader.U8();
    for (Acceleration::Sample& sample : data.samples)
      for (std::int16_t* const axis : {&sample.x, &sample.y, &sample.z})
        *axis = static_cast<std::int16_t>(reader.Le16());
    return data;
  }
  if (bytes.size() == kOpticalBytes) {
    Optical data;
    for (std::uint8_t& byte : data.head) byte = reader.U8();
    for (std::uint16_t& sample : data.samples) sample = reader.Le16();
    return data;
  }
  return std::nullopt;
}

ByteVector Encode(const RawSensorData& data) {
  return std::visit([](const auto& one) { return EncodeOne(one); }, data);
}

}  // namespace bk::codec::miband
