#include "codec/miband/attribute.h"

#include <algorithm>
#include <array>

namespace bk::codec::miband {
namespace {

constexpr ShortUuid Sig(std::uint16_t number) { return {number, false}; }
constexpr ShortUuid Huami(std::uint16_t number) { return {number, true}; }

constexpr auto kAttributes = std::to_array<AttributeInfo>({
    {Attribute::kDeviceName, "device name", Sig(0x1800), Sig(0x2a00), 0x0003, 0, kRead, false},
    {Attribute::kAppearance, "appearance", Sig(0x1800), Sig(0x2a01), 0x0005, 0, kRead, false},
    {Attribute::kPreferredParameters, "preferred connection parameters", Sig(0x1800), Sig(0x2a04),
     0x0007, 0, kRead, false},
    {Attribute::kSerialNumber, "serial number", Sig(0x180a), Sig(0x2a25), 0x000b, 0, kRead, false},
    {Attribute::kHardwareRevision, "hardware revision", Sig(0x180a), Sig(0x2a27), 0x000d, 0, kRead,
     false},
    {Attribute::kSoftwareRevision, "software revision", Sig(0x180a), Sig(0x2a28), 0x000f, 0, kRead,
     false},
    {Attribute::kSystemId, "system id", Sig(0x180a), Sig(0x2a23), 0x0011, 0, kRead, false},
    {Attribute::kPnpId, "PnP id", Sig(0x180a), Sig(0x2a50), 0x0013, 0, kRead, false},
    {Attribute::kUpdateControl, "update control", kServiceUpdate, Huami(0x1531), 0x0016, 0x0017,
     kWrite | kNotify, true},
    {Attribute::kUpdateData, "update data", kServiceUpdate, Huami(0x1532), 0x0019, 0, kWriteCommand,
     true},
    {Attribute::kNewAlert, "new alert", Sig(0x1811), Sig(0x2a46), 0x001c, 0, kRead | kWrite, false},
    {Attribute::kAlertControl, "alert control", Sig(0x1811), Sig(0x2a44), 0x001f, 0x0020,
     kRead | kWrite | kNotify, false},
    {Attribute::kImmediateAlert, "immediate alert", Sig(0x1802), Sig(0x2a06), 0x0023, 0,
     kWriteCommand, false},
    {Attribute::kHeartRate, "heart rate", Sig(0x180d), Sig(0x2a37), 0x0026, 0x0027, kNotify, true},
    {Attribute::kHeartRateControl, "heart rate control", Sig(0x180d), Sig(0x2a39), 0x0029, 0,
     kRead | kWrite, true},
    {Attribute::kCurrentTime, "current time", kServiceFee0, Sig(0x2a2b), 0x002c, 0x002d,
     kRead | kWrite | kNotify, true},
    {Attribute::kSensorControl, "raw sensor control", kServiceFee0, Huami(0x0001), 0x002f, 0x0030,
     kWriteCommand | kNotify, true},
    {Attribute::kSensorData, "raw sensor data", kServiceFee0, Huami(0x0002), 0x0032, 0x0033,
     kNotify, true},
    {Attribute::kConfiguration, "configuration", kServiceFee0, Huami(0x0003), 0x0035, 0x0036,
     kWriteCommand | kNotify, true},
    {Attribute::kLinkParameters, "connection parameters", kServiceFee0, Sig(0x2a04), 0x0038, 0x0039,
     kRead | kWriteCommand | kNotify, true},
    {Attribute::kFetchControl, "activity fetch control", kServiceFee0, Huami(0x0004), 0x003b,
     0x003c, kWriteCommand | kNotify, true},
    {Attribute::kFetchData, "activity fetch data", kServiceFee0, Huami(0x0005), 0x003e, 0x003f,
     kNotify, true},
    {Attribute::kBattery, "battery", kServiceFee0, Huami(0x0006), 0x0041, 0x0042, kRead | kNotify,
     false},
    {Attribute::kSteps, "steps", kServiceFee0, Huami(0x0007), 0x0044, 0x0045, kRead | kNotify,
     true},
    {Attribute::kUserSettings, "user settings", kServiceFee0, Huami(0x0008), 0x0047, 0x0048,
     kWrite | kNotify, true},
    {Attribute::kEvents, "events", kServiceFee0, Huami(0x0010), 0x004a, 0x004b, kNotify, false},
    {Attribute::kChunked, "chunked transfer", kServiceFee0, Huami(0x0020), 0x004d, 0x004e,
     kRead | kWriteCommand | kNotify, false},
    {Attribute::kWeather, "weather", kServiceFee0, Huami(0x000e), 0x0050, 0, kWrite, true},
    {Attribute::kWorkout, "workout", kServiceFee0, Huami(0x000f), 0x0053, 0x0054,
     kWriteCommand | kNotify, true},
    {Attribute::kUnknown0011, "0011", kServiceFee0, Huami(0x0011), 0x0056, 0x0057,
     kRead | kWriteCommand | kNotify, true},
    {Attribute::kAudioControl, "audio control", kServiceFee0, Huami(0x0012), 0x0059, 0x005a,
     kRead | kWriteCommand | kNotify, true},
    {Attribute::kAudioData, "audio data", kServiceFee0, Huami(0x0013), 0x005c, 0x005d,
     kRead | kWrite | kNotify, true},
    {Attribute::kAuth, "authentication", kServiceFee1, Huami(0x0009), 0x0060, 0x0061,
     kRead | kWriteCommand | kNotify, false},
    {Attribute::kUnknownFedd, "fedd", kServiceFee1, Sig(0xfedd), 0x0063, 0, kWrite, true},
    {Attribute::kUnknownFede, "fede", kServiceFee1, Sig(0xfede), 0x0065, 0, kRead, true},
    {Attribute::kUnknownFedf, "fedf", kServiceFee1, Sig(0xfedf), 0x0067, 0, kRead, true},
    {Attribute::kUnknownFed0, "fed0", kServiceFee1, Sig(0xfed0), 0x0069, 0, kRead | kWrite, true},
    {Attribute::kUnknownFed1, "fed1", kServiceFee1, Sig(0xfed1), 0x006b, 0, kRead | kWrite, true},
    {Attribute::kUnknownFed2, "fed2", kServiceFee1, Sig(0xfed2), 0x006d, 0, kRead, true},
    {Attribute::kUnknownFed3, "fed3", kServiceFee1, Sig(0xfed3), 0x006f, 0, kRead | kWrite, true},
    {Attribute::kUnknownFec1, "fec1", kServiceFee1, Huami(0xfec1), 0x0071, 0x0072,
     kRead | kWrite | kNotify, true},
    {Attribute::kUnknown4a02, "4a02", Sig(0x3802), Sig(0x4a02), 0x0075, 0x0076,
     kRead | kWrite | kNotify, true},
});

// "0000????-0000-3512-2118-0009af100700" and "0000????-0000-1000-8000-00805f9b34fb" in wire order,
// without the number.
constexpr std::array<std::uint8_t, 12> kHuamiBase{0x00, 0x07, 0x10, 0xaf, 0x09, 0x00,
                                                  0x18, 0x21, 0x12, 0x35, 0x00, 0x00};
constexpr std::array<std::uint8_t, 12> kSigBase{0xfb, 0x34, 0x9b, 0x5f, 0x80, 0x00,
                                                0x00, 0x80, 0x00, 0x10, 0x00, 0x00};

bool HasBase(Bytes uuid, const std::array<std::uint8_t, 12>& base) {
  return std::ranges::equal(uuid.first(12), base, [](std::byte have, std::uint8_t want) {
    return std::to_integer<std::uint8_t>(have) == want;
  });
}

}  // namespace

std::optional<ShortUuid> ShortUuidFrom(std::uint16_t sig) { return Sig(sig); }

std::optional<ShortUuid> ShortUuidFrom(Bytes uuid) {
  ByteReader reader(uuid);
  if (uuid.size() == 2) return Sig(reader.Le16());
  if (uuid.size() != 16) return std::nullopt;
  reader.Skip(12);
  const std::uint16_t number = reader.Le16();
  if (reader.Le16() != 0) return std::nullopt;
  if (HasBase(uuid, kHuamiBase)) return Huami(number);
  if (HasBase(uuid, kSigBase)) return Sig(number);
  return std::nullopt;
}

std::optional<ShortUuid> ShortUuidFrom(Uuid uuid) {
  const auto number = static_cast<std::uint16_t>(uuid.high >> 32);
  for (const ShortUuid candidate : {Sig(number), Huami(number)})
    if (FullUuid(candidate) == uuid) return candidate;
  return std::nullopt;
}

Uuid FullUuid(ShortUuid uuid) {
  if (!uuid.huami) return SigUuid(uuid.number);
  return {std::uint64_t{uuid.number} << 32 | 0x3512, 0x2118'0009'af10'0700};
}

std::span<const AttributeInfo> MiBand4Attributes() { return kAttributes; }

const AttributeInfo& InfoOf(Attribute attribute) {
  return kAttributes[static_cast<std::size_t>(attribute)];
}

std::string_view AttributeName(Attribute attribute) { return InfoOf(attribute).name; }

std::optional<Attribute> AttributeFromUuid(ShortUuid service, ShortUuid uuid) {
  for (const AttributeInfo& info : kAttributes)
    if (info.service == service && info.uuid == uuid) return info.attribute;
  return std::nullopt;
}

std::optional<Attribute> AttributeFromUuid(ShortUuid uuid) {
  std::optional<Attribute> found;
  for (const AttributeInfo& info : kAttributes) {
    if (info.uuid != uuid) continue;
    if (found) return std::nullopt;
    found = info.attribute;
  }
  return found;
}

bool ProvesHuami(ShortUuid uuid) {
  return uuid.huami || uuid == kServiceFee0 || uuid == kServiceFee1;
}

std::optional<HandleRole> MiBand4Handle(std::uint16_t handle) {
  const auto after =
      std::ranges::upper_bound(kAttributes, handle, {}, &AttributeInfo::value_handle);
  if (after == kAttributes.begin()) return std::nullopt;
  const AttributeInfo& info = *std::prev(after);
  if (info.value_handle == handle) return HandleRole{info.attribute, false};
  if (info.cccd_handle == handle) return HandleRole{info.attribute, true};
  return std::nullopt;
}

}  // namespace bk::codec::miband
