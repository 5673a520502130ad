// Instants that carry their clock in the type.
//
// Five clocks meet in one case and none may be silently compared with another: an instant of one
// clock becomes an instant of another only through evidence::ClockMap, from moments that both
// sources saw.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace bk {

enum class ClockKind : std::uint8_t {
  kNone,   // no time known
  kSnoop,  // a capture's own stamps: microseconds since 1970 as the recorder's wall clock had them,
           // zone unknown or UTC
  kLogcat,  // a phone's local time without a year: microseconds since 1 January 00:00 of year 2000
            // (a leap year)
  kWall,  // wall time with year: microseconds since 1970, the phone's local time unless the source
          // states its zone
  kBoot,  // microseconds since the phone started
  kBand,  // the band's own clock, microseconds since 1970 in the zone that was last written to it
};

template <ClockKind kClock>
struct Instant {
  static constexpr ClockKind kKind = kClock;
  std::int64_t us = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
  friend constexpr std::int64_t operator-(Instant a, Instant b) { return a.us - b.us; }
};

using SnoopTime = Instant<ClockKind::kSnoop>;
using LogcatTime = Instant<ClockKind::kLogcat>;
using WallTime = Instant<ClockKind::kWall>;
using BootTime = Instant<ClockKind::kBoot>;
using BandTime = Instant<ClockKind::kBand>;

// The same with the clock known at run time: for timelines and places.
struct AnyInstant {
  ClockKind clock = ClockKind::kNone;
  std::int64_t us = 0;
  AnyInstant() = default;
  template <ClockKind kClock>
  AnyInstant(Instant<kClock> instant)
      : clock(kClock), us(instant.us) {}  // NOLINT: meant to convert
  [[nodiscard]] bool known() const { return clock != ClockKind::kNone; }
  friend bool operator==(const AnyInstant&, const AnyInstant&) = default;
};

struct CivilTime {
  int year, month, day, hour, minute, second, micros;
};

// Proleptic Gregorian calendar, no zone, no leap seconds.
std::int64_t MicrosFromCivil(const CivilTime& civil);
CivilTime CivilFromMicros(std::int64_t us);

// "2018-04-02 17:06:30.123456" (kSnoop, kWall, kBand), "04-02 17:06:30.123" (kLogcat),
// "+12.345678s" (kBoot), "" (kNone).
std::string FormatInstant(const AnyInstant& instant);

// "snoop", "logcat", "wall", "boot", "band", "none".
std::string_view ClockName(ClockKind clock);

}  // namespace bk
