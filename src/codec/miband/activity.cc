#include "codec/miband/activity.h"

namespace bk::codec::miband {
namespace {

template <class Record, class Read>
std::vector<Record> Records(Bytes payload, std::size_t size, std::size_t* left_over, Read read) {
  std::vector<Record> records;
  records.reserve(payload.size() / size);
  ByteReader reader(payload);
  while (reader.left() >= size) records.push_back(read(reader));
  if (left_over) *left_over = reader.left();
  return records;
}

}  // namespace

ActivityKind KindOf(const ActivitySample& sample) {
  return static_cast<ActivityKind>(sample.kind & 0x0f);
}

std::string_view ActivityKindName(ActivityKind kind) {
  switch (kind) {
    case ActivityKind::kNoChange:
      return "no change";
    case ActivityKind::kActive:
      return "active";
    case ActivityKind::kRunning:
      return "running";
    case ActivityKind::kNotWorn:
      return "not worn";
    case ActivityKind::kCycling:
      return "cycling";
    case ActivityKind::kCharging:
      return "charging";
    case ActivityKind::kLightSleep:
      return "light sleep";
    case ActivityKind::kIgnore:
      return "ignore";
    case ActivityKind::kDeepSleep:
      return "deep sleep";
    case ActivityKind::kWokeUp:
      return "woke up";
  }
  return "unknown";
}

std::vector<ActivitySample> DecodeActivity(Bytes payload, std::size_t* left_over) {
  return Records<ActivitySample>(payload, kActivitySampleBytes, left_over, [](ByteReader& reader) {
    ActivitySample sample;
    sample.kind = reader.U8();
    sample.intensity = reader.U8();
    sample.steps = reader.U8();
    sample.heart_rate = reader.U8();
    return sample;
  });
}

void Append(const ActivitySample& sample, ByteVector& out) {
  ByteWriter(out).U8(sample.kind).U8(sample.intensity).U8(sample.steps).U8(sample.heart_rate);
}

std::vector<ManualHeartRate> DecodeManualHeartRate(Bytes payload, std::size_t* left_over) {
  return Records<ManualHeartRate>(payload, 6, left_over, [](ByteReader& reader) {
    ManualHeartRate sample;
    sample.unix_seconds = reader.Le32();
    sample.quarter_hours = reader.I8();
    sample.beats_per_minute = reader.U8();
    return sample;
  });
}

void Append(const ManualHeartRate& sample, ByteVector& out) {
  ByteWriter(out)
      .Le32(sample.unix_seconds)
      .U8(static_cast<std::uint8_t>(sample.quarter_hours))
      .U8(sample.beats_per_minute);
}

std::vector<WorkoutDetail> DecodeWorkoutDetails(Bytes payload, std::size_t* left_over) {
  return Records<WorkoutDetail>(payload, 8, left_over, [](ByteReader& reader) {
    WorkoutDetail detail;
    detail.type = reader.U8();
    detail.offset = reader.U8();
    detail.a = static_cast<std::int16_t>(reader.Le16());
    detail.b = static_cast<std::int16_t>(reader.Le16());
    detail.c = static_cast<std::int16_t>(reader.Le16());
    return detail;
  });
}

void Append(const WorkoutDetail& detail, ByteVector& out) {
  ByteWriter(out)
      .U8(detail.type)
      .U8(detail.offset)
      .Le16(static_cast<std::uint16_t>(detail.a))
      .Le16(static_cast<std::uint16_t>(detail.b))
      .Le16(static_cast<std::uint16_t>(detail.c));
}

}  // namespace bk::codec::miband
