#include "codec/miband/clock.h"

namespace bk::codec::miband {

bool Clock::Valid() const {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return false;
  constexpr std::uint8_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (leap && month == 2 ? 1 : 0);
}

BandTime Clock::Local() const {
  return {MicrosFromCivil({year, month, day, hour, minute, second, 0})};
}

Clock ReadClock(ByteReader& reader) {
  Clock clock;
  clock.year = reader.Le16();
  clock.month = reader.U8();
  clock.day = reader.U8();
  clock.hour = reader.U8();
  clock.minute = reader.U8();
  clock.second = reader.U8();
  clock.quarter_hours = reader.I8();
  return clock;
}

void WriteClock(const Clock& clock, ByteWriter& writer) {
  writer.Le16(clock.year)
      .U8(clock.month)
      .U8(clock.day)
      .U8(clock.hour)
      .U8(clock.minute)
      .U8(clock.second)
      .U8(static_cast<std::uint8_t>(clock.quarter_hours));
}

Clock ClockFrom(BandTime local, std::int8_t quarter_hours) {
  const CivilTime civil = CivilFromMicros(local.us);
  Clock clock;
  clock.year = static_cast<std::uint16_t>(civil.year);
  clock.month = static_cast<std::uint8_t>(civil.month);
  clock.day = static_cast<std::uint8_t>(civil.day);
  clock.hour = static_cast<std::uint8_t>(civil.hour);
  clock.minute = static_cast<std::uint8_t>(civil.minute);
  clock.second = static_cast<std::uint8_t>(civil.second);
  clock.quarter_hours = quarter_hours;
  return clock;
}

std::optional<CurrentTime> DecodeCurrentTime(Bytes bytes) {
  if (bytes.size() != 11) return std::nullopt;
  ByteReader reader(bytes);
  CurrentTime time;
  time.clock.year = reader.Le16();
  time.clock.month = reader.U8();
  time.clock.day = reader.U8();
  time.clock.hour = reader.U8();
  time.clock.minute = reader.U8();
  time.clock.second = reader.U8();
  time.day_of_week = reader.U8();
  time.fractions_256 = reader.U8();
  time.adjust_reason = reader.U8();
  time.clock.quarter_hours = reader.I8();
  return time;
}

ByteVector Encode(const CurrentTime& time) {
  ByteVector out;
  ByteWriter(out)
      .Le16(time.clock.year)
      .U8(time.clock.month)
      .U8(time.clock.day)
      .U8(time.clock.hour)
      .U8(time.clock.minute)
      .U8(time.clock.second)
      .U8(time.day_of_week)
      .U8(time.fractions_256)
      .U8(time.adjust_reason)
      .U8(static_cast<std::uint8_t>(time.clock.quarter_hours));
  return out;
}

}  // namespace bk::codec::miband
