// Scripted conversations with a band, for the tests of this room (capture/script.h).
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "capture/analyser.h"
#include "capture/findings.h"
#include "capture/script.h"
#include "capture/talk/band_talk.h"

namespace bk::capture::talk {

// A phone that connects to a device advertising as "Mi Smart Band 4"; handle 0x40. Without a
// discovery, so that handles come from the model's table.
inline constexpr std::string_view kBandLink = R"(
  +0 > le 02 01 04 00 030201100fc8 11 10 09 4d6920536d6172742042616e642034 bf
  +0.1 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000
  +0.01 > evt 0f 00 01 0d20
  +0.3 > le 01 00 4000 00 00 030201100fc8 2700 0000 f401 00
)";
// The same with a device that says no name.
inline constexpr std::string_view kNamelessLink = R"(
  +0.1 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000
  +0.01 > evt 0f 00 01 0d20
  +0.3 > le 01 00 4000 00 00 030201100fc8 2700 0000 f401 00
)";
inline constexpr std::string_view kAskChallenge = R"(
  +0.1 < att 40 52 6000 820002
  +0.1 > att 40 1b 6000 108201 000102030405060708090a0b0c0d0e0f
)";
inline constexpr std::string_view kProve =
    "+0.1 < att 40 52 6000 8300 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff\n";
inline constexpr std::string_view kKeyFits = "+0.1 > att 40 1b 6000 108301\n";
inline constexpr std::string_view kKeyVoid = "+0.1 > att 40 1b 6000 108307\n";
inline constexpr std::string_view kWrongKey = "+0.1 > att 40 1b 6000 108308\n";
inline constexpr std::string_view kUnbind = R"(
  +0.1 < att 40 52 6000 0600 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
  +0.1 > att 40 1b 6000 100601
)";
// The phone sets the band's time: 2024-01-01 12:00.
inline constexpr std::string_view kSetTime = R"(
  +0.1 < att 40 12 2c00 e807 01 01 0c 00 00 01 00 00 00
  +0.1 > att 40 13
)";
inline constexpr std::string_view kBandHangsUp = "+0.1 > evt 05 00 4000 13\n";

struct Heard {
  Story story;
  std::vector<evidence::Finding> findings;

  [[nodiscard]] const evidence::Finding* Find(std::string_view id) const {
    const auto at = std::ranges::find(findings, id, &evidence::Finding::id);
    return at == findings.end() ? nullptr : &*at;
  }
  // "true", "false", or "" when nothing was found.
  [[nodiscard]] std::string Value(std::string_view id) const {
    const auto* finding = Find(id);
    if (finding == nullptr) return "";
    const bool* value = std::get_if<bool>(&finding->value);
    return value == nullptr ? "text" : *value ? "true" : "false";
  }
  [[nodiscard]] std::string Text(std::string_view id) const {
    const auto* finding = Find(id);
    return finding == nullptr ? "" : finding->text;
  }
  [[nodiscard]] bool Reached(Stage stage) const {
    return std::ranges::any_of(story.links, [&](const Link& link) {
      return std::ranges::any_of(link.stages,
                                 [&](const StageMark& mark) { return mark.stage == stage; });
    });
  }
  [[nodiscard]] bool Happened(std::string_view kind) const {
    return std::ranges::any_of(story.events,
                               [&](const evidence::Event& event) { return event.kind == kind; });
  }
};

inline Heard Hear(const Script& script) {
  BandTalkMaker maker;
  Analyser analyser({.file = "made.log", .member = "", .observers = &maker});
  const auto packets = script.Packets();
  analyser.OnPackets(packets);
  Heard heard{analyser.Finish(), {}};
  heard.findings = FindingsFor(heard.story, {}).findings;
  return heard;
}

}  // namespace bk::capture::talk
