// Workouts led by the phone: characteristic 000f.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// Band -> phone: `11 status`.
enum class WorkoutStatus : std::uint8_t { kStarted = 2, kPaused = 3, kResumed = 4, kEnded = 5 };
std::optional<WorkoutStatus> DecodeWorkoutStatus(Bytes bytes);
ByteVector Encode(WorkoutStatus status);

// Band -> phone: `10 command status ...`. Phone -> band: `command ...`; seen from the official app:
// 01 open, 02 start, 03 pause, 05 end, 06 values (every second), 08.
struct WorkoutReply {
  std::uint8_t command = 0;
  std::uint8_t status = 0;
  Bytes data;
};
std::optional<WorkoutReply> DecodeWorkoutReply(Bytes bytes);
ByteVector Encode(const WorkoutReply& reply);

// The code in the event "workout opened" (event.h): "outdoor running"; "" = not known.
std::string_view WorkoutName(std::uint8_t track_code);

}  // namespace bk::codec::miband
