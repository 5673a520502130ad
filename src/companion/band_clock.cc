#include "companion/band_clock.h"

namespace bk::companion {
namespace {
constexpr std::int64_t kQuarterUs = 15 * kMinuteUs;
}

std::int64_t UtcOf(const codec::miband::Clock& clock, std::int8_t zone) {
  const std::int8_t own =
      clock.quarter_hours == codec::miband::kZoneNotSet ? zone : clock.quarter_hours;
  return clock.Local().us - own * kQuarterUs;
}

codec::miband::Clock ClockIn(std::int8_t zone, std::int64_t utc_us) {
  return codec::miband::ClockFrom(BandTime{utc_us + zone * kQuarterUs}, zone);
}

}  // namespace bk::companion
