// The direct probe: this computer as a second host asks the band itself, so that a faulty phone can
// be told from a faulty band. It changes no setting, sets no clock and lets the band delete
// nothing. It takes two minutes at most.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/band/band_world.h"
#include "app/band/owed_resources.h"
#include "companion/initialise.h"
#include "evidence/evidence.h"
#include "ports/clock.h"

namespace bk::app {

struct ProbeWishes {
  std::string band;     // address; empty: the known one, or the only one that is heard
  std::string adapter;  // empty: the first that can be used
  // The person says that Bluetooth is off on every phone that knows the band. Without it silence
  // proves nothing, for a connected band is silent.
  bool phones_off = false;
};

struct ProbeResult {
  enum class Reach : std::uint8_t {
    kNotHeard,
    kHeld,       // heard, but another device has its link
    kNoLink,     // heard, and no link came about
    kConnected,  // a link, on which it did not say what it must
    kAnswers,
  };
  enum class Key : std::uint8_t { kNone, kAccepted, kRefused, kNoAnswer, kNotReached };
  enum class Records : std::uint8_t { kNotAsked, kCame, kNone, kFailed };

  Reach reach = Reach::kNotHeard;
  Key key = Key::kNotReached;
  std::uint8_t key_status = 0;  // of kRefused (codec/miband/auth.h)
  Records records = Records::kNotAsked;
  std::optional<int> rssi;  // dBm
  std::size_t others = 0;   // other devices that were heard
  companion::BandInfo info;
  std::string failure;  // one clause; empty: nothing failed
  // What the findings and sentences below need besides: ProbeWishes, owed_resources.h, when.
  bool phones_off = false;
  std::optional<std::string> resources_of;
  std::optional<ChangedElsewhere> changed_elsewhere;  // its firmware, since it was met here
  WallTime at;
  std::string text;                 // what it comes to, one or two sentences
  std::vector<std::string> untold;  // what it cannot tell, and why: a sentence each
  evidence::Evidence evidence;      // findings and events, source kBand
};

// Errors: the radio cannot be used (the sentence says what to do), which band is meant is not
// clear, kStopped.
Result<ProbeResult> ProbeBand(const BandWorld& world, ports::Clock& clock,
                              const ProbeWishes& wishes,
                              const std::function<void(std::string_view)>& progress);

}  // namespace bk::app
