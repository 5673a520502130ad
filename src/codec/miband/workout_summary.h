// The summary of a workout (fetch type 05): one record per workout, layout of version 512 and
// later, which is what the Mi Smart Band 4 sends (reference 6.8; which version each firmware sends
// is not known). Older bands' layout is not read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// "None" of altitudes as the band writes it.
inline constexpr float kNoAltitudeMin = 100'000, kNoAltitudeMax = -100'000;

// Degrees x 3,000,000.
struct Place {
  std::int32_t longitude = 0, latitude = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

// Running, cycling, hiking: how it went up and down. Metres and milliseconds.
struct Slopes {
  std::int32_t unknown = 0;
  float ascent_m = 0;
  std::int32_t ascent_ms = 0;
  float descent_m = 0;
  std::int32_t descent_ms = 0;
  float flat_m = 0;
  std::int32_t flat_ms = 0;
  friend bool operator==(const Slopes&, const Slopes&) = default;
};
struct Swimming {
  float stroke_distance_m = 0;
  std::array<std::int32_t, 5> unknown{};
  float strokes_per_second = 0;
  float lap_pace = 0;
  std::int32_t unknown_after_pace = 0;
  std::int16_t strokes = 0;
  std::int16_t swolf = 0;
  std::uint8_t style = 0;  // 1 breast, 2 free, 3 back, 4 medley
  std::uint8_t laps = 0;
  std::array<std::int32_t, 2> unknown_tail{};
  friend bool operator==(const Swimming&, const Swimming&) = default;
};

struct WorkoutSummary {
  std::uint16_t version = 0;         // 512 and more
  std::uint16_t kind = 0;            // SummaryKindName
  std::uint32_t start = 0, end = 0;  // seconds; only their difference is relied on
  Place base;
  std::int32_t base_altitude = 0;
  std::optional<std::uint16_t> min_heart_rate;  // version 519
  std::int32_t steps = 0, active_seconds = 0;
  std::int32_t max_latitude = 0, min_latitude = 0, max_longitude = 0, min_longitude = 0;
  float kilocalories = 0, distance_m = 0;
  float ascent_m = 0, descent_m = 0;
  float max_altitude_m = kNoAltitudeMax, min_altitude_m = kNoAltitudeMin, average_altitude_m = 0;
  // Metres a second; seconds a metre; steps a second; metres.
  float max_speed = 0, min_speed = 0, average_speed = 0;
  float min_pace = 0, max_pace = 0, average_pace = 0;
  float max_cadence = 0, min_cadence = 0, average_cadence = 0;
  float max_stride = 0, min_stride = 0, average_stride = 0;
  float track_m = 0;
  std::int32_t unknown = 0;
  std::int16_t average_heart_rate = 0, average_pace_s_per_km = 0, average_stride_cm = 0,
               max_heart_rate = 0;
  std::variant<std::monostate, Slopes, Swimming> more;  // nothing: a workout of another kind
  // NaNs of foreign bytes make two equal summaries unequal.
  friend bool operator==(const WorkoutSummary&, const WorkoutSummary&) = default;
};
std::optional<WorkoutSummary> DecodeWorkoutSummary(Bytes bytes);
ByteVector Encode(const WorkoutSummary& summary);
// "outdoor running"; "" = not known. Not the code of the event (workout.h).
std::string_view SummaryKindName(std::uint16_t kind);

}  // namespace bk::codec::miband
