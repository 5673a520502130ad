#include "codec/miband/workout_summary.h"

#include <algorithm>
#include <bit>

namespace bk::codec::miband {
namespace {

constexpr std::uint16_t kFirstVersion = 512;
constexpr std::uint16_t kSkipsFour = 516, kHasMinHeartRate = 519;
constexpr std::size_t kStepsOf519 = 0x8c;  // absolute

// One list of the fields serves both directions, so that they cannot part.
class Reading {
 public:
  explicit Reading(Bytes bytes) : reader_(bytes) {}
  void operator()(std::uint8_t& value) { value = reader_.U8(); }
  void operator()(std::uint16_t& value) { value = reader_.Le16(); }
  void operator()(std::uint32_t& value) { value = reader_.Le32(); }
  void operator()(std::int16_t& value) { value = static_cast<std::int16_t>(reader_.Le16()); }
  void operator()(std::int32_t& value) { value = static_cast<std::int32_t>(reader_.Le32()); }
  void operator()(float& value) { value = std::bit_cast<float>(reader_.Le32()); }
  void SkipTo(std::size_t at) { reader_.Skip(at - std::min(at, reader_.at())); }
  [[nodiscard]] std::size_t at() const { return reader_.at(); }
  [[nodiscard]] bool failed() const { return reader_.failed(); }

 private:
  ByteReader reader_;
};

class Writing {
 public:
  explicit Writing(ByteVector& out) : out_(out), writer_(out) {}
  void operator()(std::uint8_t value) { writer_.U8(value); }
  void operator()(std::uint16_t value) { writer_.Le16(value); }
  void operator()(std::uint32_t value) { writer_.Le32(value); }
  void operator()(std::int16_t value) { writer_.Le16(static_cast<std::uint16_t>(value)); }
  void operator()(std::int32_t value) { writer_.Le32(static_cast<std::uint32_t>(value)); }
  void operator()(float value) { writer_.Le32(std::bit_cast<std::uint32_t>(value)); }
  void SkipTo(std::size_t at) { out_.resize(std::max(at, out_.size())); }
  [[nodiscard]] std::size_t at() const { return out_.size(); }

 private:
  ByteVector& out_;
  ByteWriter writer_;
};

template <class Way, class... Fields>
void Each(Way& way, Fields&&... fields) {
  (way(fields), ...);
}

template <class Way, class Summary>
void Head(Way& way, Summary& s) {
  Each(way, s.version, s.kind, s.start, s.end, s.base.longitude, s.base.latitude, s.base_altitude);
}

template <class Way, class Summary>
void Body(Way& way, Summary& s) {
  Each(way, s.steps, s.active_seconds, s.max_latitude, s.min_latitude, s.max_longitude,
       s.min_longitude, s.kilocalories, s.distance_m, s.ascent_m, s.descent_m, s.max_altitude_m,
       s.min_altitude_m, s.average_altitude_m);
  Each(way, s.max_speed, s.min_speed, s.average_speed, s.min_pace, s.max_pace, s.average_pace,
       s.max_cadence, s.min_cadence, s.average_cadence, s.max_stride, s.min_stride,
       s.average_stride, s.track_m, s.unknown);
  Each(way, s.average_heart_rate, s.average_pace_s_per_km, s.average_stride_cm, s.max_heart_rate);
}

template <class Way, class Part>
void More(Way& way, Part& part) {
  if constexpr (std::is_same_v<std::remove_const_t<Part>, Slopes>) {
    Each(way, part.unknown, part.ascent_m, part.ascent_ms, part.descent_m, part.descent_ms,
         part.flat_m, part.flat_ms);
  } else if constexpr (std::is_same_v<std::remove_const_t<Part>, Swimming>) {
    way(part.stroke_distance_m);
    for (auto& unknown : part.unknown) way(unknown);
    Each(way, part.strokes_per_second, part.lap_pace, part.unknown_after_pace, part.strokes,
         part.swolf, part.style, part.laps);
    for (auto& unknown : part.unknown_tail) way(unknown);
  }
}

struct Kind {
  std::uint16_t code;
  std::string_view name;
  enum class More : std::uint8_t { kNothing, kSlopes, kSwimming } more;
};
constexpr Kind kKinds[] = {
    {1, "outdoor running", Kind::More::kSlopes}, {2, "treadmill", Kind::More::kNothing},
    {3, "walking", Kind::More::kSlopes},         {4, "outdoor cycling", Kind::More::kSlopes},
    {5, "exercise", Kind::More::kNothing},       {6, "pool swimming", Kind::More::kSwimming},
    {8, "indoor cycling", Kind::More::kNothing}, {9, "elliptical", Kind::More::kNothing},
    {0x15, "jump rope", Kind::More::kNothing},   {0x17, "rowing machine", Kind::More::kNothing},
    {0x3c, "yoga", Kind::More::kNothing},
};

const Kind* Find(std::uint16_t code) {
  const auto* const found = std::ranges::find(kKinds, code, &Kind::code);
  return found == std::end(kKinds) ? nullptr : found;
}

}  // namespace

std::string_view SummaryKindName(std::uint16_t kind) {
  const Kind* const known = Find(kind);
  return known == nullptr ? std::string_view() : known->name;
}

std::optional<WorkoutSummary> DecodeWorkoutSummary(Bytes bytes) {
  Reading way(bytes);
  WorkoutSummary summary;
  Head(way, summary);
  if (way.failed() || summary.version < kFirstVersion) return std::nullopt;
  if (summary.version == kSkipsFour) way.SkipTo(way.at() + 4);
  if (summary.version == kHasMinHeartRate) {
    std::uint8_t unknown = 0;
    std::uint16_t heart_rate = 0;
    Each(way, unknown, heart_rate);
    summary.min_heart_rate = heart_rate;
    way.SkipTo(kStepsOf519);
  }
  Body(way, summary);
  if (way.failed()) return std::nullopt;
  const Kind* const kind = Find(summary.kind);
  if (kind == nullptr || kind->more == Kind::More::kNothing) return summary;
  if (kind->more == Kind::More::kSlopes)
    summary.more = Slopes{};
  else
    summary.more = Swimming{};
  std::visit([&](auto& part) { More(way, part); }, summary.more);
  // A band that ends early has said the rest.
  if (way.failed()) summary.more = std::monostate{};
  return summary;
}

ByteVector Encode(const WorkoutSummary& summary) {
  ByteVector out;
  Writing way(out);
  Head(way, summary);
  if (summary.version == kSkipsFour) way.SkipTo(way.at() + 4);
  if (summary.version == kHasMinHeartRate) {
    Each(way, std::uint8_t{0}, summary.min_heart_rate.value_or(0));
    way.SkipTo(kStepsOf519);
  }
  Body(way, summary);
  std::visit([&](const auto& part) { More(way, part); }, summary.more);
  return out;
}

}  // namespace bk::codec::miband
