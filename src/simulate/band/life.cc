// What happens by itself: minutes, ticks, restarts, and what the person does.
#include <algorithm>

#include "codec/miband/event.h"
#include "simulate/band/band_sim.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::int64_t kSecondMicros = 1'000'000;
constexpr std::int64_t kMinuteMicros = 60 * kSecondMicros;
constexpr RadioTime kTick{std::chrono::minutes(30)};  // event 0E
// Steps are told at second 58 of each minute (a log).
constexpr std::int64_t kStepsSecond = 58;

std::int64_t Floor(std::int64_t value, std::int64_t by) {
  return value >= 0 ? value / by : (value - by + 1) / by;
}
// The next moment strictly behind now at which the band's clock is `second` seconds into a minute.
RadioTime NextSecond(const Band& band, std::int64_t second) {
  const std::int64_t utc = UtcMicros(band, band.now);
  std::int64_t target = Floor(utc, kMinuteMicros) * kMinuteMicros + second * kSecondMicros;
  if (target <= utc) target += kMinuteMicros;
  return std::max(WhenUtc(band, target), band.now + RadioTime{1});
}

bool TellsSteps(const Band& band) {
  return band.connected && band.link.authenticated &&
         band.link.subscribed.contains(Attribute::kSteps);
}

}  // namespace

void BeginRestart(Band& band, bool reset) {
  band.restarts = true;
  band.resets = band.resets || reset;
  band.leaves = band.connected;
  if (!band.connected) Restart(band);
}

void Restart(Band& band) {
  band.restarts = false;
  const bool installs = band.link.update.phase == UpdateState::Phase::kVerified &&
                        band.link.update.type == mb::UpdateType::kFirmware;
  InstallStaged(band);
  ++band.truth.restarts;
  band.off_until = band.now + (installs ? band.quirks().install : band.quirks().restart);
  State& state = band.state;
  const bool reset = std::exchange(band.resets, false);
  if (reset || band.quirks().restart_wipes_minutes) {
    const auto why = reset ? Deleted::Why::kReset : Deleted::Why::kRestart;
    for (const StoredMinute& minute : state.minutes)
      band.truth.deleted.push_back({minute, why, 0, band.now});
    state.minutes.clear();
  }
  if (!reset) return;
  // What a reset leaves: the hardware, the firmware, the charge, and a clock without a zone.
  State fresh;
  fresh.serial = state.serial;
  fresh.hardware = state.hardware;
  fresh.images = state.images;
  fresh.battery.charge = state.battery.charge;
  fresh.battery.charging = state.battery.charging;
  fresh.clock = state.clock;
  fresh.clock.zone = mb::kZoneNotSet;
  fresh.worn = state.worn;
  // The two highest bits are set in every address that was seen.
  fresh.address.bits = (band.random.Next() & 0x3fff'ffff'ffff) | 0xc000'0000'0000;
  state = fresh;
}

std::optional<RadioTime> BandSim::NextTimer() const {
  const Band& band = band_;
  if (band.state.images.bricked) return std::nullopt;
  RadioTime next = NextSecond(band, 0);
  const auto sooner = [&](RadioTime at) { next = std::min(next, std::max(at, band.now)); };
  if (band.off_until) sooner(*band.off_until);
  if (!band.connected) return next;
  if (TellsSteps(band)) next = std::min(next, NextSecond(band, kStepsSecond));
  if (band.taps_at) sooner(*band.taps_at);
  if (band.link.prompt_ends) sooner(*band.link.prompt_ends);
  if (band.link.heart.mode != HeartState::Mode::kOff) sooner(band.link.heart.next);
  sooner(band.link.next_tick);
  return next;
}

std::optional<RadioTime> BandSim::Due() const {
  std::optional<RadioTime> next = NextTimer();
  if (!band_.connected) return next;
  for (const Saying& saying : band_.outbox)
    if (saying.ready > band_.now && (!next || saying.ready < *next)) next = saying.ready;
  return next;
}

void BandSim::Advance(RadioTime now) {
  for (auto next = NextTimer(); next && *next <= now; next = NextTimer()) {
    band_.now = std::max(band_.now, *next);
    Fire();
  }
  band_.now = std::max(band_.now, now);
}

void BandSim::Fire() {
  Band& band = band_;
  if (band.off_until && band.now >= *band.off_until) band.off_until.reset();
  const std::int64_t utc = UtcMicros(band, band.now);
  const UtcMinute minute = Floor(utc, kMinuteMicros);
  const bool minute_over = minute > band.minute_now;
  if (minute_over) {
    Record(band, minute - 1);
    band.minute_now = minute;
    BatteryMinute(band);
  }
  if (!band.connected) return;
  LinkState& link = band.link;
  if (minute_over) AutomaticHeart(band);
  if (TellsSteps(band) && Floor(utc, kSecondMicros) % 60 == kStepsSecond &&
      utc - Floor(utc, kSecondMicros) * kSecondMicros < 10)
    Say(band, Attribute::kSteps, ReadSteps(band), {});
  if (band.taps_at && band.now >= *band.taps_at) Tapped(band, true);
  if (link.prompt_ends && band.now >= *link.prompt_ends) Tapped(band, false);
  HeartTick(band);
  if (band.now >= link.next_tick) {
    link.next_tick = band.now + kTick;
    if (link.authenticated) SayEvent(band, mb::BytesOf(0x0e), {});
  }
}

void BandSim::Tap(RadioTime now, bool yes) {
  Advance(now);
  Tapped(band_, yes);
}

void BandSim::Charger(RadioTime now, bool on) {
  Advance(now);
  SetCharger(band_, on);
}

void BandSim::Wear(RadioTime now, bool on) {
  Advance(now);
  if (band_.state.worn && !on) SayEvent(band_, mb::BytesOf(0x06), {});
  band_.state.worn = on;
}

void BandSim::MeasureHeart(RadioTime now, std::uint8_t beats) {
  Advance(now);
  mb::ManualHeartRate sample;
  sample.unix_seconds = static_cast<std::uint32_t>(UtcMicros(band_, now) / kSecondMicros);
  sample.quarter_hours = band_.state.clock.zone;
  sample.beats_per_minute = beats;
  band_.state.manual_heart.push_back(sample);
}

void BandSim::Press(RadioTime now, ByteVector event) {
  Advance(now);
  SayEvent(band_, std::move(event), {});
}

void BandSim::RestartByHand(RadioTime now) {
  Advance(now);
  BeginRestart(band_, false);
}

void BandSim::ResetByHand(RadioTime now) {
  Advance(now);
  BeginRestart(band_, true);
}

}  // namespace bk::simulate::band
