// Live heart rate and steps as one visit: until whoever watches has had enough. The measurement on
// the band is stopped before the link is.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "app/band/band_visit.h"

namespace bk::app {

struct LiveSeen {
  std::optional<int> beats;             // a minute, the latest; 0: no contact with the skin
  int low = 0, high = 0, readings = 0;  // of those with contact
  std::int64_t sum = 0;
  std::optional<std::uint32_t> steps, metres;  // today
  [[nodiscard]] int Mean() const {
    return readings == 0 ? 0 : static_cast<int>((sum + readings / 2) / readings);
  }
};

struct LiveWishes {
  std::optional<std::chrono::seconds> time;  // nullopt: until enough
  // Asked several times a second beside the visit's clock; may be empty.
  std::function<bool()> enough;
  // Each reading; may be empty.
  std::function<void(const LiveSeen&)> show;
};
// The document has seconds, heart_rate ({latest, low, high, mean, readings} or null), steps_today
// and metres_today. Enough, the time being over and a stop alike end it well once anything was
// heard.
Result<BandTold> WatchLive(const BandVisit& visit, const LiveWishes& wishes);

// "Heart rate 72, 4,200 steps today"
std::string LiveInWords(const LiveSeen& seen, const language::Language& language);

}  // namespace bk::app
