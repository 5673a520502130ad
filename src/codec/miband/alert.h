// What makes the band show or buzz: New Alert (2A46), Immediate Alert (2A06), notifications
// (chunked type 0). In outline: texts are the person's own and are never kept by readers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

enum class AlertCategory : std::uint8_t {
  kSimple = 0,
  kEmail = 1,
  kNews = 2,
  kCall = 3,
  kMissedCall = 4,
  kSms = 5,
  kVoiceMail = 6,
  kSchedule = 7,
  kHighPriority = 8,
  kInstantMessage = 9,
  kApp = 0xfa,
};

// 2A46: `category count text`; count 0 clears (a call that ended). Works without authentication.
struct NewAlert {
  AlertCategory category = AlertCategory::kSimple;
  std::uint8_t count = 1;
  Bytes text;
};
std::optional<NewAlert> DecodeNewAlert(Bytes bytes);
ByteVector Encode(const NewAlert& alert);

// 2A06: 0 stop, 1 message, 2 call, 3 vibrate (find the band).
enum class ImmediateAlert : std::uint8_t { kStop = 0, kMessage = 1, kCall = 2, kVibrate = 3 };
std::optional<ImmediateAlert> DecodeImmediateAlert(Bytes bytes);
ByteVector Encode(ImmediateAlert alert);

// Chunked type 0 as the Mi Smart Band 4 takes it: category, four zero bytes, 01, [icon of kApp],
// title NUL body, then NUL app-name NUL (kApp) or NUL space NUL.
struct Notification {
  AlertCategory category = AlertCategory::kApp;
  std::uint8_t icon = 11;
  std::string_view title, body, app;
};
std::optional<Notification> DecodeNotification(Bytes message);
ByteVector Encode(const Notification& notification);

}  // namespace bk::codec::miband
