// The band's local clocks as moments in UTC, so that minutes stay unique over zones and daylight
// saving.
#pragma once

#include <cstdint>

#include "codec/miband/clock.h"

namespace bk::companion {

inline constexpr std::int64_t kMinuteUs = 60'000'000;

// Microseconds since 1970 in UTC. A clock whose zone was never set is read in `zone`. Only for
// Valid() clocks.
std::int64_t UtcOf(const codec::miband::Clock& clock, std::int8_t zone);
// What a clock in this zone (quarter hours) shows then.
codec::miband::Clock ClockIn(std::int8_t zone, std::int64_t utc_us);

}  // namespace bk::companion
