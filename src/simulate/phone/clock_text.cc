#include "simulate/phone/clock_text.h"

#include <fmt/format.h>

#include "base/instant.h"

namespace bk::simulate {

std::string LocalTime(const Clock& clock, std::chrono::microseconds wall, bool millis) {
  const auto local = wall + std::chrono::minutes(clock.utc_offset_minutes);
  const CivilTime at = CivilFromMicros(local.count());
  std::string text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", at.year, at.month, at.day,
                                 at.hour, at.minute, at.second);
  if (millis) text += fmt::format(".{:03}", at.micros / 1'000);
  return text;
}

std::string LocalTime(const Clock& clock, bool millis) {
  return LocalTime(clock, clock.wall, millis);
}

std::string DurationText(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0";
  auto left = duration.count() < 0 ? -duration.count() : duration.count();
  std::string text = duration.count() < 0 ? "-" : "+";
  constexpr std::int64_t kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                         kDay = 24 * kHour;
  bool begun = false;
  for (const auto& [size, unit] :
       {std::pair{kDay, 'd'}, {kHour, 'h'}, {kMinute, 'm'}, {kSecond, 's'}}) {
    const auto count = left / size;
    left %= size;
    if (count == 0 && !begun) continue;
    text += fmt::format("{}{}", count, unit);
    begun = true;
  }
  return text + fmt::format("{}ms", left);
}

}  // namespace bk::simulate
