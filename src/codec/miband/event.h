// What the band tells of itself: characteristic 0010, notifications.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

enum class EventKind : std::uint8_t {
  kFellAsleep = 0x01,
  kWokeUp = 0x02,
  kGoalReached = 0x03,
  kButton = 0x04,
  kTakenOff = 0x06,
  kCallRejected = 0x07,
  kFindPhone = 0x08,
  kCallIgnored = 0x09,
  kAlarmToggled = 0x0a,
  kLongPress = 0x0b,
  kSyncTick = 0x0e,  // every 30 minutes: time to sync
  kFindPhoneStop = 0x0f,
  kSilentMode = 0x10,     // [1] on
  kWorkoutOpened = 0x14,  // [2] needs the phone's GPS, [3] workout
  kMtu = 0x16,            // u16
  kAlarmChanged = 0x1a,
  kMusic = 0xfe,  // [1] MusicKey
};
enum class MusicKey : std::uint8_t {
  kPlay = 0x00,
  kPause = 0x01,
  kNext = 0x03,
  kPrevious = 0x04,
  kVolumeUp = 0x05,
  kVolumeDown = 0x06,
  kOpened = 0xe0,
  kClosed = 0xe1,
};

struct BandEvent {
  EventKind kind = EventKind::kSyncTick;  // may hold a number that is not in the enum
  Bytes data;                             // what follows the first byte
  [[nodiscard]] std::optional<std::uint16_t> Mtu() const;  // of kMtu, within 23..517
};
std::optional<BandEvent> DecodeEvent(Bytes bytes);
ByteVector Encode(const BandEvent& event);
// "the band's button was pressed"; "" = not known.
std::string_view EventMeaning(EventKind kind);

}  // namespace bk::codec::miband
