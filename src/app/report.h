// What a diagnosis comes to, whole: the value that every face shows, and its JSON
// ("bandkeeper.report/1", docs/design). The same from every verb that diagnoses.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/band/probe_band.h"
#include "app/band_choice.h"
#include "app/privacy.h"
#include "app/timeline.h"
#include "evidence/evidence.h"
#include "troubleshoot/diagnose.h"

namespace bk::app {

// One file or member that was read, and what it turned out to be.
struct ReadFile {
  std::string path;           // as the person named it
  std::string member;         // within an archive; empty for a bare file
  std::string format;         // "btsnoop, HCI UART", "bug report of Android 9"
  std::uint64_t packets = 0;  // captures only
  AnyInstant first, last;     // captures only
};

struct Report {
  std::vector<ReadFile> files;
  BandChoice band;
  std::optional<ProbeResult> probe;  // its evidence is in the next
  evidence::Evidence evidence;       // of the chosen band and the phone as a whole
  Timeline timeline;                 // its events
  troubleshoot::Diagnosis diagnosis;
};

nlohmann::ordered_json ToJson(const Report& report, Privacy& privacy);

// The finding of the evidence that a contribution speaks of; null when there is none.
const evidence::Finding* ProofOf(const Report& report, const troubleshoot::Contribution& moved);

}  // namespace bk::app
