#include "companion/update_file.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bk::companion {
namespace {

using codec::miband::UpdateType;

// Mi Band 4 files that were seen have under 2 MB; a size field of 32 bits would take more.
constexpr std::size_t kBytesMax = std::size_t{8} * 1024 * 1024;
// Stated guesses: the band's own limits are not known (8.6). The makers' apps ask for more battery
// than an update uses; below this signal links of real reports broke often.
constexpr int kBatteryMin = 50;
constexpr int kRssiMin = -85;

struct Official {
  std::uint16_t crc16;
  bool firmware;
  std::string_view version;
};
// CRC-16 of official files, from Gadgetbridge's table (8.4).
constexpr auto kOfficial = std::to_array<Official>({
    {8969, true, "1.0.5.22"},
    {43437, true, "1.0.5.66"},
    {31632, true, "1.0.6.00"},
    {6856, true, "1.0.7.14"},
    {50145, true, "1.0.7.60"},
    {22570, true, "1.0.9.48"},
    {27412, false, "1.0.5.22"},
    {5466, false, "1.0.5.66"},
    {20047, false, "1.0.6.00"},
    {62914, false, "1.0.7.14"},
    {17303, false, "1.0.7.60"},
    {57922, false, "1.0.9.48"},
});

int Rank(UpdateType type) {
  switch (type) {
    case UpdateType::kFirmware:
      return 0;
    case UpdateType::kResources:
    case UpdateType::kResourcesCompressed:
      return 1;
    case UpdateType::kFont:
    case UpdateType::kLatinFont:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

Result<UpdateFile> ReadUpdateFile(std::vector<std::byte> bytes, const ports::Checksum& checksum) {
  if (bytes.empty()) return Fail(ErrorCode::kInvalid, "the file is empty");
  if (bytes.size() > kBytesMax)
    return Fail(ErrorCode::kTooLarge, "the file is larger than any for a Mi Smart Band 4");
  const auto type = codec::miband::RecogniseUpdateFile(bytes);
  if (!type) {
    return Fail(ErrorCode::kNotOurs,
                "the file has not the header of a firmware, resource, font or watch face of a Mi "
                "Smart Band 4; the band could be lost with it");
  }
  UpdateFile file;
  file.type = *type;
  file.crc32 = checksum.Crc32(bytes);
  const std::uint16_t crc16 = checksum.Crc16(bytes);
  const auto known = std::ranges::find_if(kOfficial, [&](const Official& one) {
    return one.crc16 == crc16 && one.firmware == file.firmware() &&
           (one.firmware || codec::miband::IsResource(file.type));
  });
  if (known != kOfficial.end()) file.version = known->version;
  file.bytes = std::move(bytes);
  return file;
}

Result<std::vector<UpdateFile>> InOrder(std::vector<UpdateFile> files) {
  std::ranges::stable_sort(files, {}, [](const UpdateFile& file) { return Rank(file.type); });
  for (std::size_t i = 1; i < files.size(); ++i) {
    const UpdateFile &before = files[i - 1], &file = files[i];
    if (Rank(before.type) == Rank(file.type) && Rank(file.type) < 3) {
      return Fail(ErrorCode::kInvalid, "two of the files are of one kind (" +
                                           std::string(codec::miband::UpdateTypeName(file.type)) +
                                           "): give one");
    }
    if (before.firmware() && Rank(file.type) == 1 && !before.version.empty() &&
        !file.version.empty() && before.version != file.version) {
      return Fail(ErrorCode::kInvalid, "the firmware is " + before.version +
                                           " and the resources are of " + file.version +
                                           ": they must be of one version");
    }
  }
  return files;
}

std::optional<ShutGate> WhyNotNow(const UpdateGate& gate, const std::vector<UpdateFile>& files) {
  using Why = ShutGate::Why;
  const bool heavy =
      std::ranges::any_of(files, [](const UpdateFile& file) { return Rank(file.type) <= 1; });
  if (heavy && !gate.battery_percent) return ShutGate{Why::kBatteryUnknown, 0, kBatteryMin};
  if (heavy && *gate.battery_percent < kBatteryMin)
    return ShutGate{Why::kBatteryLow, *gate.battery_percent, kBatteryMin};
  if (gate.rssi && *gate.rssi < kRssiMin) return ShutGate{Why::kWeak, *gate.rssi, kRssiMin};
  return std::nullopt;
}

}  // namespace bk::companion
