// A phone's times as its dumps write them.
#pragma once

#include <chrono>
#include <string>

#include "simulate/phone/flavour.h"

namespace bk::simulate {

// "2024-03-02 08:00:11.123": the phone's local time; without the part behind the second if not
// `millis`.
std::string LocalTime(const Clock& clock, bool millis = true);
// The same for another moment of that phone, since 1970 in UTC.
std::string LocalTime(const Clock& clock, std::chrono::microseconds wall, bool millis = true);

// "+8h20m42s664ms", "-4s0ms", "0": android.util.TimeUtils.formatDuration.
std::string DurationText(std::chrono::milliseconds duration);

}  // namespace bk::simulate
