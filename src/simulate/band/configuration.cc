// Settings (characteristics 0003 and 0008): remembered, answered, and a few of them done.
#include "codec/miband/configuration.h"

#include <utility>

#include "codec/miband/user_settings.h"
#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;
using mb::Setting;

namespace {

constexpr auto kOk = static_cast<std::uint8_t>(mb::ConfigurationStatus::kOk);
constexpr auto kUnsupported = static_cast<std::uint8_t>(mb::ConfigurationStatus::kUnsupported);
constexpr auto kBadParameter = static_cast<std::uint8_t>(mb::ConfigurationStatus::kBadParameter);

// Replies that were seen and whose meaning is not known.
constexpr std::uint8_t kAnswer11[] = {0x08, 0x0b, 0x02, 0x07, 0x00, 0x00, 0x00, 0x60, 0x03,
                                      0x00, 0x00, 0x00, 0x01, 0x07, 0x00, 0x00, 0x00};
constexpr std::uint8_t kAlarmsHead[] = {0x03, 0x00, 0x40, 0x00, 0x02};

// The short list: a head, the count, and one byte per alarm (slot, bit 4 enabled).
ByteVector ShortAlarms(const State& state) {
  ByteVector data;
  ByteWriter writer(data);
  writer.Put(std::as_bytes(std::span(kAlarmsHead))).U8(state.alarms.size());
  for (const auto& [slot, alarm] : state.alarms) writer.U8(slot | (alarm.enabled ? 0x10 : 0));
  return data;
}

void LongAlarms(Band& band) {
  ByteVector payload;
  payload.push_back(std::byte{0});
  for (const auto& [slot, alarm] : band.state.alarms)
    ByteWriter(payload)
        .U8(slot | (alarm.enabled ? 0x80 : 0) | (alarm.no_snooze ? 0x40 : 0))
        .U8(alarm.hour)
        .U8(alarm.minute)
        .U8(alarm.days);
  // The first packet's payload begins at 8, the others' at 4.
  Bytes rest = payload;
  for (std::uint8_t counter = 0; counter == 0 || !rest.empty(); ++counter) {
    const std::size_t room = band.link.mtu - 3U - (counter == 0 ? 8U : 4U);
    const std::size_t size = std::min(room, rest.size());
    mb::LongReplyPart part;
    part.first = counter == 0;
    part.last = size == rest.size();
    part.counter = counter;
    part.type = 0x01;
    part.payload = rest.first(size);
    Reply(band, Attribute::kConfiguration, Encode(part));
    rest = rest.subspan(size);
  }
}

// A switch takes 0 or 1.
bool IsSwitch(Setting setting) {
  switch (setting) {
    case Setting::kAdvertiseWhileConnected:
    case Setting::kTimeFormat:
    case Setting::kImperialUnits:
    case Setting::kGoalNotification:
    case Setting::kRotateWrist:
    case Setting::kSwipeToUnlock:
    case Setting::kSilentMode:
    case Setting::kShareHeartRate:
    case Setting::kHeartRateActivity:
    case Setting::kLiftSensitivity:
      return true;
    default:
      return false;
  }
}

std::uint8_t Judge(const mb::ConfigurationRequest& request) {
  const Bytes arguments = request.arguments;
  const auto first = arguments.empty() ? 0U : std::to_integer<unsigned>(arguments[0]);
  if (IsSwitch(request.setting)) return arguments.size() == 1 && first <= 1 ? kOk : kBadParameter;
  switch (request.setting) {
    case Setting::kPin:
      // "Off" without digits was answered 06.
      return arguments.size() >= 5 ? kOk : kBadParameter;
    case Setting::kAlarm:
      return mb::DecodeAlarm(arguments) ? kOk : kBadParameter;
    case Setting::kLanguage:
      return arguments.empty() ? kBadParameter : kOk;
    case Setting::kQuery0c:
      return kUnsupported;
    case Setting::kWatchFace:
    case Setting::kInactivity:
    case Setting::kDoNotDisturb:
    case Setting::kDisplayItems:
    case Setting::kAlarms:
    case Setting::kGpsVersion:
    case Setting::kQuery11:
    case Setting::kMtu:
    case Setting::kNightMode:
      return kOk;
    default:
      // The whole group 06 was answered 01, its unknown members too; others are unsupported
      // (`50`, `FF 13` in a capture).
      return static_cast<std::uint16_t>(request.setting) >> 8 == 0x06 ? kOk : kUnsupported;
  }
}

}  // namespace

void ConfigurationWrite(Band& band, Bytes bytes) {
  const auto request = mb::DecodeConfigurationRequest(bytes);
  if (!request) return;
  if (request->setting == Setting::kLongRequest && !band.faults().setting_status &&
      !request->arguments.empty() && request->arguments[0] == std::byte{0x01})
    return LongAlarms(band);
  const std::uint8_t status = band.faults().setting_status.value_or(Judge(*request));
  ByteVector data;
  if (status == kOk) {
    const auto number = static_cast<std::uint16_t>(request->setting);
    switch (request->setting) {
      case Setting::kAlarm: {
        const auto alarm = mb::DecodeAlarm(request->arguments);
        band.state.alarms[alarm->slot] = *alarm;
        break;
      }
      case Setting::kAlarms:
        data = ShortAlarms(band.state);
        break;
      case Setting::kQuery11: {
        const auto answer = std::as_bytes(std::span(kAnswer11));
        data.assign(answer.begin(), answer.end());
        break;
      }
      case Setting::kMtu:
        ByteWriter(data).Le16(band.link.mtu);
        break;
      case Setting::kFactoryReset:
        if (!request->arguments.empty() && request->arguments[0] == std::byte{1})
          BeginRestart(band, true);
        break;
      case Setting::kGpsVersion:
        break;
      default:
        band.state.settings[number].assign(request->arguments.begin(), request->arguments.end());
    }
  }
  Reply(band, Attribute::kConfiguration,
        Encode(mb::ConfigurationReply{request->setting, request->high, status, data}));
}

std::uint8_t UserSettingsWrite(Band& band, Bytes bytes) {
  if (!mb::DecodeUserSetting(bytes)) return kInvalidLength;
  band.state.user[std::to_integer<std::uint8_t>(bytes[0])].assign(bytes.begin(), bytes.end());
  return 0;
}

}  // namespace bk::simulate::band
