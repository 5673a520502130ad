// All that a simulated band is, as plain data: what survives a restart (State), what lives as long
// as a link (LinkState), and what a test may know that no host can (Truth).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "codec/miband/activity.h"
#include "codec/miband/alert.h"
#include "codec/miband/attribute.h"
#include "codec/miband/chunked.h"
#include "codec/miband/configuration_arguments.h"
#include "codec/miband/fetch.h"
#include "ports/checksum.h"
#include "ports/cipher.h"
#include "simulate/band/quirks.h"

namespace bk::simulate::band {

using codec::miband::Attribute;
using codec::miband::ByteVector;
using ports::Block16;

// A minute of the world, counted from 1970 in UTC: unique whatever the zone.
using UtcMinute = std::int64_t;

struct StoredMinute {
  UtcMinute minute = 0;
  std::int8_t zone = 0;  // that the band had then, quarter hours
  codec::miband::ActivitySample sample;
  friend bool operator==(const StoredMinute&, const StoredMinute&) = default;
};

// The band's own clock: UTC microseconds at a moment of the radio's time, and how fast it runs.
struct ClockState {
  std::int64_t utc_us = 0;
  RadioTime at{};
  double ppm = 0;
  std::int8_t zone = -128;  // not set
  friend bool operator==(const ClockState&, const ClockState&) = default;
};

struct BatteryState {
  std::int64_t charge = 0;  // millionths of full
  bool charging = false;
  std::optional<std::int64_t> full_utc_us;         // a charge last reached full
  std::optional<std::int64_t> off_charger_utc_us;  // last left the charger
  std::uint8_t percent_off_charger = 100;
  friend bool operator==(const BatteryState&, const BatteryState&) = default;
};

struct ImageState {
  std::string version;             // "1.0.9.70"; of the firmware that runs
  std::string resources_version;   // differs: the screens miss parts, "resource pending"
  std::uint32_t firmware_crc = 0;  // 0: as delivered
  std::uint32_t resources_crc = 0, font_crc = 0, watch_face_crc = 0;
  bool bricked = false;  // runs a firmware of another model: never starts again
  [[nodiscard]] bool ResourcesPending() const { return version != resources_version; }
  friend bool operator==(const ImageState&, const ImageState&) = default;
};

struct State {
  Address address;
  std::string serial = "0123456789ab";
  std::string hardware = "0.25.131.5";
  std::optional<Block16> key;  // nullopt: not bound
  ClockState clock;
  BatteryState battery;
  ImageState images;
  bool worn = true;
  std::deque<StoredMinute> minutes;  // a ring, oldest first
  UtcMinute newest = INT64_MIN;      // that was recorded last
  std::uint32_t steps_today = 0;
  std::int64_t steps_day = 0;    // local days since 1970
  std::uint8_t heart_every = 0;  // minutes; 0 off
  bool heart_in_sleep = false;
  std::map<std::uint16_t, ByteVector> settings;  // of 0003: number -> arguments
  std::map<std::uint8_t, codec::miband::Alarm> alarms;
  std::map<std::uint8_t, ByteVector> user;  // of 0008: first byte -> all
  std::vector<codec::miband::ManualHeartRate> manual_heart;
  friend bool operator==(const State&, const State&) = default;
};

// A fetch of this link.
struct FetchState {
  bool started = false, streaming = false;
  codec::miband::FetchType type = codec::miband::FetchType::kActivity;
  ByteVector payload;              // what this round brings
  std::vector<UtcMinute> minutes;  // of type 01
  std::size_t sent = 0;            // of the payload
  std::uint32_t packets = 0;
  bool delivered = false;  // the end was said: an acknowledgement counts
  friend bool operator==(const FetchState&, const FetchState&) = default;
};

struct UpdateState {
  enum class Phase : std::uint8_t { kIdle, kReady, kReceiving, kReceived, kVerified };
  Phase phase = Phase::kIdle;
  codec::miband::UpdateType type = codec::miband::UpdateType::kFirmware;
  std::uint32_t size = 0, crc32 = 0, packets = 0;
  ByteVector data;
  friend bool operator==(const UpdateState&, const UpdateState&) = default;
};

struct HeartState {
  enum class Mode : std::uint8_t { kOff, kSingle, kContinuous };
  Mode mode = Mode::kOff;
  RadioTime next{}, expires{};
  friend bool operator==(const HeartState&, const HeartState&) = default;
};

struct LinkState {
  bool authenticated = false;
  std::optional<Block16> challenge;
  std::optional<Block16> bind_key;  // once the person taps
  std::optional<RadioTime> prompt_ends;
  std::set<Attribute> subscribed;
  std::uint16_t mtu = 23, mtu_told = 0;
  bool asked_open = false;  // `01 00`: a signature may follow
  codec::miband::ChunkJoiner chunks;
  FetchState fetch;
  UpdateState update;
  HeartState heart;
  RadioTime next_tick{};
};

struct Deleted {
  enum class Why : std::uint8_t { kAcknowledged, kOverwritten, kReset, kRestart };
  StoredMinute minute;
  Why why = Why::kAcknowledged;
  std::uint64_t link = 0;  // of the acknowledgement: the how-manieth since the band was made
  RadioTime at{};
  friend bool operator==(const Deleted&, const Deleted&) = default;
};

struct Truth {
  std::vector<StoredMinute> recorded;  // all, in the order of recording
  std::vector<Deleted> deleted;
  std::uint64_t links = 0;
  std::vector<codec::miband::AlertCategory> alerts;
  unsigned vibrations = 0;  // 2A06
  unsigned restarts = 0;
  unsigned refused_proofs = 0;
  unsigned ignored_writes = 0;  // protected, without authentication
};

}  // namespace bk::simulate::band
