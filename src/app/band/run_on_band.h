// One or a few conversations with a band: links up, runs them, hangs up.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "companion/band_session.h"

namespace bk::app {

struct BandFace {
  std::function<void(const companion::SessionNote&)> note;
  std::function<void()> tick;     // between events: progress
  std::function<bool()> stopped;  // Ctrl-C
};

struct BandRun {
  enum class End : std::uint8_t {
    kDone,
    kNotReached,  // no link that was ready within the patience: `failure`
    kNeedsOwner,  // wrong key, or no Mi Smart Band 4: `failure`
    kFailed,      // a conversation ended otherwise: `failure`
    kStopped,
  };
  End end = End::kDone;
  std::optional<companion::Outcome> failure;
  companion::BandInfo info;
  std::vector<companion::SessionNote> notes;
};

// The next conversation, each time a link is ready; nullptr when there is no more to do. `last` is
// the one before, alive until now: without an outcome, its link was lost. nullptr at first.
using NextConversation = std::function<std::unique_ptr<companion::Procedure>(
    const companion::BandInfo& info, const companion::Procedure* last)>;

// `hang_up_at_once`: after the last conversation nothing more is awaited of the band; else the end
// is when a link is ready once more, which shows that the band is well.
BandRun RunOnBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                  std::chrono::microseconds patience, const NextConversation& next,
                  const BandFace& face, bool hang_up_at_once = false);

}  // namespace bk::app
