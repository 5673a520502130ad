#include "app/band/owed_resources.h"

#include <algorithm>

#include "companion/update_file.h"

namespace bk::app {

using companion::SameVersion;
using ports::OwedResources;

std::optional<std::string> ResourcesOfAnother(const std::optional<OwedResources>& owed,
                                              const std::string& running) {
  if (!owed || owed->elsewhere) return std::nullopt;
  const std::string& now = running.empty() ? owed->running : running;
  if (now.empty() || now == owed->held) return std::nullopt;
  // Neither the old nor the one that came from here: another program's, by whom both may have come.
  if (!owed->running.empty() && now != owed->running) return std::nullopt;
  return owed->held;
}

Result<std::optional<OwedResources>> OwedMemory::After(const std::string& running) const {
  BK_TRY(auto owed, store_.Owed(band_));
  if (running.empty()) return owed;
  if (owed) {
    if (SameVersion(running, owed->held)) return std::nullopt;
    // One that was sent from here is known by its restart; any later one is another's.
    owed->elsewhere =
        owed->elsewhere || (!owed->running.empty() && !SameVersion(running, owed->running));
    owed->running = running;
    return owed;
  }
  BK_TRY(const auto bands, store_.Bands());
  const auto kept = std::ranges::find(bands, band_, &ports::KeptBand::address);
  if (kept == bands.end() || kept->firmware.empty() || SameVersion(kept->firmware, running))
    return std::nullopt;
  return OwedResources{.held = kept->firmware, .running = running, .elsewhere = true};
}

Result<std::optional<std::string>> OwedMemory::Lacks(const std::string& running) const {
  BK_TRY(const auto owed, store_.Owed(band_));
  return ResourcesOfAnother(owed, running);
}

Result<std::optional<ChangedElsewhere>> OwedMemory::Changed(const std::string& running) const {
  BK_TRY(const auto owed, After(running));
  if (!owed || !owed->elsewhere) return std::nullopt;
  return ChangedElsewhere{.before = owed->held, .now = owed->running};
}

Status OwedMemory::FirmwareIs(const std::string& running) {
  if (running.empty()) return {};
  BK_TRY(const auto before, store_.Owed(band_));
  BK_TRY(const auto owed, After(running));
  if (owed != before)
    if (Status set = store_.SetOwed(band_, owed); !set) return set;
  // Behind it: a cut between the two is met as the change that it was.
  return store_.Describe(
      {.address = band_, .firmware = running, .hardware = {}, .next_minute = {}});
}

Status OwedMemory::FirmwareBegins(const std::string& running) {
  BK_TRY(const auto lacks, Lacks(running));
  // Of a band that lacks them already the resources are older than its firmware.
  return store_.SetOwed(band_, OwedResources{.held = lacks.value_or(running), .running = {}});
}

Status OwedMemory::ResourcesAreIn() { return store_.SetOwed(band_, std::nullopt); }

}  // namespace bk::app
