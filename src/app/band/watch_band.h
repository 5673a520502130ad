// `watch`: this computer as the band's companion for days. Keeps the link, comes back when it is
// lost, syncs on a schedule, warns of a low battery. It ends when the person says so, when its time
// is over, or when only the person can go on (a key that is not taken).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "app/band/band_world.h"
#include "app/band/sync_band.h"
#include "language/language.h"
#include "ports/clock.h"

namespace bk::app {

struct WatchBandWishes {
  companion::BandSession::Options session;
  bool acknowledge = true;
  std::chrono::minutes every{30};  // between two syncs
  int low_percent = 15;
  std::optional<std::chrono::seconds> time;      // nullopt: without an end
  const language::Language* language = nullptr;  // of what is told; null: English
};

struct WatchBandEvent {
  enum class Kind : std::uint8_t {
    kConnected,
    kLost,  // a link that stood ended
    kAway,  // looked for and not heard, or held; told once until it is back
    kSynced,
    kSyncFailed,
    kBatteryLow,
    kSlept,    // this computer did
    kAdapter,  // its Bluetooth is away or back
  };
  Kind kind = Kind::kConnected;
  std::int64_t at = 0;  // seconds since 1970
  bool warning = false;
  std::string text;
};

struct WatchBandResult {
  enum class End : std::uint8_t { kStopped, kTimeOver, kNeedsOwner, kNotStored };
  End end = End::kStopped;
  std::int64_t seconds = 0,
               linked_seconds = 0;  // on the radio's clock: a sleeping computer counts not
  int links = 0, drops = 0, syncs = 0;
  int attempts = 0;         // connections that were tried: what being away costs
  std::size_t minutes = 0;  // fresh
  std::int64_t longest_gap_seconds = 0;
  bool linked_at_end = false;
  std::optional<companion::Outcome> failure;
  std::optional<Error> error;
};

struct WatchBandFace {
  std::function<void(const WatchBandEvent&)> tell;
  std::function<bool()> stopped;
};

WatchBandResult WatchBand(ports::BandRadio& radio, ports::BandStore& store, const BandWorld& world,
                          ports::Clock& clock, const WatchBandWishes& wishes,
                          const WatchBandFace& face);

}  // namespace bk::app
