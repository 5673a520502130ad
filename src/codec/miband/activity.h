// What a fetch brings: minute samples (type 01), manual heart rate (02), workout details (06).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// One minute, 4 bytes. Sample n belongs to the fetch's start time + n minutes.
struct ActivitySample {
  std::uint8_t kind =
      0;  // ActivityKind in the low nibble; the high nibble is a second classification, not decoded
  std::uint8_t intensity = 0;
  std::uint8_t steps = 0;
  std::uint8_t heart_rate = 0xff;  // 255 = none
  friend bool operator==(const ActivitySample&, const ActivitySample&) = default;
};
enum class ActivityKind : std::uint8_t {
  kNoChange = 0,  // as the minute before
  kActive = 1,
  kRunning = 2,
  kNotWorn = 3,
  kCycling = 4,
  kCharging = 6,
  kLightSleep = 9,
  kIgnore = 10,  // as the minute before
  kDeepSleep = 11,
  kWokeUp = 12,
};
ActivityKind KindOf(const ActivitySample& sample);
std::string_view ActivityKindName(ActivityKind kind);
inline constexpr std::size_t kActivitySampleBytes = 4;
// Whole samples only: a rest of 1 to 3 bytes is left and told by `left_over`.
std::vector<ActivitySample> DecodeActivity(Bytes payload, std::size_t* left_over = nullptr);
void Append(const ActivitySample& sample, ByteVector& out);

// A heart rate that the wearer took by hand: unix32 zone bpm.
struct ManualHeartRate {
  std::uint32_t unix_seconds = 0;
  std::int8_t quarter_hours = 0;
  std::uint8_t beats_per_minute = 0;
  friend bool operator==(const ManualHeartRate&, const ManualHeartRate&) = default;
};
std::vector<ManualHeartRate> DecodeManualHeartRate(Bytes payload, std::size_t* left_over = nullptr);
void Append(const ManualHeartRate& sample, ByteVector& out);

// One record of a workout's details: 8 bytes.
struct WorkoutDetail {
  std::uint8_t type =
      0;  // 0 GPS step, 1 heart rate, 2 pause, 3 resume; 4-6 speeds and 8 swimming are not decoded
  std::uint8_t offset = 0;  // seconds, one byte; a smaller value than before means a wrap
  std::int16_t a = 0, b = 0,
               c = 0;  // GPS: longitude, latitude (1/3,000,000 degree) and altitude steps
  friend bool operator==(const WorkoutDetail&, const WorkoutDetail&) = default;
};
std::vector<WorkoutDetail> DecodeWorkoutDetails(Bytes payload, std::size_t* left_over = nullptr);
void Append(const WorkoutDetail& detail, ByteVector& out);

}  // namespace bk::codec::miband
