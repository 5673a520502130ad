// Brings everything that the band has recorded into the store, over as many links as it takes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/band/owed_resources.h"
#include "companion/band_session.h"
#include "companion/fetch.h"
#include "ports/band_store.h"

namespace bk::app {

struct SyncWishes {
  companion::BandSession::Options session;
  // Seconds since 1970 at a radio time, by this computer's clock.
  std::function<std::int64_t(ports::RadioTime)> wall;
  std::int8_t zone = 0;     // quarter hours, now
  bool acknowledge = true;  // let the band delete what is stored
  // Without any progress for so long, it is given up. Progress is a new minute or a new step of a
  // link.
  std::chrono::microseconds patience = std::chrono::minutes(3);
  int first_days = 100;  // asked back when nothing was ever fetched
};

struct SyncProgress {
  std::size_t minutes = 0;               // fetched so far
  std::optional<std::size_t> announced;  // of the round that runs
  int links = 0;
};

// What the person sees while it runs; may be empty.
struct SyncFace {
  std::function<void(const companion::SessionNote&)> note;
  std::function<void(const SyncProgress&)> progress;
  std::function<bool()> stopped;  // Ctrl-C: what came so far is stored
};

struct SyncResult {
  enum class End : std::uint8_t {
    kDone,     // the band has nothing newer
    kGivenUp,  // no progress within the patience, or the session needs the person: `failure`
    kRefused,  // the band refused the fetch: `failure`
    kStopped,
    kNotStored,  // the store failed: `error`; the band keeps what was not stored
  };
  End end = End::kDone;
  std::optional<companion::Outcome> failure;
  std::optional<Error> error;
  companion::BandInfo info;
  ports::BandStore::Saved saved;
  std::size_t asked_again = 0;
  int links = 0;
  std::vector<ports::MinuteGap> gaps;  // found now
  // How far the band's clock was off when it was set, seconds, negative: behind. What it recorded
  // until then is stored at the time that its clock showed.
  std::optional<std::int64_t> clock_off_s;
  // Records that were announced did not come, and no link with short packets could be had.
  bool long_packets_fail = false;
  std::optional<ChangedElsewhere> changed_elsewhere;  // met now for the first time
};
SyncResult SyncBand(ports::BandRadio& radio, ports::BandStore& store, const SyncWishes& wishes,
                    const SyncFace& face);

}  // namespace bk::app
