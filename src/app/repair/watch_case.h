// `watch --phone`: hours of looking whether the link holds and syncs run.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/privacy.h"
#include "app/repair/repair_hints.h"
#include "app/world.h"

namespace bk::app {

struct WatchRequest {
  std::string serial, band;
  std::string app;  // the band's app, as --app names it; empty: found out
  double hours = 1;
};
struct WatchEvent {
  enum class Kind : std::uint8_t { kBegun, kLinkUp, kDrop, kSync, kPhoneGone, kPhoneBack };
  Kind kind = Kind::kBegun;
  std::int64_t at = 0;  // milliseconds since 1970, by the computer's clock
  std::string text;
};
struct WatchOutcome {
  std::int64_t seconds = 0;         // that the phone was looked at
  std::int64_t linked_seconds = 0;  // of these, with the link up
  int drops = 0, syncs = 0;
  std::int64_t longest_gap_seconds = 0;  // without a link, after there had been one
  bool linked_at_end = false;
  bool stopped = false;       // by the person, before the time was over
  CompanionChoice companion;  // whose link and syncs were looked for
  std::vector<WatchEvent> events;
  std::string sentence;
  // The link stood all the time since it first did.
  [[nodiscard]] bool good() const { return drops == 0 && linked_at_end; }
};

// Tells each event at once. Ctrl-C ends it with what was seen until then. Drops shorter than the
// time between two looks (15 s) are seen only where the log tells a new link.
Result<WatchOutcome> WatchPhone(const WatchRequest& request,
                                const troubleshoot::Knowledge& knowledge, const World& world,
                                const std::function<void(const WatchEvent&)>& tell);

nlohmann::ordered_json ToJson(const WatchOutcome& outcome, Privacy& privacy);  // bandkeeper.watch/1

}  // namespace bk::app
