// Small pieces of plain words. Internal to this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bk::capture {

// "0.3 s", "12 s", "5 min 12 s", "3 h 4 min".
std::string DurationText(std::int64_t microseconds);
// "1 packet", "2 packets".
std::string CountText(std::uint64_t count, std::string_view one, std::string_view many);
// "48.75 ms", "30 ms".
std::string MillisecondsText(double milliseconds);

}  // namespace bk::capture
