#include "codec/miband/workout.h"

namespace bk::codec::miband {

std::optional<WorkoutStatus> DecodeWorkoutStatus(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t mark = reader.U8();
  const std::uint8_t status = reader.U8();
  if (reader.failed() || reader.left() != 0 || mark != 0x11 || status < 2 || status > 5)
    return std::nullopt;
  return static_cast<WorkoutStatus>(status);
}

ByteVector Encode(WorkoutStatus status) { return BytesOf(0x11, static_cast<std::uint8_t>(status)); }

std::optional<WorkoutReply> DecodeWorkoutReply(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t mark = reader.U8();
  const std::uint8_t command = reader.U8();
  const std::uint8_t status = reader.U8();
  if (reader.failed() || mark != kReply) return std::nullopt;
  return WorkoutReply{command, status, reader.TakeRest()};
}

ByteVector Encode(const WorkoutReply& reply) {
  ByteVector out;
  ByteWriter(out).U8(kReply).U8(reply.command).U8(reply.status).Put(reply.data);
  return out;
}

std::string_view WorkoutName(std::uint8_t track_code) {
  constexpr std::string_view kNames[] = {
      "",           "outdoor running", "treadmill", "outdoor cycling", "walking", "pool swimming",
      "elliptical", "rowing machine",  "jump rope", "indoor cycling",  "yoga",    "exercise"};
  return track_code < std::size(kNames) ? kNames[track_code] : "";
}

}  // namespace bk::codec::miband
