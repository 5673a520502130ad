// Battery, steps and heart rate.
#include <algorithm>

#include "codec/miband/battery.h"
#include "codec/miband/heart_rate.h"
#include "codec/miband/steps.h"
#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::int64_t kFull = 1'000'000;
// Twenty days on a charge (the maker's figure), two hours on the charger.
constexpr std::int64_t kDrainPerMinute = kFull / (20 * 1440);
constexpr std::int64_t kChargePerMinute = kFull / 120;
constexpr RadioTime kSingleMeasure{std::chrono::seconds(8)};  // "order of 10 s"
constexpr RadioTime kContinuousStep{std::chrono::seconds(2)};

mb::Clock ClockOr1970(const Band& band, const std::optional<std::int64_t>& utc) {
  if (utc) return LocalClock(band, *utc);
  return {1970, 1, 1, 0, 0, 0, 0};
}

// Energy and way as the reference's example has them: 10,972 steps, 7,874 m, 321 kcal.
mb::Steps StepsOf(std::uint32_t steps) {
  mb::Steps out;
  out.steps = steps;
  out.metres = static_cast<std::uint32_t>(std::uint64_t{steps} * 7177 / 10'000);
  out.kilocalories = static_cast<std::uint32_t>(std::uint64_t{steps} * 293 / 10'000);
  return out;
}

void SayBattery(Band& band) { Say(band, Attribute::kBattery, ReadBattery(band), {}); }

}  // namespace

std::uint8_t Percent(const Band& band) {
  return static_cast<std::uint8_t>((band.state.battery.charge * 100 + kFull - 1) / kFull);
}

ByteVector ReadBattery(const Band& band) {
  const BatteryState& battery = band.state.battery;
  mb::Battery out;
  out.percent = Percent(band);
  out.charging = battery.charging;
  out.last_full = ClockOr1970(band, battery.full_utc_us);
  out.off_charger = ClockOr1970(band, battery.off_charger_utc_us);
  out.percent_off_charger = battery.percent_off_charger;
  return Encode(out);
}

void BatteryMinute(Band& band) {
  BatteryState& battery = band.state.battery;
  const std::uint8_t before = Percent(band);
  if (battery.charging) {
    const bool was_full = battery.charge >= kFull;
    battery.charge = std::min(kFull, battery.charge + kChargePerMinute);
    if (!was_full && battery.charge >= kFull) battery.full_utc_us = UtcMicros(band, band.now);
  } else {
    battery.charge = std::max<std::int64_t>(0, battery.charge - kDrainPerMinute);
  }
  if (battery.charge == 0 && before != 0) {
    // Empty: it just stops.
    band.leaves = band.leaves_silently = true;
    return;
  }
  if (Percent(band) != before) SayBattery(band);
}

void SetCharger(Band& band, bool on) {
  BatteryState& battery = band.state.battery;
  if (battery.charging == on) return;
  battery.charging = on;
  if (!on) {
    battery.off_charger_utc_us = UtcMicros(band, band.now);
    battery.percent_off_charger = Percent(band);
  } else if (battery.charge == 0) {
    battery.charge = kChargePerMinute;
  }
  SayBattery(band);
}

ByteVector ReadSteps(const Band& band) {
  // Before authentication: the short form with zeros that a band gives which is not set up yet.
  if (!band.link.authenticated) return Encode(mb::Steps{0, 0, {}, {}});
  return Encode(StepsOf(band.state.steps_today));
}

std::uint8_t HeartControlWrite(Band& band, Bytes bytes) {
  const auto control = mb::DecodeHeartRateControl(bytes);
  if (!control) return kInvalidLength;
  HeartState& heart = band.link.heart;
  switch (control->command) {
    case mb::HeartRateCommand::kSleepAssist:
      band.state.heart_in_sleep = control->value != 0;
      break;
    case mb::HeartRateCommand::kEveryMinutes:
      band.state.heart_every = control->value;
      break;
    case mb::HeartRateCommand::kSingle:
      heart = HeartState{};
      if (control->value != 0)
        heart = {HeartState::Mode::kSingle, band.now + kSingleMeasure, RadioTime::max()};
      break;
    case mb::HeartRateCommand::kContinuous:
      heart = HeartState{};
      if (control->value != 0)
        heart = {HeartState::Mode::kContinuous, band.now + kContinuousStep,
                 band.now + band.quirks().heart_keep_alive};
      break;
    case mb::HeartRateCommand::kKeepAlive:
      if (heart.mode == HeartState::Mode::kContinuous)
        heart.expires = band.now + band.quirks().heart_keep_alive;
      break;
  }
  return 0;
}

void AutomaticHeart(Band& band) {
  if (band.state.heart_every == 0 || band.truth.recorded.empty()) return;
  const StoredMinute& last = band.truth.recorded.back();
  if (last.minute != band.minute_now - 1 || last.sample.heart_rate == 0xff) return;
  // Two or three within as many seconds, in a log.
  for (const int second : {0, 1})
    Say(band, Attribute::kHeartRate, Encode(mb::HeartRate{last.sample.heart_rate}),
        std::chrono::seconds(second));
}

void HeartTick(Band& band) {
  HeartState& heart = band.link.heart;
  if (heart.mode == HeartState::Mode::kOff || band.now < heart.next) return;
  if (band.now >= heart.expires) {
    heart = HeartState{};
    return;
  }
  const bool touches = band.state.worn && !band.state.battery.charging;
  const auto beats = static_cast<std::uint8_t>(touches ? band.random.Between(58, 96) : 0);
  Say(band, Attribute::kHeartRate, Encode(mb::HeartRate{beats}), {});
  if (heart.mode == HeartState::Mode::kSingle)
    heart = HeartState{};
  else
    heart.next += kContinuousStep;
}

}  // namespace bk::simulate::band
