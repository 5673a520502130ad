// Times as the band writes them: local time with a zone in quarter hours, daylight saving included.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/instant.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// Reported until a host has set the zone.
inline constexpr std::int8_t kZoneNotSet = -128;

// year16 month day hour minute second zone: 8 bytes in fetch and battery messages.
struct Clock {
  std::uint16_t year = 0;
  std::uint8_t month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::int8_t quarter_hours = 0;
  friend bool operator==(const Clock&, const Clock&) = default;
  // Whether the fields are a date and time at all. Foreign bytes decode whatever they hold.
  [[nodiscard]] bool Valid() const;
  // Local time of the band. Only for Valid() clocks.
  [[nodiscard]] BandTime Local() const;
  // Whether the year says that the clock was ever set: 1970 is the band's own "never".
  [[nodiscard]] bool Set() const { return Valid() && year >= 2000; }
};
Clock ReadClock(ByteReader& reader);
void WriteClock(const Clock& clock, ByteWriter& writer);
Clock ClockFrom(BandTime local, std::int8_t quarter_hours);

// Characteristic 2A2B: 11 bytes, one more than the SIG's. Read, written (write request) and
// notified.
struct CurrentTime {
  Clock clock;                   // offsets 0-6 and 10
  std::uint8_t day_of_week = 0;  // 1 = Monday .. 7; the band computes it itself
  std::uint8_t fractions_256 = 0;
  std::uint8_t adjust_reason = 0;  // some clients write the SIG's daylight-saving code here
  friend bool operator==(const CurrentTime&, const CurrentTime&) = default;
};
std::optional<CurrentTime> DecodeCurrentTime(Bytes bytes);
ByteVector Encode(const CurrentTime& time);

}  // namespace bk::codec::miband
