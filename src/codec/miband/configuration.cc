#include "codec/miband/configuration.h"

namespace bk::codec::miband {
namespace {

constexpr std::uint8_t kGroup = 0x06;
constexpr std::uint8_t kPlaceFirst = 0x00, kPlaceMiddle = 0x40, kPlaceLast = 0x80,
                       kPlaceOnly = 0xc0;

bool InGroup(Setting setting) { return static_cast<std::uint16_t>(setting) >> 8 == kGroup; }

void WriteSetting(Setting setting, std::uint8_t high, ByteWriter& writer) {
  if (InGroup(setting)) {
    writer.U8(kGroup).U8(static_cast<std::uint16_t>(setting) & 0xff).U8(high);
  } else {
    writer.U8(static_cast<std::uint16_t>(setting));
  }
}

}  // namespace

std::string_view SettingName(Setting setting) {
  switch (setting) {
    case Setting::kAdvertiseWhileConnected:
      return "stay discoverable while connected";
    case Setting::kTimeFormat:
      return "time format";
    case Setting::kImperialUnits:
      return "units";
    case Setting::kLiftWrist:
      return "lift wrist to wake";
    case Setting::kGoalNotification:
      return "goal notification";
    case Setting::kDateDisplay:
      return "date display";
    case Setting::kFactoryReset:
      return "factory reset";
    case Setting::kDisconnectAlert:
      return "disconnect alert";
    case Setting::kRotateWrist:
      return "rotate wrist";
    case Setting::kCallerName:
      return "caller name";
    case Setting::kFindPhone:
      return "find phone";
    case Setting::kSwipeToUnlock:
      return "swipe to unlock";
    case Setting::kLanguage:
      return "language";
    case Setting::kSilentMode:
      return "silent mode";
    case Setting::kHeartRateAlert:
      return "heart rate alert";
    case Setting::kDateFormat:
      return "date format";
    case Setting::kShareHeartRate:
      return "share heart rate";
    case Setting::kPin:
      return "PIN";
    case Setting::kHeartRateActivity:
      return "heart rate activity";
    case Setting::kLiftSensitivity:
      return "lift wrist sensitivity";
    case Setting::kAlarm:
      return "alarm";
    case Setting::kInactivity:
      return "inactivity warning";
    case Setting::kDoNotDisturb:
      return "do not disturb";
    case Setting::kDisplayItems:
      return "display items";
    case Setting::kQuery0c:
      return "query 0c";
    case Setting::kAlarms:
      return "alarm list";
    case Setting::kGpsVersion:
      return "GPS version";
    case Setting::kQuery11:
      return "query 11";
    case Setting::kMtu:
      return "packet size";
    case Setting::kNightMode:
      return "night mode";
    case Setting::kWatchFace:
      return "watch face id";
    case Setting::kLongRequest:
      return "long request";
  }
  return "";
}

std::optional<ConfigurationRequest> DecodeConfigurationRequest(Bytes bytes) {
  ByteReader reader(bytes);
  ConfigurationRequest request;
  const std::uint8_t first = reader.U8();
  if (first == kGroup) {
    const std::uint8_t a = reader.U8();
    request.high = reader.U8();
    request.setting = static_cast<Setting>(kGroup << 8 | a);
  } else {
    request.setting = static_cast<Setting>(first);
  }
  if (reader.failed()) return std::nullopt;
  request.arguments = reader.TakeRest();
  return request;
}

ByteVector Encode(const ConfigurationRequest& request) {
  ByteVector out;
  ByteWriter writer(out);
  WriteSetting(request.setting, request.high, writer);
  writer.Put(request.arguments);
  return out;
}

std::optional<ConfigurationReply> DecodeConfigurationReply(Bytes bytes) {
  ByteReader reader(bytes);
  ConfigurationReply reply;
  const std::uint8_t mark = reader.U8();
  const std::uint8_t first = reader.U8();
  if (reader.failed() || mark != kReply) return std::nullopt;
  if (first == kGroup && reader.left() == 1) {
    reply.setting = static_cast<Setting>(kGroup << 8);
  } else if (first == kGroup) {
    const std::uint8_t a = reader.U8();
    reply.high = reader.U8();
    reply.setting = static_cast<Setting>(kGroup << 8 | a);
  } else {
    reply.setting = static_cast<Setting>(first);
  }
  reply.status = reader.U8();
  if (reader.failed()) return std::nullopt;
  reply.data = reader.TakeRest();
  return reply;
}

ByteVector Encode(const ConfigurationReply& reply) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(kReply);
  if (reply.setting == static_cast<Setting>(kGroup << 8) && reply.high == 0 && reply.data.empty()) {
    writer.U8(kGroup);
  } else {
    WriteSetting(reply.setting, reply.high, writer);
  }
  writer.U8(reply.status).Put(reply.data);
  return out;
}

std::string_view ConfigurationStatusMeaning(std::uint8_t status) {
  switch (static_cast<ConfigurationStatus>(status)) {
    case ConfigurationStatus::kOk:
      return "done";
    case ConfigurationStatus::kUnsupported:
      return "the band does not know the setting";
    case ConfigurationStatus::kBadParameter:
      return "the band refused the value";
  }
  return "the band refused with a status whose meaning is not known";
}

std::optional<LongReplyPart> DecodeLongReplyPart(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint16_t mark = reader.Be16();
  const std::uint8_t place = reader.U8();
  LongReplyPart part;
  part.counter = reader.U8();
  if (reader.failed() || mark != 0x8001 || (place & 0x3f) != 0) return std::nullopt;
  part.first = place == kPlaceFirst || place == kPlaceOnly;
  part.last = place == kPlaceLast || place == kPlaceOnly;
  if (part.first) {
    part.type = reader.U8();
    reader.Skip(3);
  }
  if (reader.failed()) return std::nullopt;
  part.payload = reader.TakeRest();
  return part;
}

ByteVector Encode(const LongReplyPart& part) {
  ByteVector out;
  ByteWriter writer(out);
  const std::uint8_t place =
      part.first ? (part.last ? kPlaceOnly : kPlaceFirst) : (part.last ? kPlaceLast : kPlaceMiddle);
  writer.Be16(0x8001).U8(place).U8(part.counter);
  if (part.first) writer.U8(part.type).U8(0).Le16(0);
  writer.Put(part.payload);
  return out;
}

}  // namespace bk::codec::miband
