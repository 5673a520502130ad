#include "base/instant.h"

#include <fmt/format.h>

#include <chrono>

namespace bk {
namespace {
constexpr std::int64_t kDay = 86'400'000'000;
}

std::int64_t MicrosFromCivil(const CivilTime& civil) {
  using namespace std::chrono;
  const sys_days days = year{civil.year} / month{static_cast<unsigned>(civil.month)} /
                        day{static_cast<unsigned>(civil.day)};
  return days.time_since_epoch().count() * kDay +
         ((civil.hour * 60LL + civil.minute) * 60 + civil.second) * 1'000'000 + civil.micros;
}

CivilTime CivilFromMicros(std::int64_t us) {
  using namespace std::chrono;
  std::int64_t day_number = us / kDay, rest = us % kDay;
  if (rest < 0) rest += kDay, --day_number;
  const year_month_day date{sys_days{days{static_cast<int>(day_number)}}};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .hour = static_cast<int>(rest / 3'600'000'000),
          .minute = static_cast<int>(rest / 60'000'000 % 60),
          .second = static_cast<int>(rest / 1'000'000 % 60),
          .micros = static_cast<int>(rest % 1'000'000)};
}

std::string FormatInstant(const AnyInstant& instant) {
  switch (instant.clock) {
    case ClockKind::kNone:
      return "";
    case ClockKind::kBoot:
      return fmt::format("+{}.{:06}s", instant.us / 1'000'000, instant.us % 1'000'000);
    case ClockKind::kLogcat: {
      const CivilTime t = CivilFromMicros(instant.us);
      return fmt::format("{:02}-{:02} {:02}:{:02}:{:02}.{:03}", t.month, t.day, t.hour, t.minute,
                         t.second, t.micros / 1000);
    }
    case ClockKind::kSnoop:
    case ClockKind::kWall:
    case ClockKind::kBand: {
      const CivilTime t = CivilFromMicros(instant.us);
      return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", t.year, t.month, t.day,
                         t.hour, t.minute, t.second, t.micros);
    }
  }
  return "";
}

std::string_view ClockName(ClockKind clock) {
  switch (clock) {
    case ClockKind::kSnoop:
      return "snoop";
    case ClockKind::kLogcat:
      return "logcat";
    case ClockKind::kWall:
      return "wall";
    case ClockKind::kBoot:
      return "boot";
    case ClockKind::kBand:
      return "band";
    case ClockKind::kNone:
      break;
  }
  return "none";
}

}  // namespace bk
