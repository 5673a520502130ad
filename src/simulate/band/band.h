// The inside of a simulated band, shared by its procedures (one file each). A value: a copy goes on
// independently. BandSim (band_sim.h) is its face.
#pragma once

#include <string_view>
#include <utility>

#include "simulate/band/state.h"

namespace bk::simulate::band {

struct Options {
  std::uint64_t seed = 1;
  Address address{0xc0'ff'ee'12'34'56};
  std::optional<Block16> key;  // bound with it; nullopt: never bound
  std::int64_t utc_us =
      1'719'833'696'000'000;  // the band's clock at radio time 0: 2024-07-01 11:34:56
  std::int8_t zone = -128;    // quarter hours; -128: no host has set it
  unsigned percent = 80;
  std::size_t minutes_max = 20'160;  // 14 days; the real capacity is not known
  std::size_t history = 0;           // minutes recorded before radio time 0, the last just now
  std::string version = "1.0.9.70";
  std::string resources_version;  // empty: of the firmware's version
  bool worn = true;
  // The person taps this long after the question; nullopt: nobody does until Tap() or Refuse().
  std::optional<RadioTime> taps_after;
  std::optional<Block16> challenge;  // the first one, for a session that is known byte by byte
  Quirks quirks;
  Faults faults;
};

struct Saying {
  RadioTime ready;
  Attribute attribute;
  ByteVector bytes;
};

struct Answer {
  std::uint8_t error = 0;  // ATT
  ByteVector bytes;        // of a read
};
inline constexpr std::uint8_t kReadNotPermitted = 0x02, kWriteNotPermitted = 0x03,
                              kInsufficientAuthentication = 0x05, kInvalidLength = 0x0d;

struct Band {
  Options options;
  State state;
  LinkState link;
  Truth truth;
  Random random;
  const ports::Cipher* cipher = nullptr;
  const ports::Checksum* checksum = nullptr;

  RadioTime now{};           // the last that it was told
  UtcMinute minute_now = 0;  // that runs, by its own clock
  bool connected = false;
  bool leaves = false;                 // ends the link when all is said
  bool leaves_silently = false;        // its battery is empty
  std::vector<Saying> outbox;          // what is to be notified, in order per attribute
  std::optional<RadioTime> off_until;  // restarts; its clock goes on
  bool restarts = false;               // once the link is gone
  bool resets = false;                 // erases all, too
  std::optional<RadioTime> taps_at;    // the person

  [[nodiscard]] const Quirks& quirks() const { return options.quirks; }
  [[nodiscard]] const Faults& faults() const { return options.faults; }
  // Alive and able to talk.
  [[nodiscard]] bool Runs() const {
    return !off_until && !state.images.bricked && state.battery.charge > 0;
  }
};

// --- common
void Say(Band& band, Attribute attribute, ByteVector bytes, RadioTime delay);
inline void Reply(Band& band, Attribute attribute, ByteVector bytes) {
  Say(band, attribute, std::move(bytes), band.quirks().reply);
}
void SayEvent(Band& band, ByteVector bytes, RadioTime delay);
// Hangs up when all is said, and restarts; `reset`: erases all first, and takes another address.
void BeginRestart(Band& band, bool reset);
void Restart(Band& band);  // with the link gone

// --- clock.cc
std::int64_t UtcMicros(const Band& band, RadioTime now);
RadioTime WhenUtc(const Band& band, std::int64_t utc_us);  // the first moment that is not before
std::int64_t ZoneMicros(std::int8_t zone);                 // 0 when it was never set
codec::miband::Clock LocalClock(const Band& band, std::int64_t utc_us);
ByteVector ReadTime(const Band& band);
std::uint8_t WriteTime(Band& band, Bytes bytes);  // ATT error

// --- minutes.cc
codec::miband::ActivitySample MinuteOf(const Band& band, UtcMinute minute);
void Record(Band& band, UtcMinute minute);
void FillHistory(Band& band);

// --- auth.cc
void AuthWrite(Band& band, Bytes bytes);
void BindSignature(Band& band, Bytes message);
void Tapped(Band& band, bool yes);

// --- configuration.cc
void ConfigurationWrite(Band& band, Bytes bytes);
std::uint8_t UserSettingsWrite(Band& band, Bytes bytes);

// --- fetch.cc
void FetchWrite(Band& band, Bytes bytes);
// The next data packet, or the word at the end; nullopt: nothing flows.
std::optional<Saying> FetchNext(Band& band);

// --- update.cc
void UpdateControlWrite(Band& band, Bytes bytes);
void UpdateDataWrite(Band& band, Bytes bytes);
void InstallStaged(Band& band);  // at the restart

// --- sensors.cc
ByteVector ReadBattery(const Band& band);
ByteVector ReadSteps(const Band& band);
std::uint8_t HeartControlWrite(Band& band, Bytes bytes);
void HeartTick(Band& band);
void AutomaticHeart(Band& band);  // at the end of a minute in which it measured by itself
// A minute of the battery has passed.
void BatteryMinute(Band& band);
void SetCharger(Band& band, bool on);
std::uint8_t Percent(const Band& band);

// --- alerts.cc
void AlertWrite(Band& band, Bytes bytes);
void ImmediateWrite(Band& band, Bytes bytes);
void ChunkWrite(Band& band, Bytes bytes);

}  // namespace bk::simulate::band
