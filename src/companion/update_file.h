// Files that may be sent to the band: what each is, which version, and why one is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/miband/update.h"
#include "ports/checksum.h"

namespace bk::companion {

struct UpdateFile {
  std::vector<std::byte> bytes;
  codec::miband::UpdateType type = codec::miband::UpdateType::kFirmware;
  std::uint32_t crc32 = 0;
  // "1.0.9.66"; empty: its checksum is none of the official files' that are known
  // (miband4-protocol.md 8.4). Then nothing proves that it is whole.
  std::string version;

  [[nodiscard]] bool firmware() const { return type == codec::miband::UpdateType::kFirmware; }
};

// kInvalid with the reason: empty, too large, for another model, or no file for a band at all.
Result<UpdateFile> ReadUpdateFile(std::vector<std::byte> bytes, const ports::Checksum& checksum);

// The order in which they must be sent: firmware, resources, fonts, the rest; kInvalid when two are
// of one kind, or when firmware and resources are known to be of different versions: such a pair
// leaves the band without its pictures.
Result<std::vector<UpdateFile>> InOrder(std::vector<UpdateFile> files);

struct UpdateGate {
  std::optional<int> battery_percent;  // nullopt: the band did not say
  std::optional<int> rssi;             // nullopt: not known, which alone stops nothing
};
// Why an update must not begin now.
struct ShutGate {
  enum class Why : std::uint8_t { kBatteryUnknown, kBatteryLow, kWeak };
  Why why = Why::kBatteryUnknown;
  int value = 0;   // percent or dBm, as measured
  int needed = 0;  // the least of it
};
// nullopt: it may.
std::optional<ShutGate> WhyNotNow(const UpdateGate& gate, const std::vector<UpdateFile>& files);

}  // namespace bk::companion
