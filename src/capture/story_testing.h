// Conversations as text (script.h) to a story, and what is asked of it: for the tests of this room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "capture/analyser.h"
#include "capture/findings.h"
#include "capture/script.h"
#include "evidence/finding_ids.h"

namespace bk::capture {

inline Story Tell(const Script& script, AttObserverMaker* observers = nullptr) {
  Analyser analyser({.file = "made.log", .observers = observers});
  const auto packets = script.Packets();
  analyser.OnPackets(packets);
  return analyser.Finish();
}

inline constexpr const char* kScanOn = R"(
  +0 < cmd 0b20 01 6000 3000 00 00
  +0 < cmd 0c20 01 00
)";
inline constexpr const char* kBandHeard = R"(
  +0.5 > le 02 01 00 00 030201100fc8 0b 020106 0302e0fe 03ff5701 c4
  +0.01 > le 02 01 04 00 030201100fc8 11 10 09 4d6920536d6172742042616e642034 bf
)";
inline constexpr const char* kOtherHeard = "+0.2 > le 02 01 03 01 0a0b0c0d0e4f 03 020106 b0\n";
inline constexpr const char* kScanOff = "+0.1 < cmd 0c20 00 00\n";
inline constexpr const char* kCreate =
    "+0.1 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000\n"
    "+0.01 > evt 0f 00 01 0d20\n";
inline constexpr const char* kConnected =
    "+0.3 > le 01 00 4000 00 00 030201100fc8 2700 0000 f401 00\n";

inline std::vector<std::string> Stages(const Link& link) {
  std::vector<std::string> names;
  for (const StageMark& mark : link.stages) names.emplace_back(StageName(mark.stage));
  return names;
}

inline const evidence::Finding* Find(const evidence::Evidence& evidence, std::string_view id) {
  const auto at = std::ranges::find(evidence.findings, id, &evidence::Finding::id);
  return at == evidence.findings.end() ? nullptr : &*at;
}
inline bool IsTrue(const evidence::Evidence& evidence, std::string_view id) {
  const auto* finding = Find(evidence, id);
  return finding != nullptr && finding->value == evidence::FindingValue(true) &&
         finding->where.packet != 0;
}
inline bool IsFalse(const evidence::Evidence& evidence, std::string_view id) {
  const auto* finding = Find(evidence, id);
  return finding != nullptr && finding->value == evidence::FindingValue(false);
}
inline evidence::BandId Band() {
  evidence::BandId band;
  band.address = ParseAddress("C8:0F:10:01:02:03");
  return band;
}

}  // namespace bk::capture
