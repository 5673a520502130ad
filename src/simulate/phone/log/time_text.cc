#include "simulate/phone/log/time_text.h"

#include <fmt/format.h>

namespace bk::simulate {
using std::chrono::microseconds;

CivilTime CivilLocal(const Android& phone, microseconds at) {
  return CivilFromMicros(at.count() + std::int64_t{phone.clock.utc_offset_minutes} * 60'000'000);
}
std::string MonthDaySeconds(const Android& phone, microseconds at) {
  const CivilTime t = CivilLocal(phone, at);
  return fmt::format("{:02}-{:02} {:02}:{:02}:{:02}", t.month, t.day, t.hour, t.minute, t.second);
}
std::string MonthDayMillis(const Android& phone, microseconds at) {
  return fmt::format("{}.{:03}", MonthDaySeconds(phone, at), CivilLocal(phone, at).micros / 1000);
}
std::string SlashDate(const Android& phone, microseconds at) {
  const CivilTime t = CivilLocal(phone, at);
  return fmt::format("{:04}/{:02}/{:02} {:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour,
                     t.minute, t.second);
}
std::string TimeOfDayMillis(const Android& phone, microseconds at) {
  const CivilTime t = CivilLocal(phone, at);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", t.hour, t.minute, t.second, t.micros / 1000);
}
std::string ClockDuration(microseconds time) {
  const std::int64_t ms = time.count() / 1000;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     ms % 1000);
}
microseconds WallOf(const Android& phone, microseconds boot) {
  return phone.clock.wall - (phone.clock.boot - boot);
}

}  // namespace bk::simulate
