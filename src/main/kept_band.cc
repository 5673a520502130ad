#include "main/kept_band.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/band/keys.h"
#include "base/random.h"
#include "base/text.h"

namespace bk::main {
namespace {

namespace band = simulate::band;

constexpr std::string_view kFirstLine = "bandkeeper simulated band 1";
constexpr std::int64_t kHistory = 3 * 1440;  // minutes, when it is made
constexpr std::int64_t kHistoryMax = 14 * 1440;
constexpr std::int64_t kFull = 1'000'000;
constexpr std::int64_t kDrainPerMinute = kFull / (20 * 1440);  // as the band itself has it
// Its owner charges it then, unless low is what was wanted.
constexpr std::int64_t kChargedBelow = 150'000, kChargedTo = 950'000;

std::string Hex(const ports::Block16& key) {
  std::string text;
  for (const std::byte byte : key) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return text;
}

std::string Known() {
  std::string names;
  for (const std::string_view name : band::AllTroubles())
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  return names;
}

bool Has(const KeptSimBand& kept, std::string_view fault) {
  return std::ranges::find(kept.wanted.faults, fault) != kept.wanted.faults.end();
}

}  // namespace

std::string TextOf(const KeptSimBand& kept) {
  std::string text =
      fmt::format("{}\nfirmware {}\nseed {}\n", kFirstLine, kept.wanted.firmware, kept.wanted.seed);
  for (const std::string& fault : kept.wanted.faults) text += "fault " + fault + "\n";
  text += "address " + FormatAddress(kept.address) + "\n";
  if (kept.key) text += "key " + Hex(*kept.key) + "\n";
  return text + fmt::format(
                    "version {}\nresources {}\nmade {}\nfirst {}\nzone {}\nclock {}\ncharge {}\n"
                    "until {}\n",
                    kept.version, kept.resources, kept.made, kept.first, kept.zone, kept.clock,
                    kept.charge, kept.until);
}

std::optional<KeptSimBand> KeptSimBandOf(std::string_view text) {
  std::string_view line;
  if (!NextLine(text, line) || line != kFirstLine) return std::nullopt;
  KeptSimBand kept;
  bool whole = false;
  while (NextLine(text, line)) {
    const std::size_t blank = line.find(' ');
    if (whole || blank == std::string_view::npos) return std::nullopt;
    const std::string_view key = line.substr(0, blank), value = line.substr(blank + 1);
    const auto number = ParseInt<std::int64_t>(value);
    if (key == "firmware") {
      kept.wanted.firmware = value;
    } else if (key == "fault") {
      kept.wanted.faults.emplace_back(value);
    } else if (key == "version") {
      kept.version = value;
    } else if (key == "resources") {
      kept.resources = value;
    } else if (key == "address") {
      const auto address = ParseAddress(value);
      if (!address) return std::nullopt;
      kept.address = *address;
    } else if (key == "key") {
      const auto parsed = app::ParseBandKey(value);
      if (!parsed) return std::nullopt;
      kept.key = *parsed;
    } else if (!number) {
      return std::nullopt;
    } else if (key == "seed") {
      kept.wanted.seed = static_cast<std::uint64_t>(*number);
    } else if (key == "made") {
      kept.made = *number;
    } else if (key == "first") {
      kept.first = *number;
    } else if (key == "zone" && *number >= -128 && *number <= 127) {
      kept.zone = static_cast<int>(*number);
    } else if (key == "clock") {
      kept.clock = *number;
    } else if (key == "charge") {
      kept.charge = *number;
    } else if (key == "until") {
      kept.until = *number;
      whole = true;
    } else {
      return std::nullopt;
    }
  }
  return whole ? std::optional(std::move(kept)) : std::nullopt;
}

Result<KeptSimBand> InventBand(const app::SimulatedBand& wanted, std::int64_t now) {
  KeptSimBand kept{.wanted = wanted, .made = now, .until = now};
  if (kept.wanted.firmware.empty()) kept.wanted.firmware = band::Firmwares().back().version;
  if (std::ranges::find(band::Firmwares(), kept.wanted.firmware, &band::FirmwareKind::version) ==
      band::Firmwares().end()) {
    std::string known;
    for (const band::FirmwareKind& kind : band::Firmwares())
      known += fmt::format("{}{}", known.empty() ? "" : ", ", kind.version);
    return Fail(ErrorCode::kInvalid, fmt::format("A simulated band runs {}; \"{}\" is not known.",
                                                 known, kept.wanted.firmware));
  }
  Random random(wanted.seed);
  kept.address.bits = 0xc80f'1000'0000 | (random.Next() & 0xff'ffff);
  kept.key.emplace();
  for (std::byte& byte : *kept.key) byte = static_cast<std::byte>(random.Next() >> 56);
  band::Situation made;
  made.band.key = kept.key;
  made.band.utc_us = now * 1'000'000;
  made.band.version = kept.wanted.firmware;
  for (const std::string& fault : wanted.faults)
    if (!band::Apply(fault, made))
      return Fail(ErrorCode::kInvalid,
                  fmt::format("This band cannot have the fault \"{}\". Simulated bands know: {}.",
                              fault, Known()));
  kept.key = made.band.key;
  kept.version = made.band.version;
  kept.resources =
      made.band.resources_version.empty() ? made.band.version : made.band.resources_version;
  kept.first = now / 60 - kHistory;
  kept.clock = made.band.utc_us / 1'000'000 - now;
  kept.charge = kFull / 100 * made.band.percent;
  return kept;
}

band::Situation SituationOf(const KeptSimBand& kept, std::int64_t now) {
  band::Situation out;
  for (const band::FirmwareKind& kind : band::Firmwares())
    if (kind.version == kept.wanted.firmware) out.band.quirks = kind.quirks;
  for (const std::string& fault : kept.wanted.faults) (void)band::Apply(fault, out);
  band::Options& one = out.band;
  one.seed = kept.wanted.seed + 1;
  out.air.seed = kept.wanted.seed + 1;
  one.address = kept.address;
  one.key = kept.key;
  one.version = kept.version;
  one.resources_version = kept.resources;
  one.zone = static_cast<std::int8_t>(kept.zone);
  one.utc_us = (now + kept.clock) * 1'000'000;
  // Its owner sits beside it.
  one.taps_after = std::chrono::seconds(3);
  const std::int64_t last = (now + kept.clock) / 60;
  one.history =
      static_cast<std::size_t>(std::clamp<std::int64_t>(last - kept.first, 0, kHistoryMax));
  std::int64_t charge =
      kept.charge - std::max<std::int64_t>(0, now - kept.until) / 60 * kDrainPerMinute;
  if (charge < kChargedBelow && !Has(kept, "low_battery") && !Has(kept, "dead"))
    charge = kChargedTo;
  one.percent =
      static_cast<unsigned>(std::clamp<std::int64_t>((charge * 100 + kFull - 1) / kFull, 0, 100));
  return out;
}

}  // namespace bk::main
