// Files of one case in, neutral states out: what each file is, the stories of captures, the states
// of phones. Content decides what a file is, never its name. No finding is made here: that needs to
// know which device is the band (diagnose_case).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "android/report.h"
#include "app/phone/live_phone.h"
#include "app/report.h"
#include "app/world.h"
#include "capture/story.h"

namespace bk::app {

struct CaseEvidence {
  std::vector<ReadFile> files;          // that told something, in order of reading
  std::vector<capture::Story> stories;  // one per capture
  std::vector<android::PhoneState>
      phones;                          // of each archive its own; of all bare texts together one
  std::vector<evidence::Loss> losses;  // of opening and recognising
  // What the states' views point into.
  std::vector<std::unique_ptr<ports::Blob>> blobs;
  std::vector<std::unique_ptr<ports::Archive>> archives;
  std::vector<std::unique_ptr<std::string>> answers;

  [[nodiscard]] std::vector<evidence::BandSeen> Sightings() const;
};

// Takes over what a live phone told, if there is one, and reads every file. An unreadable file is
// an error when it is the only evidence, else a loss: the others still tell. kNotOurs when none of
// the files holds any evidence, with a sentence for each.
Result<CaseEvidence> Ingest(std::span<const std::string> paths,
                            std::span<const evidence::CompanionApp> apps, const World& world,
                            std::optional<LivePhone> live = std::nullopt,
                            const language::Language& language = {});

}  // namespace bk::app
