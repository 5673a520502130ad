// One timeline of everything that happened in a case. Each event keeps its own clock and its own
// time; where the clocks of two sources could be linked by moments that both saw, the event has its
// instant on the common clock besides. What could not be linked stays apart, and that is said.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "android/report.h"
#include "app/privacy.h"
#include "capture/story.h"
#include "evidence/clock_map.h"
#include "evidence/evidence.h"
#include "language/language.h"

namespace bk::app {

// One clock of one source.
struct TimelineClock {
  ClockKind kind = ClockKind::kNone;
  std::string source;                     // "the capture a.log", "the log", "the bug report"
  bool common = false;                    // the one that others are mapped to
  bool computer = false;                  // this computer's, for what the band told it
  std::optional<evidence::ClockMap> map;  // to the common clock, by shared moments
  std::size_t events = 0;
  std::string text;  // a plain sentence: how it was linked, or that it could not be; may be empty
};

struct TimelineEntry {
  evidence::Event event;
  std::size_t clock = 0;  // of Timeline::clocks
  AnyInstant aligned;     // on the common clock; unknown where no link leads there
};

struct Timeline {
  std::vector<TimelineClock> clocks;
  // First those on the common clock by their aligned time, then each other clock's by its own.
  std::vector<TimelineEntry> entries;
  // Two sources at least were brought together.
  [[nodiscard]] bool linked() const;
};

Timeline BuildTimeline(std::span<const capture::Story> stories,
                       std::span<const android::PhoneState> phones,
                       std::vector<evidence::Event> events,
                       const language::Language& language = {});

// Puts what the band told this computer, `events`, in place of what it told before: on a clock of
// its own, for nobody else saw these moments.
void RenewBandEvents(Timeline& timeline, std::span<const evidence::Event> events,
                     const language::Language& language);

// The event's JSON with {"aligned": {clock, text}} where it is known.
nlohmann::ordered_json ToJson(const TimelineEntry& entry, Privacy& privacy);
// [{clock, source, events, common, moments, offset_us, spread_ms, text}] of the clocks that told
// something; the three before `text` when linked. `offset_us` is between the raw values: a clock
// without a year counts in the year 2000.
nlohmann::ordered_json ClocksJson(const Timeline& timeline, Privacy& privacy);

}  // namespace bk::app
