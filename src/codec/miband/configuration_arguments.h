// What follows a setting's number (configuration.h) where it is more than a switch, and what the
// band answers with.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// on, from, to: kLiftWrist, kDisconnectAlert. All times zero: always.
struct DayWindow {
  bool on = false;
  std::uint8_t from_hour = 0, from_minute = 0, to_hour = 0, to_minute = 0;
  friend bool operator==(const DayWindow&, const DayWindow&) = default;
};
std::optional<DayWindow> DecodeDayWindow(Bytes arguments);
ByteVector Encode(const DayWindow& window);

struct Alarm {
  std::uint8_t slot = 0;  // 0-15
  bool enabled = false;
  bool no_snooze = false;
  std::uint8_t hour = 0, minute = 0;
  std::uint8_t days = 0;  // bit 0 Monday .. bit 6 Sunday; 0x80 once
  friend bool operator==(const Alarm&, const Alarm&) = default;
};
std::optional<Alarm> DecodeAlarm(Bytes arguments);  // of kAlarm
ByteVector Encode(const Alarm& alarm);

struct NightMode {
  enum class When : std::uint8_t { kOff = 0, kScheduled = 1, kSunset = 2 };
  When when = When::kOff;
  std::uint8_t from_hour = 0, from_minute = 0, to_hour = 0, to_minute = 0;  // of kScheduled
  friend bool operator==(const NightMode&, const NightMode&) = default;
};
std::optional<NightMode> DecodeNightMode(Bytes arguments);
ByteVector Encode(const NightMode& mode);

struct Inactivity {
  bool on = false;
  std::uint16_t minutes = 60;
  std::uint8_t from1_hour = 0, from1_minute = 0, to1_hour = 0, to1_minute = 0;
  std::uint8_t from2_hour = 0, from2_minute = 0, to2_hour = 0, to2_minute = 0;
  friend bool operator==(const Inactivity&, const Inactivity&) = default;
};
std::optional<Inactivity> DecodeInactivity(Bytes arguments);
ByteVector Encode(const Inactivity& inactivity);

// Alarms as the band lists them, asked for with `FF 01`: the payload of a LongReply of type 01, one
// byte that nobody has explained and records as of kAlarm.
struct AlarmList {
  std::uint8_t unknown = 0;
  std::vector<Alarm> alarms;
  friend bool operator==(const AlarmList&, const AlarmList&) = default;
};
std::optional<AlarmList> DecodeAlarmList(Bytes payload);
ByteVector Encode(const AlarmList& list);

// The short list, data of the reply to kAlarms: which slots are in use, without times.
struct AlarmSlots {
  struct Slot {
    std::uint8_t slot = 0;  // 0-15
    bool enabled = false;
    friend bool operator==(const Slot&, const Slot&) = default;
  };
  std::array<std::uint8_t, 5> unknown{};
  std::vector<Slot> slots;  // at most 255
  friend bool operator==(const AlarmSlots&, const AlarmSlots&) = default;
};
std::optional<AlarmSlots> DecodeAlarmSlots(Bytes data);
ByteVector Encode(const AlarmSlots& slots);

// Of kDisplayItems, as firmware before 1.0.9 takes them; later ones: Menu (band_settings.h). Items:
// 0 clock (always), 1 notifications, 2 weather, 3 activity, 4 more, 5 status, 6 heart rate, 7
// timer, 8 NFC.
struct DisplayItems {
  std::uint16_t shown = 1;  // bit n: item n
  std::array<std::uint8_t, 9> positions{};
  friend bool operator==(const DisplayItems&, const DisplayItems&) = default;
};
std::optional<DisplayItems> DecodeDisplayItems(Bytes arguments);
ByteVector Encode(const DisplayItems& items);

// Of kDoNotDisturb. Known of the family; the Mi Smart Band 4 has it in its own menu only.
struct DoNotDisturb {
  enum class When : std::uint8_t { kScheduled = 1, kOff = 2, kAutomatic = 3 };
  When when = When::kOff;
  bool lift_wakes = false;  // lifting the wrist still wakes the display
  std::uint8_t from_hour = 0, from_minute = 0, to_hour = 0, to_minute = 0;  // of kScheduled
  friend bool operator==(const DoNotDisturb&, const DoNotDisturb&) = default;
};
std::optional<DoNotDisturb> DecodeDoNotDisturb(Bytes arguments);
ByteVector Encode(const DoNotDisturb& wish);

// Of kHeartRateAlert.
struct HeartRateAlert {
  bool on = false;
  std::uint8_t beats_per_minute = 0;  // and more
  friend bool operator==(const HeartRateAlert&, const HeartRateAlert&) = default;
};
std::optional<HeartRateAlert> DecodeHeartRateAlert(Bytes arguments);
ByteVector Encode(const HeartRateAlert& alert);

// Of kPin. Secret: the digits point into the caller's bytes; never print them.
struct Pin {
  bool on = false;
  std::string_view digits;  // four, 1 to 4
};
std::optional<Pin> DecodePin(Bytes arguments);
ByteVector Encode(const Pin& pin);

// Of kWatchFace: announces a watch face before its upload.
struct WatchFaceAnnounced {
  std::array<std::uint8_t, 4> id{};  // at 18 in its file
  friend bool operator==(const WatchFaceAnnounced&, const WatchFaceAnnounced&) = default;
};
std::optional<WatchFaceAnnounced> DecodeWatchFaceAnnounced(Bytes arguments);
ByteVector Encode(const WatchFaceAnnounced& face);

}  // namespace bk::codec::miband
