// Configuration: characteristic 0003. Write command; the band answers each with one notification.
//
//   06 a b args -> 10 06 a b status        c args -> 10 c status [data]        FF t ... -> 80 01
//   flags counter ... (long)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// The first byte; in the group 06 its first two.
enum class Setting : std::uint16_t {
  kAdvertiseWhileConnected = 0x0601,
  kTimeFormat = 0x0602,  // 1 = 24 hours
  kImperialUnits = 0x0603,
  kLiftWrist = 0x0605,  // on start end
  kGoalNotification = 0x0606,
  kDateDisplay = 0x060a,      // 3 = date and time
  kFactoryReset = 0x060b,     // 1: erases key and data, changes the address
  kDisconnectAlert = 0x060c,  // on start end
  kRotateWrist = 0x060d,
  kCallerName = 0x0610,
  kFindPhone = 0x0614,  // 0 heard, 1 found
  kSwipeToUnlock = 0x0616,
  kLanguage = 0x0617,  // "en_US"
  kSilentMode = 0x0619,
  kHeartRateAlert = 0x061a,  // on threshold
  kDateFormat = 0x061e,      // "dd/MM/yyyy"
  kShareHeartRate = 0x061f,
  kPin = 0x0621,  // secret
  kHeartRateActivity = 0x0622,
  kLiftSensitivity = 0x0623,
  kAlarm = 0x02,
  kInactivity = 0x08,
  kDoNotDisturb = 0x09,
  kDisplayItems = 0x0a,
  kQuery0c = 0x0c,
  kAlarms = 0x0d,
  kGpsVersion = 0x0e,
  kQuery11 = 0x11,
  kMtu = 0x13,  // reply data: status, MTU as u16
  kNightMode = 0x1a,
  kWatchFace = 0x39,
  kLongRequest = 0xff,  // FF 01 alarms with times, FF 11 workout types
};
std::string_view SettingName(Setting setting);  // "language"; "" = not known

struct ConfigurationRequest {
  Setting setting = Setting::kAlarms;  // may hold a number that is not in the enum
  std::uint8_t high = 0;  // the byte after `06 a`, nearly always 0; unused outside the group 06
  Bytes arguments;
};
std::optional<ConfigurationRequest> DecodeConfigurationRequest(Bytes bytes);
ByteVector Encode(const ConfigurationRequest& request);

enum class ConfigurationStatus : std::uint8_t {
  kOk = 0x01,
  kUnsupported = 0x05,  // not known to the band, or a wrong length
  kBadParameter = 0x06,
};
struct ConfigurationReply {
  Setting setting = Setting::kAlarms;
  std::uint8_t high = 0;
  std::uint8_t status = kSuccess;
  Bytes data;
};
// Also takes the short form of Mi Band 2, `10 06 status`: setting 0x0600.
std::optional<ConfigurationReply> DecodeConfigurationReply(Bytes bytes);
ByteVector Encode(const ConfigurationReply& reply);
std::string_view ConfigurationStatusMeaning(std::uint8_t status);

// Long replies: `80 01 flags counter`, flags 00 first, 40 middle, 80 last, C0 only; the first
// carries the type at 4 and its payload from 8, the others from 4.
struct LongReplyPart {
  bool first = false;
  bool last = false;
  std::uint8_t counter = 0;
  std::uint8_t type = 0;  // of the first: 01 alarms, 11 workout types
  Bytes payload;
};
std::optional<LongReplyPart> DecodeLongReplyPart(Bytes bytes);
ByteVector Encode(const LongReplyPart& part);

}  // namespace bk::codec::miband
