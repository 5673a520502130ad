#include "app/band/owed_resources.h"

namespace bk::app {

std::optional<std::string> ResourcesOfAnother(const std::optional<ports::OwedResources>& owed,
                                              const std::string& running) {
  if (!owed) return std::nullopt;
  const std::string& now = running.empty() ? owed->running : running;
  if (now.empty() || now == owed->held) return std::nullopt;
  // Neither the old nor the one that came from here: updated elsewhere since, by whoever sends
  // both.
  if (!owed->running.empty() && now != owed->running) return std::nullopt;
  return owed->held;
}

Result<std::optional<std::string>> OwedMemory::Lacks(const std::string& running) const {
  BK_TRY(const auto owed, store_.Owed(band_));
  return ResourcesOfAnother(owed, running);
}

Status OwedMemory::FirmwareBegins(const std::string& running) {
  BK_TRY(const auto lacks, Lacks(running));
  // Of a band that lacks them already the resources are older than its firmware.
  return store_.SetOwed(band_, ports::OwedResources{lacks.value_or(running), ""});
}

Status OwedMemory::FirmwareIs(const std::string& running) {
  BK_TRY(auto owed, store_.Owed(band_));
  if (!owed) return {};
  if (running == owed->held) return store_.SetOwed(band_, std::nullopt);
  owed->running = running;
  return store_.SetOwed(band_, owed);
}

Status OwedMemory::ResourcesAreIn() { return store_.SetOwed(band_, std::nullopt); }

}  // namespace bk::app
