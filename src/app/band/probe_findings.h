// From what a probe saw to what it means: findings for the ordinary belief, and sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/band/probe_band.h"
#include "base/instant.h"
#include "language/language.h"

namespace bk::app {

// Where a probe's findings were read, for people.
inline constexpr std::string_view kProbePlace = "the band, asked by this computer";

struct ProbeSetting {
  const ProbeWishes& wishes;
  // The band lacks the resources of its firmware, and has those of this one (owed_resources.h).
  std::optional<std::string> resources_of;
  WallTime at;
  const language::Language& language;
};
// Adds findings to its evidence; sets `text` and `untold`.
void WriteProbeFindings(const ProbeSetting& setting, ProbeResult& result);

}  // namespace bk::app
