// Files that may be sent to the band: what each is, which version, and why one is refused.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/miband/update.h"
#include "ports/checksum.h"

namespace bk::companion {

struct UpdateFile {
  // What proves that the file is whole. The band itself only compares what arrived with what was
  // sent: a file that was cut before that goes in like a whole one.
  enum class Whole : std::uint8_t {
    kUnproved,   // nothing
    kBroken,     // the length or the sum that stands in it is another: cut or damaged
    kOfficial,   // its checksum is that of an official file (miband4-protocol.md 8.4)
    kContainer,  // the length and the sum that stand in it are right
    kDigest,     // a person brought its SHA-256 from where it came from
  };
  std::vector<std::byte> bytes;
  codec::miband::UpdateType type = codec::miband::UpdateType::kFirmware;
  std::uint32_t crc32 = 0;
  // "1.0.9.66", or a span of them that is one file ("1.0.9.48-58"): of an official file, else as a
  // firmware says itself; empty: not told.
  std::string version;
  Whole whole = Whole::kUnproved;

  [[nodiscard]] bool firmware() const { return type == codec::miband::UpdateType::kFirmware; }
  [[nodiscard]] bool resources() const {
    return type == codec::miband::UpdateType::kResources ||
           type == codec::miband::UpdateType::kResourcesCompressed;
  }
  [[nodiscard]] bool proved() const { return whole >= Whole::kOfficial; }
};

// kInvalid with the reason: empty, too large, for another model, or no file for a band at all.
Result<UpdateFile> ReadUpdateFile(std::vector<std::byte> bytes, const ports::Checksum& checksum);

// Whether two versions may be one: equal, or one within the other's span. Both must be told.
bool SameVersion(const std::string& a, const std::string& b);

// Why files do not go together.
struct Misfit {
  enum class Why : std::uint8_t {
    kOneKind,      // two are of one kind: `type`
    kTwoVersions,  // resources of another firmware: the band would be left without its pictures
  };
  Why why = Why::kOneKind;
  codec::miband::UpdateType type{};
  std::string firmware, resources;  // of kTwoVersions: whose they are
};
// The order in which they must be sent: firmware, resources, fonts, the rest. Versions that a file
// does not tell are not compared.
std::expected<std::vector<UpdateFile>, Misfit> InOrder(std::vector<UpdateFile> files);

struct UpdateGate {
  std::optional<int> battery_percent;  // nullopt: the band did not say
  std::optional<int> rssi;             // nullopt: not known, which alone stops nothing
  std::string firmware;                // that the band runs; empty: it did not say
  // The band lacks the resources of its firmware; those that it has are of this version. nullopt:
  // it lacks none, as far as is known.
  std::optional<std::string> resources_of;
};
// Why an update must not begin now, or not go on.
struct ShutGate {
  enum class Why : std::uint8_t {
    kBatteryUnknown,
    kBatteryLow,
    kWeak,
    kWrongVersion,  // resources of another firmware than the band runs: `has`, `wants`
    kPending,       // the resources of `has` are missing, and these files do not bring them
  };
  Why why = Why::kBatteryUnknown;
  int value = 0;           // percent or dBm, as measured
  int needed = 0;          // the least of it
  std::string has, wants;  // versions; `has` is the band's, empty: it did not say
};
// nullopt: it may. `files`: those still to be sent, in order.
std::optional<ShutGate> WhyNotNow(const UpdateGate& gate, std::span<const UpdateFile> files);

}  // namespace bk::companion
