// The attributes of a Huami band: what each characteristic is, its UUID, and where the Mi Smart
// Band 4 has it.
//
// Source: attribute dump of a real band (handles), two independent logs (properties); the same
// table was found in a capture of the official app with firmware of 2026. It is static for the
// model: the band has no Service Changed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/uuid.h"

namespace bk::codec::miband {

enum class Attribute : std::uint8_t {
  kDeviceName,
  kAppearance,
  kPreferredParameters,
  kSerialNumber,
  kHardwareRevision,
  kSoftwareRevision,
  kSystemId,
  kPnpId,
  kUpdateControl,
  kUpdateData,
  kNewAlert,
  kAlertControl,
  kImmediateAlert,
  kHeartRate,
  kHeartRateControl,
  kCurrentTime,
  kSensorControl,
  kSensorData,
  kConfiguration,
  kLinkParameters,
  kFetchControl,
  kFetchData,
  kBattery,
  kSteps,
  kUserSettings,
  kEvents,
  kChunked,
  kWeather,  // 000e: write only, use not known on this band
  kWorkout,
  kUnknown0011,
  kAudioControl,
  kAudioData,
  kAuth,
  kUnknownFedd,
  kUnknownFede,
  kUnknownFedf,
  kUnknownFed0,
  kUnknownFed1,
  kUnknownFed2,
  kUnknownFed3,
  kUnknownFec1,
  kUnknown4a02,
};

// A UUID of 16 significant bits over one of the two bases that a Huami band uses.
struct ShortUuid {
  std::uint16_t number = 0;
  bool huami = false;  // 0000xxxx-0000-3512-2118-0009af100700, else the Bluetooth SIG's base
  friend bool operator==(const ShortUuid&, const ShortUuid&) = default;
};
// 2 or 16 bytes as ATT carries them (little endian). nullopt: another length or another base.
std::optional<ShortUuid> ShortUuidFrom(Bytes uuid);
std::optional<ShortUuid> ShortUuidFrom(std::uint16_t sig);
std::optional<ShortUuid> ShortUuidFrom(Uuid uuid);
Uuid FullUuid(ShortUuid uuid);

enum Properties : std::uint8_t {
  kRead = 0x02,  // the bits of a characteristic declaration
  kWriteCommand = 0x04,
  kWrite = 0x08,
  kNotify = 0x10,
};

struct AttributeInfo {
  Attribute attribute;
  std::string_view name;  // for people: "authentication"
  ShortUuid service;
  ShortUuid uuid;
  std::uint16_t value_handle;  // on the Mi Smart Band 4
  std::uint16_t cccd_handle;   // 0: no notifications
  std::uint8_t properties;     // Properties
  bool needs_auth;  // without authentication the band does not answer, or is believed not to
};
// In the order of the enum and of the handles.
std::span<const AttributeInfo> MiBand4Attributes();
const AttributeInfo& InfoOf(Attribute attribute);
std::string_view AttributeName(Attribute attribute);

// By UUID within its service (2A04 exists twice, in GAP and in FEE0). nullopt: not a characteristic
// that Huami bands have.
std::optional<Attribute> AttributeFromUuid(ShortUuid service, ShortUuid uuid);
// By UUID alone: only for those that occur once.
std::optional<Attribute> AttributeFromUuid(ShortUuid uuid);
// Whether finding this characteristic (or service) proves a Huami band: the vendor base does, 2A37
// does not.
bool ProvesHuami(ShortUuid uuid);
inline constexpr ShortUuid kServiceFee0{0xfee0, false};
inline constexpr ShortUuid kServiceFee1{0xfee1, false};
inline constexpr ShortUuid kServiceUpdate{0x1530, true};

struct HandleRole {
  Attribute attribute;
  bool is_cccd;
};
// The known table of the Mi Smart Band 4, for captures without a discovery. An inference: other
// devices have other tables, so it needs evidence that this is a Mi Smart Band 4.
std::optional<HandleRole> MiBand4Handle(std::uint16_t handle);

}  // namespace bk::codec::miband
