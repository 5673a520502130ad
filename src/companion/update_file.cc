#include "companion/update_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <system_error>
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
// CRC-16 of official files, from Gadgetbridge's table (8.4): one firmware stands there for all of
// 1.0.9.48 to 1.0.9.58.
constexpr auto kOfficial = std::to_array<Official>({
    {8969, true, "1.0.5.22"},
    {43437, true, "1.0.5.66"},
    {31632, true, "1.0.6.00"},
    {6856, true, "1.0.7.14"},
    {50145, true, "1.0.7.60"},
    {22570, true, "1.0.9.48-58"},
    {27412, false, "1.0.5.22"},
    {5466, false, "1.0.5.66"},
    {20047, false, "1.0.6.00"},
    {62914, false, "1.0.7.14"},
    {17303, false, "1.0.7.60"},
    {57922, false, "1.0.9.58"},
});

// "1.0.9.48-58" as {"1.0.9.", 48, 58}; "1.0.9.66" as {"1.0.9.", 66, 66}.
struct Versions {
  std::string_view head;
  int from = 0, to = 0;
};
std::optional<Versions> Parse(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  Versions versions{text.substr(0, dot + 1)};
  const std::string_view last = text.substr(dot + 1);
  const std::size_t dash = last.find('-');
  const auto number = [](std::string_view digits, int& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  if (!number(last.substr(0, dash), versions.from)) return std::nullopt;
  versions.to = versions.from;
  if (dash != std::string_view::npos && !number(last.substr(dash + 1), versions.to))
    return std::nullopt;
  return versions;
}

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
  if (known != kOfficial.end()) {
    file.version = known->version;
    file.whole = UpdateFile::Whole::kOfficial;
  } else if (file.firmware()) {
    file.version = codec::miband::VersionInFirmware(bytes);
  }
  if (AsText(bytes).starts_with("UIHH")) {
    const auto container = codec::miband::DecodeUihh(bytes);
    const bool right = container && container->content.size() == container->length &&
                       checksum.Crc32(container->content) == container->crc32;
    file.whole = right ? UpdateFile::Whole::kContainer : UpdateFile::Whole::kBroken;
  }
  file.bytes = std::move(bytes);
  return file;
}

bool SameVersion(const std::string& a, const std::string& b) {
  if (a == b) return !a.empty();
  const auto one = Parse(a), other = Parse(b);
  return one && other && one->head == other->head && one->from <= other->to &&
         other->from <= one->to;
}

std::expected<std::vector<UpdateFile>, Misfit> InOrder(std::vector<UpdateFile> files) {
  std::ranges::stable_sort(files, {}, [](const UpdateFile& file) { return Rank(file.type); });
  for (std::size_t i = 1; i < files.size(); ++i) {
    const UpdateFile &before = files[i - 1], &file = files[i];
    if (Rank(before.type) == Rank(file.type) && Rank(file.type) < 3)
      return std::unexpected(Misfit{.why = Misfit::Why::kOneKind, .type = file.type});
    if (before.firmware() && Rank(file.type) == 1 && !before.version.empty() &&
        !file.version.empty() && !SameVersion(before.version, file.version)) {
      return std::unexpected(Misfit{.why = Misfit::Why::kTwoVersions,
                                    .type = file.type,
                                    .firmware = before.version,
                                    .resources = file.version});
    }
  }
  return files;
}

std::optional<ShutGate> WhyNotNow(const UpdateGate& gate, std::span<const UpdateFile> files) {
  using Why = ShutGate::Why;
  const bool heavy =
      std::ranges::any_of(files, [](const UpdateFile& file) { return Rank(file.type) <= 1; });
  if (heavy && !gate.battery_percent)
    return ShutGate{.why = Why::kBatteryUnknown, .needed = kBatteryMin};
  if (heavy && *gate.battery_percent < kBatteryMin)
    return ShutGate{.why = Why::kBatteryLow, .value = *gate.battery_percent, .needed = kBatteryMin};
  if (gate.rssi && *gate.rssi < kRssiMin)
    return ShutGate{.why = Why::kWeak, .value = *gate.rssi, .needed = kRssiMin};

  const auto firmware = std::ranges::find_if(files, &UpdateFile::firmware);
  const auto resources = std::ranges::find_if(files, &UpdateFile::resources);
  // With a firmware before them they were compared with it (InOrder).
  if (firmware == files.end() && resources != files.end() && !resources->version.empty() &&
      !SameVersion(resources->version, gate.firmware))
    return ShutGate{.why = Why::kWrongVersion, .has = gate.firmware, .wants = resources->version};
  // Back to the firmware whose resources the band still has is a cure too.
  const bool back = firmware != files.end() && gate.resources_of &&
                    SameVersion(firmware->version, *gate.resources_of);
  if (gate.resources_of && resources == files.end() && !back)
    return ShutGate{.why = Why::kPending, .has = gate.firmware, .wants = *gate.resources_of};
  return std::nullopt;
}

}  // namespace bk::companion
