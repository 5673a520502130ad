// The band's clock: local time and zone on the wire, UTC within.
#include "codec/miband/clock.h"

#include <cmath>

#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

std::int64_t UtcMicros(const Band& band, RadioTime now) {
  const ClockState& clock = band.state.clock;
  const std::int64_t passed = (now - clock.at).count();
  return clock.utc_us + passed +
         static_cast<std::int64_t>(std::floor(static_cast<double>(passed) * clock.ppm / 1e6));
}

RadioTime WhenUtc(const Band& band, std::int64_t utc_us) {
  const ClockState& clock = band.state.clock;
  const auto distance = static_cast<double>(utc_us - clock.utc_us);
  RadioTime when =
      clock.at + RadioTime{static_cast<std::int64_t>(distance / (1 + clock.ppm / 1e6))};
  while (UtcMicros(band, when) >= utc_us) when -= RadioTime{1};
  while (UtcMicros(band, when) < utc_us) when += RadioTime{1};
  return when;
}

std::int64_t ZoneMicros(std::int8_t zone) {
  return zone == mb::kZoneNotSet ? 0 : std::int64_t{zone} * 15 * 60 * 1'000'000;
}

mb::Clock LocalClock(const Band& band, std::int64_t utc_us) {
  const std::int8_t zone = band.state.clock.zone;
  return mb::ClockFrom(BandTime{utc_us + ZoneMicros(zone)}, zone);
}

ByteVector ReadTime(const Band& band) {
  const std::int64_t utc = UtcMicros(band, band.now);
  mb::CurrentTime time;
  time.clock = LocalClock(band, utc);
  if (band.faults().forgets_zone) time.clock.quarter_hours = mb::kZoneNotSet;
  const std::int64_t local = utc + ZoneMicros(band.state.clock.zone);
  constexpr std::int64_t kDay = 86'400'000'000;
  // 1970-01-01 was a Thursday.
  const std::int64_t day = local >= 0 ? local / kDay : (local - kDay + 1) / kDay;
  time.day_of_week = static_cast<std::uint8_t>(((day + 3) % 7 + 7) % 7 + 1);
  time.fractions_256 =
      static_cast<std::uint8_t>((local % 1'000'000 + 1'000'000) % 1'000'000 * 256 / 1'000'000);
  return Encode(time);
}

std::uint8_t WriteTime(Band& band, Bytes bytes) {
  const auto time = mb::DecodeCurrentTime(bytes);
  if (!time) return kInvalidLength;
  // What is no date is not taken; nobody knows what the real one answers.
  if (!time->clock.Valid()) return 0;
  ClockState& clock = band.state.clock;
  const UtcMinute before = UtcMicros(band, band.now) / 60'000'000;
  clock.zone = time->clock.quarter_hours;
  clock.utc_us = time->clock.Local().us - ZoneMicros(clock.zone) +
                 std::int64_t{time->fractions_256} * 1'000'000 / 256;
  clock.at = band.now;
  // The minute that was running is over when the clock is put past its end.
  band.minute_now = clock.utc_us / 60'000'000;
  if (band.minute_now > before) Record(band, before);
  return 0;
}

}  // namespace bk::simulate::band
