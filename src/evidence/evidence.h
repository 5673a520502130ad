// What readers say: findings with their place, events on their clock, losses that are counted, and
// who was seen.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/address.h"
#include "base/instant.h"

namespace bk::evidence {

enum class SourceKind : std::uint8_t { kPhone, kBugReport, kCapture, kLog, kBand, kPerson };
inline constexpr std::array kSourceKinds = {SourceKind::kPhone,   SourceKind::kBugReport,
                                            SourceKind::kCapture, SourceKind::kLog,
                                            SourceKind::kBand,    SourceKind::kPerson};
std::string_view SourceName(
    SourceKind kind);  // "phone", "bugreport", "capture", "log", "band", "person"
std::optional<SourceKind> SourceNamed(std::string_view name);

// The exact place where something was read. Unused parts stay empty or zero.
struct Where {
  std::string file;          // as the person named it
  std::string member;        // path within an archive, and the section: "bugreport-x.txt » DUMPSYS
                             // bluetooth_manager"
  std::uint64_t line = 0;    // 1-based line of the member
  std::uint64_t packet = 0;  // 1-based frame number, as Wireshark counts
  std::uint64_t offset = 0;  // byte offset, where neither line nor packet applies
  AnyInstant time;
};

using FindingValue = std::variant<bool, std::string>;

// One named, typed fact. `false` means "seen to be absent"; a fact that was not looked at has no
// finding.
struct Finding {
  std::string id;  // finding_ids.h
  FindingValue value = true;
  SourceKind source = SourceKind::kLog;
  Where where;
  std::string text;  // the proof in one sentence: what was read, in the words of the source where
                     // that helps
};

// Something that happened. `kind` is a stable snake_case id: "link_up", "link_down",
// "bluetooth_crash", "process_death".
struct Event {
  AnyInstant at;
  std::string kind;
  std::string text;
  SourceKind source = SourceKind::kLog;
  Where where;
};

enum class LossKind : std::uint8_t {
  kTruncated,      // ended in the middle of something
  kCorrupt,        // bytes that cannot be what they should be
  kFiltered,       // payload removed by the recorder on purpose (Android's filtered snoop mode)
  kDropped,        // the recorder itself says that it lost records
  kOutOfOrder,     // times go backwards by little
  kClockJump,      // times jump
  kNotUnderstood,  // blocks seen but not parsed: format drift
  kTooLarge,       // over a limit of ours
  kUnsupported,    // recognised and not readable here
  kRefused,        // the phone or tool refused to give it
  kDuplicate,      // the same record twice
};
std::string_view LossName(LossKind kind);  // "truncated", "corrupt", ...

// Evidence that was damaged, cut, filtered or not understood. Never silent.
struct Loss {
  LossKind kind = LossKind::kNotUnderstood;
  Where where;              // the first place
  std::uint64_t count = 1;  // how many times
  std::string text;         // what is missing, for the person
};

// Losses of one kind at one member with one text become one with a count. Keeps the first place.
// O(kinds).
void AddLoss(std::vector<Loss>& losses, Loss loss);

// A device that may be the band in question.
struct BandSeen {
  std::optional<Address> address;
  std::string masked_address;  // "XX:XX:XX:XX:02:03" where the phone hides it; else empty
  std::string name;            // "Mi Smart Band 4"; may be empty
  // How sure it is that this is a Mi Smart Band 4: 3 = name or serial says so, 2 = a Huami band by
  // service or name, 1 = a wearable of another make, 0 = unknown.
  int likeness = 0;
  std::string how;  // "bonded device list", "advertised name", "service fee0"
  // Only its advertisements were heard, and those from afar: nothing shows that this phone ever
  // dealt with it, so it may be anybody's.
  bool overheard = false;
  Where where;
};
// The band that findings are asked for, after app/band_choice has chosen. Nothing known = any band.
struct BandId {
  std::optional<Address> address;
  std::string masked_address;  // as Android wrote it, when it hid the first octets everywhere
  std::string name;
  // Whether a device seen under `other` (full or masked address text) may be this band.
  [[nodiscard]] bool MayBe(std::string_view other_address) const;
};

// 3, 2, 1 or 0 from a device's name alone ("Mi Smart Band 4", "MI Band 4", "Mi Band 3", "Amazfit
// Bip", "").
int LikenessFromName(std::string_view name);

// What is known of the phone. Empty = not known. Serials and account names are never stored.
struct Phone {
  std::string maker;            // ro.product.manufacturer: "Xiaomi"
  std::string model;            // ro.product.model: "Redmi Note 7"
  std::string android_version;  // "9"
  int sdk = 0;
  std::string patch;         // "2021-03-01"
  std::string skin;          // "MIUI", "HyperOS", "One UI", "EMUI", "ColorOS", ...
  std::string skin_version;  // "12.5"
  Where where;
};

// Everything that one or more files gave.
struct Evidence {
  std::vector<Finding> findings;
  std::vector<Event> events;
  std::vector<Loss> losses;
  std::vector<BandSeen> bands;
  std::optional<Phone> phone;
};

// Moves `from` to the end of `into`; losses are merged; the first phone that has a model stays.
void Append(Evidence& into, Evidence&& from);

}  // namespace bk::evidence
