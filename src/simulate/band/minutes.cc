// What the band records of each minute, and where it keeps it.
#include <algorithm>

#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

// Some firmwares put a second classification in the high nibble and 0 in the low one: what the
// official app's capture shows of a person at a desk.
constexpr std::uint8_t kSeatedKinds[] = {0x50, 0x50, 0x60, 0x00, 0x1a, 0x50, 0x60, 0x70};

constexpr UtcMinute kPutBackMinutes = 60;

}  // namespace

mb::ActivitySample MinuteOf(const Band& band, UtcMinute minute) {
  const auto mix = [&](std::uint64_t what, std::int64_t step) {
    return Random::Mix(band.options.seed * 0x1'0001 + what * 0x9e37'79b9'7f4a'7c15ULL +
                       static_cast<std::uint64_t>(minute / step));
  };
  const std::uint64_t noise = mix(1, 1);
  mb::ActivitySample sample;
  if (band.state.battery.charging) {
    sample.kind = static_cast<std::uint8_t>(mb::ActivityKind::kCharging);
    return sample;
  }
  if (!band.state.worn) {
    sample.kind = static_cast<std::uint8_t>(mb::ActivityKind::kNotWorn);
    return sample;
  }
  const std::int64_t local = minute + ZoneMicros(band.state.clock.zone) / 60'000'000;
  const auto of_day = static_cast<int>(((local % 1440) + 1440) % 1440);
  const bool asleep = of_day >= 23 * 60 + 10 || of_day < 6 * 60 + 50;
  const bool walks = !asleep && mix(2, 15) % 5 == 0;
  int heart = 0;
  if (asleep) {
    const bool deep = mix(3, 30) % 3 == 0;
    sample.kind = static_cast<std::uint8_t>(deep ? mb::ActivityKind::kDeepSleep
                                                 : mb::ActivityKind::kLightSleep);
    sample.intensity = deep ? 0 : static_cast<std::uint8_t>(noise % 12);
    heart = 50 + static_cast<int>(noise >> 8 & 7);
  } else if (walks) {
    sample.kind = static_cast<std::uint8_t>(mb::ActivityKind::kActive);
    sample.steps = static_cast<std::uint8_t>(70 + noise % 50);
    sample.intensity = static_cast<std::uint8_t>(60 + (noise >> 8) % 60);
    heart = 95 + static_cast<int>(noise >> 16 & 31);
  } else {
    sample.kind = kSeatedKinds[noise % 8];
    sample.intensity = static_cast<std::uint8_t>((noise >> 8) % 40);
    sample.steps = (noise >> 20) % 9 == 0 ? static_cast<std::uint8_t>((noise >> 24) % 25) : 0;
    heart = 62 + static_cast<int>(noise >> 16 & 15);
  }
  const bool measures = (band.state.heart_every != 0 && minute % band.state.heart_every == 0) ||
                        (asleep && band.state.heart_in_sleep);
  sample.heart_rate = measures ? static_cast<std::uint8_t>(heart) : std::uint8_t{0xff};
  return sample;
}

void Record(Band& band, UtcMinute minute) {
  if (!band.Runs()) return;
  State& state = band.state;
  // A clock that was put back a little runs again through minutes that were recorded, and perhaps
  // fetched and deleted since: it waits until it is past them. Put back far (it had been wrong), it
  // records what the store does not have. A guess: what the real one does was never seen.
  if (minute <= state.newest) {
    if (state.newest - minute <= kPutBackMinutes) return;
    if (std::ranges::find(state.minutes, minute, &StoredMinute::minute) != state.minutes.end())
      return;
  }
  state.newest = std::max(state.newest, minute);
  const StoredMinute stored{minute, state.clock.zone, MinuteOf(band, minute)};
  state.minutes.push_back(stored);
  band.truth.recorded.push_back(stored);
  while (state.minutes.size() > band.options.minutes_max) {
    band.truth.deleted.push_back({state.minutes.front(), Deleted::Why::kOverwritten, 0, band.now});
    state.minutes.pop_front();
  }
  const std::int64_t local = minute + ZoneMicros(state.clock.zone) / 60'000'000;
  const std::int64_t day = local >= 0 ? local / 1440 : (local - 1439) / 1440;
  if (day != state.steps_day) state.steps_today = 0;
  state.steps_day = day;
  state.steps_today += stored.sample.steps;
}

void FillHistory(Band& band) {
  const UtcMinute now = UtcMicros(band, band.now) / 60'000'000;
  for (auto left = static_cast<std::int64_t>(band.options.history); left > 0; --left)
    Record(band, now - left);
}

}  // namespace bk::simulate::band
