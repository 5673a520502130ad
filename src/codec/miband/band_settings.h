// Settings too long for the configuration characteristic: chunked transfer, type 2 (reference 9.6),
// and the one-off vibration of the immediate alert (9.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// 0B. Texts point into the caller's bytes and must hold no NUL.
struct Reminder {
  struct End {
    std::uint16_t year = 0;
    std::uint8_t month = 0, day = 0, hour = 0, minute = 0;
    friend bool operator==(const End&, const End&) = default;
  };
  std::uint8_t slot = 0;  // clients use 22
  bool enabled = false;
  bool has_end = false;
  std::uint8_t weekdays = 0;  // bit 0 Monday .. bit 6 Sunday; all seven: daily
  bool monthly = false, yearly = false;
  End at;  // the date and time; with `has_end` said to be where it ends
  std::string_view text;
  friend bool operator==(const Reminder&, const Reminder&) = default;
};
// 0B slot 08 00 00 00 00.
struct ReminderRemoved {
  std::uint8_t slot = 0;
  friend bool operator==(const ReminderRemoved&, const ReminderRemoved&) = default;
};
// 1E: the menu in order. The watch face (12) comes first.
struct Menu {
  struct Item {
    std::uint8_t id = 0;  // 01 status, 02 heart rate, 03 workout, 04 weather, 06 notifications ...
    bool hidden = false;
    friend bool operator==(const Item&, const Item&) = default;
  };
  std::vector<Item> items;  // at most 255
  friend bool operator==(const Menu&, const Menu&) = default;
};
// 20: how the band vibrates. At most 63 pulses, 10 s together (a client's limit).
struct VibrationPattern {
  struct Pulse {
    std::uint16_t on_ms = 0, off_ms = 0;
    friend bool operator==(const Pulse&, const Pulse&) = default;
  };
  std::uint8_t of = 0;    // 00 apps, 01 call, 02 SMS, 04 goal, 05 alarm, 06 idle, 08 event, 09 find
  bool only_try = false;  // vibrates now and keeps nothing
  std::vector<Pulse> pulses;
  friend bool operator==(const VibrationPattern&, const VibrationPattern&) = default;
};
using BandSetting = std::variant<Reminder, ReminderRemoved, Menu, VibrationPattern>;
std::optional<BandSetting> DecodeBandSetting(Bytes message);
ByteVector Encode(const BandSetting& setting);

// FF on16 off16 times, written to 2A06. Known of the Mi Band 2.
struct CustomVibration {
  std::uint16_t on_ms = 0, off_ms = 0;
  std::uint8_t times = 0;
  friend bool operator==(const CustomVibration&, const CustomVibration&) = default;
};
std::optional<CustomVibration> DecodeCustomVibration(Bytes bytes);
ByteVector Encode(const CustomVibration& vibration);

}  // namespace bk::codec::miband
